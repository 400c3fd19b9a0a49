import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { type App, start_app } from '../../examples/node/app.ts';
import { type FakeIssuer, start_fake_issuer } from './fake_issuer.ts';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';

describe('the sample app', () => {
  let issuer: FakeIssuer;
  let app: App;
  before(async () => {
    issuer = await start_fake_issuer();
    const options = { issuer: issuer.url, client_id: 'app', client_secret: 'a secret', port: 0, host: '127.0.0.1' };
    app = await start_app(options);
  });
  after(async () => {
    await app.close();
    await issuer.close();
  });
  beforeEach(() => {
    Object.assign(issuer, { claims: {}, iss: issuer.url, forged: false, revoked: false });
    issuer.requests.length = 0;
  });

  /** One browser: its cookie, its requests; redirects are followed by hand. */
  function visitor() {
    let cookie = '';
    async function go(path: string, init: RequestInit = {}): Promise<Response> {
      const url = new URL(path, app.url);
      const response = await fetch(url, {
        ...init,
        redirect: 'manual',
        headers: { cookie, ...(init.headers as Record<string, string> | undefined) },
      });
      const set = response.headers.get('set-cookie');
      if (set !== null && url.origin === app.url) cookie = set.split(';', 1)[0] ?? '';
      return response;
    }
    return {
      go,
      cookie: () => cookie,
      post: (path: string, origin = app.url) => go(path, { method: 'POST', headers: { origin } }),
      async follow(path: string): Promise<{ status: number; html: string; url: string }> {
        let response = await go(path);
        while (response.status === 303) {
          const location: string = response.headers.get('location') ?? '';
          response = await go(new URL(location, response.url).href);
        }
        return { status: response.status, html: await response.text(), url: response.url };
      },
    };
  }

  async function signed_in(): Promise<ReturnType<typeof visitor>> {
    const browser = visitor();
    const page = await browser.follow('/sign-in');
    assert.equal(page.status, 200, page.html);
    assert.match(page.html, /Hello, Ann/);
    return browser;
  }
  const is_signed_in = async (browser: ReturnType<typeof visitor>): Promise<boolean> => /Hello/.test((await browser.follow('/')).html);

  it('signs in with code, PKCE, state and nonce, and shows who it is', async () => {
    const page = await visitor().follow('/sign-in');
    assert.equal(page.status, 200);
    for (const shown of ['ann@acme.example', 'Acme', 'Engineers', 'editor', 'org_acme', 'usr_ann'])
      assert.ok(page.html.includes(shown), shown);
    const [request] = issuer.requests;
    assert.equal(request?.get('code_challenge_method'), 'S256');
    for (const name of ['state', 'nonce', 'code_challenge']) assert.ok((request?.get(name) ?? '').length >= 43, name);
  });

  it('escapes what the issuer says', async () => {
    const { html } = await visitor().follow('/sign-in');
    assert.ok(!html.includes('<Archer>'));
  });

  it('sends a policy that allows no script, and is never stored', async () => {
    const response = await fetch(app.url);
    assert.match(response.headers.get('content-security-policy') ?? '', /^default-src 'none'; style-src 'nonce-/);
    assert.equal(response.headers.get('cache-control'), 'no-store');
  });

  it('code injection: an answer in another browser signs nobody in', async () => {
    const [ann, victim] = [visitor(), visitor()];
    const away = await ann.go('/sign-in');
    const back = await ann.go(away.headers.get('location') ?? '');
    await victim.go('/sign-in');
    const page = await victim.follow(back.headers.get('location') ?? '');
    assert.equal(page.status, 400);
    assert.equal(await is_signed_in(victim), false);
  });

  it('replay: the same answer a second time is refused', async () => {
    const browser = visitor();
    const away = await browser.go('/sign-in');
    const back = (await browser.go(away.headers.get('location') ?? '')).headers.get('location') ?? '';
    assert.equal((await browser.go(back)).status, 303);
    assert.equal((await browser.go(back)).status, 400);
  });

  it('two tabs sign in beside each other', async () => {
    const browser = visitor();
    const [one, two] = [await browser.go('/sign-in'), await browser.go('/sign-in')];
    for (const away of [one, two]) assert.equal((await browser.follow(away.headers.get('location') ?? '')).status, 200);
  });

  it('session fixation: the session of a sign-in is another than before', async () => {
    const browser = visitor();
    const away = await browser.go('/sign-in');
    const before_it = browser.cookie();
    await browser.follow(away.headers.get('location') ?? '');
    assert.notEqual(browser.cookie(), before_it);
  });

  for (const [attack, change] of Object.entries<(issuer: FakeIssuer) => void>({
    'mix-up: an answer with another iss': (it) => (it.iss = 'https://attacker.example'),
    'mix-up: an answer without iss': (it) => (it.iss = undefined),
    'an ID token signed by another key': (it) => (it.forged = true),
    'an ID token for another app': (it) => (it.claims = { aud: 'another' }),
    'an ID token with another nonce': (it) => (it.claims = { nonce: 'another' }),
    'an ID token that is over': (it) => (it.claims = { exp: 1 }),
    'an ID token without an organization': (it) => (it.claims = { org_id: undefined }),
  })) {
    it(`${attack} signs nobody in`, async () => {
      change(issuer);
      const browser = visitor();
      const page = await browser.follow('/sign-in');
      assert.ok(page.status >= 400, String(page.status));
      assert.equal(await is_signed_in(browser), false);
    });
  }

  it('asks for an organization, and takes no answer about another', async () => {
    assert.equal((await visitor().follow('/sign-in?organization=acme')).status, 200);
    assert.equal(issuer.requests[0]?.get('organization'), 'acme');
    assert.equal((await visitor().follow('/sign-in?organization=org_acme')).status, 200);
    const browser = visitor();
    assert.equal((await browser.follow('/sign-in?organization=globex')).status, 403);
    assert.equal(await is_signed_in(browser), false);
  });

  it('tells an error of the issuer in its words', async () => {
    const browser = visitor();
    const away = new URL((await browser.go('/sign-in')).headers.get('location') ?? '');
    const query = new URLSearchParams({
      error: 'access_denied',
      error_description: 'Not <assigned>',
      iss: issuer.url,
      state: away.searchParams.get('state') ?? '',
    });
    const page = await browser.follow(`/callback?${query.toString()}`);
    assert.equal(page.status, 403);
    assert.ok(page.html.includes('Not &#60;assigned&#62;'));
  });

  it('open redirect: returns to its own pages only', async () => {
    for (const target of ['https://attacker.example/', '//attacker.example', '/\\attacker.example', 'javascript:alert(1)']) {
      const page = await visitor().follow(`/sign-in?return_to=${encodeURIComponent(target)}`);
      assert.equal(new URL(page.url).origin, app.url, target);
    }
  });

  it('initiate_login_uri starts a sign-in for our issuer, and for no other', async () => {
    assert.equal((await visitor().follow(`/login?iss=${encodeURIComponent(issuer.url)}&login_hint=ann`)).status, 200);
    assert.equal(issuer.requests[0]?.get('login_hint'), 'ann');
    assert.equal((await visitor().follow('/login?iss=https://attacker.example')).status, 400);
    assert.equal((await visitor().follow('/login')).status, 400);
  });

  it('refreshes, and ends the session when access has ended', async () => {
    const browser = await signed_in();
    issuer.claims = { name: 'Ann Married' };
    assert.equal((await browser.post('/refresh')).status, 303);
    assert.match((await browser.follow('/')).html, /Ann Married/);
    issuer.revoked = true;
    assert.equal((await browser.post('/refresh')).status, 401);
    assert.equal(await is_signed_in(browser), false);
  });

  it('a refresh that answers for another organization or person changes nothing', async () => {
    for (const claims of [{ org_id: 'org_globex' }, { sub: 'usr_bob' }]) {
      const browser = await signed_in();
      issuer.claims = claims;
      assert.ok((await browser.post('/refresh')).status >= 400);
      assert.match((await browser.follow('/')).html, /org_acme/);
      issuer.claims = {};
    }
  });

  it('signs out here and at the issuer', async () => {
    const browser = await signed_in();
    const away = new URL((await browser.post('/sign-out')).headers.get('location') ?? '');
    assert.equal(away.href.startsWith(`${issuer.url}/logout?`), true);
    assert.equal(away.searchParams.get('post_logout_redirect_uri'), `${app.url}/signed-out`);
    assert.ok(away.searchParams.has('id_token_hint'));
    assert.equal(await is_signed_in(browser), false);
  });

  it('CSRF: a form of another site changes nothing', async () => {
    const browser = await signed_in();
    for (const path of ['/sign-out', '/refresh']) {
      assert.equal((await browser.post(path, 'https://attacker.example')).status, 403);
      assert.equal((await browser.post(path, 'null')).status, 403);
      assert.equal((await browser.go(path, { method: 'POST' })).status, 403);
    }
    assert.equal(await is_signed_in(browser), true);
  });

  describe('back-channel logout', () => {
    const now = (): number => Math.floor(Date.now() / 1000);
    const good = () => ({
      iss: issuer.url,
      aud: 'app',
      iat: now(),
      exp: now() + 120,
      jti: 'j',
      sid: 'sid_1',
      sub: 'usr_ann',
      events: { [EVENT]: {} },
    });
    const deliver = (token: string): Promise<Response> =>
      fetch(`${app.url}/back-channel-logout`, { method: 'POST', body: new URLSearchParams({ logout_token: token }) });

    it('ends the session', async () => {
      const browser = await signed_in();
      assert.equal((await deliver(await issuer.sign(good(), 'logout+jwt'))).status, 200);
      assert.equal(await is_signed_in(browser), false);
    });

    it('of a person ends all of their sessions', async () => {
      const browsers = [await signed_in(), await signed_in()];
      const { sid: _sid, ...whole_person } = good();
      assert.equal((await deliver(await issuer.sign(whole_person, 'logout+jwt'))).status, 200);
      for (const browser of browsers) assert.equal(await is_signed_in(browser), false);
    });

    it('of another sign-in leaves this one', async () => {
      const browser = await signed_in();
      assert.equal((await deliver(await issuer.sign({ ...good(), sid: 'sid_2' }, 'logout+jwt'))).status, 200);
      assert.equal(await is_signed_in(browser), true);
    });

    it('forged, for another app, of another issuer, over, with a nonce, without its event, or an ID token: 400, and nobody is signed out', async () => {
      const browser = await signed_in();
      const { events: _events, ...no_event } = good();
      const { sid: _sid, sub: _sub, ...nobody } = good();
      const bad = [
        await issuer.sign(good(), 'logout+jwt', 'other'),
        await issuer.sign({ ...good(), aud: 'another' }, 'logout+jwt'),
        await issuer.sign({ ...good(), iss: 'https://attacker.example' }, 'logout+jwt'),
        await issuer.sign({ ...good(), exp: 1 }, 'logout+jwt'),
        await issuer.sign({ ...good(), iat: 1 }, 'logout+jwt'),
        await issuer.sign({ ...good(), nonce: 'n' }, 'logout+jwt'),
        await issuer.sign(no_event, 'logout+jwt'),
        await issuer.sign(nobody, 'logout+jwt'),
        await issuer.sign(good(), 'JWT'),
        'nonsense',
        '',
      ];
      for (const token of bad) assert.equal((await deliver(token)).status, 400);
      assert.equal(await is_signed_in(browser), true);
    });
  });

  it('answers anything else with a page', async () => {
    for (const [path, init, status] of [
      ['/nothing', {}, 404],
      ['/sign-out', {}, 404],
      ['/callback', {}, 400],
      ['/back-channel-logout', { method: 'POST' }, 400],
    ] as const)
      assert.equal((await fetch(app.url + path, init)).status, status, path);
  });

  it('starts without its issuer, and says so to whoever signs in', async () => {
    const alone = await start_app({ issuer: 'http://127.0.0.1:9', client_id: 'app', client_secret: 's', port: 0, host: '127.0.0.1' });
    assert.equal((await fetch(alone.url)).status, 200);
    assert.equal((await fetch(`${alone.url}/sign-in`, { redirect: 'manual' })).status, 502);
    await alone.close();
  });
});
