import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Cli } from '../../../src/cli/cli.ts';
import { run } from '../../../src/cli/program.ts';
import { free_port } from '../../support/free_port.ts';

type Facts = Record<string, Record<string, string>>;

/** Runs `postern mock …` until `work` is done with what it printed. */
async function with_mock(
  argv: string[],
  work: (facts: Facts) => Promise<void>,
  files: Record<string, string> = {},
): Promise<{ status: number; err: string }> {
  const ended = Promise.withResolvers<void>();
  const err: string[] = [];
  let [status, working] = [0, Promise.resolve()];
  const cli: Cli = {
    env: {},
    now: Date.now,
    out: (text) => void (working = work(JSON.parse(text) as Facts).finally(() => ended.resolve())),
    err: (text) => void err.push(text),
    read: (path) => files[path] ?? '',
    open: () => Promise.reject(new Error('needs no database')),
    told_to_end: () => ended.promise,
    fail: () => void (status = 1),
  };
  await run(cli, ['mock', ...argv, '--json']);
  await working;
  return { status, err: err.join('\n') };
}

describe('postern mock', () => {
  let taken: ReturnType<typeof createServer>;
  let taken_port: number;
  before(async () => {
    taken_port = await free_port();
    taken = createServer().listen(taken_port, '127.0.0.1');
  });
  after(() => void taken.close());

  it('all: starts the three, says what the other side types in, and ends', async () => {
    const { status, err } = await with_mock(['all', '--port', '0'], async (facts) => {
      assert.deepEqual(Object.keys(facts), ['saml', 'oidc', 'ldap']);
      assert.match(await (await fetch(facts['saml']?.['metadata_url'] ?? '')).text(), /EntityDescriptor/);
      const discovery: unknown = await (await fetch(`${facts['oidc']?.['issuer'] ?? ''}/.well-known/openid-configuration`)).json();
      assert.equal((discovery as { issuer: string }).issuer, facts['oidc']?.['issuer']);
      assert.match(facts['ldap']?.['ca_pem'] ?? '', /BEGIN CERTIFICATE/);
      for (const name of ['saml', 'oidc', 'ldap']) {
        const page = await fetch(facts[name]?.['control'] ?? '');
        assert.equal(page.status, 200, name);
        assert.match(facts[name]?.['people'] ?? '', /\w+:\w+/);
      }
    });
    assert.deepEqual([status, err], [0, '']);
  });

  it('takes people from a file, for all or for each', async () => {
    const files = { 'all.yaml': 'people: [{ username: dora }]', 'each.yaml': 'saml: [{ username: dora }]' };
    await with_mock(
      ['all', '--port', '0', '--people', 'all.yaml'],
      async (facts) => {
        for (const name of ['saml', 'oidc', 'ldap']) assert.equal(facts[name]?.['people'], 'dora:password');
      },
      files,
    );
    await with_mock(
      ['all', '--port', '0', '--people', 'each.yaml'],
      async (facts) => {
        assert.equal(facts['saml']?.['people'], 'dora:password');
        assert.match(facts['ldap']?.['people'] ?? '', /^carol:/);
      },
      files,
    );
  });

  it('misbehaves from the start where it knows how', async () => {
    await with_mock(['all', '--port', '0', '--misbehave', 'expired', 'slow'], async (facts) => {
      const on = async (name: string): Promise<string[]> => {
        const state = (await (await fetch(`${facts[name]?.['control'] ?? ''}/__control`)).json()) as {
          switches: { name: string; on: boolean }[];
        };
        return state.switches.filter((one) => one.on).map((one) => one.name);
      };
      assert.deepEqual(await on('saml'), ['expired', 'slow']);
      assert.deepEqual(await on('ldap'), ['slow']);
    });
  });

  it('--port is the first of its ports', async () => {
    const port = await free_port();
    await with_mock(['saml', '--port', String(port)], async (facts) => {
      assert.equal(new URL(facts['saml']?.['metadata_url'] ?? '').port, String(port));
      assert.deepEqual(Object.keys(facts), ['saml']);
    });
  });

  it('says what is wrong: a port in use, a misbehaviour or file that cannot be', async () => {
    const nothing = async (): Promise<void> => assert.fail('it started');
    const used = await with_mock(['saml', '--port', String(taken_port)], nothing);
    assert.deepEqual([used.status, /in use/.test(used.err)], [1, true]);
    const unknown = await with_mock(['saml', '--misbehave', 'nonsense'], nothing);
    assert.deepEqual([unknown.status, /wrong_audience/.test(unknown.err)], [1, true]);
    const wrong = await with_mock(['saml', '--people', 'wrong.yaml'], nothing, { 'wrong.yaml': 'people: [{ password: x }]' });
    assert.deepEqual([wrong.status, /people\.0\.username/.test(wrong.err)], [1, true]);
  });
});
