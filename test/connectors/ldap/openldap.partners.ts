import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { DirectoryPerson } from '../../../connectors/connector.ts';
import { ACCOUNTS, BASE, type OpenLdap, PASSWORD, start_openldap } from '../../../scripts/partners/openldap.ts';
import { credential_connector_conformance } from '../../conformance/credential_connector.ts';
import { make_call, open_ldap } from '../../support/ldap_connector.ts';
import { PATIENCE_MS } from './mock_stage.ts';
import { type RealServer, real_stage } from './real_stage.ts';

const login = (username: string, password = PASSWORD): { username: string; password: string } => ({ username, password });

describe('OpenLDAP', () => {
  let slapd: OpenLdap;
  let expired: OpenLdap;
  let lax: OpenLdap;
  before(async () => {
    slapd = await start_openldap({ extra: 1200 });
    expired = await start_openldap({ certificate: 'expired' });
    lax = await start_openldap({ allow_unauthenticated: true, require_tls: true });
  });
  after(() => Promise.all([slapd, expired, lax].map((one) => one?.stop())));

  const settings = {
    vendor: 'openldap',
    bind_dn: ACCOUNTS.gateway.dn,
    bind_password: ACCOUNTS.gateway.password,
    base_dn: BASE,
    group_base_dn: `ou=groups,${BASE}`,
    timeout_ms: PATIENCE_MS,
  };
  const server = (): RealServer => ({
    flavour: 'openldap',
    port: slapd.port,
    tls_port: slapd.tls_port,
    host: 'localhost',
    ca_pem: slapd.ca_pem,
    other_ca_pem: slapd.other_ca_pem,
    expired,
    settings,
    blind: { bind_dn: ACCOUNTS.blind.dn },
    elsewhere: `ou=branch,${BASE}`,
  });
  const known = {
    name: 'OpenLDAP',
    service_password: ACCOUNTS.gateway.password,
    people: {
      good: {
        ...login('alice'),
        subject: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
        attributes: { mail: ['alice@acme.example'], givenName: ['alice'], uid: ['alice'] },
        groups: ['backend', 'engineering', 'all-staff'],
      },
      good_otherwise: login('ALICE@acme.example'),
      odd: login('we*ird(x)'),
      unicode: login('dvořák', 'pře*šné 🔑'),
      ambiguous: login('alice.twin@acme.example'),
      locked: login('locked'),
      expired: login('expired'),
      must_change: login('mustchange'),
      disabled: login('shut'),
    },
  };
  credential_connector_conformance(real_stage(known, server));

  const open = (one: OpenLdap, more: Record<string, unknown> = {}) =>
    open_ldap({ ...settings, urls: [`ldaps://localhost:${one.tls_port}`], ca_pem: one.ca_pem, ...more });

  it('unauthenticated bind: a server that answers success to a name without a password is not believed', async () => {
    const connector = open(lax);
    assert.deepEqual((await connector.verify(login('alice', ''), make_call())).ok, false);
    assert.deepEqual((await connector.verify(login('alice'), make_call())).ok, true);
    await connector.close?.();
  });

  it('a server that demands encryption says so to a connection in clear', async () => {
    const connector = open(lax, { urls: [`ldap://localhost:${lax.port}`], tls: 'none', ca_pem: undefined });
    await assert.rejects(connector.verify(login('alice'), make_call()), {
      reason: 'misconfigured',
      message: /confidentialityRequired \(13\)/,
    });
    await connector.close?.();
  });

  it('a password that has expired lets in while sign-ins are left, and the trace says so', async () => {
    const connector = open(slapd);
    const call = make_call();
    assert.equal((await connector.verify(login('graced'), call)).ok, true);
    assert.match(JSON.stringify(call.checks), /the password has expired, \d+ sign-ins are left/);
    await connector.close?.();
  });

  it('an account that failures have locked is refused like a wrong password', async () => {
    const connector = open(slapd);
    for (let failure = 0; failure < 6; failure++) await connector.verify(login('lockme', 'wrong-password'), make_call());
    const call = make_call();
    const outcome = await connector.verify(login('lockme'), call);
    assert.ok(!outcome.ok && outcome.reason === 'invalid_credentials');
    assert.match(JSON.stringify(call.checks), /locked/);
    await connector.close?.();
  });

  it('groups: loops end, members that do not exist do no harm, names with signs come out as they are', async () => {
    const connector = open(slapd);
    const groups = async (username: string): Promise<readonly string[] | undefined> => {
      const outcome = await connector.verify(login(username), make_call());
      return outcome.ok ? [...(outcome.identity.attributes['groups'] ?? [])].sort() : undefined;
    };
    assert.deepEqual(await groups('trent'), ['cycle-a', 'cycle-b']);
    assert.deepEqual(await groups('victor'), ['dangling']);
    assert.deepEqual(await groups('we*ird(x)'), ['R&D (Praha), \\2A']);
    assert.deepEqual(await groups('novak'), ['novak']);
    assert.deepEqual(await groups('erin'), []);
    await connector.close?.();
  });

  it('only direct groups, where nested ones are switched off', async () => {
    const connector = open(slapd, { nested_groups: false });
    const outcome = await connector.verify(login('alice'), make_call());
    assert.deepEqual(outcome.ok && outcome.identity.attributes['groups'], ['backend']);
    await connector.close?.();
  });

  it('a photo comes in base64', async () => {
    const connector = open(slapd);
    const outcome = await connector.verify(login('novak'), make_call());
    assert.deepEqual(outcome.ok && outcome.identity.attributes['jpegPhoto'], ['/9j/4AAQSkZJRgAB']);
    await connector.close?.();
  });

  it('everyone is read past the limit of one answer, each once, with whether the account is active', async () => {
    const connector = open(slapd);
    const everyone: DirectoryPerson[] = [];
    assert.ok(connector.directory !== undefined);
    for await (const page of connector.directory.people(make_call())) everyone.push(...page);
    assert.equal(new Set(everyone.map(({ subject }) => subject)).size, everyone.length);
    assert.ok(everyone.length >= 1200 + 18);
    const of = (uid: string) => everyone.find(({ attributes }) => attributes['uid']?.[0] === uid);
    assert.equal(of('alice')?.active, true);
    assert.equal(of('locked')?.active, false);
    assert.deepEqual(of('alice')?.attributes['memberOf'], known.people.good.groups, 'as a sign-in finds them');
    await connector.close?.();
  });

  it('a list that was left in the middle does not disturb the next one', async () => {
    const connector = open(slapd);
    assert.ok(connector.directory !== undefined);
    for await (const page of connector.directory.people(make_call())) {
      assert.ok(page.length > 0);
      break;
    }
    let count = 0;
    for await (const page of connector.directory.people(make_call())) count += page.length;
    assert.ok(count >= 1200 + 18);
    await connector.close?.();
  });
});
