import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject, sign } from 'node:crypto';
import type { JWK } from 'jose';
import { ExternalSigningKey } from 'oidc-provider';

/** What signs tokens. The private key is behind `sign`: here in this process, as a KeyObject; in a KMS or a PKCS#11 token it never leaves. */
export interface Signer {
  readonly kid: string;
  readonly alg: string;
  readonly public_key: KeyObject;
  /** A JWS signature over these bytes (RFC 7515 section 5.1). */
  sign(data: Uint8Array): Promise<Uint8Array>;
}

/** A key of this process. */
export function local_signer(kid: string, alg: string, jwk: JWK): Signer {
  const key = createPrivateKey({ key: jwk as JsonWebKey, format: 'jwk' }); // jose's JWK is node's
  return {
    ...{ kid, alg },
    public_key: createPublicKey(key),
    sign: (data) =>
      new Promise((resolve, reject) => {
        // RFC 7518 section 3.4: the two numbers one after the other, not DER
        sign(alg === 'EdDSA' ? null : 'sha256', data, { key, dsaEncoding: 'ieee-p1363' }, (error, signature) => {
          if (error === null) resolve(signature);
          else reject(error);
        });
      }),
  };
}

/** A signer as oidc-provider takes it. */
export class ProviderKey extends ExternalSigningKey {
  readonly #signer: Signer;

  constructor(signer: Signer) {
    super();
    this.#signer = signer;
    Object.assign(this, { kid: signer.kid, alg: signer.alg }); // setters that the types leave out
  }

  override keyObject(): KeyObject {
    return this.#signer.public_key;
  }

  override sign(data: Uint8Array): Promise<Uint8Array> {
    return this.#signer.sign(data);
  }
}
