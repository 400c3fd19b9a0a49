import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { after, before, describe, it } from 'node:test';
import { make_log } from '../../src/http/index.ts';
import { start_mock_saml } from '../../src/mock/index.ts';
import { Browser } from '../support/browser.ts';
import { start_broker, type TestBroker } from '../support/broker.ts';
import { person } from '../support/people.ts';
import { alert_of, heading_of, main_of, open_portal, type Portal } from '../support/portal.ts';
import { add_connection, add_organization, saml_settings, type Tenant } from '../support/tenant.ts';
import { structure_of } from '../src/pages/markup.ts';

const hostile = `<img src=x onerror=alert(1)>"'</script></style></title>{x}&amp;`;
const ann = person('ann', { display_name: hostile });

describe('attacks on set-up links', () => {
  let broker: TestBroker;
  let saml: Awaited<ReturnType<typeof start_mock_saml>>;
  let acme: Tenant;
  let evil: Tenant;
  let logged = '';
  before(async () => {
    broker = await start_broker({ POSTERN_RATE_LIMITS: 'off', POSTERN_LOG_LEVEL: 'silent' });
    saml = await start_mock_saml({ people: [ann] });
    acme = await add_organization(broker, 'acme', 'Acme');
    evil = await add_organization(broker, 'evil', 'Evil');
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        logged += chunk.toString();
        done();
      },
    });
    // every line that would be written, at the level that says most
    const log = make_log('trace', sink);
    Object.assign(broker.world.log, { info: log.info.bind(log), warn: log.warn.bind(log) });
  });
  after(async () => {
    await saml.close();
    await broker.stop();
  });

  const every_step = ['/setup', '/setup/domain', '/setup/provider', '/setup/vendor', '/setup/connection', '/setup/attributes'];
  const cookies_of = (browser: Browser): string =>
    browser
      .cookies()
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  async function with_draft(org: Tenant): Promise<Portal> {
    const portal = await open_portal(broker, org.org_id);
    await portal.fill('/setup/provider', { guide: 'okta_saml' });
    await portal.fill('/setup/connection', { way: 'url', metadata_url: saml.metadata_url });
    return portal;
  }
  async function try_it(portal: Portal): Promise<string> {
    let page = await portal.fill('/setup/test');
    for (let step = 0; step < 3 && !page.url.startsWith(`${broker.issuer}/setup/`); step++) {
      const asks = page.forms.some(({ by_autocomplete }) => by_autocomplete['current-password'] !== undefined);
      page = await portal.browser.submit(page, asks ? { username: 'ann', 'current-password': 'ann-password' } : {});
    }
    return main_of(page);
  }
  const connections = async ({ org_id }: Tenant) =>
    (
      await broker.api<{ data: { id: string; name: string; enabled: boolean; saml?: Record<string, unknown> }[] }>(
        'GET',
        `/organizations/${org_id}/connections`,
      )
    ).data;

  it('the token is in no address after the first, no page, no log, no record and no list', async () => {
    const portal = await open_portal(broker, acme.org_id);
    const token = portal.url.split('/setup/')[1] ?? '';
    const first = await portal.browser.send(portal.url);
    assert.deepEqual([first.status, first.headers.get('location')], [303, '/setup']);
    assert.equal(first.headers.get('referrer-policy'), 'no-referrer');
    assert.match(first.headers.getSetCookie().join(), /postern_setup=[^;]+;.*httponly/i);
    assert.match(first.headers.getSetCookie().join(), /samesite=lax/i);
    for (const path of every_step) assert.ok(!(await portal.open(path)).html.includes(token), path);
    // what is refused is logged, with its path
    await portal.browser.send(portal.url, { method: 'POST' });
    await portal.browser.send(`${portal.url}/more`);
    await new Browser().open(`${portal.url}x`);
    const lists = await Promise.all(
      ['/audit-events?limit=1000', `/organizations/${acme.org_id}/setup-links`].map((path) => broker.call('GET', path)),
    );
    for (const answer of lists) assert.ok(!(await answer.text()).includes(token));
    assert.ok(logged.length > 0, 'nothing was logged at all');
    assert.ok(!logged.includes(token) && !logged.includes(`${token}x`), 'token in the log');
  });

  it('a link that is expired, revoked, replaced, deleted or made up says what to do and names nobody', async () => {
    const over = async (url: string): Promise<string> => {
      const page = await new Browser().open(url);
      assert.ok([404, 410].includes(page.status));
      assert.ok(!page.html.includes('Evil'), 'names the organization');
      return heading_of(page);
    };
    const revoked = await open_portal(broker, evil.org_id);
    await broker.api('POST', `/organizations/${evil.org_id}/setup-links/${revoked.id}/revoke`);
    assert.match(await over(revoked.url), /replaced or revoked/);
    assert.match(heading_of(await revoked.open('/setup/domain')), /replaced or revoked/, 'also where it is open already');
    const replaced = await open_portal(broker, evil.org_id);
    const deleted = await open_portal(broker, evil.org_id);
    assert.match(await over(replaced.url), /replaced or revoked/);
    await broker.api('DELETE', `/organizations/${evil.org_id}/setup-links/${deleted.id}`);
    for (const url of [
      deleted.url,
      `${broker.issuer}/setup/postern_setup_${'A'.repeat(43)}`,
      `${broker.issuer}/setup/x`,
      `${broker.issuer}/setup/%00`,
    ])
      assert.equal(await over(url), 'This link opens nothing');
    assert.equal(heading_of(await new Browser().open(`${broker.issuer}/setup/domain`)), 'This link opens nothing');
    assert.equal(heading_of(await new Browser().open(`${broker.issuer}/setup`)), 'Look after your connection', 'no link at all');
  });

  it('a form of another site, of another browser, or without its token changes nothing', async () => {
    const portal = await with_draft(acme);
    const page = await portal.open('/setup/domain');
    const fields = page.forms[0]?.fields ?? {};
    const post = async (body: Record<string, string>, headers: Record<string, string> = {}) =>
      fetch(`${broker.issuer}/setup/domain`, {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie: cookies_of(portal.browser), ...headers },
        body: new URLSearchParams(body),
      });
    const without = { version: fields['version'] ?? '', domain: 'forged.example' };
    for (const body of [without, { ...without, csrf: '' }, { ...without, csrf: 'x'.repeat(43) }])
      assert.equal((await post(body)).status, 400);
    const stranger = await open_portal(broker, evil.org_id);
    const theirs = (await stranger.open('/setup/domain')).forms[0]?.fields['csrf'] ?? '';
    assert.equal((await post({ ...without, csrf: theirs })).status, 400, 'the value of another browser and link');
    const cross = await portal.browser.open(`${broker.issuer}/setup/domain`, {
      method: 'POST',
      body: new URLSearchParams({ ...fields, domain: 'forged.example' }),
      cross_site: true,
    });
    assert.equal(cross.status, 404, 'the cookie does not ride on a form of another site');
    const { data } = await broker.api<{ data: { domain: string }[] }>('GET', `/organizations/${acme.org_id}/domains`);
    assert.ok(!data.some(({ domain }) => domain === 'forged.example'));
  });

  it('ids of another organization, in any field, reach nothing', async () => {
    const { id } = await add_connection(broker, acme, { ...saml_settings(saml), name: 'Theirs' });
    const token = await broker.api<{ id: string }>('POST', `/organizations/${acme.org_id}/scim-tokens`, {});
    const contact = await broker.api<{ id: string }>('POST', `/organizations/${acme.org_id}/contacts`, { email: 'it@acme.example' });
    const before = JSON.stringify(await connections(acme));
    const portal = await with_draft(evil);
    const send = (path: string, action: string, fields: Record<string, string>) => portal.fill(path, fields, action);
    for (const page of [
      await send('/setup/manage', '/setup/manage/contact', { email: 'x@evil.example', organization_id: acme.org_id }),
      await send('/setup/domain', '/setup/domain', { domain: 'mail.evil.example', org_id: acme.org_id }),
    ])
      assert.equal(page.status, 200);
    const forged: readonly (readonly [string, Record<string, string>])[] = [
      ['/setup/manage/certificate', { connection: id, [`pem-${id}`]: 'x' }],
      ['/setup/scim/remove', { token: token.id }],
      ['/setup/manage/contact/remove', { contact: contact.id }],
      ['/setup/domain/check', { domain: acme.domain }],
      ['/setup/domain/remove', { domain: acme.domain }],
    ];
    for (const [action, fields] of forged) {
      const { csrf = '', version = '' } = (await portal.open('/setup/domain')).forms[0]?.fields ?? {};
      const answer = await portal.browser.open(`${broker.issuer}${action}`, {
        method: 'POST',
        body: new URLSearchParams({ csrf, version, ...fields }),
      });
      assert.equal(answer.status, 404, action);
      assert.match(alert_of(answer), /^No such /, action);
    }
    const reference = (await broker.api<{ reference: string }>('POST', `/organizations/${acme.org_id}/connections/${id}/test`)).reference;
    assert.equal((await portal.open(`/setup/manage/sign-ins/${reference}`)).status, 404);
    assert.equal(JSON.stringify(await connections(acme)), before);
    await broker.api('GET', `/organizations/${acme.org_id}/scim-tokens/${token.id}`);
    await broker.api('GET', `/organizations/${acme.org_id}/contacts/${contact.id}`);
  });

  it('fields that the form does not have set nothing (mass assignment)', async () => {
    const portal = await with_draft(acme);
    const sneaked = {
      ...{ enabled: 'true', org_id: evil.org_id, id: 'con_x', idp_initiated: 'accept', allow_sha1: 'true', expired_certificate: 'warn' },
      ...{
        sp_entity_id: 'urn:x',
        acs_aliases: '/x',
        'saml.allow_sha1': 'true',
        provisioning: '{"link_by":"verified_email"}',
        requires_approval: 'off',
        status: 'finished',
      },
    };
    await portal.fill('/setup/connection', { way: 'url', metadata_url: saml.metadata_url, ...sneaked });
    await portal.fill('/setup/attributes', { ...sneaked, __proto__x: 'y', external_id: 'mail', user_name: 'uid' });
    const draft = (await connections(acme)).find(({ name }) => name === 'Acme Okta');
    assert.equal(draft?.enabled, false);
    for (const name of ['idp_initiated', 'allow_sha1', 'expired_certificate', 'sp_entity_id', 'acs_aliases'])
      assert.equal(draft.saml?.[name], undefined, name);
    const whole = JSON.stringify(draft);
    assert.ok(whole.includes('"link_by":"none"') && !whole.includes('user_name') && !whole.includes('external_id'));
  });

  it('nothing is switched on without a test, by a test of other settings, or by a test of another connection', async () => {
    const portal = await with_draft(acme);
    const enabled = async (): Promise<boolean> => (await connections(acme)).some((one) => one.name === 'Acme Okta' && one.enabled);
    const review = async () => {
      const { csrf = '', version = '' } = (await portal.open('/setup/domain')).forms[0]?.fields ?? {};
      return portal.browser.open(`${broker.issuer}/setup/review`, { method: 'POST', body: new URLSearchParams({ csrf, version }) });
    };
    assert.match(alert_of(await review()), /Nothing was switched on/);
    saml.switches.set('unsigned', true);
    assert.match(await try_it(portal), /did not pass/);
    saml.switches.reset();
    assert.match(alert_of(await review()), /Nothing was switched on/);
    assert.match(await try_it(portal), /The test passed/);
    await portal.fill('/setup/attributes', { groups: 'other' });
    assert.match(alert_of(await review()), /Nothing was switched on/, 'the settings are others than those that were tried');
    assert.match(main_of(await portal.open('/setup/test')), /settings have changed since/);
    assert.match(await try_it(portal), /The test passed/);
    // an operator changes it at the very end: the version that was tried is not there any more
    const { id } = (await connections(acme)).find(({ name }) => name === 'Acme Okta') ?? { id: '' };
    await broker.api('PATCH', `/organizations/${acme.org_id}/connections/${id}`, { provisioning: { jit: false } });
    assert.match(alert_of(await review()), /Nothing was switched on/);
    assert.equal(await enabled(), false);
  });

  it('two people on one link: the second is told, and what the first wrote stays', async () => {
    const portal = await with_draft(acme);
    const [mine, theirs] = [await portal.open('/setup/attributes'), await portal.open('/setup/attributes')];
    await portal.send(mine, '/setup/attributes', { groups: 'first' });
    const late = await portal.send(theirs, '/setup/attributes', { groups: 'second' });
    assert.equal(late.status, 412);
    assert.match(alert_of(late), /Somebody else with this link/);
    assert.match(JSON.stringify(await connections(acme)), /"groups":"first"/);
  });

  it('metadata of 20 MB, of a service provider, of nobody, and an address inside change nothing and lead nowhere', async () => {
    const portal = await with_draft(acme);
    const before = JSON.stringify(await connections(acme));
    const sp = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://sp.example"><SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://sp.example/acs" index="0"/></SPSSODescriptor></EntityDescriptor>`;
    const bad: readonly (readonly [Record<string, string>, number, RegExp])[] = [
      [{ way: 'xml', metadata_xml: sp }, 422, /service provider/i],
      [{ way: 'xml', metadata_xml: 'x'.repeat(20 * 1024 * 1024) }, 413, /too large/],
      [{ way: 'xml', metadata_xml: '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>' }, 422, /Nothing was changed/],
      [{ way: 'xml', metadata_xml: '' }, 422, /Nothing was changed/],
      [{ way: 'url', metadata_url: '' }, 422, /Nothing was changed/],
      [{ way: 'url', metadata_url: 'https://10.0.0.1/metadata' }, 422, /not on the public internet/],
      [{ way: 'url', metadata_url: 'http://169.254.169.254/latest/meta-data' }, 422, /not on the public internet/],
      [{ way: 'url', metadata_url: 'file:///etc/passwd' }, 422, /Nothing was changed/],
      [{ way: 'url', metadata_url: `${saml.url}/nowhere` }, 422, /could not be read/],
      [{ way: 'url', metadata_url: 'http://127.0.0.1:1/' }, 422, /could not be read/],
      [{ way: 'fields', entity_id: 'x', sso_url: 'javascript:alert(1)', certificates: 'no certificate' }, 422, /Nothing was changed/],
      [{ way: hostile }, 422, /Nothing was changed/],
    ];
    for (const [fields, status, words] of bad) {
      const page = await portal.fill('/setup/connection', fields);
      const what = JSON.stringify(fields).slice(0, 120);
      assert.equal(page.status, status, `${what}: ${page.status} ${alert_of(page)}`);
      assert.match(alert_of(page), words, what);
      assert.ok(!page.html.includes('POSTERN_'), what);
    }
    assert.equal(JSON.stringify(await connections(acme)), before);
  });

  it('metadata of somebody who is connected for another organization is taken, and says nothing of that', async () => {
    const portal = await with_draft(evil);
    assert.ok(!(await portal.open('/setup/connection')).html.includes('Acme'));
  });

  it('names that try to be markup stay text on every page', async () => {
    const named = async (slug: string, name: string): Promise<string[]> => {
      const org = await add_organization(broker, slug, name);
      const portal = await open_portal(broker, org.org_id, { name });
      await portal.fill('/setup/provider', { guide: 'okta_saml' });
      await portal.fill('/setup/connection', { way: 'url', metadata_url: saml.metadata_url });
      await try_it(portal);
      const pages = [...every_step, '/setup/test', '/setup/scim', '/setup/review', '/setup/manage'];
      const shapes: string[] = [];
      for (const path of pages) shapes.push(...structure_of((await portal.open(path)).html));
      return shapes;
    };
    assert.deepEqual(await named('hostile', hostile), await named('plain', 'Plain'));
  });

  it('a link for one step opens no other', async () => {
    const portal = await open_portal(broker, evil.org_id, { steps: ['domain'] });
    for (const path of ['/setup/provider', '/setup/connection', '/setup/test', '/setup/scim', '/setup/manage/sign-ins/x'])
      assert.equal((await portal.open(path)).status, 404, path);
    const { csrf = '', version = '' } = (await portal.open('/setup/domain')).forms[0]?.fields ?? {};
    for (const action of ['/setup/provider', '/setup/scim', '/setup/test', '/setup/manage/certificate', '/setup/manage/scim']) {
      const answer = await portal.browser.open(`${broker.issuer}${action}`, {
        method: 'POST',
        body: new URLSearchParams({ csrf, version, guide: 'okta_saml' }),
      });
      assert.equal(answer.status, 404, action);
    }
    assert.deepEqual(
      (await connections(evil)).filter(({ enabled }) => enabled),
      [],
    );
  });
});
