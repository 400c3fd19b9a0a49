import { constants, type KeyObject, verify } from 'node:crypto';
import type { CanonicalizationAlgorithm } from '../xml/index.ts';

/** Everything that a signature may name. What is not here does not exist: no HMAC, no MD5, no XSLT, no XPath, no c14n with comments. */
export type Hash = 'sha1' | 'sha256' | 'sha384' | 'sha512';

export interface SignatureAlgorithm {
  readonly family: 'rsa' | 'rsa-pss' | 'ecdsa';
  readonly hash: Hash;
}

// Maps, never objects: a name from the message must not find `constructor`.
const SIGNATURES: ReadonlyMap<string, SignatureAlgorithm> = new Map<string, SignatureAlgorithm>([
  ['http://www.w3.org/2000/09/xmldsig#rsa-sha1', { family: 'rsa', hash: 'sha1' }],
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', { family: 'rsa', hash: 'sha256' }],
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha384', { family: 'rsa', hash: 'sha384' }],
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha512', { family: 'rsa', hash: 'sha512' }],
  ['http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1', { family: 'rsa-pss', hash: 'sha256' }],
  ['http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1', { family: 'rsa-pss', hash: 'sha384' }],
  ['http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1', { family: 'rsa-pss', hash: 'sha512' }],
  ['http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256', { family: 'ecdsa', hash: 'sha256' }],
  ['http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384', { family: 'ecdsa', hash: 'sha384' }],
  ['http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512', { family: 'ecdsa', hash: 'sha512' }],
]);

const DIGESTS: ReadonlyMap<string, Hash> = new Map<string, Hash>([
  ['http://www.w3.org/2000/09/xmldsig#sha1', 'sha1'],
  ['http://www.w3.org/2001/04/xmlenc#sha256', 'sha256'],
  ['http://www.w3.org/2001/04/xmldsig-more#sha384', 'sha384'],
  ['http://www.w3.org/2001/04/xmlenc#sha512', 'sha512'],
]);

const CANONICALIZATIONS: ReadonlyMap<string, CanonicalizationAlgorithm> = new Map<string, CanonicalizationAlgorithm>([
  ['http://www.w3.org/2001/10/xml-exc-c14n#', 'exclusive'],
  ['http://www.w3.org/TR/2001/REC-xml-c14n-20010315', 'inclusive'],
  ['http://www.w3.org/2006/12/xml-c14n11', 'inclusive_1_1'],
]);

/** The signature algorithm of this URI, or undefined when it is not allowed. */
export function signature_algorithm(uri: string | undefined, allow_sha1: boolean): SignatureAlgorithm | undefined {
  const found = SIGNATURES.get(uri ?? '');
  return found?.hash === 'sha1' && !allow_sha1 ? undefined : found;
}

export function digest_algorithm(uri: string | undefined, allow_sha1: boolean): Hash | undefined {
  const found = DIGESTS.get(uri ?? '');
  return found === 'sha1' && !allow_sha1 ? undefined : found;
}

export function canonicalization_algorithm(uri: string | undefined): CanonicalizationAlgorithm | undefined {
  return CANONICALIZATIONS.get(uri ?? '');
}

/** Whether this is SHA-1 by name: only to say what to change, never to accept. */
export function names_sha1(uri: string | undefined): boolean {
  return SIGNATURES.get(uri ?? '')?.hash === 'sha1' || DIGESTS.get(uri ?? '') === 'sha1';
}

const CURVE_BYTES: ReadonlyMap<string, number> = new Map([
  ['prime256v1', 32],
  ['secp384r1', 48],
  ['secp521r1', 66],
]);

export const MIN_RSA_BITS = 2048;
/** Beyond these a signature costs its verifier more than a partner may ask for. */
const MAX_RSA_BITS = 8192;
const MAX_EXPONENT = 2n ** 33n;

/** Whether a public key may verify at all: RSA of 2048 to 8192 bits with an odd exponent from 3 to 33 bits, or EC on P-256, P-384, P-521. */
export function is_acceptable_key(key: KeyObject): boolean {
  if (key.type !== 'public') return false;
  const details = key.asymmetricKeyDetails;
  if (key.asymmetricKeyType === 'ec') return CURVE_BYTES.has(details?.namedCurve ?? '');
  if (key.asymmetricKeyType !== 'rsa' && key.asymmetricKeyType !== 'rsa-pss') return false;
  const exponent = details?.publicExponent ?? 0n;
  const bits = details?.modulusLength ?? 0;
  return bits >= MIN_RSA_BITS && bits <= MAX_RSA_BITS && exponent >= 3n && exponent < MAX_EXPONENT && exponent % 2n === 1n;
}

/** What `node:crypto` needs to check this algorithm with this key; undefined when they do not belong together. Holds: the key decides the family, not the message. */
function verification_options(
  algorithm: SignatureAlgorithm,
  key: KeyObject,
  signature_bytes: number,
): { readonly key: KeyObject; readonly padding?: number; readonly saltLength?: number; readonly dsaEncoding?: 'ieee-p1363' } | undefined {
  const type = key.asymmetricKeyType;
  switch (algorithm.family) {
    case 'ecdsa': {
      const half = type === 'ec' ? CURVE_BYTES.get(key.asymmetricKeyDetails?.namedCurve ?? '') : undefined;
      return half !== undefined && signature_bytes === 2 * half ? { key, dsaEncoding: 'ieee-p1363' } : undefined;
    }
    case 'rsa-pss':
      if (type !== 'rsa' && type !== 'rsa-pss') return undefined;
      return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
    case 'rsa':
      return type === 'rsa' ? { key, padding: constants.RSA_PKCS1_PADDING } : undefined;
  }
}

/** Whether this key made this signature. Holds: only true is true; a key that cannot even be tried with the algorithm has not signed. */
export function is_signed_by(algorithm: SignatureAlgorithm, key: KeyObject, bytes: Uint8Array, signature: Uint8Array): boolean {
  const options = verification_options(algorithm, key, signature.length);
  if (options === undefined) return false;
  try {
    return verify(algorithm.hash, bytes, options, signature);
  } catch {
    return false; // an RSA-PSS key may be bound to another hash
  }
}
