import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as jose from 'jose';
import * as client from 'openid-client';
import { Browser } from '../support/browser.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { key_pair, type TestKey } from '../support/key_pair.ts';
import { arrive, type RelyingParty, relying_party } from '../support/relying_party.ts';
import { add_client } from '../support/tenant.ts';

const is_error = (wanted: string) => (error: client.ResponseBodyError) => error.error === wanted;

describe('an app with profile fapi2 is held to the FAPI 2.0 Security Profile', () => {
  let it_is: Installation;
  let key: TestKey;
  let app: RelyingParty;
  let dpop: client.DPoPHandle;
  const redirect_uri = 'https://app.example/callback';
  const registration = () => ({
    profile: 'fapi2',
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    jwks: { keys: [key.public_jwk] },
    redirect_uris: [redirect_uri],
  });
  before(async () => {
    it_is = await start_installation();
    key = await key_pair('ES256');
    const { client_id } = await add_client(it_is.broker, registration());
    app = await relying_party({
      issuer: it_is.broker.issuer,
      client_id,
      redirect_uri,
      metadata: { id_token_signed_response_alg: 'ES256' },
      auth: issuer_audience(client_id),
    });
    dpop = client.getDPoPHandle(app.config, await client.randomDPoPKeyPair('ES256'));
  });
  after(() => it_is.stop());

  /** FAPI 2.0 section 5.3.3.1: the audience of a client assertion is the issuer, as a string. */
  const issuer_audience = (_client_id: string): client.ClientAuth =>
    client.PrivateKeyJwt(key.private_key, {
      [client.modifyAssertion]: (_header, payload) => {
        payload['aud'] = it_is.broker.issuer;
      },
    });

  it('signs in by PAR, PKCE and DPoP; its ID token is signed by ES256', async () => {
    const { tokens } = await it_is.login({ scope: 'openid offline_access' }, { app, request: { push: true, dpop } });
    assert.equal(tokens.token_type, 'dpop');
    assert.equal(jose.decodeProtectedHeader(tokens.id_token ?? '').alg, 'ES256');
  });

  it('asks by pushed requests only', async () => {
    const { url } = await app.begin({ organization: 'acme' });
    const page = await arrive(new Browser(), app, url);
    assert.equal(new URL(page.url).searchParams.get('error') ?? page.status, 'invalid_request');
  });

  it('gets no token without a proof of possession', async () => {
    await assert.rejects(it_is.login({}, { app, request: { push: true } }));
    await assert.rejects(client.clientCredentialsGrant(app.config));
  });

  it('keeps its refresh token: it is bound, and not rotated', async () => {
    const { client_id } = await add_client(it_is.broker, { ...registration(), grant_types: ['authorization_code', 'refresh_token'] });
    const kept = await relying_party({
      issuer: it_is.broker.issuer,
      client_id,
      redirect_uri,
      metadata: { id_token_signed_response_alg: 'ES256' },
      auth: issuer_audience(client_id),
    });
    const { tokens } = await it_is.login({ scope: 'openid offline_access' }, { app: kept, request: { push: true, dpop } });
    const next = await client.refreshTokenGrant(kept.config, tokens.refresh_token ?? '', undefined, { DPoP: dpop });
    assert.equal(next.refresh_token ?? tokens.refresh_token, tokens.refresh_token);
    await assert.rejects(client.refreshTokenGrant(kept.config, tokens.refresh_token ?? ''), is_error('invalid_grant'));
  });

  it('proves who it is for the issuer alone: an assertion with the token endpoint as audience is refused', async () => {
    const { client_id } = await add_client(it_is.broker, { ...registration(), grant_types: ['authorization_code', 'client_credentials'] });
    for (const [aud, status] of [
      [`${it_is.broker.issuer}/token`, 401],
      [[it_is.broker.issuer], 401],
    ] as const) {
      const answer = await fetch(`${it_is.broker.issuer}/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: await key.sign({ iss: client_id, sub: client_id, aud: [aud].flat(), jti: String(aud) }),
        }),
      });
      assert.equal(answer.status, status, String(aud));
    }
  });

  it('gets access tokens signed by ES256 also of a resource that signs by RS256', async () => {
    await it_is.broker.api('POST', '/resources', { identifier: 'https://api.example/fapi', name: 'API', scopes: ['read'] });
    const { tokens } = await it_is.login(
      { scope: 'openid read', resource: 'https://api.example/fapi' },
      { app, request: { push: true, dpop } },
    );
    assert.equal(jose.decodeProtectedHeader(tokens.access_token).alg, 'ES256');
  });

  it('is registered in no weaker way', async () => {
    for (const [field, value] of Object.entries({
      token_endpoint_auth_method: 'client_secret_basic',
      token_endpoint_auth_signing_alg: 'RS256',
      require_pushed_authorization_requests: false,
      dpop_bound_access_tokens: false,
      require_pkce: false,
      id_token_signed_response_alg: 'RS256',
      redirect_uris: ['http://127.0.0.1:9/callback'],
    })) {
      const answer = await it_is.broker.call('POST', '/clients', { client_name: 'X', ...registration(), [field]: value });
      assert.equal(answer.status, 422, field);
      const { errors } = (await answer.json()) as { errors: { path: string }[] };
      assert.ok(
        errors.some(({ path }) => path.startsWith(field)),
        `${field}: ${JSON.stringify(errors)}`,
      );
    }
  });
});
