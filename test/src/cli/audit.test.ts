import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { open_storage } from '../../../src/storage/index.ts';
import { type Command, make_command } from './command.ts';

describe('postern audit', () => {
  let command: Command;
  beforeEach(async () => {
    command = await make_command();
    await command.run('org', 'create', '--slug', 'acme', '--name', 'Acme');
    await command.run('role', 'create', '--name', 'editor');
  });
  afterEach(() => command.close());

  it('verify: a sound record is ok, one that somebody changed is not, and the status says so', async () => {
    const sound = await command.run('audit', 'verify');
    assert.equal(sound.status, 0);
    assert.match(sound.out, /^ok {2}2 events in the chain, 0 of them erased; it ends at 2 [\w-]{43}$/);
    const address = command.env['POSTERN_DATABASE_URL'] ?? '';
    const storage = await open_storage({
      database: address.startsWith('sqlite:') ? { kind: 'sqlite', path: address.slice(7) } : { kind: 'postgres', url: address },
      secrets: [Buffer.from(command.env['POSTERN_SECRET'] ?? '', 'base64')],
    });
    await storage.write_once(`DELETE FROM "audit_events" WHERE "seq" = 1`, []);
    await storage.close();
    const cut = await command.run('audit', 'verify');
    assert.equal(cut.status, 1);
    assert.match(cut.out, /PROBLEM {2}1: a row is missing/);
  });

  it('export: one event per line, in any format, from any place', async () => {
    const { out } = await command.run('audit', 'export');
    assert.deepEqual(
      out.split('\n').map((line) => (JSON.parse(line) as { type: string }).type),
      ['organization.created', 'role.created'],
    );
    assert.match(
      (await command.run('audit', 'export', '--format', 'cef', '--after', '1')).out,
      /^CEF:0\|Postern\|Postern\|1\|role\.created\|/,
    );
    assert.equal((await command.run('audit', 'export', '--org', 'acme', '--format', 'ocsf')).out.split('\n').length, 1);
    assert.equal((await command.run('audit', 'export', '--format', 'xml')).status, 1);
    assert.equal((await command.run('audit', 'export', '--after', 'x')).status, 1);
  });
});
