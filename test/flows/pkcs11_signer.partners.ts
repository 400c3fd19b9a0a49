import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as jose from 'jose';
import * as client from 'openid-client';
import { ensure_packages } from '../../scripts/debian_packages.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { type Pkcs11Token, pkcs11_token } from '../support/pkcs11_signer.ts';
import { relying_party } from '../support/relying_party.ts';
import { add_client } from '../support/tenant.ts';

describe('signing keys in a PKCS#11 token (softhsm2)', () => {
  let it_is: Installation;
  let token: Pkcs11Token;
  const kids: Record<string, string> = {};
  before(async () => {
    ensure_packages({ softhsm2: '/usr/bin/softhsm2-util', opensc: '/usr/bin/pkcs11-tool' });
    token = pkcs11_token();
    const signers = (['RS256', 'ES256'] as const).map((alg) => token.signer(alg));
    for (const { alg, kid } of signers) kids[alg] = kid;
    it_is = await start_installation({ signers });
  });
  after(async () => {
    await it_is?.stop();
    token?.remove();
  });

  for (const alg of ['RS256', 'ES256'] as const)
    it(`${alg}: ID tokens, verified by openid-client with the published key`, async () => {
      const registered = await add_client(it_is.broker, { id_token_signed_response_alg: alg });
      const app = await relying_party({ issuer: it_is.broker.issuer, ...registered, metadata: { id_token_signed_response_alg: alg } });
      // it trusts TLS otherwise
      client.enableNonRepudiationChecks(app.config);
      const { tokens } = await it_is.login({}, { app });
      const header = jose.decodeProtectedHeader(tokens.id_token ?? '');
      assert.equal(header.alg, alg);
      assert.equal(header.kid, kids[alg]);
    });

  it('access tokens for an API as well', async () => {
    const identifier = 'https://hsm.api.example/';
    await it_is.broker.api('POST', '/resources', { identifier, name: 'API', scopes: ['read'], access_token_signing_alg: 'ES256' });
    const { tokens } = await it_is.login({ scope: 'openid read', resource: identifier });
    const keys = jose.createRemoteJWKSet(new URL(`${it_is.broker.issuer}/jwks`));
    const { protectedHeader } = await jose.jwtVerify(tokens.access_token, keys, { issuer: it_is.broker.issuer, audience: identifier });
    assert.equal(protectedHeader.kid, kids['ES256']);
  });

  it('an algorithm that the token has no key of is signed by a key of the database', async () => {
    const registered = await add_client(it_is.broker, { id_token_signed_response_alg: 'EdDSA' });
    const app = await relying_party({ issuer: it_is.broker.issuer, ...registered, metadata: { id_token_signed_response_alg: 'EdDSA' } });
    client.enableNonRepudiationChecks(app.config);
    const { tokens } = await it_is.login({}, { app });
    assert.match(jose.decodeProtectedHeader(tokens.id_token ?? '').kid ?? '', /^eddsa-/);
  });

  it('the private key does not leave the token, and is published by nobody', async () => {
    for (const kid of Object.values(kids)) assert.match(token.about(kid), /Access:.*sensitive.*never extractable/);
    const { keys } = (await (await fetch(`${it_is.broker.issuer}/jwks`)).json()) as { keys: Record<string, unknown>[] };
    for (const kid of Object.values(kids)) {
      const key = keys.find((one) => one['kid'] === kid);
      assert.ok(key);
      for (const part of ['d', 'p', 'q', 'dp', 'dq', 'qi']) assert.equal(part in key, false);
    }
  });
});
