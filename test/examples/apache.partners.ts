import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ensure_packages } from '../../scripts/debian_packages.ts';
import { Browser, type Page } from '../support/browser.ts';
import { free_port } from '../support/free_port.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { person } from '../support/people.ts';
import { add_connection, add_organization, oidc_settings, type Tenant } from '../support/tenant.ts';
import { comes_true } from './comes_true.ts';
import { type Program, run_program } from './run_program.ts';

const EXAMPLE = join(import.meta.dirname, '../../examples/apache');

describe('an app that knows no OpenID Connect, behind Apache and mod_auth_openidc', () => {
  let at: Installation;
  let globex: Tenant;
  let app: Program;
  let app_url: string;
  let apache: Program;
  let base_url: string;
  const run_dir = mkdtempSync(join(tmpdir(), 'postern-apache-'));
  before(async () => {
    ensure_packages({ apache2: '/usr/sbin/apache2', 'libapache2-mod-auth-openidc': '/usr/lib/apache2/modules/mod_auth_openidc.so' });
    chmodSync(run_dir, 0o777); // its workers run as another user
    const [port, app_port] = [await free_port(), await free_port()];
    base_url = `http://127.0.0.1:${port}`;
    app_url = `http://127.0.0.1:${app_port}`;
    at = await start_installation({
      people: [person('bob')],
      client: {
        redirect_uris: [`${base_url}/oidc/callback`],
        post_logout_redirect_uris: [`${base_url}/signed-out`],
        backchannel_logout_uri: `${base_url}/oidc/callback?logout=backchannel`,
        grant_types: ['authorization_code'],
      },
    });
    globex = await add_organization(at.broker, 'globex', 'Globex');
    await add_connection(at.broker, globex, oidc_settings(at.mock));
    app = await run_program('/usr/bin/python3', [join(EXAMPLE, 'app.py')], {
      url: app_url,
      env: { PORT: String(app_port), BASE_URL: base_url },
    });
    // fetch says that it is a script, which is answered by 401: here it plays a browser
    const as_browser = 'RequestHeader set Sec-Fetch-Mode navigate early';
    apache = await run_program('/usr/sbin/apache2', ['-f', join(EXAMPLE, 'httpd.conf'), '-c', as_browser, '-DFOREGROUND'], {
      url: base_url,
      env: {
        ...{ ISSUER: at.broker.issuer, CLIENT_ID: at.client_id, CLIENT_SECRET: at.client_secret, ORG_ID: at.acme.org_id },
        ...{ PASSPHRASE: randomBytes(32).toString('hex'), BASE_URL: base_url, PORT: String(port), APP_URL: app_url, RUN_DIR: run_dir },
      },
    });
  });
  after(async () => {
    await apache?.stop();
    await app?.stop();
    await at?.stop();
    rmSync(run_dir, { recursive: true, force: true });
  });

  const log = (): string => readFileSync(join(run_dir, 'error.log'), 'utf8').slice(-3000);
  const at_partner = (browser: Browser, page: Page, { username, password } = at.ann): Promise<Page> =>
    browser.submit(page, { username, password });
  const walk = async (browser: Browser, who = at.ann): Promise<Page> => at_partner(browser, await browser.open(base_url), who);
  /** Without being led through a sign-in again. */
  const is_signed_in = async (browser: Browser): Promise<boolean> => (await browser.send(base_url)).status === 200;

  it('tells the app who it is and of which organization', async () => {
    const browser = new Browser();
    const page = await walk(browser);
    assert.equal(page.status, 200, page.html + log());
    assert.match(page.html, /Hello, ann/i);
    assert.ok(page.html.includes(at.acme.org_id));
    const request = new URL(browser.visited.find((url) => url.startsWith(`${at.broker.issuer}/authorize`)) ?? '');
    assert.equal(request.searchParams.get('organization'), at.acme.org_id);
    for (const name of ['state', 'nonce', 'code_challenge']) assert.ok(request.searchParams.has(name), name);
  });

  it('lets nobody of another organization in, whatever the browser makes of the request', async () => {
    const browser = new Browser();
    const away = await browser.send(base_url);
    const forged = new URL(away.headers.get('location') ?? '');
    forged.searchParams.set('organization', globex.org_id);
    const page = await at_partner(browser, await browser.open(forged.href));
    assert.ok(page.status === 401 || page.status === 403, `${page.status} ${page.html}`);
    assert.equal(await is_signed_in(browser), false);
  });

  it('header injection: what a browser says of itself does not reach the app', async () => {
    const headers = { OIDC_CLAIM_sub: 'somebody', OIDC_CLAIM_org_id: at.acme.org_id, OIDC_CLAIM_name: 'Mallory' };
    assert.equal((await new Browser().send(base_url, { headers })).status, 302);
    const ann = new Browser();
    await walk(ann);
    const html = await (await ann.send(base_url, { headers })).text();
    assert.match(html, /Hello, ann/i);
    assert.doesNotMatch(html, /Mallory|somebody/);
    assert.equal((await fetch(app_url)).status, 403);
  });

  it('signs out of the broker, too', async () => {
    const browser = new Browser();
    await walk(browser);
    browser.stop_at.push(`${base_url}/signed-out`);
    const out = await browser.open(`${base_url}/oidc/callback?logout=${encodeURIComponent(`${base_url}/signed-out`)}`);
    assert.equal(out.status, 299, out.html + log());
    assert.ok(browser.visited.some((url) => url.startsWith(`${at.broker.issuer}/logout`)));
    assert.equal(await is_signed_in(browser), false);
  });

  it('hears by back-channel logout that access has ended, and believes no forged token', async () => {
    const [ann, bob] = [new Browser(), new Browser()];
    await walk(ann);
    await walk(bob, person('bob'));
    assert.ok(await is_signed_in(ann));
    const address = `${base_url}/oidc/callback?logout=backchannel`;
    for (const logout_token of ['', 'x.y.z', await at.mock.logout_token({ sub: 'anybody', sid: 'any' })])
      assert.equal((await fetch(address, { method: 'POST', body: new URLSearchParams({ logout_token }) })).status, 400);
    assert.ok(await is_signed_in(ann));
    const { data } = await at.broker.api<{ data: { id: string; user_name: string }[] }>('GET', `/organizations/${at.acme.org_id}/users`);
    const { id } = data.find(({ user_name }) => user_name.startsWith('ann')) ?? assert.fail('Ann is there');
    await at.broker.api('DELETE', `/organizations/${at.acme.org_id}/users/${id}/sessions`);
    await comes_true(async () => !(await is_signed_in(ann)));
    assert.ok(await is_signed_in(bob));
  });
});
