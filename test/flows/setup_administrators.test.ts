import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { at_the_door, name_administrator } from '../support/administrators.ts';
import { Browser } from '../support/browser.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { person } from '../support/people.ts';
import { alert_of, heading_of, main_of, open_portal } from '../support/portal.ts';

const ada = person('ada');
const MINUTE = 60_000;

describe('an administrator of an organization, signed in to the portal through its own connection', () => {
  let it_is: Installation;
  let ahead = 0;
  let user_id: string;
  before(async () => {
    it_is = await start_installation({ env: { POSTERN_RATE_LIMITS: 'off' }, people: [ada], now: () => Date.now() + ahead });
    await it_is.broker.call('POST', '/roles', { name: 'org_admin' });
    user_id = await name_administrator(it_is, ada);
  });
  after(() => it_is.stop());
  beforeEach(() => {
    ahead = 0;
  });
  const enter = async (browser = new Browser()) => at_the_door(it_is.broker.issuer, ada, browser);
  const manage = (browser: Browser) => browser.open(`${it_is.broker.issuer}/setup/manage`);

  it('says who they are, signs in at their identity provider, and sees health, certificates, SCIM, the masked log and contacts of their own organization', async () => {
    const { browser, page } = await enter();
    assert.equal(page.url, `${it_is.broker.issuer}/setup/manage`);
    assert.ok(browser.visited.some((url) => url.startsWith(it_is.mock.issuer)));
    assert.equal(heading_of(page), 'Look after it');
    const shown = main_of(page);
    for (const word of ['What is in use for Acme', 'Health', 'SCIM base URL', 'Who is told of problems', 'Recent sign-ins'])
      assert.ok(shown.includes(word), word);
    const reference = /\/setup\/manage\/sign-ins\/([\w-]+)/.exec(page.html)?.[1] ?? '';
    const one = await browser.open(`${it_is.broker.issuer}/setup/manage/sign-ins/${reference}`);
    assert.equal(one.status, 200);
    assert.ok(!one.html.replaceAll('<bdi>ada@acme.example</bdi>', '').includes('ada@acme.example'), 'who it was stays masked');
    const { data } = await it_is.broker.api<{ data: { type: string; actor: { id: string } }[] }>(
      'GET',
      `/audit-events?organization_id=${it_is.acme.org_id}&actor=${user_id}`,
    );
    assert.ok(data.some(({ type }) => type === 'setup.signed_in'));
  });

  it('makes another SCIM token beside the old one, removes the old, and names contacts: in the record under their own name', async () => {
    const { browser, page } = await enter();
    const made = await browser.submit(page, {}, ({ action }) => action === '/setup/manage/scim');
    assert.match(main_of(made), /The new token, shown this once/);
    const { data: tokens } = await it_is.broker.api<{ data: unknown[] }>('GET', '/organizations/acme/scim-tokens');
    assert.equal(tokens.length, 1);
    const removed = await browser.submit(await manage(browser), {}, ({ action }) => action === '/setup/manage/scim/remove');
    assert.equal(removed.url, `${it_is.broker.issuer}/setup/manage`);
    const told = await browser.submit(removed, { email: 'it@acme.example' }, ({ action }) => action === '/setup/manage/contact');
    assert.match(main_of(told), /it@acme\.example/);
    const wrong = await browser.submit(told, { email: 'nobody' }, ({ action }) => action === '/setup/manage/contact');
    assert.notEqual(alert_of(wrong), '');
    const { data } = await it_is.broker.api<{ data: { type: string; actor: { kind: string } }[] }>('GET', `/audit-events?actor=${user_id}`);
    for (const type of ['scim_token.created', 'scim_token.deleted', 'contact.created'])
      assert.ok(
        data.some((event) => event.type === type && event.actor.kind === 'user'),
        `${type} in ${data.map((event) => event.type).join(' ')}`,
      );
  });

  it('signs out: the sign-in that the session rests on ends as well, and the next time the partner asks', async () => {
    const { browser, page } = await enter();
    const out = await browser.submit(page, {}, ({ action }) => action === '/setup/manage/sign-out');
    assert.equal(heading_of(out), 'Look after your connection');
    assert.equal(heading_of(await manage(browser)), 'Look after your connection');
    browser.visited.length = 0;
    await enter(browser);
    assert.ok(browser.visited.some((url) => url.startsWith(it_is.mock.issuer)));
  });

  it('is out after 30 minutes without a request, and after 8 hours in any case', async () => {
    const { browser } = await enter();
    ahead = 29 * MINUTE;
    assert.equal(heading_of(await manage(browser)), 'Look after it');
    ahead = 58 * MINUTE;
    assert.equal(heading_of(await manage(browser)), 'Look after it');
    ahead = 89 * MINUTE;
    assert.equal(heading_of(await manage(browser)), 'Look after your connection');
    ahead = 0;
    const again = (await enter()).browser;
    for (let at = 0; at < 480; at += 20) {
      ahead = at * MINUTE;
      assert.equal(heading_of(await manage(again)), 'Look after it', `after ${at} minutes`);
    }
    ahead = 481 * MINUTE;
    assert.equal(heading_of(await manage(again)), 'Look after your connection');
  });

  it('who opens a set-up link in the same browser is behind the link; who signs in after that is themselves again', async () => {
    const { browser } = await enter();
    const portal = await open_portal(it_is.broker, it_is.acme.org_id, {}, browser);
    assert.equal(heading_of(await portal.open()), 'Connect Acme');
    await browser.open(`${it_is.broker.issuer}/setup/enter?login_hint=ada@acme.example`);
    assert.match((await manage(browser)).html, /Sign out/);
    assert.equal((await browser.open(`${it_is.broker.issuer}/setup`)).url, `${it_is.broker.issuer}/setup/manage`);
  });

  it('whoever switches the portal off as an app has shut this door', async () => {
    await enter();
    await it_is.broker.api('PATCH', '/clients/postern-setup', { enabled: false });
    const { page } = await enter();
    assert.ok(page.status >= 400, page.url);
    await it_is.broker.api('PATCH', '/clients/postern-setup', { enabled: true });
  });
});
