import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { z } from 'zod';
import { type Call, ConnectorError, type Tools } from '../connector.ts';
import { SIGNING_ALGS } from './provider.ts';

export type PublicJwk = Readonly<Record<string, unknown>> & { readonly kid?: string | undefined };

/** The provider's keys: those that may verify a signature, and no others. */
export interface KeyStore {
  /** Asks the provider again when a key of this id is not known, at most once a minute. @throws ConnectorError while nothing is known at all */
  keys(kid: string | undefined, call: Pick<Call, 'signal'>): Promise<readonly PublicJwk[]>;
  /** A signature did not fit: the provider is asked again next time, if a minute has passed. Keys without ids change unseen. */
  doubt(): void;
}

const MINUTE_MS = 60_000;
const LEAST_MS = 5 * MINUTE_MS;
const MOST_MS = 24 * 60 * MINUTE_MS;
const MOST_KEYS = 100;

interface Kept {
  readonly keys: readonly PublicJwk[];
  fresh_until: number;
}

/** Keeps what the provider published by the rules of HTTP, between five minutes and a day; the last good keys stay while the provider is down. */
export function make_key_store(jwks_uri: string, tools: Pick<Tools, 'fetch' | 'now' | 'log'>): KeyStore {
  let kept: Kept | undefined;
  let asked_at = Number.NEGATIVE_INFINITY;
  // apart from the rest: a provider may change its keys right after it was asked
  let looked_at = Number.NEGATIVE_INFINITY;
  let asking: Promise<Kept> | undefined;
  const ask = (call: Pick<Call, 'signal'>): Promise<Kept> => {
    asked_at = tools.now();
    asking ??= fetch_keys(jwks_uri, tools, call)
      .then((fresh) => (kept = fresh))
      .finally(() => {
        asking = undefined;
      });
    return asking;
  };
  return {
    async keys(kid, call) {
      const stale = kept === undefined || tools.now() >= kept.fresh_until;
      const unknown = kept !== undefined && kid !== undefined && !kept.keys.some((key) => key.kid === kid);
      const look = !stale && unknown && tools.now() - looked_at >= MINUTE_MS;
      if (stale || look) {
        if (unknown) looked_at = tools.now();
        if (kept !== undefined && stale && tools.now() - asked_at < MINUTE_MS) return kept.keys;
        try {
          return (await ask(call)).keys;
        } catch (error) {
          if (kept === undefined) throw error;
          tools.log('warn', 'the keys of the provider cannot be read: the last good ones are used', { error });
        }
      }
      return kept?.keys ?? [];
    },
    doubt() {
      if (kept !== undefined) kept.fresh_until = Math.min(kept.fresh_until, asked_at + MINUTE_MS);
    },
  };
}

const key_set = z.object({ keys: z.array(z.record(z.string(), z.unknown())).max(MOST_KEYS) });

async function fetch_keys(url: string, tools: Pick<Tools, 'fetch' | 'now'>, call: Pick<Call, 'signal'>): Promise<Kept> {
  const answer = await tools.fetch(url, { headers: { accept: 'application/jwk-set+json, application/json' }, signal: call.signal });
  if (answer.status !== 200) throw new ConnectorError('unreachable', `${url} answered ${answer.status}`);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(answer.body));
  } catch (cause) {
    throw new ConnectorError('malformed', 'the key set of the provider is not JSON', { cause });
  }
  const read = key_set.safeParse(json);
  if (!read.success) throw new ConnectorError('malformed', 'the key set of the provider is not one, or has too many keys');
  const keys = read.data.keys.filter(may_verify);
  if (keys.length === 0) {
    throw new ConnectorError('untrusted', 'the provider publishes no key that can be trusted', {
      fix: 'The provider must publish an RSA key of 2048 bits or more, or an elliptic curve key, for signatures.',
    });
  }
  return { keys, fresh_until: tools.now() + life_of(answer.headers) };
}

/** RFC 9111 sections 4.2.1 and 4.2.3, within bounds. */
function life_of({ 'cache-control': cache_control = '', expires, date, age = '0' }: Readonly<Record<string, string>>): number {
  const [, max_age] = /(?:^|[\s,])max-age="?(\d{1,9})/i.exec(cache_control) ?? [];
  const whole = max_age === undefined ? Date.parse(expires ?? '') - Date.parse(date ?? '') : Number(max_age) * 1000;
  const left = /no-store|no-cache/i.test(cache_control) ? 0 : whole - Number(age) * 1000;
  return Number.isFinite(left) ? Math.min(MOST_MS, Math.max(LEAST_MS, left)) : LEAST_MS;
}

/** Neither to be broken nor to be forged (an exponent of 1), nor so large that a verification takes long. */
const sound_rsa = (bits: number, exponent: bigint): boolean =>
  bits >= 2048 && bits <= 16_384 && exponent >= 3n && exponent % 2n === 1n && exponent < 2n ** 64n;

/** Holds: no symmetric key, no private one, none for encryption, none that can be broken or forged (RSA under 2048 bits, exponent below 3). */
export function may_verify(jwk: Readonly<Record<string, unknown>>): jwk is PublicJwk {
  const { kty, use, key_ops, alg, kid } = jwk;
  if (kid !== undefined && (typeof kid !== 'string' || kid.length > 255)) return false;
  if ('d' in jwk || 'k' in jwk || (use !== undefined && use !== 'sig')) return false;
  if (key_ops !== undefined && !(Array.isArray(key_ops) && key_ops.includes('verify'))) return false;
  if (alg !== undefined && !(typeof alg === 'string' && SIGNING_ALGS.includes(alg))) return false;
  try {
    const key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' }); // its members are checked by importing it
    const details = key.asymmetricKeyDetails;
    if (kty === 'RSA') return sound_rsa(details?.modulusLength ?? 0, details?.publicExponent ?? 0n);
    if (kty === 'EC') return ['prime256v1', 'secp384r1', 'secp521r1'].includes(details?.namedCurve ?? '');
    return kty === 'OKP' && key.asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
}
