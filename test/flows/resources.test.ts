import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as jose from 'jose';
import * as client from 'openid-client';
import { type Installation, start_installation } from '../support/installation.ts';
import { arrive, type RelyingParty, relying_party } from '../support/relying_party.ts';
import { Browser } from '../support/browser.ts';
import { add_client } from '../support/tenant.ts';

const is_error = (wanted: string) => (error: client.ResponseBodyError) => error.error === wanted;
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';

describe('access tokens for APIs', () => {
  let it_is: Installation;
  const api = (name: string): string => `https://${name}.api.example/`;
  before(async () => {
    it_is = await start_installation();
    for (const [name, body] of Object.entries({
      orders: { scopes: ['read', 'write'] },
      billing: { scopes: ['bill', 'read'], access_token_signing_alg: 'ES256' },
      edwards: { scopes: ['read'], access_token_signing_alg: 'EdDSA', access_token_ttl_seconds: 60 },
      opaque: { scopes: ['read'], access_token_format: 'opaque', access_token_ttl_seconds: 900 },
    }))
      await it_is.broker.api('POST', '/resources', { identifier: api(name), name, ...body });
  });
  after(() => it_is.stop());

  const verified = async (token: string, audience: string): Promise<jose.JWTVerifyResult> =>
    jose.jwtVerify(token, jose.createRemoteJWKSet(new URL(`${it_is.broker.issuer}/jwks`)), {
      issuer: it_is.broker.issuer,
      audience,
      typ: 'at+jwt',
    });
  async function app_with(body: Readonly<Record<string, unknown>>): Promise<RelyingParty> {
    return relying_party({ issuer: it_is.broker.issuer, ...(await add_client(it_is.broker, body)) });
  }

  describe('resource indicators (RFC 8707)', () => {
    it('make a JWT (RFC 9068) for that API alone, signed as the API is registered, of its scopes, as long as it says', async () => {
      for (const [name, alg, seconds] of [
        ['orders', 'RS256', 300],
        ['billing', 'ES256', 300],
        ['edwards', 'EdDSA', 60],
      ] as const) {
        const { tokens, user_id } = await it_is.login({ scope: 'openid read write', resource: api(name) });
        const { payload, protectedHeader } = await verified(tokens.access_token, api(name));
        assert.equal(protectedHeader.alg, alg);
        assert.equal(payload.sub, user_id);
        assert.equal(payload['client_id'], it_is.client_id);
        assert.equal(payload['org_id'], it_is.acme.org_id);
        assert.equal(payload['org_slug'], 'acme');
        assert.equal(payload['scope'], name === 'orders' ? 'read write' : 'read');
        assert.equal((payload.exp ?? 0) - (payload.iat ?? 0), seconds);
        assert.ok(payload.jti);
      }
    });

    it('make an opaque token where the API is registered so: introspection says whose and for what', async () => {
      const { tokens, user_id } = await it_is.login({ scope: 'openid read', resource: api('opaque') });
      assert.doesNotMatch(tokens.access_token, /\./);
      const told = await client.tokenIntrospection(it_is.app.config, tokens.access_token);
      assert.equal(told.active, true);
      assert.equal(told.aud, api('opaque'));
      assert.equal(told.sub, user_id);
      assert.equal(told['org_id'], it_is.acme.org_id);
      assert.equal(told['sid'], tokens.claims()?.['sid']);
      assert.equal(told.scope, 'read');
    });

    it('introspection says of a refresh token what it says of an access token: whose, of which organization, in which session', async () => {
      const { tokens, user_id } = await it_is.login({ scope: 'openid offline_access' });
      const said = ['active', 'sub', 'org_id', 'org_slug', 'sid', 'client_id', 'iss', 'scope'];
      const [access, refresh] = await Promise.all(
        [tokens.access_token, tokens.refresh_token ?? ''].map(async (token) => {
          const told: Record<string, unknown> = { ...(await client.tokenIntrospection(it_is.app.config, token)) };
          return Object.fromEntries(said.map((name) => [name, told[name]]));
        }),
      );
      assert.deepEqual(refresh, access);
      assert.deepEqual(
        [refresh?.['active'], refresh?.['sub'], refresh?.['org_id'], refresh?.['org_slug'], refresh?.['sid']],
        [true, user_id, it_is.acme.org_id, 'acme', tokens.claims()?.['sid']],
      );
    });

    it('introspection of an app that is closed to the organization by now: inactive, refresh token and access token alike', async () => {
      const registered = await add_client(it_is.broker, { grant_types: ['authorization_code', 'refresh_token'] });
      const app = await relying_party({ issuer: it_is.broker.issuer, ...registered });
      const { tokens } = await it_is.login({ scope: 'openid offline_access' }, { app });
      const active = (): Promise<boolean[]> =>
        Promise.all(
          [tokens.access_token, tokens.refresh_token ?? ''].map(
            async (token) => (await client.tokenIntrospection(app.config, token)).active,
          ),
        );
      assert.deepEqual(await active(), [true, true]);
      await it_is.broker.api('PATCH', `/clients/${registered.client_id}`, { organizations: [] });
      assert.deepEqual(await active(), [false, false]);
    });

    it('unknown, relative, with a fragment, or not for this app: invalid_target', async () => {
      const narrow = await app_with({ allowed_resources: [api('orders')] });
      for (const resource of ['https://unknown.example/', 'orders', `${api('orders')}#x`, api('billing')]) {
        const page = await arrive(new Browser(), narrow, (await narrow.begin({ organization: 'acme', resource })).url);
        assert.equal(new URL(page.url).searchParams.get('error'), 'invalid_target', resource);
      }
      await assert.rejects(client.clientCredentialsGrant(narrow.config, { resource: api('billing') }), is_error('invalid_target'));
    });

    it('tokens for an API open nothing of the issuer’s own: userinfo refuses them', async () => {
      const { tokens, user_id } = await it_is.login({ scope: 'openid read', resource: api('opaque') });
      await assert.rejects(client.fetchUserInfo(it_is.app.config, tokens.access_token, user_id));
    });

    it('an app in its own name gets a token of that API, without any organization', async () => {
      const tokens = await client.clientCredentialsGrant(it_is.app.config, { resource: api('orders'), scope: 'read' });
      const { payload } = await verified(tokens.access_token, api('orders'));
      assert.equal(payload.sub, it_is.client_id);
      assert.equal(payload['org_id'], undefined);
      assert.equal(payload['scope'], 'read');
    });

    it('introspection and revocation do not take a JWT: the API verifies it by itself', async () => {
      const tokens = await client.clientCredentialsGrant(it_is.app.config, { resource: api('orders') });
      await assert.rejects(client.tokenIntrospection(it_is.app.config, tokens.access_token), is_error('unsupported_token_type'));
      await assert.rejects(client.tokenRevocation(it_is.app.config, tokens.access_token), is_error('unsupported_token_type'));
    });
  });

  it('introspection answers by a signed JWT where that is asked for', async () => {
    const tokens = await client.clientCredentialsGrant(it_is.app.config);
    const answer = await fetch(`${it_is.broker.issuer}/introspect`, {
      method: 'POST',
      headers: {
        accept: 'application/token-introspection+jwt',
        authorization: `Basic ${Buffer.from(`${it_is.client_id}:${it_is.client_secret}`).toString('base64')}`,
      },
      body: new URLSearchParams({ token: tokens.access_token }),
    });
    assert.match(answer.headers.get('content-type') ?? '', /^application\/token-introspection\+jwt/);
    const { payload, protectedHeader } = await jose.jwtVerify(
      await answer.text(),
      jose.createRemoteJWKSet(new URL(`${it_is.broker.issuer}/jwks`)),
      { issuer: it_is.broker.issuer, audience: it_is.client_id },
    );
    assert.equal(protectedHeader.typ, 'token-introspection+jwt');
    assert.equal((payload['token_introspection'] as { active: boolean }).active, true);
  });

  describe('token exchange (RFC 8693)', () => {
    const exchange = (app: RelyingParty, subject_token: string, parameters: Readonly<Record<string, string>> = {}) =>
      client.genericGrantRequest(app.config, EXCHANGE, { subject_token, subject_token_type: ACCESS_TOKEN, ...parameters });
    let app: RelyingParty;
    let orders: RelyingParty;
    let app_id: string;
    let orders_id: string;
    before(async () => {
      app = await app_with({ grant_types: ['authorization_code', 'refresh_token', EXCHANGE] });
      app_id = app.config.clientMetadata().client_id;
      orders = await app_with({
        redirect_uris: [],
        grant_types: ['client_credentials', EXCHANGE],
        own_resources: [api('orders')],
        scope: 'openid bill',
      });
      orders_id = orders.config.clientMetadata().client_id;
    });

    it('an API gets a token for the next API on behalf of the person: fewer scopes, and `act` says who acts', async () => {
      const { tokens, user_id } = await it_is.login({ scope: 'openid read write', resource: api('orders') }, { app });
      const given = await exchange(orders, tokens.access_token, { resource: api('billing'), scope: 'bill' });
      assert.equal(given['issued_token_type'], ACCESS_TOKEN);
      assert.equal(given.refresh_token, undefined);
      const { payload } = await verified(given.access_token, api('billing'));
      assert.equal(payload.sub, user_id);
      assert.equal(payload['org_id'], it_is.acme.org_id);
      assert.equal(payload['scope'], 'bill');
      assert.equal(payload['client_id'], orders_id);
      assert.deepEqual(payload['act'], { sub: orders_id });
      assert.ok((payload.exp ?? 0) <= (jose.decodeJwt(tokens.access_token).exp ?? 0), 'it outlives what it was made from');
      const billing = await app_with({
        redirect_uris: [],
        grant_types: ['client_credentials', EXCHANGE],
        own_resources: [api('billing')],
        scope: 'openid read',
      });
      const third = await exchange(billing, given.access_token, { resource: api('orders'), scope: 'read' });
      const chain = (await verified(third.access_token, api('orders'))).payload['act'];
      assert.deepEqual(chain, { sub: billing.config.clientMetadata().client_id, act: { sub: orders_id } });
    });

    it('an app makes its own token smaller, never larger', async () => {
      const { tokens } = await it_is.login({ scope: 'openid email read', resource: api('opaque') }, { app });
      const given = await exchange(app, tokens.access_token, { resource: api('opaque'), scope: 'read' });
      const told = await client.tokenIntrospection(app.config, given.access_token);
      assert.equal(told.active, true);
      assert.deepEqual(told['act'], { sub: app_id });
      const smaller = await it_is.login({ scope: 'openid read', resource: api('orders') }, { app });
      await assert.rejects(exchange(app, smaller.tokens.access_token, { scope: 'read write' }), is_error('invalid_scope'));
      await assert.rejects(exchange(app, smaller.tokens.access_token, { scope: 'postern:admin' }), is_error('invalid_scope'));
      // of another API, nothing that its registration does not name
      await assert.rejects(
        exchange(app, smaller.tokens.access_token, { resource: api('billing'), scope: 'bill' }),
        is_error('invalid_scope'),
      );
    });

    it('confused deputy: a token of another app, or for another API, is of no use', async () => {
      const { tokens } = await it_is.login({ scope: 'openid read', resource: api('billing') });
      await assert.rejects(exchange(orders, tokens.access_token, { resource: api('billing') }), is_error('invalid_grant'));
      await assert.rejects(exchange(app, tokens.access_token), is_error('invalid_grant'));
      for (const value of ['x', 'a.b.c', tokens.id_token ?? '', `${tokens.access_token.slice(0, -4)}AAAA`])
        await assert.rejects(exchange(orders, value), is_error('invalid_grant'));
    });

    it('is not for an app that is not registered so, nor for public or third-party ones', async () => {
      const { tokens } = await it_is.login({ scope: 'openid read', resource: api('orders') });
      await assert.rejects(exchange(it_is.app, tokens.access_token));
      for (const body of [{ token_endpoint_auth_method: 'none' }, { first_party: false }]) {
        const answer = await it_is.broker.call('POST', '/clients', {
          redirect_uris: ['http://127.0.0.1:9/callback'],
          grant_types: ['authorization_code', EXCHANGE],
          ...body,
        });
        assert.equal(answer.status, 422);
      }
    });

    it('ends with the sign-in behind it', async () => {
      const signed_in = await it_is.login({ scope: 'openid read', resource: api('opaque') }, { app });
      const given = await exchange(app, signed_in.tokens.access_token, { resource: api('opaque') });
      const path = `/organizations/${it_is.acme.org_id}/users/${signed_in.user_id}/sessions`;
      await it_is.broker.api('DELETE', path);
      assert.equal((await client.tokenIntrospection(app.config, given.access_token)).active, false);
      await assert.rejects(exchange(app, signed_in.tokens.access_token), is_error('invalid_grant'));
      // nor from a JWT that has not expired yet
      const jwt = await it_is.login({ scope: 'openid read', resource: api('orders') }, { app });
      await it_is.broker.api('DELETE', path);
      await assert.rejects(
        exchange(orders, jwt.tokens.access_token, { resource: api('orders'), scope: 'read' }),
        is_error('invalid_grant'),
      );
    });

    it('takes access tokens only, names the API by resource, and knows no other actor', async () => {
      const { tokens } = await it_is.login({ scope: 'openid read', resource: api('orders') }, { app });
      for (const [parameters, error] of [
        [{ subject_token_type: 'urn:ietf:params:oauth:token-type:id_token' }, 'invalid_request'],
        [{ requested_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' }, 'invalid_request'],
        [{ actor_token: 'x' }, 'invalid_request'],
        [{ audience: 'billing' }, 'invalid_target'],
        [{ resource: 'https://unknown.example/' }, 'invalid_target'],
      ] as const)
        await assert.rejects(exchange(orders, tokens.access_token, parameters), is_error(error), JSON.stringify(parameters));
    });
  });
});
