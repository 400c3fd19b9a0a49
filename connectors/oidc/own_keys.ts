import { createPrivateKey, createPublicKey, type webcrypto } from 'node:crypto';
import { ConnectorError, type Tools } from '../connector.ts';

/** The key that proves to the provider who we are (private_key_jwt, RFC 7523). @throws ConnectorError */
export async function own_signing_key(tools: Pick<Tools, 'keys'>): Promise<{ key: webcrypto.CryptoKey; kid: string }> {
  const current = (await tools.keys()).find(({ use, state }) => use === 'signing' && state === 'current');
  if (current === undefined) throw new ConnectorError('misconfigured', 'this connection has no signing key');
  const der = createPrivateKey(current.private_key_pem).export({ type: 'pkcs8', format: 'der' });
  const key = await crypto.subtle.importKey('pkcs8', new Uint8Array(der), { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, false, ['sign']);
  return { key, kid: current.kid };
}

/** What the provider reads to verify it: the key of today, the next one, and the last. */
export async function own_jwks(tools: Pick<Tools, 'keys'>): Promise<string> {
  const keys = (await tools.keys())
    .filter(({ use }) => use === 'signing')
    .map(({ private_key_pem, kid }) => ({ ...createPublicKey(private_key_pem).export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }));
  return JSON.stringify({ keys });
}
