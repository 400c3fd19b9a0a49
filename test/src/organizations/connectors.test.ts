import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { ConnectorError } from '../../../connectors/connector.ts';
import type { OrgId } from '../../../src/kernel/index.ts';
import { type Fixture, make_fixture, owner, refusal } from './fixture.ts';

const saml = { protocol: 'saml', name: 'Okta', saml: { metadata_url: 'https://idp.example/metadata' } };
const oidc = { protocol: 'oidc', name: 'Entra', oidc: { issuer: 'https://idp.example', client_id: 'a', client_secret: 'b' } };
const ldap = { protocol: 'ldap', name: 'AD', ldap: { urls: ['ldaps://dc1.example'], bind_dn: 'cn=x', bind_password: 'y' } };
const DAY_MS = 86_400_000;

describe('opened connectors', () => {
  let fixture: Fixture;
  let org: OrgId;
  before(async () => {
    fixture = await make_fixture();
    org = await fixture.new_org('acme');
  });
  after(() => fixture.close());
  beforeEach(() => {
    fixture.partner.opened.length = 0;
    fixture.partner.closed = 0;
    fixture.partner.asked.length = 0;
    fixture.partner.down = false;
    fixture.partner.preflight = async () => [];
    fixture.logged.length = 0;
  });
  const connections = () => fixture.organizations.connections(org);
  const open = (id: string) => fixture.organizations.connector(id);

  it('are opened once per version, however many ask at once', async () => {
    const { view } = await connections().create(ldap, owner);
    const many = await Promise.all(Array.from({ length: 20 }, () => open(view.id)));
    assert.equal(new Set(many).size, 1);
    assert.equal(fixture.partner.opened.length, 1);
    await connections().update(view.id, { ldap: { base_dn: 'dc=x' } }, owner);
    assert.notEqual(await open(view.id), many[0]);
    assert.equal(fixture.partner.opened.length, 2);
  });

  it('stay open when something else changes', async () => {
    const { view } = await connections().create(ldap, owner);
    const first = await open(view.id);
    await fixture.new_org();
    assert.equal(await open(view.id), first);
    assert.equal(fixture.partner.opened.length, 1);
  });

  it('are closed a while after they were replaced, so that a sign-in under way can end', async () => {
    await fixture.organizations.tend(fixture.now + 2 * 60_000);
    fixture.partner.closed = 0;
    const { view } = await connections().create(ldap, owner);
    await open(view.id);
    await connections().update(view.id, { name: 'Renamed' }, owner);
    await open(view.id);
    await fixture.organizations.tend(fixture.now);
    assert.equal(fixture.partner.closed, 0);
    await fixture.organizations.tend(fixture.now + 2 * 60_000);
    assert.equal(fixture.partner.closed, 1);
  });

  it('are given the addresses of this very connection, from the configured issuer', async () => {
    const base = 'https://login.vendor.example';
    const { view } = await connections().create(saml, owner);
    await open(view.id);
    const tools = fixture.partner.opened.at(-1)?.tools;
    assert.deepEqual(
      [tools?.callback_url, tools?.logout_url, tools?.entity_id],
      [`${base}/saml/${view.id}/acs`, `${base}/saml/${view.id}/slo`, `${base}/saml/${view.id}/metadata`],
    );
    const { view: second } = await connections().create(oidc, owner);
    await open(second.id);
    const others = fixture.partner.opened.at(-1)?.tools;
    assert.deepEqual(
      [others?.callback_url, others?.logout_url],
      [`${base}/oidc/${second.id}/callback`, `${base}/oidc/${second.id}/backchannel-logout`],
    );
  });

  it('take a thing once per connection, in every process; the same thing at another connection is another', async () => {
    const ids = [(await connections().create(ldap, owner)).view.id, (await connections().create(ldap, owner)).view.id];
    for (const id of ids) await open(id);
    const [a, b] = fixture.partner.opened.map(({ tools }) => tools);
    assert.ok(a && b);
    const until = fixture.now + 60_000;
    const uses = await Promise.all(Array.from({ length: 20 }, () => a.first_use('assertion-1', until)));
    assert.equal(uses.filter((first) => first).length, 1);
    assert.equal(await b.first_use('assertion-1', until), true);
    const other = fixture.another();
    await other.connector(ids[0] ?? '');
    assert.equal(await fixture.partner.opened.at(-1)?.tools.first_use('assertion-1', until), false);
    await other.close();
  });

  it('say in the log which connection they are', async () => {
    const { view } = await connections().create(ldap, owner);
    await open(view.id);
    fixture.partner.opened.at(-1)?.tools.log('info', 'hello', { connection_id: 'forged' });
    assert.deepEqual(fixture.logged.at(-1), ['info', 'hello', { connection_id: view.id }]);
  });

  it('are not found where there is no connection, nor once it is gone', async () => {
    const { view } = await connections().create(ldap, owner);
    await open(view.id);
    await connections().remove(view.id, owner);
    for (const id of [view.id, 'con_000000000000000000000000', '', '../x', '__proto__'])
      assert.deepEqual(await refusal(open(id)), { status: 404, code: 'not_found' });
  });

  describe('pre-flight', () => {
    it('answers the checks of the connector and is recorded', async () => {
      const { view } = await connections().create(ldap, owner);
      const checks = [
        { name: 'reachable', ok: true, detail: 'yes' },
        { name: 'certificate', ok: false, detail: 'expired', fix: 'Renew it.' },
      ];
      fixture.partner.preflight = async () => checks;
      assert.deepEqual(await connections().test(view.id, owner), { checks });
      assert.deepEqual(fixture.events.at(-1)?.after, { ok: false, failed: ['certificate'] });
    });

    it('tells what it cannot reach as a check, never as an error', async () => {
      const { view } = await connections().create({ ...saml, enabled: false }, owner);
      fixture.partner.down = true;
      assert.deepEqual(await connections().test(view.id, owner), {
        checks: [{ name: 'partner', ok: false, detail: 'unreachable: connection refused', fix: 'Start it.' }],
      });
      fixture.partner.down = false;
      fixture.partner.preflight = () => Promise.reject(new ConnectorError('untrusted', 'the certificate is of another host'));
      assert.equal((await connections().test(view.id, owner)).checks[0]?.ok, false);
      fixture.partner.preflight = () => Promise.reject(new TypeError('a mistake of ours: secret-canary'));
      const broken = await connections().test(view.id, owner);
      assert.ok(!JSON.stringify(broken).includes('canary'));
      assert.equal(fixture.logged.at(-1)?.[0], 'error');
    });
  });

  describe('what partners publish', () => {
    const due = () => fixture.now + 2 * DAY_MS;
    const opened_with = async (id: string) => {
      await open(id);
      return fixture.partner.opened.at(-1)?.resolved;
    };

    it('is read again about a day later, and connectors are opened anew only when it changed', async () => {
      fixture.partner.published = { certificate: 'old' };
      const { view } = await connections().create(saml, owner);
      const first = await open(view.id);
      fixture.partner.asked.length = 0;
      await fixture.organizations.tend(fixture.now + DAY_MS / 2);
      assert.equal(fixture.partner.asked.length, 0, 'not due');
      await fixture.organizations.tend(due());
      assert.ok(fixture.partner.asked.length > 0);
      assert.equal(await open(view.id), first);
      fixture.partner.published = { certificate: 'new' };
      fixture.now = due();
      await fixture.organizations.tend(due());
      assert.deepEqual(await opened_with(view.id), { certificate: 'new' });
      assert.equal((await connections().get(view.id)).version, 1, 'what an operator wrote did not change');
      fixture.partner.published = { keys: 1 };
    });

    it('that is the same, read again, is no change of configuration', async () => {
      fixture.partner.published = { certificate: 'same', fetched_at: 1 };
      const { view } = await connections().create(saml, owner);
      let announced = 0;
      fixture.storage.on_config_change(() => announced++);
      fixture.partner.published = { certificate: 'same', fetched_at: 2 };
      await fixture.storage.write_once(`UPDATE "connections" SET "refresh_at" = ? WHERE "id" <> ? AND "refresh_at" IS NOT NULL`, [
        fixture.now + 9 * DAY_MS,
        view.id,
      ]);
      await fixture.organizations.tend(due());
      assert.equal(announced, 0);
      const row = await fixture.storage.org(org).connections.find_one({ id: view.id });
      assert.deepEqual(row?.resolved, { certificate: 'same', fetched_at: 2 });
      fixture.partner.published = { certificate: 'other', fetched_at: 3 };
      fixture.now = due();
      await fixture.organizations.tend(due());
      assert.ok(announced > 0);
      fixture.partner.published = { keys: 1 };
    });

    it('stays what it was when the partner is down, and is asked for again in an hour', async () => {
      fixture.partner.published = { certificate: 'good' };
      const { view } = await connections().create(saml, owner);
      fixture.partner.down = true;
      fixture.now = due();
      await fixture.organizations.tend(fixture.now);
      assert.deepEqual(await opened_with(view.id), { certificate: 'good' });
      assert.ok(fixture.logged.some(([level]) => level === 'warn'));
      fixture.partner.down = false;
      fixture.partner.asked.length = 0;
      await fixture.organizations.tend(fixture.now);
      assert.ok(!fixture.partner.asked.some(() => true), 'not at once');
      await fixture.organizations.tend(fixture.now + DAY_MS / 24);
      assert.ok(fixture.partner.asked.length > 0);
    });

    it('is asked for by one process only', async () => {
      await connections().create(saml, owner);
      const count = await fixture.storage.write_once(
        `UPDATE "connections" SET "refresh_at" = ? WHERE "refresh_at" IS NOT NULL AND "enabled" = ?`,
        [fixture.now, true],
      );
      const other = fixture.another();
      fixture.partner.asked.length = 0;
      await Promise.all([fixture.organizations.tend(fixture.now), other.tend(fixture.now)]);
      assert.equal(fixture.partner.asked.length, count);
      await other.close();
    });

    it('is not asked of a connection that is disabled', async () => {
      const { view } = await connections().create({ ...oidc, oidc: { ...oidc.oidc, issuer: 'https://off.example' } }, owner);
      await connections().update(view.id, { enabled: false }, owner);
      fixture.now = due();
      fixture.partner.asked.length = 0;
      await fixture.organizations.tend(fixture.now);
      assert.ok(!fixture.partner.asked.some((config) => config['issuer'] === 'https://off.example'));
    });
  });

  describe('keys of connections', () => {
    it('are followed by next ones well before they end, which sign before that, and are forgotten later', async (test) => {
      const fixture = await make_fixture();
      test.after(() => fixture.close());
      const room = fixture.organizations.connections(await fixture.new_org());
      const { view } = await room.create(saml, owner);
      const ends = new Date((await room.get(view.id)).view.service_provider.certificates?.[0]?.expires_at ?? 0).getTime();
      const states = async () =>
        ((await room.get(view.id)).view.service_provider.certificates ?? []).map(({ use, state }) => `${use} ${state}`).toSorted();
      const at = async (now: number) => {
        fixture.now = now;
        // another process tends at the same moment
        const other = fixture.another();
        await Promise.all([fixture.organizations.tend(now), other.tend(now)]);
        await other.close();
        return states();
      };
      assert.deepEqual(await at(ends - 200 * DAY_MS), ['encryption current', 'signing current']);
      const published = ['encryption current', 'encryption next', 'signing current', 'signing next'];
      await at(ends - 80 * DAY_MS);
      assert.deepEqual(await at(ends - 80 * DAY_MS), published);
      assert.deepEqual(await at(ends - 60 * DAY_MS), published, 'once is enough');
      const opened = await fixture.organizations.connector(view.id);
      const switched = ['encryption current', 'encryption retired', 'signing current', 'signing retired'];
      await at(ends - 10 * DAY_MS);
      assert.deepEqual(await at(ends - 10 * DAY_MS), switched);
      assert.notEqual(await fixture.organizations.connector(view.id), opened, 'a connector holds the keys of its version');
      await at(ends + 31 * DAY_MS);
      assert.deepEqual(await states(), ['encryption current', 'signing current']);
      const told = fixture.events.map(({ type }) => type).filter((type) => type.startsWith('connection.key_'));
      assert.deepEqual(told.toSorted(), [
        'connection.key_published',
        'connection.key_published',
        'connection.key_switched',
        'connection.key_switched',
      ]);
    });

    it('that were published late are shown for a week before they sign, unless there is no time left', async (test) => {
      const fixture = await make_fixture();
      test.after(() => fixture.close());
      const room = fixture.organizations.connections(await fixture.new_org());
      const { view } = await room.create(saml, owner);
      const ends = new Date(view.service_provider.certificates?.[0]?.expires_at ?? 0).getTime();
      const signers = async (now: number) => {
        fixture.now = now;
        await fixture.organizations.tend(now);
        const { certificates = [] } = (await room.get(view.id)).view.service_provider;
        return certificates.filter(({ use, state }) => use === 'signing' && state === 'current').map(({ kid }) => kid);
      };
      const first = await signers(fixture.now);
      let announced = 0;
      assert.deepEqual(await signers(ends - 10 * DAY_MS), first);
      fixture.storage.on_config_change(() => announced++);
      assert.deepEqual(await signers(ends - 5 * DAY_MS), first);
      assert.equal(announced, 0, 'waiting changes nothing');
      assert.notDeepEqual(await signers(ends - 2 * DAY_MS), first);
    });
  });
});
