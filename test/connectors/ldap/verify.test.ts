import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { CredentialConnector } from '../../../connectors/connector.ts';
import { type MockLdap, start_mock_ldap } from '../../../src/mock/ldap/index.ts';
import { make_call, open_ldap } from '../../support/ldap_connector.ts';
import { person } from '../../support/people.ts';
import { settings_for } from './mock_stage.ts';

describe('a password check', () => {
  let mock: MockLdap;
  let connector: CredentialConnector;
  before(async () => {
    mock = await start_mock_ldap({
      people: [
        person('carol'),
        person('dave'),
        person('shared1', { email: 'shared@acme.example' }),
        person('shared2', { email: 'shared@acme.example' }),
      ],
    });
  });
  after(() => mock.close());
  afterEach(async () => {
    mock.switches.reset();
    await connector.close?.();
  });
  const open = (more: Record<string, unknown> = {}): CredentialConnector => (connector = open_ldap(settings_for(mock, 'openldap', more)));
  const check = async (username: string, password: string): Promise<boolean> =>
    (await connector.verify({ username, password }, make_call())).ok;
  /** What arrived since, without passwords. */
  const steps = async (work: () => Promise<unknown>): Promise<string[]> => {
    const from = mock.seen.length;
    await work();
    return mock.seen.slice(from).map(({ kind, dn }) => `${kind} ${dn ?? ''}`);
  };

  it('enumeration: takes the same steps for an unknown, an ambiguous and a known name', async () => {
    open();
    await check('carol', 'carol-password');
    const shape = async (username: string): Promise<string[]> =>
      (await steps(() => check(username, 'wrong'))).map((step) => step.split(' ')[0] ?? '');
    const known = await shape('carol');
    assert.deepEqual(known, ['search', 'bind']);
    assert.deepEqual(await shape('nobody'), known);
    assert.deepEqual(await shape('shared@acme.example'), known);
    mock.switches.set('outside_base', true);
    assert.deepEqual(await shape('carol'), known);
  });

  it('on fresh connections: one for the service account, one that carries nothing but password checks', async () => {
    open({ nested_groups: false });
    const person_dn = `uid=carol,ou=people,${mock.base_dn}`;
    assert.deepEqual(await steps(() => check('carol', 'carol-password')), [
      `bind ${mock.bind_dn}`,
      `search ${mock.base_dn}`,
      `bind ${person_dn}`,
      `search ${mock.base_dn}`,
    ]);
    assert.equal(mock.connections(), 2);
  });

  it('for nobody is refused even by a directory that would say yes', async () => {
    open();
    mock.switches.set('any_password_ok', true);
    assert.equal(await check('nobody', 'whatever'), false);
    assert.equal(await check('shared@acme.example', 'whatever'), false);
  });

  it('binds only as what the search found, never as what was typed', async () => {
    open();
    const typed = `uid=dave,ou=people,${mock.base_dn}`;
    const seen = await steps(() => check(typed, 'dave-password'));
    assert.ok(seen.every((step) => !step.startsWith('bind uid=dave')));
    assert.deepEqual(
      (await steps(() => check('CAROL', 'carol-password'))).filter((step) => step.startsWith('bind')),
      [`bind uid=carol,ou=people,${mock.base_dn}`],
    );
  });

  it('searches as the service account, on connections that no person was ever bound on', async () => {
    open();
    for (let round = 0; round < 3; round++) {
      assert.equal(await check('carol', 'carol-password'), true);
      assert.equal(await check('dave', 'wrong'), false);
    }
    // had a search gone over a person's connection, the mock would have answered it as that person; it counts who is bound by who last bound there
    assert.ok(mock.seen.filter(({ kind }) => kind === 'search').every(({ bound }) => bound === mock.bind_dn));
  });

  it('is not believed when a name without a password gets in', async () => {
    open();
    mock.switches.set('empty_password_ok', true);
    const seen = await steps(() => check('carol', ''));
    assert.deepEqual(seen, []);
    assert.equal(await check('carol', ''), false);
  });

  it('fails over for a server that is busy with the password itself, not for a wrong password', async () => {
    const other = await start_mock_ldap({ people: mock.people });
    try {
      open({ urls: [mock.url, other.url], ca_pem: `${mock.ca_pem}\n${other.ca_pem}` });
      assert.equal(await check('carol', 'wrong'), false);
      assert.equal(other.seen.length, 0);
      mock.switches.set('busy', true);
      assert.equal(await check('carol', 'carol-password'), true);
      assert.ok(other.seen.length > 0);
    } finally {
      await other.close();
    }
  });

  it('a server that failed is asked last for half a minute', async () => {
    const other = await start_mock_ldap({ people: mock.people });
    let now = 0;
    try {
      const settings = settings_for(mock, 'openldap', { urls: [mock.url, other.url], ca_pem: `${mock.ca_pem}\n${other.ca_pem}` });
      connector = open_ldap(settings, { now: () => now });
      mock.switches.set('dead', true);
      mock.cut();
      assert.equal(await check('carol', 'carol-password'), true);
      mock.switches.reset();
      const asked = async (): Promise<number> => {
        other.cut();
        const from = mock.seen.length;
        // the cut is noticed by whoever asks next
        await new Promise((resolve) => setImmediate(resolve));
        assert.equal(await check('carol', 'carol-password'), true);
        return mock.seen.length - from;
      };
      assert.equal(await asked(), 0);
      now = 31_000;
      assert.ok((await asked()) > 0);
    } finally {
      await other.close();
    }
  });

  it('a refused service account is tried once, not on every server', async () => {
    const other = await start_mock_ldap({ people: mock.people });
    try {
      open({ urls: [mock.url, other.url], ca_pem: `${mock.ca_pem}\n${other.ca_pem}`, bind_password: 'wrong' });
      await assert.rejects(check('carol', 'carol-password'), { reason: 'misconfigured' });
      assert.equal(other.seen.length, 0);
    } finally {
      await other.close();
    }
  });

  it('searches anonymously where no service account is given and the directory lets it', async () => {
    const lax = await start_mock_ldap({ people: mock.people, anonymous_search: true });
    try {
      connector = open_ldap({ urls: lax.urls, ca_pem: lax.ca_pem, base_dn: lax.base_dn, vendor: 'openldap' });
      assert.equal(await check('carol', 'carol-password'), true);
      await connector.close?.();
      connector = open_ldap({ urls: mock.urls, ca_pem: mock.ca_pem, base_dn: mock.base_dn, vendor: 'openldap' });
      await assert.rejects(check('carol', 'carol-password'), { reason: 'misconfigured' });
    } finally {
      await lax.close();
    }
  });

  it('of an account that is switched off is refused although the directory takes the password', async () => {
    const off = (username: string, attributes: Record<string, string[]>) => person(username, { attributes });
    const shut = await start_mock_ldap({
      people: [
        off('ad', { userAccountControl: ['514'] }),
        off('netscape', { nsAccountLock: ['TRUE'] }),
        off('fine', { userAccountControl: ['512'], nsAccountLock: ['false'] }),
      ],
    });
    try {
      connector = open_ldap(settings_for(shut, 'openldap'));
      assert.equal(await check('ad', 'ad-password'), false);
      assert.equal(await check('netscape', 'netscape-password'), false);
      assert.equal(await check('fine', 'fine-password'), true);
    } finally {
      await shut.close();
    }
  });

  it('in clear works inside a private network that the egress rules allowed', async () => {
    open({ urls: mock.plain_urls, tls: 'none', ca_pem: undefined });
    assert.equal(await check('carol', 'carol-password'), true);
    assert.ok(mock.seen.at(-1)?.encrypted === false);
  });

  it('says as much as it may in its checks when groups cannot be read', async () => {
    open({ group_base_dn: `ou=nowhere,${mock.base_dn}` });
    const call = make_call();
    await assert.rejects(connector.verify({ username: 'carol', password: 'carol-password' }, call), { reason: 'misconfigured' });
    assert.ok(call.checks.some(({ name, ok, fix }) => name === 'groups' && !ok && fix !== undefined));
  });

  it('no more than ten connections of a kind are open at once, and who waits is served', async () => {
    open();
    let connections = 0;
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, async () => {
        connections = Math.max(connections, mock.connections());
        return check('carol', 'carol-password');
      }),
    );
    assert.ok(outcomes.every(Boolean));
    assert.ok(mock.connections() <= 20 && connections <= 20);
  });

  it('who waits for a connection leaves when the time is up', async () => {
    open({ timeout_ms: 60_000 });
    mock.switches.set('mute', true);
    mock.cut();
    const calls = Array.from({ length: 15 }, () => make_call());
    const all = Promise.allSettled(calls.map((call) => connector.verify({ username: 'carol', password: 'carol-password' }, call)));
    await new Promise((resolve) => setTimeout(resolve, 50));
    for (const call of calls) call.abort();
    const reasons = (await all).map((one) =>
      one.status === 'rejected' && one.reason instanceof Error && 'reason' in one.reason ? one.reason.reason : 'none',
    );
    assert.deepEqual(new Set(reasons), new Set(['timed_out']));
    mock.switches.reset();
    mock.cut();
    assert.equal(await check('carol', 'carol-password'), true);
  });

  it('after close, nothing stays open', async () => {
    open();
    await check('carol', 'carol-password');
    await connector.close?.();
    while (mock.connections() > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  });
});
