import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ACCOUNTS, BASE, type OpenLdap, PASSWORD, start_openldap } from '../../scripts/partners/openldap.ts';
import { Browser } from '../support/browser.ts';
import { start_broker, type TestBroker } from '../support/broker.ts';
import { arrive, type RelyingParty, relying_party } from '../support/relying_party.ts';
import { sign_in } from '../support/sign_in.ts';
import { add_client, add_connection, add_organization, type Tenant } from '../support/tenant.ts';

describe('an employee of a partner with OpenLDAP, through the whole broker', () => {
  let slapd: OpenLdap;
  let broker: TestBroker;
  let tenant: Tenant;
  let app: RelyingParty;
  let connection_id: string;
  before(async () => {
    slapd = await start_openldap();
    broker = await start_broker();
    tenant = await add_organization(broker, 'acme', 'Acme');
    const settings = {
      urls: [`ldaps://localhost:${slapd.tls_port}`],
      vendor: 'openldap',
      ca_pem: slapd.ca_pem,
      bind_dn: ACCOUNTS.gateway.dn,
      bind_password: ACCOUNTS.gateway.password,
      base_dn: BASE,
      group_base_dn: `ou=groups,${BASE}`,
    };
    connection_id = (await add_connection(broker, tenant, { protocol: 'ldap', ldap: settings })).id;
    app = await relying_party({ issuer: broker.issuer, ...(await add_client(broker)) });
  });
  after(async () => {
    await broker?.stop();
    await slapd?.stop();
  });

  it('arrives at the app with attributes and nested groups, and is the same person whatever name was typed', async () => {
    const subs = new Set<string | undefined>();
    for (const username of ['alice', 'ALICE@acme.example']) {
      const started = await app.begin({ login_hint: 'alice@acme.example' });
      const browser = new Browser();
      const arrived = await sign_in(browser, await arrive(browser, app, started.url), { username, password: PASSWORD });
      assert.equal(arrived.status, 299, arrived.html);
      const claims = (await started.finish(arrived.url)).claims();
      assert.equal(claims?.['email'], 'alice@acme.example');
      assert.ok((claims['groups'] as string[]).includes('all-staff'));
      subs.add(claims.sub);
    }
    assert.equal(subs.size, 1);
  });

  it('gets one answer for wrong, locked and unknown: 401', async () => {
    for (const [username, password] of [
      ['alice', 'wrong'],
      ['locked', PASSWORD],
      ['nobody', PASSWORD],
    ] as const) {
      const browser = new Browser();
      const page = await arrive(browser, app, (await app.begin({ organization: 'acme' })).url);
      const answer = await browser.submit(page, { username, 'current-password': password });
      assert.equal(answer.status, 401, username);
    }
  });

  it('has a connection whose test finds nothing to mend', async () => {
    const { checks } = await broker.api<{ checks: { name: string; ok: boolean; detail: string }[] }>(
      'POST',
      `/organizations/${tenant.org_id}/connections/${connection_id}/test`,
    );
    assert.deepEqual(
      checks.filter(({ ok }) => !ok),
      [],
    );
  });
});
