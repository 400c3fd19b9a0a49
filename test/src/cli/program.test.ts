import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Command as Verb } from 'commander';
import type { Cli } from '../../../src/cli/cli.ts';
import { make_program } from '../../../src/cli/program.ts';
import { type Command, make_command } from './command.ts';

describe('the command as a whole', () => {
  let command: Command;
  before(async () => {
    command = await make_command();
  });
  after(() => command.close());

  it('says which version it is', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string }; // our own package
    assert.deepEqual(await command.run('--version'), { out: version, err: '', status: 0 });
  });

  it('takes --json and --help on each verb', async () => {
    const leaves = (verb: Verb, path: string): [string, Verb][] =>
      verb.commands.length === 0 ? [[path, verb]] : verb.commands.flatMap((inner) => leaves(inner, `${path} ${inner.name()}`));
    const verbs = leaves(make_program({ env: {} } as Cli), 'postern'); // nothing is run
    assert.ok(verbs.length > 80);
    const without = verbs.filter(([, verb]) => !verb.options.some(({ long }) => long === '--json'));
    assert.deepEqual(
      without.map(([path]) => path),
      [],
    );
    for (const [path] of verbs.slice(0, 5)) {
      const { status, out, err } = await command.run(...path.split(' ').slice(1), '--help');
      assert.deepEqual([status, out.startsWith(`Usage: ${path}`), err], [0, true, ''], path);
    }
  });
});
