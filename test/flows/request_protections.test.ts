import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as jose from 'jose';
import * as client from 'openid-client';
import { Browser } from '../support/browser.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { key_pair, type TestKey } from '../support/key_pair.ts';
import { arrive, type RelyingParty, relying_party } from '../support/relying_party.ts';
import { sign_in } from '../support/sign_in.ts';
import { add_client } from '../support/tenant.ts';

const is_error = (wanted: string) => (error: client.ResponseBodyError) => error.error === wanted;
const error_of = (url: string): string | null => new URL(url).searchParams.get('error');

describe('how an app may ask, and prove who it is', () => {
  let it_is: Installation;
  let key: TestKey;
  before(async () => {
    it_is = await start_installation();
    key = await key_pair('ES256');
  });
  after(() => it_is.stop());

  async function app_with(
    body: Readonly<Record<string, unknown>>,
    options: Partial<Parameters<typeof relying_party>[0]> = {},
  ): Promise<RelyingParty> {
    const { client_id, client_secret } = await add_client(it_is.broker, body);
    return relying_party({ issuer: it_is.broker.issuer, client_id, client_secret, ...options });
  }

  describe('pushed authorization requests (RFC 9126)', () => {
    it('are the only ones taken from a client that is registered so', async () => {
      const app = await app_with({ require_pushed_authorization_requests: true });
      const plain = await app.begin({ organization: 'acme' });
      const refused = await arrive(new Browser(), app, plain.url);
      assert.equal(error_of(refused.url) ?? refused.status, 'invalid_request');
      const { tokens } = await it_is.login({}, { app, request: { push: true } });
      assert.equal(tokens.claims()?.['org_id'], it_is.acme.org_id);
    });

    it('pushed by one client are of no use to another', async () => {
      const started = await it_is.app.begin({ organization: 'acme' }, { push: true });
      const other = await app_with({});
      const stolen = new URL(started.url);
      stolen.searchParams.set('client_id', other.config.clientMetadata().client_id);
      const page = await arrive(new Browser(), other, stolen.href);
      assert.equal(error_of(page.url), 'invalid_request_object', page.url);
    });

    it('are checked as they are pushed', async () => {
      await assert.rejects(
        it_is.app.begin({ redirect_uri: 'https://elsewhere.example/' }, { push: true }),
        (error: client.ResponseBodyError) => error.error === 'invalid_redirect_uri' || error.error === 'invalid_request',
      );
      await assert.rejects(it_is.app.begin({ organization: 'nobody' }, { push: true }), is_error('invalid_request'));
    });
  });

  describe('request objects (RFC 9101)', () => {
    it('signed by a registered key are taken; what is beside them in the query does not count', async () => {
      const app = await app_with({
        jwks: { keys: [key.public_jwk] },
        request_object_signing_alg: 'ES256',
        require_signed_request_object: true,
      });
      const started = await app.begin({ organization: 'acme' }, { sign: key.private_key });
      const url = new URL(started.url);
      url.searchParams.set('redirect_uri', 'http://127.0.0.1:9/callback/elsewhere');
      url.searchParams.set('scope', 'openid postern:admin');
      const browser = new Browser();
      const arrived = await sign_in(browser, await arrive(browser, app, url.href), it_is.ann);
      const tokens = await started.finish(arrived.url);
      assert.doesNotMatch(tokens.scope ?? '', /postern/);
    });

    it('are needed where the client is registered so, must be signed by its own key, and never unsigned', async () => {
      const app = await app_with({
        jwks: { keys: [key.public_jwk] },
        request_object_signing_alg: 'ES256',
        require_signed_request_object: true,
      });
      const { url } = await app.begin({ organization: 'acme' });
      assert.equal(error_of((await arrive(new Browser(), app, url)).url), 'invalid_request');
      const strange = await key_pair('ES256');
      const forged = await app.begin({ organization: 'acme' }, { sign: strange.private_key });
      const page = await arrive(new Browser(), app, forged.url);
      assert.ok(page.status === 400 || error_of(page.url) === 'invalid_request_object', page.url);
      const none = new URL(forged.url);
      const body = jose.base64url.encode(JSON.stringify(jose.decodeJwt(none.searchParams.get('request') ?? '')));
      none.searchParams.set('request', `${jose.base64url.encode('{"alg":"none"}')}.${body}.`);
      const unsigned = await arrive(new Browser(), app, none.href);
      assert.ok(unsigned.status === 400 || error_of(unsigned.url) === 'invalid_request_object', unsigned.url);
    });
  });

  it('answers by a signed response (JARM) when asked, which a certified client verifies', async () => {
    const app = await app_with({});
    client.useJwtResponseMode(app.config);
    const { tokens } = await it_is.login({}, { app });
    assert.equal(tokens.claims()?.['org_id'], it_is.acme.org_id);
    const refused = await app.begin({ organization: 'nobody' });
    const arrived = new URL((await arrive(new Browser(), app, refused.url)).url);
    const { payload } = await jose.jwtVerify(
      arrived.searchParams.get('response') ?? '',
      jose.createRemoteJWKSet(new URL(`${it_is.broker.issuer}/jwks`)),
      { issuer: it_is.broker.issuer, audience: app.config.clientMetadata().client_id },
    );
    assert.equal(payload['error'], 'invalid_request');
    assert.equal(arrived.searchParams.get('error'), null);
  });

  it('answers by a form that posts itself (form_post)', async () => {
    const app = await app_with({});
    const started = await app.begin({ organization: 'acme', response_mode: 'form_post' });
    const browser = new Browser();
    const page = await sign_in(browser, await arrive(browser, app, started.url), it_is.ann);
    assert.equal(page.status, 299);
    assert.equal(page.url, app.redirect_uri);
  });

  describe('a client proves who it is', () => {
    it('by a JWT of its registered key (private_key_jwt), once', async () => {
      const app = await app_with(
        { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [key.public_jwk] } },
        { auth: client.PrivateKeyJwt(key.private_key) },
      );
      const { tokens } = await it_is.login({}, { app });
      assert.ok(tokens.id_token);
      const client_id = app.config.clientMetadata().client_id;
      const assertion = await key.sign({ iss: client_id, sub: client_id, aud: it_is.broker.issuer, jti: 'once' });
      const ask = () =>
        fetch(`${it_is.broker.issuer}/token`, {
          method: 'POST',
          body: new URLSearchParams({
            grant_type: 'client_credentials',
            client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
            client_assertion: assertion,
          }),
        });
      assert.equal((await ask()).status, 200);
      const replayed = await ask();
      assert.equal(replayed.status, 401);
      assert.equal(((await replayed.json()) as { error: string }).error, 'invalid_client');
    });

    it('never by a JWT of another key, for another audience, of the past, or with its public key as a secret', async () => {
      const { client_id } = await add_client(it_is.broker, {
        token_endpoint_auth_method: 'private_key_jwt',
        jwks: { keys: [key.public_jwk] },
      });
      const right = { iss: client_id, sub: client_id, aud: it_is.broker.issuer };
      const strange = await key_pair('ES256');
      const forged = {
        'another key': await strange.sign({ ...right, jti: '1' }),
        'another audience': await key.sign({ ...right, aud: 'https://other.example', jti: '2' }),
        'another subject': await key.sign({ ...right, sub: it_is.client_id, jti: '3' }),
        'an expired one': await key.sign({ ...right, jti: '4' }, -3600),
        'its public key as a secret': await new jose.SignJWT({ ...right, jti: '5' })
          .setProtectedHeader({ alg: 'HS256' })
          .setExpirationTime('1m')
          .sign(new TextEncoder().encode(JSON.stringify(key.public_jwk))),
      };
      for (const [name, client_assertion] of Object.entries(forged)) {
        const answer = await fetch(`${it_is.broker.issuer}/token`, {
          method: 'POST',
          body: new URLSearchParams({
            grant_type: 'client_credentials',
            client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
            client_assertion,
          }),
        });
        assert.equal(answer.status, 401, name);
      }
    });

    it('by its secret, in the form or in the header; or by a JWT made with it, and then in no other way', async () => {
      for (const [token_endpoint_auth_method, auth] of [
        ['client_secret_post', client.ClientSecretPost],
        ['client_secret_jwt', client.ClientSecretJwt],
      ] as const) {
        const registered = await add_client(it_is.broker, { token_endpoint_auth_method });
        const app = await relying_party({ issuer: it_is.broker.issuer, ...registered, auth: auth(registered.client_secret) });
        assert.ok((await client.clientCredentialsGrant(app.config)).access_token);
        const other = await relying_party({ issuer: it_is.broker.issuer, ...registered });
        if (auth === client.ClientSecretJwt)
          await assert.rejects(client.clientCredentialsGrant(other.config), { name: 'WWWAuthenticateChallengeError' });
      }
    });
  });

  describe('PKCE', () => {
    it('may be left out by the one app whose owner said so, and is checked when that app sends it', async () => {
      const app = await app_with({ require_pkce: false });
      const { tokens } = await it_is.login({}, { app, request: { without_pkce: true } });
      assert.ok(tokens.id_token);
      const { browser } = await it_is.login({}, { app });
      const started = await app.begin({ organization: 'acme' });
      const other = await app.begin({ organization: 'acme' });
      const arrived = await arrive(browser, app, started.url);
      await assert.rejects(other.finish(arrived.url));
    });

    it('downgrade: a code that was asked for without PKCE is not redeemed with a verifier', async () => {
      const app = await app_with({ require_pkce: false });
      const { browser } = await it_is.login({}, { app });
      const started = await app.begin({ organization: 'acme' }, { without_pkce: true });
      const arrived = new URL((await arrive(browser, app, started.url)).url);
      await assert.rejects(
        client.genericGrantRequest(app.config, 'authorization_code', {
          code: arrived.searchParams.get('code') ?? '',
          redirect_uri: app.redirect_uri,
          code_verifier: client.randomPKCECodeVerifier(),
        }),
        is_error('invalid_grant'),
      );
    });

    it('is what a code is worth: without the verifier, or with another, nothing is given', async () => {
      const { browser } = await it_is.login();
      const started = await it_is.app.begin({ organization: 'acme' });
      const code = new URL((await arrive(browser, it_is.app, started.url)).url).searchParams.get('code') ?? '';
      await assert.rejects(
        client.genericGrantRequest(it_is.app.config, 'authorization_code', { code, redirect_uri: it_is.app.redirect_uri }),
        is_error('invalid_grant'),
      );
    });
  });

  it('lets a native app listen at any port of the loopback interface (RFC 8252), and at no other address', async () => {
    const { client_id } = await add_client(it_is.broker, {
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code'],
      redirect_uris: ['http://127.0.0.1/callback', 'com.example.app:/callback'],
    });
    const { issuer } = it_is.broker;
    for (const redirect_uri of ['http://127.0.0.1:49152/callback', 'http://127.0.0.1:50001/callback', 'com.example.app:/callback']) {
      const { tokens } = await it_is.login({}, { app: await relying_party({ issuer, client_id, redirect_uri }) });
      assert.ok(tokens.id_token, redirect_uri);
    }
    for (const redirect_uri of [
      'http://127.0.0.1:49152/callback/',
      'http://127.0.0.1:49152/other',
      'http://127.0.0.1.example:49152/callback',
      'http://localhost:49152/callback',
      'http://user@127.0.0.1:49152/callback',
      'https://127.0.0.1:49152/callback',
      'com.example.app:/callback2',
      'com.example.other:/callback',
    ]) {
      const app = await relying_party({ issuer, client_id, redirect_uri });
      const page = await arrive(new Browser(), app, (await app.begin({ organization: 'acme' })).url);
      assert.equal(page.status, 400, redirect_uri);
    }
    // a web app's loopback address is compared letter by letter
    const web = await relying_party({ issuer, client_id: it_is.client_id, redirect_uri: 'http://127.0.0.1:10/callback' });
    assert.equal((await arrive(new Browser(), web, (await web.begin({ organization: 'acme' })).url)).status, 400);
  });

  describe('DPoP (RFC 9449)', () => {
    const handle = async (app: RelyingParty) => client.getDPoPHandle(app.config, await client.randomDPoPKeyPair('ES256'));

    it('binds tokens to the key of an app that uses it: without a proof they open nothing', async () => {
      const app = await app_with({ grant_types: ['authorization_code', 'refresh_token'] });
      const dpop = await handle(app);
      const { tokens } = await it_is.login({ scope: 'openid email offline_access' }, { app, request: { dpop } });
      assert.equal(tokens.token_type, 'dpop');
      const sub = tokens.claims()?.sub ?? '';
      const told = await client.fetchUserInfo(app.config, tokens.access_token, sub, { DPoP: dpop });
      assert.equal(told.sub, sub);
      for (const scheme of ['Bearer', 'DPoP']) {
        const answer = await fetch(`${it_is.broker.issuer}/userinfo`, { headers: { authorization: `${scheme} ${tokens.access_token}` } });
        assert.ok(answer.status === 401 || answer.status === 400, `${scheme}: ${answer.status}`);
      }
      await assert.rejects(client.fetchUserInfo(app.config, tokens.access_token, sub, { DPoP: await handle(app) }));
      const shown = await client.tokenIntrospection(app.config, tokens.access_token);
      assert.ok((shown['cnf'] as { jkt?: string }).jkt);
      const next = await client.refreshTokenGrant(app.config, tokens.refresh_token ?? '', undefined, { DPoP: dpop });
      assert.equal(next.token_type, 'dpop');
    });

    it('is required of a client that is registered so', async () => {
      const app = await app_with({ dpop_bound_access_tokens: true });
      await assert.rejects(it_is.login({}, { app }), is_error('invalid_grant'));
      const { tokens } = await it_is.login({}, { app, request: { dpop: await handle(app) } });
      assert.equal(tokens.token_type, 'dpop');
    });

    it('a public client’s refresh token is of no use without its key', async () => {
      const { client_id } = await add_client(it_is.broker, {
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
      });
      const app = await relying_party({ issuer: it_is.broker.issuer, client_id });
      const dpop = await handle(app);
      const { tokens } = await it_is.login({ scope: 'openid offline_access' }, { app, request: { dpop } });
      const stolen = tokens.refresh_token ?? '';
      await assert.rejects(client.refreshTokenGrant(app.config, stolen), is_error('invalid_grant'));
      await assert.rejects(client.refreshTokenGrant(app.config, stolen, undefined, { DPoP: await handle(app) }), is_error('invalid_grant'));
    });

    it('replay: a proof is taken once', async () => {
      const app = await app_with({});
      const pair = await key_pair('ES256');
      const proof = await new jose.SignJWT({ jti: 'one', htm: 'POST', htu: `${it_is.broker.issuer}/token` })
        .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: pair.public_jwk })
        .setIssuedAt()
        .sign(pair.private_key);
      const { client_id } = app.config.clientMetadata();
      assert.ok(client_id);
      const other = await add_client(it_is.broker, {});
      const ask = () =>
        fetch(`${it_is.broker.issuer}/token`, {
          method: 'POST',
          headers: {
            dpop: proof,
            authorization: `Basic ${Buffer.from(`${other.client_id}:${other.client_secret}`).toString('base64')}`,
          },
          body: new URLSearchParams({ grant_type: 'client_credentials' }),
        });
      assert.equal((await ask()).status, 200);
      const again = await ask();
      assert.equal(again.status, 400);
      assert.equal(((await again.json()) as { error: string }).error, 'invalid_grant');
    });
  });
});
