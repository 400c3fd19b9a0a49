import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CredentialConnector, DirectoryPerson } from '../../../connectors/connector.ts';
import { SAMBA_BASE, SAMBA_HOST, SAMBA_PASSWORD, SAMBA_SERVICE, type SambaAd, start_samba_ad } from '../../../scripts/partners/samba_ad.ts';
import { credential_connector_conformance } from '../../conformance/credential_connector.ts';
import { make_call, open_ldap } from '../../support/ldap_connector.ts';
import { PATIENCE_MS } from './mock_stage.ts';
import { type RealServer, real_stage } from './real_stage.ts';

const login = (username: string, password = SAMBA_PASSWORD): { username: string; password: string } => ({ username, password });

describe('Active Directory, as Samba plays it', () => {
  let samba: SambaAd;
  before(async () => {
    samba = await start_samba_ad();
  });
  after(() => samba?.stop());

  const settings = {
    vendor: 'active_directory',
    bind_dn: SAMBA_SERVICE.dn,
    bind_password: SAMBA_SERVICE.password,
    base_dn: SAMBA_BASE,
    timeout_ms: PATIENCE_MS,
  };
  const server = (): RealServer => ({
    flavour: 'active_directory',
    address: samba.address,
    port: 389,
    tls_port: 636,
    host: SAMBA_HOST,
    ca_pem: samba.ca_pem,
    other_ca_pem: samba.other_ca_pem,
    settings,
  });
  const known = {
    name: 'Samba',
    service_password: SAMBA_SERVICE.password,
    people: {
      good: {
        ...login('alice'),
        subject: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
        attributes: { mail: ['alice@corp.example'], givenName: ['Alice'], sAMAccountName: ['alice'] },
        groups: ['Backend', 'Engineering', 'All Staff', 'Cycle A', 'Cycle B', 'Domain Users', 'Users'],
      },
      good_otherwise: login('Alice@CORP.example'),
      odd: login('we(ird)š'),
      unicode: login('dvořák@corp.example', 'Pře*šné 1🔑'),
      ambiguous: login('twin@corp.example'),
      locked: login('lockme'),
      expired: login('pwexpired'),
      must_change: login('mustchange'),
      disabled: login('disabled'),
    },
  };
  const open = (more: Record<string, unknown> = {}): CredentialConnector =>
    open_ldap(
      { ...settings, urls: [`ldaps://${SAMBA_HOST}`], ca_pem: samba.ca_pem, ...more },
      { resolve: async (host) => ({ address: samba.address, family: 4, servername: host }) },
    );

  describe('with an account that failures have locked', () => {
    before(async () => {
      const connector = open();
      for (let failure = 0; failure < 6; failure++) await connector.verify(login('lockme', 'wrong-password'), make_call());
      await connector.close?.();
    });
    credential_connector_conformance(real_stage(known, server));
  });

  it('expired accounts and accounts outside their hours are refused like a wrong password', async () => {
    const connector = open();
    for (const username of ['acctexpired', 'hours']) {
      const outcome = await connector.verify(login(username), make_call());
      assert.ok(!outcome.ok && outcome.reason === 'invalid_credentials');
    }
    await connector.close?.();
  });

  it('the primary group counts, with the groups that it is in', async () => {
    const connector = open();
    const outcome = await connector.verify(login('quentin'), make_call());
    assert.ok(outcome.ok);
    assert.deepEqual([...(outcome.identity.attributes['groups'] ?? [])].sort(), ['Domain Users', 'Finance', 'Money', 'Users'].sort());
    await connector.close?.();
  });

  it('the subject is the objectGUID in the spelling under which the directory itself finds it', async () => {
    const connector = open();
    const outcome = await connector.verify(login('alice'), make_call());
    assert.ok(outcome.ok);
    const { subject, attributes } = outcome.identity;
    assert.deepEqual(attributes['objectGUID'], [subject]);
    // AD reads the canonical spelling in a filter as the id that it means
    const found = open({ user_filter: '(&(objectGUID={login})(objectClass=user))' });
    const again = await found.verify(login(subject), make_call());
    assert.ok(again.ok && again.identity.subject === subject);
    await connector.close?.();
    await found.close?.();
  });

  it('a server that demands encryption says so to a connection in clear', async () => {
    const connector = open({ urls: [`ldap://${SAMBA_HOST}`], tls: 'none', ca_pem: undefined });
    await assert.rejects(connector.verify(login('alice'), make_call()), { reason: 'misconfigured', message: /strongerAuthRequired \(8\)/ });
    await connector.close?.();
  });

  it('everyone is read, each with whether the account is active', async () => {
    const connector = open();
    const everyone: DirectoryPerson[] = [];
    assert.ok(connector.directory !== undefined);
    for await (const page of connector.directory.people(make_call())) everyone.push(...page);
    const of = (account: string) => everyone.find(({ attributes }) => attributes['sAMAccountName']?.[0] === account);
    assert.equal(of('alice')?.active, true);
    assert.equal(of('disabled')?.active, false);
    const wanted = [...known.people.good.groups].sort();
    assert.deepEqual([...(of('alice')?.attributes['memberOf'] ?? [])].sort(), wanted, 'as a sign-in finds them');
    await connector.close?.();
  });
});
