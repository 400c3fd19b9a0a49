import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Browser, type Page } from '../support/browser.ts';
import { ConsolePage } from '../support/console.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { person } from '../support/people.ts';
import { sign_in } from '../support/sign_in.ts';

const olga = person('olga');
const nora = person('nora');

describe('operators who sign in to the console through Postern itself', () => {
  let it_is: Installation;
  before(async () => {
    it_is = await start_installation({ env: { POSTERN_OPERATORS_ORGANIZATION: 'acme', POSTERN_RATE_LIMITS: 'off' }, people: [olga, nora] });
    for (const name of ['owner', 'support']) await it_is.broker.call('POST', '/roles', { name });
  });
  after(() => it_is.stop());

  const come_in = async (who: typeof olga, browser = new Browser(), path = '/console/enter'): Promise<{ browser: Browser; page: Page }> => {
    const page = await sign_in(browser, await browser.open(it_is.broker.issuer + path), who);
    return { browser, page };
  };
  const page_of = (browser: Browser): ConsolePage => {
    const value = browser.cookies().find(({ name }) => name === 'postern_console')?.value ?? '';
    return new ConsolePage(it_is.broker, `postern_console=${value}`);
  };
  const with_role = async (who: typeof olga, role: string): Promise<string> => {
    const { user_id } = await it_is.login({}, { who });
    await it_is.broker.api('PATCH', `/organizations/acme/users/${user_id}`, { roles: [role] });
    return user_id;
  };

  it('are sent to their own identity provider, come back to where they wanted to go, and are named in the record', async () => {
    const user_id = await with_role(olga, 'owner');
    const { browser, page } = await come_in(olga, new Browser(), '/console/enter?return_to=/console/audit?type=x');
    assert.equal(page.url, `${it_is.broker.issuer}/console/audit?type=x`);
    assert.ok(browser.visited.some((url) => url.startsWith(it_is.mock.issuer)));
    const view = page_of(browser);
    const session = (await view.session()).body;
    assert.deepEqual([session.state, session.role, session.actor?.id, session.second_factor], ['signed_in', 'owner', user_id, null]);
    assert.equal((await view.api('POST', '/organizations', { slug: 'by-olga', name: 'Made at the console' })).status, 201);
    const { data } = await it_is.broker.api<{ data: { type: string }[] }>('GET', `/audit-events?actor=${user_id}`);
    assert.ok(['organization.created', 'console.signed_in'].every((type) => data.some((event) => event.type === type)));
  });

  it('hold no role: a page that says so, no session', async () => {
    const { browser, page } = await come_in(nora);
    assert.equal(page.status, 403);
    assert.equal(
      browser.cookies().some(({ name }) => name === 'postern_console'),
      false,
    );
  });

  it('lose the role, or are switched off: the session is over at once', async () => {
    const who = person('olga');
    const user_id = await with_role(who, 'support');
    const view = page_of((await come_in(who)).browser);
    assert.equal((await view.session()).body.role, 'support');
    await it_is.broker.api('PATCH', `/organizations/acme/users/${user_id}`, { roles: [] });
    assert.equal((await view.api('GET', '/organizations')).status, 401);
    await it_is.broker.api('PATCH', `/organizations/acme/users/${user_id}`, { roles: ['owner'] });
    const again = page_of((await come_in(who)).browser);
    assert.equal((await again.api('GET', '/organizations')).status, 200);
    await it_is.broker.api('PATCH', `/organizations/acme/users/${user_id}`, { active: false });
    assert.equal((await again.api('GET', '/organizations')).status, 401);
    await it_is.broker.api('PATCH', `/organizations/acme/users/${user_id}`, { active: true });
  });

  it('sign out: the sign-in that the session rests on ends as well', async () => {
    await with_role(olga, 'owner');
    const { browser } = await come_in(olga);
    const view = page_of(browser);
    await view.session();
    const asked_partner = async (): Promise<boolean> => {
      browser.visited.length = 0;
      await browser.open(`${it_is.broker.issuer}/console/enter`);
      return browser.visited.some((url) => url.startsWith(it_is.mock.issuer));
    };
    assert.equal(await asked_partner(), false, 'while the sign-in lives nobody is asked again');
    const now = page_of(browser);
    await now.session();
    assert.equal((await now.ask('DELETE', '/console/session')).status, 204);
    assert.equal(await asked_partner(), true);
  });

  it('an answer that was begun in another browser, that is used twice, or of another issuer signs nobody in', async () => {
    await with_role(olga, 'owner');
    const victim = new Browser();
    await victim.open(`${it_is.broker.issuer}/console/enter`);
    const attacker = new Browser();
    const callback = `${it_is.broker.issuer}/console/callback`;
    attacker.stop_at.push(callback);
    const { page } = await come_in(olga, attacker);
    assert.equal(page.status, 299);
    const injected = await victim.open(page.url);
    assert.equal(injected.status, 400);
    assert.equal(
      victim.cookies().some(({ name }) => name === 'postern_console'),
      false,
    );
    const other_issuer = new URL(page.url);
    other_issuer.searchParams.set('iss', 'https://evil.example');
    attacker.stop_at.length = 0;
    const journey = attacker.cookies().filter(({ name }) => name === 'postern_console_journey');
    assert.equal((await attacker.open(other_issuer.href)).status, 400);
    for (const cookie of journey) attacker.put(cookie);
    assert.equal((await attacker.open(page.url)).status, 200);
    const first = page_of(attacker);
    assert.equal((await first.session()).body.state, 'signed_in');
    for (const cookie of journey) attacker.put(cookie);
    assert.equal((await attacker.open(page.url)).status, 400, 'the code was used');
    assert.equal((await first.session()).body.state, 'signed_out', 'and what was made of it is over: nobody can tell who stole it');
  });

  it('somewhere else to go: only a place in the console', async () => {
    for (const to of ['https://evil.example', '//evil.example', '/console\\@evil.example', '/consolex', '/logout']) {
      const browser = new Browser();
      const { page } = await come_in(olga, browser, `/console/enter?return_to=${encodeURIComponent(to)}`);
      assert.equal(page.url, `${it_is.broker.issuer}/console`, to);
    }
  });

  it('its code is good for nothing at the token endpoint', async () => {
    const browser = new Browser();
    browser.stop_at.push(`${it_is.broker.issuer}/console/callback`);
    const { page } = await come_in(olga, browser);
    const code = new URL(page.url).searchParams.get('code') ?? '';
    const answer = await fetch(`${it_is.broker.issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        redirect_uri: `${it_is.broker.issuer}/console/callback`,
        client_id: 'postern-console',
      }),
    });
    assert.equal(answer.status, 401);
  });
});
