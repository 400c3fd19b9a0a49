import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as jose from 'jose';
import * as client from 'openid-client';
import { type Installation, start_installation } from '../support/installation.ts';
import { type RelyingParty, relying_party } from '../support/relying_party.ts';
import { add_client } from '../support/tenant.ts';

const is_error = (wanted: string) => (error: client.ResponseBodyError) => error.error === wanted;
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const API = 'https://next.api.example/';

describe('DPoP-bound token exchange (RFC 8693, RFC 9449)', () => {
  let it_is: Installation;
  let app: RelyingParty;
  before(async () => {
    it_is = await start_installation();
    await it_is.broker.api('POST', '/resources', { identifier: API, name: 'API', scopes: ['read'] });
    const registered = await add_client(it_is.broker, { grant_types: ['authorization_code', EXCHANGE], scope: 'openid read' });
    app = await relying_party({ issuer: it_is.broker.issuer, ...registered });
  });
  after(() => it_is?.stop());

  const key = async (): Promise<client.DPoPHandle> => client.getDPoPHandle(app.config, await client.randomDPoPKeyPair('ES256'));
  const exchange = (subject_token: string, DPoP?: client.DPoPHandle, by = app) =>
    client.genericGrantRequest(
      by.config,
      EXCHANGE,
      { subject_token, subject_token_type: 'urn:ietf:params:oauth:token-type:access_token', resource: API, scope: 'read' },
      DPoP === undefined ? {} : { DPoP },
    );

  it('a bound token is exchanged with a proof of its key, and what comes is bound to it', async () => {
    const dpop = await key();
    const { tokens } = await it_is.login({ scope: 'openid' }, { app, request: { dpop } });
    const given = await exchange(tokens.access_token, dpop);
    assert.equal(given.token_type, 'dpop');
    const { cnf } = jose.decodeJwt(given.access_token) as { cnf?: { jkt?: string } };
    assert.equal(cnf?.jkt, await dpop.calculateThumbprint());
  });

  it('stolen token: without a proof, or with that of another key, it is exchanged for nothing', async () => {
    const { tokens } = await it_is.login({ scope: 'openid' }, { app, request: { dpop: await key() } });
    await assert.rejects(exchange(tokens.access_token), is_error('invalid_grant'));
    await assert.rejects(exchange(tokens.access_token, await key()), is_error('invalid_grant'));
  });

  it('an app that is registered for bound tokens gets no other', async () => {
    const body = { grant_types: ['authorization_code', EXCHANGE], scope: 'openid read', dpop_bound_access_tokens: true };
    const strict = await relying_party({ issuer: it_is.broker.issuer, ...(await add_client(it_is.broker, body)) });
    const dpop = await key();
    const { tokens } = await it_is.login({ scope: 'openid' }, { app: strict, request: { dpop } });
    await assert.rejects(exchange(tokens.access_token, undefined, strict), is_error('invalid_grant'));
    assert.equal((await exchange(tokens.access_token, dpop, strict)).token_type, 'dpop');
  });

  it('proof replay: a proof is good for one request', async () => {
    const { tokens } = await it_is.login({ scope: 'openid' }, { app });
    const { publicKey, privateKey } = await jose.generateKeyPair('ES256');
    const claims = { htm: 'POST', htu: `${it_is.broker.issuer}/token`, jti: 'once' };
    const proof = await new jose.SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: await jose.exportJWK(publicKey) })
      .setIssuedAt()
      .sign(privateKey);
    const { client_id, client_secret } = app.config.clientMetadata();
    const ask = () =>
      fetch(`${it_is.broker.issuer}/token`, {
        method: 'POST',
        headers: { dpop: proof, authorization: `Basic ${Buffer.from(`${client_id}:${String(client_secret)}`).toString('base64')}` },
        body: new URLSearchParams({
          grant_type: EXCHANGE,
          subject_token: tokens.access_token,
          subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        }),
      });
    assert.deepEqual([(await ask()).status, (await ask()).status], [200, 400]);
  });
});

describe('an ID token is signed as its app is registered', () => {
  let it_is: Installation;
  before(async () => {
    it_is = await start_installation();
  });
  after(() => it_is?.stop());

  for (const alg of ['RS256', 'ES256', 'EdDSA'])
    it(`${alg}: verified by openid-client with the published key, also after that has been rotated; no other algorithm passes`, async () => {
      const registered = await add_client(it_is.broker, { id_token_signed_response_alg: alg });
      const app_for = async (id_token_signed_response_alg: string): Promise<RelyingParty> => {
        const app = await relying_party({ issuer: it_is.broker.issuer, ...registered, metadata: { id_token_signed_response_alg } });
        // it trusts TLS otherwise
        client.enableNonRepudiationChecks(app.config);
        return app;
      };
      const { tokens } = await it_is.login({}, { app: await app_for(alg) });
      const first = jose.decodeProtectedHeader(tokens.id_token ?? '');
      assert.equal(first.alg, alg);
      await it_is.broker.api('POST', '/signing-keys/rotate');
      const next = jose.decodeProtectedHeader((await it_is.login({}, { app: await app_for(alg) })).tokens.id_token ?? '');
      assert.equal(next.alg, alg);
      assert.notEqual(next.kid, first.kid);
      await assert.rejects(it_is.login({}, { app: await app_for(alg === 'RS256' ? 'ES256' : 'RS256') }));
    });
});
