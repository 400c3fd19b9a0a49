import { createHash } from 'node:crypto';
import { decodeProtectedHeader } from 'jose';
import type { IDToken } from 'openid-client';
import { type Call, ConnectorError } from '../connector.ts';
import type { OidcConfig } from './settings.ts';

/** Older than this, an ID token that has just been fetched is somebody's old one. */
const ANCIENT_S = 10 * 60;
/** Longer than this nobody means it. */
const ABSURD_S = 31 * 86_400;

interface Answer {
  readonly id_token: string;
  readonly access_token: string;
  readonly claims: IDToken;
}

/**
 * What OIDC Core 3.1.3.7 asks for and openid-client leaves to its user; signature, issuer, audience, nonce and expiry were verified by it before.
 * `now` in epoch milliseconds. @throws ConnectorError
 */
export function check_id_token({ id_token, access_token, claims }: Answer, config: OidcConfig, now: number, call: Call): void {
  const refuse = (name: string, detail: string, reason: 'untrusted' | 'malformed' | 'expired' = 'untrusted'): never => {
    call.check({ name, ok: false, detail });
    throw new ConnectorError(reason, detail);
  };
  const { alg = '', typ } = decodeProtectedHeader(id_token);
  if (typ !== undefined && !/^(application\/)?jwt$/i.test(typ))
    refuse('id_token', `the token is of type ${typ.slice(0, 50)}, not an ID token`);
  if (claims.azp !== undefined && claims.azp !== config.client_id) refuse('audience', 'the ID token was issued to another client (azp)');
  const seconds = Math.floor(now / 1000);
  const skew = config.clock_skew_seconds;
  if (claims.iat > seconds + skew) refuse('clock', `the ID token was issued ${claims.iat - seconds} seconds in the future`, 'expired');
  if (claims.iat < seconds - ANCIENT_S - skew) refuse('clock', `the ID token was issued ${seconds - claims.iat} seconds ago`, 'expired');
  if (!Number.isSafeInteger(claims.exp) || claims.exp - claims.iat > ABSURD_S) refuse('clock', 'the ID token never ends', 'malformed');
  const { sub } = claims;
  if (sub.length === 0 || sub.length > 255 || sub !== sub.trim() || /[\p{Cc}\p{Cs}]/u.test(sub))
    refuse('subject', 'the subject is empty, too long or unprintable', 'malformed');
  const at_hash = claims['at_hash'];
  if (at_hash !== undefined && at_hash !== half_hash(access_token, alg))
    refuse('at_hash', 'the access token is not the one that the ID token speaks of');
  call.check({ name: 'id_token', ok: true, detail: `signed with ${alg}, issued ${seconds - claims.iat} seconds ago` });
}

/** OIDC Core 3.1.3.6: the left half of the hash that belongs to the signature's algorithm. */
function half_hash(token: string, alg: string): string {
  const name = alg.endsWith('384') ? 'sha384' : alg.endsWith('512') || alg.startsWith('Ed') ? 'sha512' : 'sha256';
  const digest = createHash(name).update(token, 'ascii').digest();
  return digest.subarray(0, digest.length / 2).toString('base64url');
}
