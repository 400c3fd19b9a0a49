import { createHash } from 'node:crypto';
import { decodeProtectedHeader } from 'jose';
import type { IDToken } from 'openid-client';
import { type Call, ConnectorError } from '../connector.ts';
import type { OidcConfig } from './settings.ts';
import { foreign_tenant } from './tenants.ts';

/** Older than this, an ID token that has just been fetched is somebody's old one. */
const ANCIENT_S = 10 * 60;
/** Longer than this nobody means it. */
const ABSURD_S = 31 * 86_400;

interface Answer {
  readonly id_token: string;
  readonly claims: IDToken;
  /** Whose key signed it, where the key says so. */
  readonly key_issuer?: unknown;
  /** What the ID token may hold half a hash of, by the name of the claim. */
  readonly hashed: Readonly<Partial<Record<'at_hash' | 'c_hash' | 's_hash', string>>>;
}

/**
 * What OIDC Core 3.1.3.7 asks for and openid-client leaves to its user; signature, algorithm, issuer, audience, nonce and expiry were verified by it before.
 * `now` in epoch milliseconds. @throws ConnectorError
 */
export function check_id_token({ id_token, claims, key_issuer, hashed }: Answer, config: OidcConfig, now: number, call: Call): void {
  const refuse = (name: string, detail: string, reason: 'untrusted' | 'malformed' | 'expired' = 'untrusted'): never => {
    call.check({ name, ok: false, detail });
    throw new ConnectorError(reason, detail);
  };
  const { alg = '', typ } = decodeProtectedHeader(id_token);
  if (typ !== undefined && !/^(application\/)?jwt$/i.test(typ))
    refuse('id_token', `the token is of type ${String(typ).slice(0, 50)}, not an ID token`);
  if (claims['events'] !== undefined) refuse('id_token', 'the token tells of events (RFC 8417): it is not an ID token');
  const foreign = foreign_tenant(claims, key_issuer, config);
  if (foreign !== undefined) refuse('tenant', foreign);
  if (claims.azp !== undefined && claims.azp !== config.client_id) refuse('audience', 'the ID token was issued to another client (azp)');
  const seconds = Math.floor(now / 1000);
  const skew = config.clock_skew_seconds;
  const { iat, exp, auth_time } = claims;
  if (iat > seconds + skew) refuse('clock', `the ID token was issued ${Math.round(iat - seconds)} seconds in the future`, 'expired');
  if (iat < seconds - ANCIENT_S - skew) refuse('clock', `the ID token was issued ${Math.round(seconds - iat)} seconds ago`, 'expired');
  if (exp - iat > ABSURD_S) refuse('clock', 'the ID token never ends', 'malformed');
  if (auth_time !== undefined && auth_time > seconds + skew)
    refuse('clock', 'the person will have authenticated in the future', 'malformed');
  call.check({ name: 'clock', ok: true, detail: `issued ${Math.round(seconds - iat)} seconds ago, ends in ${Math.round(exp - seconds)}` });
  if (!is_subject(claims.sub)) refuse('subject', 'the subject is empty, too long or unprintable', 'malformed');
  for (const [name, text] of Object.entries(hashed)) {
    const hash = claims[name];
    if (hash !== undefined && hash !== half_hash(text, alg)) refuse(name, `the ID token does not belong to this answer (${name})`);
  }
  call.check({ name: 'id_token', ok: true, detail: `signed with ${alg}` });
}

/** Compared byte for byte for ever after: nothing in it that cannot be seen, nothing around it. */
const is_subject = (sub: string): boolean =>
  sub.length > 0 && sub.length <= 255 && sub === sub.trim() && !/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u.test(sub);

/** OIDC Core 3.1.3.6: the left half of the hash that belongs to the signature's algorithm. */
function half_hash(token: string, alg: string): string {
  const name = alg.endsWith('384') ? 'sha384' : alg.endsWith('512') || alg.startsWith('Ed') ? 'sha512' : 'sha256';
  const digest = createHash(name).update(token, 'ascii').digest();
  return digest.subarray(0, digest.length / 2).toString('base64url');
}
