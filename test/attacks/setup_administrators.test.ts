import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { at_the_door, name_administrator, second_organization } from '../support/administrators.ts';
import { Browser } from '../support/browser.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { person } from '../support/people.ts';
import { heading_of, main_of } from '../support/portal.ts';

const ada = person('ada');
const zed = person('zed', { groups: ['org_admin', 'Staff'] });
const gwen = person('gwen', { email: 'gwen@globex.example' });
const REFUSED = 'You do not look after your company here';
const DOOR = 'Look after your connection';

describe('attacks on administrators who sign in to the portal', () => {
  let it_is: Installation;
  let globex: Awaited<ReturnType<typeof second_organization>>;
  before(async () => {
    it_is = await start_installation({ env: { POSTERN_RATE_LIMITS: 'off' }, people: [ada, zed] });
    await it_is.broker.call('POST', '/roles', { name: 'org_admin' });
    await name_administrator(it_is, ada);
    globex = await second_organization(it_is, [gwen]);
  });
  after(async () => {
    await globex.close();
    await it_is.stop();
  });
  const issuer = (): string => it_is.broker.issuer;
  const manage = (browser: Browser) => browser.open(`${issuer()}/setup/manage`);
  const cookie_of = (browser: Browser) => browser.cookies().find(({ name }) => name === 'postern_setup_person');
  const contacts = async (organization: string): Promise<unknown[]> =>
    (await it_is.broker.api<{ data: unknown[] }>('GET', `/organizations/${organization}/contacts`)).data;

  it('a person without the role, signed in and all: refused in words, no session', async () => {
    await it_is.login({ organization: 'globex' }, { who: gwen });
    const { browser, page } = await at_the_door(issuer(), gwen);
    assert.deepEqual([page.status, heading_of(page)], [403, REFUSED]);
    assert.match(main_of(page), /give you the role org_admin/);
    assert.equal(cookie_of(browser), undefined);
    assert.equal(heading_of(await manage(browser)), DOOR);
  });

  it('a group named like the role, mapped to it, and sent over SCIM: counts for nothing', async () => {
    const { org_id } = it_is.acme;
    await it_is.broker.api('POST', `/organizations/${org_id}/role-mappings`, { group: 'org_admin', role: 'org_admin' });
    const { user_id } = await it_is.login({}, { who: zed });
    const { roles } = await it_is.broker.api<{ roles: unknown[] }>('GET', `/organizations/acme/users/${user_id}`);
    const scim = await it_is.broker.api<{ token: string; base_url: string }>('POST', `/organizations/${org_id}/scim-tokens`, {});
    const patched = await fetch(`${scim.base_url}/Users/${user_id}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${scim.token}`, 'content-type': 'application/scim+json' },
      body: JSON.stringify({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'add', path: 'roles', value: [{ value: 'org_admin' }] }],
      }),
    });
    assert.ok(patched.status < 500, `${patched.status}`);
    const { page } = await at_the_door(issuer(), zed);
    assert.deepEqual([page.status, heading_of(page)], [403, REFUSED], JSON.stringify(roles));
  });

  it('another organization: nothing of it can be seen or changed, whatever id is sent', async () => {
    const { browser, page } = await at_the_door(issuer(), ada);
    assert.doesNotMatch(page.html, /Globex/);
    const theirs = await it_is.broker.api<{ id: string }>('POST', '/organizations/globex/contacts', { email: 'it@globex.example' });
    const { id: mine } = await it_is.broker.api<{ id: string }>('POST', '/organizations/acme/contacts', { email: 'it@acme.example' });
    assert.ok((await manage(browser)).html.includes(mine));
    const sent = await browser.submit(
      await manage(browser),
      { contact: theirs.id },
      ({ action }) => action === '/setup/manage/contact/remove',
    );
    assert.equal(sent.status, 404);
    const token = await it_is.broker.api<{ id: string }>('POST', '/organizations/globex/scim-tokens', {});
    await it_is.broker.api('POST', '/organizations/acme/scim-tokens', {});
    const removed = await browser.submit(
      await manage(browser),
      { token: token.id },
      ({ action }) => action === '/setup/manage/scim/remove',
    );
    assert.equal(removed.status, 404);
    assert.equal((await contacts('globex')).length, 1);
    await it_is.login({ organization: 'globex' }, { who: gwen });
    const { data } = await it_is.broker.api<{ data: { reference: string }[] }>('GET', `/login-traces?organization_id=${globex.org_id}`);
    assert.ok(data[0] !== undefined);
    assert.equal((await browser.open(`${issuer()}/setup/manage/sign-ins/${data[0].reference}`)).status, 404);
  });

  it('the steps of a set-up link are not theirs: nothing is set up, tried or switched on', async () => {
    const { browser, page } = await at_the_door(issuer(), ada);
    const csrf = page.forms.find(({ action }) => action === '/setup/manage/contact')?.fields['csrf'] ?? '';
    assert.notEqual(csrf, '');
    for (const path of ['/setup/domain', '/setup/provider', '/setup/connection', '/setup/attributes', '/setup/test', '/setup/review']) {
      const body = new URLSearchParams({ csrf, version: '0', connection_version: '1', guide: 'okta_saml', domain: 'evil.example' });
      assert.equal((await browser.open(issuer() + path, { method: 'POST', body })).status, 404, path);
      assert.equal((await browser.open(issuer() + path)).url, `${issuer()}/setup/manage`);
    }
  });

  it('the role is taken away, or the person switched off: the next request is outside', async () => {
    const eve = person('ada');
    const user_id = await name_administrator(it_is, eve);
    const path = `/organizations/acme/users/${user_id}`;
    const ends = [
      [{ roles: [] }, { roles: ['org_admin'] }],
      [{ active: false }, { active: true }],
    ] as const;
    for (const [end, back] of ends) {
      const { browser, page } = await at_the_door(issuer(), eve);
      await it_is.broker.api('PATCH', path, end);
      assert.equal(heading_of(await manage(browser)), DOOR, JSON.stringify(end));
      const before = (await contacts('acme')).length;
      const late = await browser.submit(page, { email: 'late@acme.example' }, ({ action }) => action === '/setup/manage/contact');
      assert.deepEqual([late.status, heading_of(late)], [401, 'You are not signed in any more']);
      assert.equal((await contacts('acme')).length, before);
      await it_is.broker.api('PATCH', path, back);
    }
    const { browser } = await at_the_door(issuer(), eve);
    await it_is.broker.api('PATCH', '/organizations/acme', { status: 'suspended' });
    assert.equal(heading_of(await manage(browser)), DOOR, 'suspended');
    await it_is.broker.api('PATCH', '/organizations/acme', { status: 'active' });
  });

  it('CSRF: a form of another site, of another sign-in, or without its value changes nothing', async () => {
    const { browser, page } = await at_the_door(issuer(), ada);
    const other = await at_the_door(issuer(), ada);
    const foreign = other.page.forms.find(({ action }) => action === '/setup/manage/contact')?.fields['csrf'] ?? '';
    const own = page.forms.find(({ action }) => action === '/setup/manage/contact')?.fields['csrf'] ?? '';
    const before = (await contacts('acme')).length;
    for (const [csrf, cross_site, status] of [
      ['', false, 400],
      [foreign, false, 400],
      [own, true, 401],
    ] as const) {
      const body = new URLSearchParams({ csrf, version: '0', email: 'evil@acme.example' });
      const answer = await browser.open(`${issuer()}/setup/manage/contact`, { method: 'POST', body, cross_site });
      assert.equal(answer.status, status, answer.html.slice(0, 300));
    }
    // the same browser, but the form is of a sign-in that has ended
    const out = await browser.submit(page, {}, ({ action }) => action === '/setup/manage/sign-out');
    assert.equal(heading_of(out), DOOR);
    await at_the_door(issuer(), ada, browser);
    const stale = await browser.submit(page, { email: 'evil@acme.example' }, ({ action }) => action === '/setup/manage/contact');
    assert.equal(stale.status, 400);
    assert.equal((await contacts('acme')).length, before);
  });

  it('session fixation: a cookie that was there before is not taken over, and one that somebody made opens nothing', async () => {
    const mallory = await at_the_door(issuer(), ada);
    const planted = cookie_of(mallory.browser);
    assert.ok(planted !== undefined);
    const victim = new Browser();
    victim.put(planted);
    await victim.open(`${issuer()}/setup/enter`);
    const { browser } = await at_the_door(issuer(), ada);
    assert.notEqual(cookie_of(browser)?.value, planted.value);
    for (const value of [
      'made-up',
      planted.value.slice(0, -2),
      Buffer.from('{"grant_hash":"x","since":0,"seen":0}').toString('base64url'),
    ]) {
      const forger = new Browser();
      forger.put({ ...planted, value });
      assert.equal(heading_of(await manage(forger)), DOOR);
    }
    const out = await mallory.browser.submit(mallory.page, {}, ({ action }) => action === '/setup/manage/sign-out');
    assert.equal(heading_of(out), DOOR);
    const thief = new Browser();
    thief.put(planted);
    assert.equal(heading_of(await manage(thief)), DOOR, 'a cookie that was kept is worth nothing after signing out');
  });

  it('login CSRF: a code that another browser was given signs nobody in here', async () => {
    const attacker = new Browser();
    attacker.stop_at.push(`${issuer()}/setup/callback`);
    const { page } = await at_the_door(issuer(), ada, attacker);
    assert.equal(page.status, 299);
    const victim = new Browser();
    assert.equal((await victim.open(page.url)).status, 400);
    await victim.open(`${issuer()}/setup/enter`);
    const refused = await victim.open(page.url);
    assert.equal(refused.status, 400);
    // before the code is looked at: it still signs in the browser that asked for it
    attacker.stop_at.splice(0);
    assert.equal((await attacker.open(page.url)).url, `${issuer()}/setup/manage`);
    assert.equal(cookie_of(victim), undefined);
  });

  it('a code of another app, or of the portal at the token endpoint: no good', async () => {
    const thief = new Browser();
    thief.stop_at.push(`${issuer()}/setup/callback`);
    const { page } = await at_the_door(issuer(), ada, thief);
    const code = new URL(page.url).searchParams.get('code') ?? '';
    const answer = await fetch(`${issuer()}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        ...{ grant_type: 'authorization_code', code, client_id: 'postern-setup', client_secret: 'guessed' },
        ...{ redirect_uri: `${issuer()}/setup/callback`, code_verifier: 'x'.repeat(43) },
      }),
    });
    assert.equal(answer.status, 401);
    const signed_in = await it_is.login({}, { who: ada });
    const portal = new Browser();
    await portal.open(`${issuer()}/setup/enter`);
    const own = new URL(portal.visited.find((url) => url.includes('/authorize?')) ?? '').searchParams;
    const query = new URLSearchParams({ code: signed_in.tokens.access_token, state: own.get('state') ?? '', iss: issuer() });
    assert.equal((await portal.open(`${issuer()}/setup/callback?${query.toString()}`)).status, 400);
  });

  it('the operators’ organization: nobody looks after it here, for who changes its connections decides who an owner is', async () => {
    const other = await start_installation({ env: { POSTERN_OPERATORS_ORGANIZATION: 'acme', POSTERN_RATE_LIMITS: 'off' }, people: [ada] });
    try {
      await other.broker.call('POST', '/roles', { name: 'org_admin' });
      await name_administrator(other, ada);
      const { page } = await at_the_door(other.broker.issuer, ada);
      assert.deepEqual([page.status, heading_of(page)], [403, REFUSED]);
    } finally {
      await other.stop();
    }
  });
});
