import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { start_mock_oidc } from '../../src/mock/index.ts';
import { Browser } from '../support/browser.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { person } from '../support/people.ts';
import { arrive } from '../support/relying_party.ts';
import { sign_in } from '../support/sign_in.ts';
import { add_connection, add_organization, oidc_settings, type Tenant } from '../support/tenant.ts';

/** Claims to be Ann of Acme, with her address and her subject. */
const impostor = person('ann', { groups: ['Admins'] });

describe('one organization never reaches into another', () => {
  let it_is: Installation;
  let evil: Tenant;
  let evil_mock: Awaited<ReturnType<typeof start_mock_oidc>>;
  let evil_connection: string;
  before(async () => {
    it_is = await start_installation();
    evil_mock = await start_mock_oidc({ people: [impostor] });
    evil = await add_organization(it_is.broker, 'evil', 'Evil');
    evil_connection = (
      await add_connection(it_is.broker, evil, { ...oidc_settings(evil_mock), provisioning: { link_by: 'verified_email' } })
    ).id;
  });
  after(async () => {
    await evil_mock.close();
    await it_is.stop();
  });

  it('the same subject and the same e-mail address at two partners are two people, and the foreign address is not verified', async () => {
    const ann = await it_is.login();
    const other = await it_is.login({ organization: 'evil' }, { who: impostor });
    assert.notEqual(other.user_id, ann.user_id);
    assert.equal(other.tokens.claims()?.['org_id'], evil.org_id);
    assert.equal(ann.tokens.claims()?.['email_verified'], true);
    assert.equal(other.tokens.claims()?.['email_verified'], false);
  });

  it('an answer of one partner at the callback of another is refused (IdP mix-up)', async () => {
    const browser = new Browser();
    const started = await it_is.app.begin({ organization: 'evil' });
    const at_partner = await arrive(browser, it_is.app, started.url);
    browser.stop_at.push(`${it_is.broker.issuer}/oidc/`);
    const stopped = await sign_in(browser, at_partner, impostor);
    browser.stop_at.length = 0;
    browser.stop_at.push(it_is.app.redirect_uri);
    const mixed = stopped.url.replace(evil_connection, it_is.connection_id);
    const page = await browser.open(mixed);
    assert.equal(page.status, 400);
    const { data } = await it_is.broker.api<{ data: unknown[] }>('GET', `/organizations/${it_is.acme.org_id}/users?limit=100`);
    assert.equal(data.length, 1);
  });

  it('a domain of one organization is not proven by another, and free-mail domains and public suffixes by nobody', async () => {
    const path = `/organizations/${evil.org_id}/domains`;
    const taken = await it_is.broker.call('POST', path, { domain: 'acme.example', verified: true });
    assert.equal(taken.status, 409);
    for (const domain of ['gmail.com', 'co.uk', 'com', 'github.io'])
      assert.equal((await it_is.broker.call('POST', path, { domain })).status, 422, domain);
  });

  it('an unproven domain does not route, and looks like one that nobody has', async () => {
    await it_is.broker.api('POST', `/organizations/${evil.org_id}/domains`, { domain: 'unproven.example' });
    const answers = [];
    for (const identifier of ['someone@unproven.example', 'someone@nobody-at-all.example']) {
      const page = await arrive(new Browser(), it_is.app, (await it_is.app.begin()).url);
      const browser = new Browser();
      const first = await arrive(browser, it_is.app, (await it_is.app.begin()).url);
      const answer = await browser.submit(first, { username: identifier });
      answers.push({ status: answer.status, html: strip(answer.html, identifier) });
      assert.equal(page.status, 200);
    }
    assert.deepEqual(answers[0], answers[1]);
  });

  it('an org_admin key sees its own organization, and a foreign id exactly like one that does not exist', async () => {
    const { key } = await it_is.broker.api<{ key: string }>('POST', '/admin-keys', {
      name: 'evil admin',
      role: 'org_admin',
      organization_id: evil.org_id,
    });
    const as_admin = { authorization: `Bearer ${key}` };
    const bodies = [];
    for (const id of [it_is.acme.org_id, 'org_000000000000000000000000']) {
      const answer = await it_is.broker.call('GET', `/organizations/${id}/users`, undefined, as_admin);
      assert.equal(answer.status, 404);
      bodies.push((await answer.text()).replace(/req_[\w-]+/, ''));
    }
    assert.equal(bodies[0], bodies[1]);
    assert.equal((await it_is.broker.call('GET', '/organizations', undefined, as_admin)).status, 403);
    assert.equal((await it_is.broker.call('GET', `/organizations/${evil.org_id}`, undefined, as_admin)).status, 200);
  });
});

const strip = (html: string, identifier: string): string =>
  html
    .replaceAll(identifier, '')
    .replace(/nonce="[^"]*"/g, '')
    .replace(/value="[^"]*"/g, '')
    .replace(/\/login\/[\w-]+/g, '')
    .replace(/req_[\w-]+/g, '');
