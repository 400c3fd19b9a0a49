import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import * as jose from 'jose';
import * as client from 'openid-client';
import { Browser, type Page } from '../support/browser.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { person } from '../support/people.ts';
import { arrive, relying_party } from '../support/relying_party.ts';
import { sign_in } from '../support/sign_in.ts';
import { add_client } from '../support/tenant.ts';
import { until } from '../support/until.ts';

const error_of = (url: string): string | null => new URL(url).searchParams.get('error');

describe('what an app may ask of a session', () => {
  let it_is: Installation;
  const told: string[] = [];
  const listener = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      told.push(new URLSearchParams(Buffer.concat(parts).toString()).get('logout_token') ?? '');
      response.writeHead(200).end();
    });
  });
  const SIGNED_OUT = 'http://127.0.0.1:9/signed-out';
  before(async () => {
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    it_is = await start_installation({
      people: [person('bob')],
      client: { post_logout_redirect_uris: [SIGNED_OUT], grant_types: ['authorization_code', 'refresh_token'] },
    });
  });
  after(async () => {
    await it_is.stop();
    listener.close();
    listener.closeAllConnections();
  });

  const ask = async (browser: Browser, parameters: Readonly<Record<string, string>>): Promise<Page> =>
    arrive(browser, it_is.app, (await it_is.app.begin({ organization: 'acme', ...parameters })).url);
  const to_partner = (page: Page): boolean => page.url.startsWith(it_is.mock.issuer);

  describe('prompt', () => {
    it('none stays here: a session answers, without one it is login_required; the partner is never asked', async () => {
      const stranger = new Browser();
      assert.equal(error_of((await ask(stranger, { prompt: 'none' })).url), 'login_required');
      const { browser } = await it_is.login();
      const visited = browser.visited.length;
      assert.equal(error_of((await ask(browser, { prompt: 'none' })).url), null);
      assert.ok(!browser.visited.slice(visited).some((url) => url.startsWith(it_is.mock.issuer)));
    });

    it('login asks the partner for a new sign-in; none with anything else is no request', async () => {
      const { browser } = await it_is.login();
      assert.ok(to_partner(await ask(browser, { prompt: 'login' })));
      const at_partner = browser.visited.findLast((url) => url.startsWith(it_is.mock.issuer)) ?? '';
      const upstream = browser.visited.find((url) => url.startsWith(it_is.mock.issuer) && url.includes('prompt=')) ?? at_partner;
      assert.match(upstream, /prompt=login|max_age=0/);
      for (const prompt of ['none login', 'none consent', 'unknown'])
        assert.equal(error_of((await ask(browser, { prompt })).url), 'invalid_request', prompt);
    });
  });

  it('max_age: 0 asks anew, a large one does not; `auth_time` says when', async () => {
    const { browser, tokens } = await it_is.login();
    assert.ok(Number(tokens.claims()?.auth_time) > 0);
    assert.ok(to_partner(await ask(browser, { max_age: '0' })));
    assert.equal((await ask(browser, { max_age: '100000' })).status, 299);
    assert.equal(error_of((await ask(browser, { max_age: '0', prompt: 'none' })).url), 'login_required');
    for (const max_age of ['-1', 'x', '1.5', '99999999999999999999'])
      assert.ok(['invalid_request', null].includes(error_of((await ask(browser, { max_age })).url)), max_age);
  });

  it('acr_values that the session does not have: a new sign-in, login_required under prompt=none', async () => {
    const { browser } = await it_is.login();
    assert.equal(error_of((await ask(browser, { acr_values: 'urn:example:gold', prompt: 'none' })).url), 'login_required');
    const visited = browser.visited.length;
    await ask(browser, { acr_values: 'urn:example:gold' });
    assert.ok(browser.visited.slice(visited).some((url) => url.startsWith(it_is.mock.issuer) && url.includes('acr_values=')));
  });

  it('id_token_hint: of the person signed in here it is answered; of somebody else, login_required under prompt=none; forged, invalid_request', async () => {
    const ann = await it_is.login();
    const bob = await it_is.login({}, { who: person('bob') });
    const hint = ann.tokens.id_token ?? '';
    assert.equal(error_of((await ask(ann.browser, { prompt: 'none', id_token_hint: hint })).url), null);
    assert.equal(error_of((await ask(bob.browser, { prompt: 'none', id_token_hint: hint })).url), 'login_required');
    const [header = '', , signature = ''] = hint.split('.');
    const forged = `${header}.${jose.base64url.encode(JSON.stringify({ ...jose.decodeJwt(hint), sub: bob.user_id }))}.${signature}`;
    for (const id_token_hint of [forged, 'x', 'a.b.c'])
      assert.equal(error_of((await ask(bob.browser, { prompt: 'none', id_token_hint })).url), 'invalid_request');
  });

  it('claims: one by one, in the ID token or userinfo as asked; a `sub` that is not the session’s is no answer', async () => {
    const { browser, user_id } = await it_is.login();
    const claims = JSON.stringify({ id_token: { email: null, auth_time: { essential: true } }, userinfo: { given_name: null } });
    const started = await it_is.app.begin({ organization: 'acme', scope: 'openid', claims });
    const tokens = await started.finish((await arrive(browser, it_is.app, started.url)).url);
    assert.equal(tokens.claims()?.['email'], it_is.ann.email);
    const info = await client.fetchUserInfo(it_is.app.config, tokens.access_token, user_id);
    assert.ok('given_name' in info);
    assert.equal('email' in info, false);
    const wrong = JSON.stringify({ id_token: { sub: { value: 'somebody-else' } } });
    assert.equal(error_of((await ask(browser, { claims: wrong, prompt: 'none' })).url), 'login_required');
    for (const broken of ['{', '[]', '"x"', '{"id_token": 1}'])
      assert.equal(error_of((await ask(browser, { claims: broken })).url), 'invalid_request', broken);
  });

  it('ui_locales: our pages speak the first language that they know', async () => {
    const app = it_is.app;
    const page = await arrive(new Browser(), app, (await app.begin({ ui_locales: 'xx de en' })).url);
    assert.match(page.html, /<html[^>]* lang="de"/);
  });

  describe('RP-initiated logout', () => {
    const leave = (parameters: Readonly<Record<string, string>>): string => client.buildEndSessionUrl(it_is.app.config, parameters).href;
    const goodbye = (browser: Browser, url: string): Promise<Page> => {
      browser.stop_at.push(SIGNED_OUT);
      return browser.open(url);
    };
    const over = async (browser: Browser): Promise<boolean> => error_of((await ask(browser, { prompt: 'none' })).url) === 'login_required';

    it('with the ID token of this session: ended at once, back at the app with its state', async () => {
      const { browser, tokens } = await it_is.login();
      const page = await goodbye(
        browser,
        leave({ id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri: SIGNED_OUT, state: 's' }),
      );
      assert.equal(page.url, `${SIGNED_OUT}?state=s`);
      assert.ok(await over(browser));
    });

    it('without one: the person is asked; yes ends it, no keeps it', async () => {
      const { browser } = await it_is.login();
      const url = `${it_is.broker.issuer}/logout`;
      const kept = await browser.submit(await browser.open(url));
      assert.equal(kept.status, 200);
      assert.equal(await over(browser), false);
      await browser.submit(await browser.open(url), { logout: 'yes' });
      assert.ok(await over(browser));
    });

    it('with the ID token of another person, or one that is forged, nobody is signed out unasked', async () => {
      const ann = await it_is.login();
      const bob = await it_is.login({}, { who: person('bob') });
      const asked = await goodbye(bob.browser, leave({ id_token_hint: ann.tokens.id_token ?? '' }));
      assert.ok(asked.forms.length > 0 || asked.status === 400);
      assert.equal(await over(bob.browser), false);
      assert.equal((await goodbye(bob.browser, leave({ id_token_hint: 'a.b.c' }))).status, 400);
      assert.equal(await over(bob.browser), false);
    });

    it('never goes on to an address that is not registered for the app', async () => {
      const { browser, tokens } = await it_is.login();
      for (const post_logout_redirect_uri of ['https://evil.example/', `${SIGNED_OUT}/x`, 'javascript:alert(1)']) {
        const page = await goodbye(browser, leave({ id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri }));
        assert.equal(page.status, 400, post_logout_redirect_uri);
      }
      assert.equal(await over(browser), false);
      // an address without an app to check it by
      const anonymous = new URL(`${it_is.broker.issuer}/logout`);
      anonymous.searchParams.set('post_logout_redirect_uri', 'https://evil.example/');
      const page = await goodbye(browser, anonymous.href);
      assert.ok(page.url.startsWith(it_is.broker.issuer), page.url);
    });

    it('takes a POST as well', async () => {
      const { browser, tokens } = await it_is.login();
      browser.stop_at.push(SIGNED_OUT);
      const page = await browser.open(`${it_is.broker.issuer}/logout`, {
        method: 'POST',
        cross_site: true,
        body: new URLSearchParams({ id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri: SIGNED_OUT }),
      });
      assert.equal(page.url, SIGNED_OUT);
      assert.ok(await over(browser));
    });
  });

  it('an app that is switched off is told by back-channel logout that its sessions have ended', async () => {
    const { port } = listener.address() as AddressInfo; // a TCP server's address
    const registered = await add_client(it_is.broker, { backchannel_logout_uri: `http://127.0.0.1:${port}/out` });
    const app = await relying_party({ issuer: it_is.broker.issuer, ...registered });
    const { tokens } = await it_is.login({}, { app });
    await it_is.broker.api('PATCH', `/clients/${registered.client_id}`, { enabled: false });
    await until(() => told.length > 0);
    const { payload } = await jose.jwtVerify(told[0] ?? '', jose.createRemoteJWKSet(new URL(`${it_is.broker.issuer}/jwks`)), {
      issuer: it_is.broker.issuer,
      audience: registered.client_id,
      typ: 'logout+jwt',
    });
    assert.equal(payload['sid'], tokens.claims()?.['sid']);
  });

  it('every app of a session is told when the person signs out of one of them', async () => {
    told.length = 0;
    const { port } = listener.address() as AddressInfo; // as above
    const registered = await add_client(it_is.broker, { backchannel_logout_uri: `http://127.0.0.1:${port}/out` });
    const other = await relying_party({ issuer: it_is.broker.issuer, ...registered });
    const { browser, tokens } = await it_is.login();
    const started = await other.begin({ organization: 'acme' });
    const theirs = await started.finish((await sign_in(browser, await arrive(browser, other, started.url), it_is.ann)).url);
    await browser.open(client.buildEndSessionUrl(it_is.app.config, { id_token_hint: tokens.id_token ?? '' }).href);
    await until(() => told.length > 0);
    assert.equal(jose.decodeJwt(told[0] ?? '')['sid'], theirs.claims()?.['sid']);
  });
});
