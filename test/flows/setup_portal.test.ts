import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { start_mock_ldap, start_mock_oidc, start_mock_saml } from '../../src/mock/index.ts';
import type { Page } from '../support/browser.ts';
import { start_broker, type TestBroker } from '../support/broker.ts';
import { person } from '../support/people.ts';
import { alert_of, heading_of, main_of, open_portal, type Portal } from '../support/portal.ts';
import { add_organization, type Tenant } from '../support/tenant.ts';

const ann = person('ann', { groups: ['Staff'] });

interface LinkView {
  readonly status: string;
  readonly approval: string;
  readonly progress: { readonly done: readonly string[]; readonly connection_id: string };
}

describe('a partner that sets itself up, without script', () => {
  let broker: TestBroker;
  let saml: Awaited<ReturnType<typeof start_mock_saml>>;
  let oidc: Awaited<ReturnType<typeof start_mock_oidc>>;
  let ldap: Awaited<ReturnType<typeof start_mock_ldap>>;
  let count = 0;
  before(async () => {
    broker = await start_broker({ POSTERN_RATE_LIMITS: 'off' });
    [saml, oidc, ldap] = await Promise.all([
      start_mock_saml({ people: [ann] }),
      start_mock_oidc({ people: [ann] }),
      start_mock_ldap({ people: [ann] }),
    ]);
  });
  after(async () => {
    await Promise.all([saml.close(), oidc.close(), ldap.close()]);
    await broker.stop();
  });

  const new_org = (): Promise<Tenant> => add_organization(broker, `org-${++count}`, `Org ${count}`);
  const link_of = ({ org_id }: Tenant, { id }: Portal): Promise<LinkView> =>
    broker.api('GET', `/organizations/${org_id}/setup-links/${id}`);
  const connection_of = async (org: Tenant, portal: Portal): Promise<Record<string, unknown>> =>
    broker.api('GET', `/organizations/${org.org_id}/connections/${(await link_of(org, portal)).progress.connection_id}`);
  const choose = (portal: Portal, guide: string): Promise<Page> => portal.fill('/setup/provider', { guide });
  const give_saml = (portal: Portal, fields: Readonly<Record<string, string>> = { way: 'url', metadata_url: saml.metadata_url }) =>
    portal.fill('/setup/connection', fields);
  /** A whole test sign-in, to the page where it ends. */
  async function try_it(portal: Portal): Promise<Page> {
    let page = await portal.fill('/setup/test');
    for (let step = 0; step < 3 && !page.url.startsWith(`${broker.issuer}/setup/`); step++) {
      const asks = page.forms.some(({ by_autocomplete }) => by_autocomplete['current-password'] !== undefined);
      page = await portal.browser.submit(page, asks ? { username: 'ann', 'current-password': 'ann-password' } : {});
    }
    return page;
  }

  it('SAML: to a connection that is tried, switched on, and was none that anybody could use before', async () => {
    const org = await new_org();
    const portal = await open_portal(broker, org.org_id, { steps: ['connection'] });
    assert.match(heading_of(await portal.open()), /^Connect Org/);
    const guide = await choose(portal, 'okta_saml');
    const { id, enabled, service_provider } = await connection_of(org, portal);
    assert.equal(enabled, false);
    const { acs_url, entity_id } = service_provider as Record<string, string>; // what the API shows
    for (const value of [acs_url, entity_id]) assert.ok(main_of(guide).includes(value ?? '?'), value);
    assert.equal((await fetch(entity_id ?? '')).status, 200, 'our metadata can be imported before theirs is known');
    assert.match(alert_of(await portal.fill('/setup/test')), /Give us your side first/);
    const understood = main_of(await give_saml(portal));
    assert.match(understood, /What we understood/);
    assert.match(understood, /identity provider http/);
    assert.match(main_of(await portal.open('/setup/review')), /None yet: one has to pass first/);
    assert.match(alert_of(await portal.fill('/setup/review')), /Nothing was switched on/);
    const tried = main_of(await try_it(portal));
    assert.match(tried, /The test passed/);
    assert.match(tried, /ann@acme\.example/);
    const { data: people } = await broker.api<{ data: unknown[] }>('GET', `/organizations/${org.org_id}/users`);
    assert.deepEqual(people, [], 'a test makes nobody');
    const done = await portal.fill('/setup/review');
    assert.match(heading_of(done), /is connected$/);
    assert.match(main_of(done), /Send it today/);
    assert.equal((await connection_of(org, portal))['enabled'], true);
    assert.equal((await link_of(org, portal)).status, 'finished');
    const events = await broker.api<{ data: { type: string; actor: { kind: string; id: string } }[] }>(
      'GET',
      `/audit-events?organization_id=${org.org_id}&actor=${portal.id}`,
    );
    const types = events.data.map(({ type }) => type);
    for (const type of ['setup_link.opened', 'setup_link.progressed', 'setup_link.finished', 'connection.created', 'connection.updated'])
      assert.ok(types.includes(type), type);
    assert.equal(typeof id, 'string');
  });

  it('SAML: what is wrong is diagnosed with the place in the vendor’s console, and what the refused message says', async () => {
    const org = await new_org();
    const portal = await open_portal(broker, org.org_id, { steps: ['connection'] });
    await choose(portal, 'okta_saml');
    await give_saml(portal);
    for (const [fault, ...words] of [
      ['wrong_audience', 'Audience Failed', 'Audience URI (SP Entity ID)', 'https://another-app.example', 'not verified'],
      ['unknown_key', 'Signature Failed', 'Metadata URL'],
      ['status_error', 'Status of the answer Failed', 'Assignments'],
    ] as const) {
      saml.switches.set(fault, true);
      const text = main_of(await try_it(portal));
      saml.switches.reset();
      assert.match(text, /The test did not pass/, fault);
      for (const word of words) assert.ok(text.includes(word), `${fault}: ${word} in ${text}`);
      assert.match(main_of(await portal.open('/setup/review')), /The last one did not pass/);
    }
    assert.match(main_of(await try_it(portal)), /The test passed/);
  });

  it('OIDC: what is wrong is diagnosed with what was found, and what the refused ID token says', async () => {
    const org = await new_org();
    const portal = await open_portal(broker, org.org_id, { steps: ['connection'] });
    await choose(portal, 'okta_oidc');
    await portal.fill('/setup/connection', { issuer: oidc.issuer, client_id: oidc.client_id, client_secret: oidc.client_secret });
    for (const [fault, ...words] of [
      [
        'wrong_audience',
        'Audience Failed',
        `is for another-client, not for ${oidc.client_id}`,
        'enter the client ID',
        'id_token.claims.aud',
      ],
      ['wrong_issuer', 'Issuer Failed', 'of https://somebody-else.example, not of', 'Security > API', 'id_token.claims.iss'],
      ['wrong_nonce', 'Answers our request Failed', 'Issuer OK', 'Audience OK', 'id_token.claims.nonce'],
      ['bad_signature', 'Signature Failed', 'id_token.header.kid', 'somebody-else'],
    ] as const) {
      oidc.switches.set(fault, true);
      const text = main_of(await try_it(portal));
      oidc.switches.reset();
      for (const word of ['The test did not pass', 'not verified', 'ann@acme.example', ...words])
        assert.ok(text.includes(word), `${fault}: ${word} in ${text}`);
    }
    const passed = main_of(await try_it(portal));
    assert.match(passed, /The test passed/);
    assert.doesNotMatch(passed, /not verified/);
  });

  it('SAML: by metadata in a file, and field by field', async () => {
    const org = await new_org();
    const portal = await open_portal(broker, org.org_id, { steps: ['connection'] });
    await choose(portal, 'google_saml');
    const xml = await (await fetch(saml.metadata_url)).text();
    const page = await portal.open('/setup/connection');
    const form = new FormData();
    const hidden = page.forms.find(({ action }) => action === '/setup/connection')?.fields ?? {};
    for (const name of ['csrf', 'version', 'connection_version']) form.set(name, hidden[name] ?? '');
    form.set('way', 'xml');
    form.set('metadata_file', new Blob([xml], { type: 'text/xml' }), 'metadata.xml');
    const request = new Request(`${broker.issuer}/x`, { method: 'POST', body: form });
    const cookies = portal.browser.cookies().map(({ name, value }) => `${name}=${value}`);
    const answer = await fetch(`${broker.issuer}/setup/connection`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: cookies.join('; '), 'content-type': request.headers.get('content-type') ?? '' },
      body: await request.arrayBuffer(),
    });
    assert.equal(answer.status, 303, await answer.text());
    assert.match(main_of(await try_it(portal)), /The test passed/);
    const certificate = /<(?:ds:)?X509Certificate>([\s\S]*?)</.exec(xml)?.[1]?.replaceAll(/\s/g, '') ?? '';
    const fields = {
      ...{ way: 'fields', entity_id: saml.metadata_url, sso_url: `${saml.url}/sso` },
      certificates: `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----`,
    };
    assert.match(main_of(await give_saml(portal, fields)), /What we understood/);
    assert.match(main_of(await portal.open('/setup/test')), /settings have changed since/);
    assert.match(main_of(await try_it(portal)), /The test passed/);
  });

  it('OIDC: the issuer in any form, the secret is never shown again, and groups by another name', async () => {
    const org = await new_org();
    const portal = await open_portal(broker, org.org_id, { steps: ['connection'] });
    assert.ok(main_of(await choose(portal, 'entra_oidc')).includes('/callback'));
    const fields = {
      issuer: `${oidc.issuer}/.well-known/openid-configuration`,
      client_id: oidc.client_id,
      client_secret: oidc.client_secret,
    };
    const understood = await portal.fill('/setup/connection', fields);
    assert.match(main_of(understood), /Discovery document OK/);
    assert.ok(!understood.html.includes(oidc.client_secret));
    assert.match(main_of(await portal.fill('/setup/connection', { issuer: oidc.issuer })), /What we understood/);
    assert.match(main_of(await try_it(portal)), /The test passed/);
    const mapped = await portal.fill('/setup/attributes', { groups: 'groups', given_name: 'name' });
    assert.match(main_of(mapped), /settings have changed since/);
    const attributes = main_of(await portal.open('/setup/attributes'));
    assert.match(attributes, /At the last test sign-in: ann Tester/);
    const mapping = (await connection_of(org, portal))['attribute_mapping'];
    assert.deepEqual(mapping, { email: 'email', given_name: 'name', family_name: 'family_name', display_name: 'name', groups: 'groups' });
    await portal.fill('/setup/attributes', { given_name: '', groups: '' });
    assert.equal((await connection_of(org, portal))['attribute_mapping'], null);
  });

  it('LDAP: what the directory answers is shown, and a password is typed on our own page', async () => {
    const org = await new_org();
    const portal = await open_portal(broker, org.org_id, { steps: ['connection'] });
    await choose(portal, 'openldap_ldap');
    const fields = {
      urls: ldap.urls.join('\n'),
      tls: 'ldaps',
      vendor: 'openldap',
      ca_pem: ldap.ca_pem,
      bind_dn: ldap.bind_dn,
      base_dn: ldap.base_dn,
    };
    const wrong = main_of(await portal.fill('/setup/connection', { ...fields, bind_password: 'wrong' }));
    assert.match(wrong, /Service account Failed/);
    const right = await portal.fill('/setup/connection', { ...fields, bind_password: ldap.bind_password });
    assert.match(main_of(right), /Filter for people OK/);
    assert.ok(!right.html.includes(ldap.bind_password));
    assert.match(main_of(await try_it(portal)), /The test passed/);
  });

  it('SCIM: a token shown once, a first request that is seen, and a new one beside the old', async () => {
    const org = await new_org();
    const portal = await open_portal(broker, org.org_id, { steps: ['scim'] });
    const made = await portal.fill('/setup/scim');
    const token = /postern_scim_[\w-]+/.exec(made.html)?.[0] ?? '';
    assert.notEqual(token, '');
    assert.ok(!(await portal.open('/setup/scim')).html.includes(token));
    assert.match(main_of(await portal.open('/setup/scim')), /Waiting for the first request/);
    const asked = await fetch(`${broker.issuer}/scim/${org.org_id}/v2/Users`, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(asked.status, 200);
    assert.match(main_of(await portal.open('/setup/scim')), /Requests arrive/);
    await portal.fill('/setup/scim');
    assert.match(main_of(await portal.open('/setup/scim')), /Requests arrive.*Waiting for the first request/);
    assert.match(heading_of(await portal.fill('/setup/review')), /All done/);
  });

  it('hands over for approval where the vendor wants the last word', async () => {
    const org = await new_org();
    const portal = await open_portal(broker, org.org_id, { steps: ['connection'], requires_approval: true });
    await choose(portal, 'okta_saml');
    await give_saml(portal);
    await try_it(portal);
    assert.equal(heading_of(await portal.fill('/setup/review')), 'Handed over for approval');
    assert.equal((await connection_of(org, portal))['enabled'], false);
    assert.equal((await link_of(org, portal)).approval, 'requested');
    await broker.api('POST', `/organizations/${org.org_id}/setup-links/${portal.id}/approve`);
    assert.equal((await connection_of(org, portal))['enabled'], true);
  });

  it('later, behind a fresh link: health, another certificate, contacts, and the sign-ins of its own organization', async () => {
    const org = await new_org();
    const first = await open_portal(broker, org.org_id, { steps: ['connection'] });
    await choose(first, 'google_saml');
    const xml = await (await fetch(saml.metadata_url)).text();
    await give_saml(first, { way: 'xml', metadata_xml: xml });
    await try_it(first);
    await first.fill('/setup/review');
    const { id } = await connection_of(org, first);
    const portal = await open_portal(broker, org.org_id, { steps: ['connection'] }, first.browser);
    assert.match(main_of(await portal.open()), /In use already/);
    const manage = await portal.open('/setup/manage');
    assert.match(main_of(manage), /Health/);
    const pem = saml_certificate();
    const added = await portal.fill('/setup/manage', { connection: String(id), [`pem-${String(id)}`]: pem }, '/setup/manage/certificate');
    assert.equal((main_of(added).match(/SHA-256/g) ?? []).length, 2, main_of(added));
    const told = await portal.fill('/setup/manage', { email: 'it@acme.example' }, '/setup/manage/contact');
    assert.match(main_of(told), /it@acme\.example/);
    assert.ok(!main_of(await portal.fill('/setup/manage', {}, '/setup/manage/contact/remove')).includes('it@acme.example'));
    const reference = /sign-ins\/([\w-]+)"/.exec(manage.html)?.[1] ?? '';
    const one = main_of(await portal.open(`/setup/manage/sign-ins/${reference}`));
    assert.match(one, /Signature OK/);
    assert.ok(!one.includes('ann@'), 'who it was stays masked');
  });

  /** Somebody's certificate. */
  const saml_certificate = (): string => ldap.ca_pem;
});
