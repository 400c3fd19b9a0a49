import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as jose from 'jose';
import * as client from 'openid-client';
import { Browser } from '../support/browser.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { arrive, relying_party } from '../support/relying_party.ts';
import { add_client, add_organization } from '../support/tenant.ts';

const error_of = (url: string): string | null => new URL(url).searchParams.get('error');
const is_error = (wanted: string) => (error: client.ResponseBodyError) => error.error === wanted;

describe('the issuer', () => {
  let it_is: Installation;
  before(async () => {
    it_is = await start_installation();
  });
  after(() => it_is.stop());

  it('publishes the same metadata at both well-known addresses, with every endpoint of the contract', async () => {
    const { issuer } = it_is.broker;
    const [oidc, oauth] = await Promise.all(
      ['openid-configuration', 'oauth-authorization-server'].map(
        async (name) => (await (await fetch(`${issuer}/.well-known/${name}`)).json()) as Record<string, unknown>,
      ),
    );
    assert.deepEqual(oauth, oidc);
    const paths = {
      authorization_endpoint: '/authorize',
      token_endpoint: '/token',
      userinfo_endpoint: '/userinfo',
      introspection_endpoint: '/introspect',
      revocation_endpoint: '/revoke',
      pushed_authorization_request_endpoint: '/par',
      end_session_endpoint: '/logout',
      device_authorization_endpoint: '/device/authorization',
      jwks_uri: '/jwks',
    };
    for (const [name, path] of Object.entries(paths)) assert.equal(oidc?.[name], `${issuer}${path}`, name);
    assert.deepEqual(oidc?.['response_types_supported'], ['code']);
    assert.deepEqual(oidc['code_challenge_methods_supported'], ['S256']);
    assert.equal(oidc['authorization_response_iss_parameter_supported'], true);
    assert.equal(oidc['backchannel_logout_supported'], true);
    for (const alg of ['RS256', 'ES256']) assert.ok((oidc['id_token_signing_alg_values_supported'] as string[]).includes(alg));
  });

  it('requires PKCE with S256 of every client', async () => {
    for (const broken of [{ code_challenge: '' }, { code_challenge_method: 'plain' }]) {
      const { url } = await it_is.app.begin(broken);
      const target = new URL(url);
      if (broken.code_challenge === '') for (const name of ['code_challenge', 'code_challenge_method']) target.searchParams.delete(name);
      assert.equal(error_of((await arrive(new Browser(), it_is.app, target.href)).url), 'invalid_request');
    }
  });

  it('never redirects to an address that is not registered', async () => {
    const { url } = await it_is.app.begin({ redirect_uri: 'http://127.0.0.1:9/callback/elsewhere' });
    const page = await arrive(new Browser(), it_is.app, url);
    assert.equal(page.status, 400);
    assert.match(page.headers.get('content-type') ?? '', /html/);
  });

  it('knows no implicit and no password grant', async () => {
    const { url } = await it_is.app.begin({ response_type: 'id_token token' });
    const page = await arrive(new Browser(), it_is.app, url);
    assert.match(page.url, /unsupported_response_type|invalid_request/);
    await assert.rejects(
      client.genericGrantRequest(it_is.app.config, 'password', { username: 'ann', password: 'x' }),
      is_error('unsupported_grant_type'),
    );
  });

  it('answers an unknown organization or connection, and one of another organization, alike: invalid_request', async () => {
    const other = await add_organization(it_is.broker, 'other');
    const closed = await add_client(it_is.broker, { organizations: [other.org_id] });
    const app = await relying_party({ issuer: it_is.broker.issuer, ...closed });
    const answers = [];
    for (const parameters of [
      { organization: 'nobody' },
      { organization: 'acme' },
      { organization: it_is.acme.org_id },
      { connection: 'con_nothing' },
      { connection: it_is.connection_id },
      { organization: 'other', connection: it_is.connection_id },
    ]) {
      const arrived = new URL((await arrive(new Browser(), app, (await app.begin(parameters)).url)).url);
      answers.push([
        arrived.searchParams.get('error'),
        arrived.searchParams.get('error_description')?.replace(/organization|connection/, '…'),
      ]);
    }
    assert.deepEqual(new Set(answers.map(String)).size, 1, JSON.stringify(answers));
    assert.equal(answers[0]?.[0], 'invalid_request');
  });

  it('lets no session of one organization ride for another', async () => {
    const { browser } = await it_is.login();
    await add_organization(it_is.broker, 'second');
    const none = await it_is.app.begin({ organization: 'second', prompt: 'none' });
    assert.equal(error_of((await arrive(browser, it_is.app, none.url)).url), 'login_required');
  });

  it('takes a pushed authorization request once', async () => {
    const { app } = it_is;
    const verifier = client.randomPKCECodeVerifier();
    const url = await client.buildAuthorizationUrlWithPAR(app.config, {
      redirect_uri: app.redirect_uri,
      scope: 'openid',
      organization: 'acme',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: 'a-state',
    });
    assert.match(url.searchParams.get('request_uri') ?? '', /^urn:/);
    const { browser } = await it_is.login();
    const arrived = await arrive(browser, app, url.href);
    const tokens = await client.authorizationCodeGrant(app.config, new URL(arrived.url), {
      pkceCodeVerifier: verifier,
      expectedState: 'a-state',
    });
    assert.ok(tokens.id_token);
    const again = await arrive(browser, app, url.href);
    assert.ok(again.status === 400 || error_of(again.url) !== null, again.url);
  });

  it('gives an app its own token by client credentials, without any organization', async () => {
    const tokens = await client.clientCredentialsGrant(it_is.app.config);
    const told = await client.tokenIntrospection(it_is.app.config, tokens.access_token);
    assert.equal(told.active, true);
    assert.equal(told['org_id'], undefined);
    assert.equal(told.client_id, it_is.client_id);
  });

  it('lets a client choose ES256 for its ID tokens', async () => {
    const registered = await add_client(it_is.broker, { id_token_signed_response_alg: 'ES256' });
    const app = await relying_party({ issuer: it_is.broker.issuer, ...registered, metadata: { id_token_signed_response_alg: 'ES256' } });
    const { tokens } = await it_is.login({}, { app });
    assert.equal(jose.decodeProtectedHeader(tokens.id_token ?? '').alg, 'ES256');
    await jose.jwtVerify(tokens.id_token ?? '', jose.createRemoteJWKSet(new URL(`${it_is.broker.issuer}/jwks`)), {
      issuer: it_is.broker.issuer,
      audience: registered.client_id,
    });
  });

  describe('refresh tokens', () => {
    it('come only with offline_access, and rotate', async () => {
      assert.equal((await it_is.login()).tokens.refresh_token, undefined);
      const { tokens } = await it_is.login({ scope: 'openid offline_access' });
      const next = await client.refreshTokenGrant(it_is.app.config, tokens.refresh_token ?? '');
      assert.ok(next.refresh_token);
      assert.notEqual(next.refresh_token, tokens.refresh_token);
      assert.equal(next.claims()?.['sid'], tokens.claims()?.['sid']);
      assert.equal(next.claims()?.['org_id'], it_is.acme.org_id);
    });

    it('presented a second time revoke the whole family', async () => {
      const { tokens } = await it_is.login({ scope: 'openid offline_access' });
      const next = await client.refreshTokenGrant(it_is.app.config, tokens.refresh_token ?? '');
      await assert.rejects(client.refreshTokenGrant(it_is.app.config, tokens.refresh_token ?? ''), is_error('invalid_grant'));
      await assert.rejects(client.refreshTokenGrant(it_is.app.config, next.refresh_token ?? ''), is_error('invalid_grant'));
      assert.equal((await client.tokenIntrospection(it_is.app.config, next.access_token)).active, false);
    });

    it('presented 20 times at once give tokens at most once, and none of them survives', async () => {
      const { tokens } = await it_is.login({ scope: 'openid offline_access' });
      const answers = await Promise.allSettled(
        Array.from({ length: 20 }, () => client.refreshTokenGrant(it_is.app.config, tokens.refresh_token ?? '')),
      );
      const given = answers.filter((answer) => answer.status === 'fulfilled');
      assert.ok(given.length <= 1, String(given.length));
      for (const { value } of given) {
        assert.equal((await client.tokenIntrospection(it_is.app.config, value.access_token)).active, false);
        await assert.rejects(client.refreshTokenGrant(it_is.app.config, value.refresh_token ?? ''), is_error('invalid_grant'));
      }
    });
  });

  it('takes a code once: used again, what it gave is revoked', async () => {
    const { browser } = await it_is.login();
    const started = await it_is.app.begin({ organization: 'acme' });
    const arrived = await arrive(browser, it_is.app, started.url);
    const tokens = await started.finish(arrived.url);
    await assert.rejects(started.finish(arrived.url), is_error('invalid_grant'));
    assert.equal((await client.tokenIntrospection(it_is.app.config, tokens.access_token)).active, false);
  });

  it('rotates its keys with overlap: old tokens verify, new ones are signed by a key that was published before', async () => {
    const jwks = async (): Promise<string[]> =>
      ((await (await fetch(`${it_is.broker.issuer}/jwks`)).json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
    const before = await jwks();
    const { tokens: old } = await it_is.login();
    await it_is.broker.api('POST', '/signing-keys/rotate');
    const { tokens: fresh } = await it_is.login();
    const kid = (token: string | undefined): string => jose.decodeProtectedHeader(token ?? '').kid ?? '';
    assert.notEqual(kid(fresh.id_token), kid(old.id_token));
    assert.ok(before.includes(kid(fresh.id_token)), 'the new signer must have been published before');
    assert.ok((await jwks()).includes(kid(old.id_token)), 'the old key must still be published');
  });

  it('shows no scope that begins with postern: to a client whose registration does not name it', async () => {
    await assert.rejects(client.clientCredentialsGrant(it_is.app.config, { scope: 'postern:admin' }), is_error('invalid_scope'));
    const { url } = await it_is.app.begin({ organization: 'acme', scope: 'openid postern:admin' });
    const { browser } = await it_is.login();
    assert.equal(error_of((await arrive(browser, it_is.app, url)).url), 'invalid_scope');
  });
});
