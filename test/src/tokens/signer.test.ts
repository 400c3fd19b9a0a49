import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import * as jose from 'jose';
import { SIGNING_ALGS } from '../../../src/tokens/keys.ts';
import { local_signer } from '../../../src/tokens/signer.ts';

describe('a signing key of this process', () => {
  for (const alg of SIGNING_ALGS) {
    it(`signs by ${alg} what its public key verifies, and shows its private part to nobody`, async () => {
      const { privateKey } = await jose.generateKeyPair(alg, { extractable: true });
      const jwk = await jose.exportJWK(privateKey);
      const signer = local_signer('a-kid', alg, jwk);
      const input = `${jose.base64url.encode(JSON.stringify({ alg }))}.${jose.base64url.encode('{"sub":"x"}')}`;
      const signature = jose.base64url.encode(await signer.sign(new TextEncoder().encode(input)));
      const { payload } = await jose.jwtVerify(`${input}.${signature}`, signer.public_key);
      assert.equal(payload.sub, 'x');
      assert.equal(signer.public_key.type, 'public');
      const shown = JSON.stringify(signer) + inspect(signer, { depth: 10, showHidden: true });
      assert.ok(!shown.includes(jwk.d ?? 'nothing'), 'the private part is shown');
    });
  }
});
