import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as client from 'openid-client';
import { type MockOidc, start_mock_oidc } from '../../../../src/mock/oidc/index.ts';
import { Browser } from '../../../support/browser.ts';
import { person } from '../../../support/people.ts';

const ann = person('ann', { attributes: { department: ['Research'] } });
const REDIRECT_URI = 'http://127.0.0.1:9/callback';

describe('the mock OIDC provider, to a client of others', () => {
  let mock: MockOidc;
  before(async () => {
    mock = await start_mock_oidc({ people: [ann], client_id: 'app', client_secret: 'a secret: +ü' });
  });
  after(() => mock.close());

  const discover = async (auth?: client.ClientAuth): Promise<client.Configuration> => {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; the mock speaks http
    const options = { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] };
    return client.discovery(new URL(mock.issuer), mock.client_id, mock.client_secret, auth, options);
  };
  const walk = async (config: client.Configuration, browser: Browser, more: Readonly<Record<string, string>> = {}) => {
    const verifier = client.randomPKCECodeVerifier();
    const parameters = {
      redirect_uri: REDIRECT_URI,
      scope: 'openid',
      state: 'state-1',
      nonce: 'nonce-1',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...more,
    };
    browser.stop_at.push(REDIRECT_URI);
    let page = await browser.open(client.buildAuthorizationUrl(config, parameters).href);
    if (page.status !== 299) page = await browser.submit(page, { username: ann.username, password: ann.password });
    assert.equal(page.status, 299, page.html);
    return { url: new URL(page.url), checks: { pkceCodeVerifier: verifier, expectedState: 'state-1', expectedNonce: 'nonce-1' } };
  };

  for (const [name, auth] of Object.entries({ basic: client.ClientSecretBasic, post: client.ClientSecretPost })) {
    it(`signs in, the client known by ${name}, and answers userinfo`, async () => {
      const config = await discover(auth(mock.client_secret));
      const { url, checks } = await walk(config, new Browser());
      const tokens = await client.authorizationCodeGrant(config, url, checks);
      assert.equal(tokens.claims()?.sub, ann.id);
      const userinfo = await client.fetchUserInfo(config, tokens.access_token, ann.id);
      assert.equal(userinfo.email, ann.email);
      assert.equal(userinfo['department'], 'Research');
    });
  }

  it('takes a code once, with its verifier only', async () => {
    const config = await discover();
    const { url, checks } = await walk(config, new Browser());
    await client.authorizationCodeGrant(config, url, checks);
    await assert.rejects(client.authorizationCodeGrant(config, url, checks), { error: 'invalid_grant' });
    const other = await walk(config, new Browser());
    const wrong = { ...other.checks, pkceCodeVerifier: client.randomPKCECodeVerifier() };
    await assert.rejects(client.authorizationCodeGrant(config, other.url, wrong), { error: 'invalid_grant' });
  });

  it('remembers who signed in, asks again under prompt=login and max_age, and says login_required under prompt=none', async () => {
    const config = await discover();
    const browser = new Browser();
    const silent = await walk(config, browser, { prompt: 'none' });
    assert.equal(silent.url.searchParams.get('error'), 'login_required');
    await walk(config, browser);
    assert.ok((await walk(config, browser, { prompt: 'none' })).url.searchParams.has('code'));
    for (const again of [{ prompt: 'login' }, { max_age: '0' }]) {
      const page = await browser.open(client.buildAuthorizationUrl(config, { redirect_uri: REDIRECT_URI, scope: 'openid', ...again }).href);
      assert.ok(page.forms.some(({ fields }) => 'password' in fields));
    }
  });

  it('ends the session, and comes back', async () => {
    const config = await discover();
    const browser = new Browser();
    await walk(config, browser);
    browser.stop_at.push('http://127.0.0.1:9/out');
    const back = await browser.open(
      client.buildEndSessionUrl(config, { post_logout_redirect_uri: 'http://127.0.0.1:9/out', state: 's' }).href,
    );
    assert.equal(back.url, 'http://127.0.0.1:9/out?state=s');
    assert.equal((await walk(config, browser, { prompt: 'none' })).url.searchParams.get('error'), 'login_required');
  });

  it('shows a wrong password, a locked account and an expired password on its page', async () => {
    const config = await discover();
    const open = (browser: Browser) =>
      browser.open(client.buildAuthorizationUrl(config, { redirect_uri: REDIRECT_URI, scope: 'openid' }).href);
    const wrong = new Browser();
    assert.equal((await wrong.submit(await open(wrong), { username: ann.username, password: 'wrong' })).status, 401);
    for (const [name, says] of [
      ['account_locked', /locked/],
      ['password_expired', /expired/],
    ] as const) {
      mock.switches.set(name, true);
      const browser = new Browser();
      assert.match((await browser.submit(await open(browser), { username: ann.username, password: ann.password })).html, says);
      mock.switches.reset();
    }
  });
});
