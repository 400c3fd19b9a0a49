import * as jose from 'jose';

export interface TestKey {
  readonly private_key: jose.CryptoKey;
  readonly public_jwk: jose.JWK;
  /** A JWT of this key, good for `seconds`. */
  sign(claims: jose.JWTPayload, seconds?: number): Promise<string>;
}

/** The key of an app. */
export async function key_pair(alg: 'ES256' | 'PS256' | 'EdDSA' | 'RS256'): Promise<TestKey> {
  const { privateKey, publicKey } = await jose.generateKeyPair(alg, { extractable: true });
  const kid = `key-${Math.random().toString(36).slice(2)}`;
  return {
    private_key: privateKey,
    public_jwk: { ...(await jose.exportJWK(publicKey)), kid, alg, use: 'sig' },
    sign(claims, seconds = 60) {
      const at = Math.floor(Date.now() / 1000);
      return new jose.SignJWT({ iat: at, exp: at + seconds, ...claims }).setProtectedHeader({ alg, kid }).sign(privateKey);
    },
  };
}
