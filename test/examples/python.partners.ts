import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ensure_packages } from '../../scripts/debian_packages.ts';
import { Browser, type Page } from '../support/browser.ts';
import { free_port } from '../support/free_port.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { person } from '../support/people.ts';
import { add_connection, add_organization, oidc_settings } from '../support/tenant.ts';
import { comes_true } from './comes_true.ts';
import { type Program, run_program } from './run_program.ts';

const LIBRARIES = '/usr/lib/python3/dist-packages';

describe('the sample app in Python, with the broker', () => {
  let at: Installation;
  let app: Program;
  let base_url: string;
  before(async () => {
    ensure_packages({
      'python3-flask': `${LIBRARIES}/flask/__init__.py`,
      'python3-authlib': `${LIBRARIES}/authlib/__init__.py`,
      'python3-requests': `${LIBRARIES}/requests/__init__.py`,
    });
    const port = await free_port();
    base_url = `http://127.0.0.1:${port}`;
    at = await start_installation({
      people: [person('bob')],
      client: {
        redirect_uris: [`${base_url}/callback`],
        post_logout_redirect_uris: [`${base_url}/signed-out`],
        backchannel_logout_uri: `${base_url}/back-channel-logout`,
        grant_types: ['authorization_code'],
      },
    });
    await add_connection(at.broker, await add_organization(at.broker, 'globex', 'Globex'), oidc_settings(at.mock));
    app = await run_program('/usr/bin/python3', [join(import.meta.dirname, '../../examples/python/app.py')], {
      url: base_url,
      env: { ISSUER: at.broker.issuer, CLIENT_ID: at.client_id, CLIENT_SECRET: at.client_secret, BASE_URL: base_url, PORT: String(port) },
    });
  });
  after(async () => {
    await app?.stop();
    await at?.stop();
  });

  /** Fills in the partner's form; what follows leads to the app. */
  const at_partner = (browser: Browser, page: Page, { username, password } = at.ann): Promise<Page> =>
    browser.submit(page, { username, password });
  const walk = async (browser: Browser, who = at.ann): Promise<Page> =>
    at_partner(browser, await browser.open(`${base_url}/sign-in?organization=acme`), who);
  const is_signed_in = async (browser: Browser): Promise<boolean> => (await browser.open(base_url)).html.includes('Hello');

  it('signs in, and shows who it is and of which organization', async () => {
    const browser = new Browser();
    const page = await walk(browser);
    assert.equal(page.status, 200, page.html);
    assert.match(page.html, /Hello, Ann/i);
    assert.ok(page.html.includes(at.acme.org_id));
    const request = browser.visited.find((url) => url.startsWith(`${at.broker.issuer}/authorize`)) ?? '';
    for (const name of ['state', 'nonce', 'code_challenge']) assert.ok(new URL(request).searchParams.has(name), name);
  });

  it('takes no answer for another organization than the one that was asked for', async () => {
    const browser = new Browser();
    await walk(browser);
    const started = await browser.open(`${base_url}/sign-in?organization=acme`);
    assert.equal(started.status, 200, 'signed in silently');
    // the request for Acme, changed on its way by the browser: the answer comes for Globex
    const other = new Browser();
    const away = await other.send(`${base_url}/sign-in?organization=acme`);
    const forged = new URL(away.headers.get('location') ?? '');
    forged.searchParams.set('organization', 'globex');
    const page = await at_partner(other, await other.open(forged.href));
    assert.equal(page.status, 403, page.html);
    assert.match(page.html, /Another organization/);
    assert.equal(await is_signed_in(other), false);
  });

  it('mix-up, injection, replay: an answer of another issuer, in another browser, or a second time signs nobody in', async () => {
    const browser = new Browser();
    const page = await walk(browser);
    assert.equal(page.status, 200);
    const answer = browser.visited.find((url) => url.startsWith(`${base_url}/callback`)) ?? '';
    assert.ok((await browser.open(answer)).status >= 400);
    const victim = new Browser();
    await victim.send(`${base_url}/sign-in`);
    assert.ok((await victim.open(answer)).status >= 400);
    assert.equal(await is_signed_in(victim), false);
    const mixed = new URL(answer);
    mixed.searchParams.set('iss', 'https://attacker.example');
    assert.equal((await victim.open(mixed.href)).status, 400);
  });

  it('signs out of the broker, too', async () => {
    const browser = new Browser();
    const out = await browser.submit(await walk(browser));
    assert.equal(out.url, `${base_url}/signed-out`, out.html);
    assert.equal(await is_signed_in(browser), false);
    const visits = browser.visited.length;
    await browser.open(`${base_url}/sign-in?organization=acme`);
    assert.ok(
      browser.visited.slice(visits).some((url) => url.startsWith(at.mock.issuer)),
      'the partner must be asked',
    );
  });

  it('hears by back-channel logout that access has ended, and believes no forged token', async () => {
    const [ann, bob] = [new Browser(), new Browser()];
    await walk(ann);
    await walk(bob, person('bob'));
    for (const logout_token of ['', 'x.y.z', await at.mock.logout_token({ sub: 'anybody' })]) {
      const answer = await fetch(`${base_url}/back-channel-logout`, { method: 'POST', body: new URLSearchParams({ logout_token }) });
      assert.equal(answer.status, 400);
    }
    assert.ok(await is_signed_in(ann));
    const { data } = await at.broker.api<{ data: { id: string; user_name: string }[] }>('GET', `/organizations/${at.acme.org_id}/users`);
    const { id } = data.find(({ user_name }) => user_name.startsWith('ann')) ?? assert.fail('Ann is there');
    await at.broker.api('DELETE', `/organizations/${at.acme.org_id}/users/${id}/sessions`);
    await comes_true(async () => !(await is_signed_in(ann)));
    assert.ok(await is_signed_in(bob));
  });
});
