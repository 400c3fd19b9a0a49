import { createPublicKey, type JsonWebKey, type KeyObject, X509Certificate } from 'node:crypto';
import { z } from 'zod';

const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];
const CURVES = ['P-256', 'P-384', 'P-521', 'Ed25519'];

/** Public keys only, each strong enough to prove who an app is (RFC 7517). */
export const jwks = z.strictObject({
  keys: z
    .array(z.looseObject({ kty: z.enum(['RSA', 'EC', 'OKP']), kid: z.string().min(1).max(255).optional() }))
    .min(1)
    .max(20)
    .superRefine((keys, context) => {
      keys.forEach((key, index) => {
        const message = problem_of(key);
        if (message !== undefined) context.addIssue({ code: 'custom', path: [index], message });
      });
    }),
});

function problem_of(jwk: Readonly<Record<string, unknown>>): string | undefined {
  if (PRIVATE_MEMBERS.some((name) => Object.hasOwn(jwk, name))) return 'must be a public key: it holds private parts';
  if (jwk['kty'] !== 'RSA' && !CURVES.includes(String(jwk['crv']))) return `must be on one of ${CURVES.join(', ')}`;
  try {
    const key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' }); // it throws for whatever is none
    const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
    if (jwk['kty'] === 'RSA' && (modulusLength < 2048 || modulusLength > 8192 || publicExponent < 3n || publicExponent % 2n === 0n))
      return 'must be an RSA key of 2048 to 8192 bits with a sound exponent';
    if (jwk['x5c'] !== undefined && !is_certificate_of(key, jwk['x5c'])) return 'must have the certificate of this very key in x5c';
    return undefined;
  } catch {
    return 'is not a key that can be read';
  }
}

/** RFC 7517 section 4.7: base64, not base64url; the first certificate is of the key itself. */
function is_certificate_of(key: KeyObject, x5c: unknown): boolean {
  if (!Array.isArray(x5c) || x5c.length > 5 || !x5c.every((one) => typeof one === 'string' && /^[A-Za-z0-9+/]{1,16384}={0,2}$/.test(one)))
    return false;
  const der = Buffer.from(String(x5c[0]), 'base64');
  const certificate = new X509Certificate(der);
  return certificate.raw.equals(der) && certificate.publicKey.equals(key);
}
