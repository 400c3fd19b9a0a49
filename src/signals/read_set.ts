import { createLocalJWKSet, decodeProtectedHeader, errors, type JWK, jwtVerify } from 'jose';
import { z } from 'zod';
import type { SignalSourceRow } from '../storage/index.ts';
import type { ReceiverDeps, TransmitterKeys } from './deps.ts';
import { SET_TYPE } from './vocabulary.ts';

/** Clocks differ. */
const SKEW_S = 60;
/** Transmitters try for days; what is older tells nothing that is still of use. */
export const OLDEST_S = 7 * 86_400;
/** Looking for keys takes no longer. */
const KEYS_MS = 5000;

export type SetError = 'invalid_request' | 'invalid_key' | 'invalid_issuer' | 'invalid_audience' | 'authentication_failed';

/** Said to the transmitter as RFC 8935 section 2.3 has it. */
export class SetRefused extends Error {
  readonly err: SetError;

  constructor(err: SetError, message: string, options?: ErrorOptions) {
    super(message, options);
    this.err = err;
  }
}

const members = z.record(z.string(), z.unknown());
const claims = z.object({
  iat: z.int().min(0),
  jti: z.string().min(1).max(512),
  /** Exactly one (section 9 of RFC 8417, section 11.1.6 of the framework). */
  events: z.record(z.string(), members).refine((events) => Object.keys(events).length === 1, 'must tell of one event'),
  sub_id: members.optional(),
});
export type SetClaims = z.output<typeof claims>;

type Source = Pick<SignalSourceRow, 'issuer' | 'audience'>;

/** A security event token of this very transmitter. @throws SetRefused */
export async function read_set(deps: Pick<ReceiverDeps, 'now' | 'algorithms'>, source: Source, keys: TransmitterKeys, token: string) {
  const { kid } = header_of(token, deps.algorithms);
  const known = await keys.keys(kid, { signal: AbortSignal.timeout(KEYS_MS) });
  const payload = await verified(deps, source, known, token).catch((error: unknown) => {
    if (error instanceof SetRefused && error.err === 'invalid_key') keys.doubt();
    throw error;
  });
  // section 4.1 of the framework: what keeps an ID token or a logout token from passing for an event, whatever its type says
  if ('exp' in payload || 'sub' in payload || 'nonce' in payload)
    throw new SetRefused('invalid_request', 'an event has neither exp nor sub nor nonce');
  const read = claims.safeParse(payload);
  if (!read.success) throw new SetRefused('invalid_request', `the claims are wrong: ${read.error.issues[0]?.path.join('.') ?? ''}`);
  const seconds = Math.floor(deps.now() / 1000);
  if (read.data.iat > seconds + SKEW_S) throw new SetRefused('invalid_request', 'the event was issued in the future');
  if (read.data.iat < seconds - OLDEST_S) throw new SetRefused('invalid_request', 'the event is older than a week');
  return read.data;
}

function header_of(token: string, algorithms: readonly string[]): { kid: string | undefined } {
  let header: ReturnType<typeof decodeProtectedHeader>;
  try {
    header = decodeProtectedHeader(token);
  } catch (cause) {
    throw new SetRefused('invalid_request', 'the body is no signed token', { cause });
  }
  const { typ, alg, crit, kid } = header;
  if (typeof typ !== 'string' || typ.toLowerCase().replace(/^application\//, '') !== SET_TYPE)
    throw new SetRefused('invalid_request', `the token must be of type ${SET_TYPE}`);
  if (crit !== undefined) throw new SetRefused('invalid_request', 'the token demands an extension (crit)');
  if (alg === undefined || !algorithms.includes(alg))
    throw new SetRefused('invalid_key', 'the algorithm of the signature is not one that is trusted');
  return { kid: typeof kid === 'string' ? kid : undefined };
}

async function verified(
  { now, algorithms }: Pick<ReceiverDeps, 'now' | 'algorithms'>,
  { issuer, audience }: Source,
  known: readonly Readonly<Record<string, unknown>>[],
  token: string,
) {
  try {
    const set = createLocalJWKSet({ keys: [...known] as unknown as JWK[] }); // vetted by the key store
    const { payload } = await jwtVerify(token, set, {
      ...{ issuer, audience, algorithms: [...algorithms], clockTolerance: SKEW_S, currentDate: new Date(now()) },
    });
    return payload;
  } catch (cause) {
    if (cause instanceof errors.JWTClaimValidationFailed && cause.claim === 'iss')
      throw new SetRefused('invalid_issuer', 'the issuer is not the transmitter of this connection', { cause });
    if (cause instanceof errors.JWTClaimValidationFailed && cause.claim === 'aud')
      throw new SetRefused('invalid_audience', 'the audience is not this receiver', { cause });
    if (cause instanceof errors.JWTClaimValidationFailed || cause instanceof errors.JWTExpired || cause instanceof errors.JWTInvalid)
      throw new SetRefused('invalid_request', 'the claims of the token are wrong', { cause });
    throw new SetRefused('invalid_key', 'the signature is not one of this transmitter', { cause });
  }
}
