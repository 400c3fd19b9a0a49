import * as client from 'openid-client';
import { ConnectorError, type FaultReason, type LoginOutcome, type RefusalReason } from '../connector.ts';

/** RFC 6749 section 4.1.2.1 and OIDC Core 3.1.2.6: what a provider says instead of a code. */
const REFUSALS: Readonly<Record<string, RefusalReason>> = {
  access_denied: 'cancelled',
  login_required: 'cancelled',
  consent_required: 'denied',
  interaction_required: 'denied',
  account_selection_required: 'denied',
  unmet_authentication_requirements: 'authentication_context',
};

/** One code for two things: who did not want, and who may not. Providers tell them apart in words only. */
const MAY_NOT = /\bnot (been )?(assigned|allowed|permitted|authori[sz]ed)|polic(y|ies)\b|\bblocked\b|\bno (access|permission)/i;

/** Mistakes of the set-up that the provider names itself. */
const FIXES: Readonly<Record<string, string>> = {
  invalid_client:
    'The provider does not accept the client_id or client_secret: compare them with what it shows, and enter the secret again. With private_key_jwt, give it the current keys.',
  unauthorized_client: 'The client at the provider may not use the authorization code flow: allow it there.',
  redirect_uri_mismatch: 'Register the redirect URI of this connection at the provider, exactly as it is shown here.',
  invalid_scope: 'The provider does not know one of the scopes of this connection.',
};

const CLOCK = 'Compare the clocks of both sides: they may differ by `oidc.clock_skew_seconds` at most.';

const FIXES_OF_CHECKS: Readonly<Partial<Record<CrossedCheck, string>>> = {
  clock: CLOCK,
  issuer: 'The ID token is of another issuer: enter in `oidc.issuer` exactly what the provider calls itself.',
  audience: 'The ID token is for another client: enter the client ID that the provider shows for this application.',
  nonce: 'The provider has to repeat the nonce of the request in the ID token, and to give a new ID token at every sign-in.',
};

/** The provider's own refusal as an outcome. */
export function refusal_of(error: string, description: string | undefined): LoginOutcome {
  const detail = printable([error, description].filter((part) => part !== undefined).join(': '));
  // a name that is inherited is no code
  const known = Object.hasOwn(REFUSALS, error) ? REFUSALS[error] : undefined;
  const reason = error === 'access_denied' && MAY_NOT.test(description ?? '') ? 'denied' : known;
  return { ok: false, reason: reason ?? 'partner_error', detail };
}

/** In this order openid-client looks at an ID token: before one of these is crossed, those before it have held. */
const IN_ORDER = ['issuer', 'audience', 'nonce', 'signature'] as const;

export type CrossedCheck = (typeof IN_ORDER)[number] | 'clock' | 'id_token' | 'client_authentication' | 'answer';

/** `azp` names who the token was issued to. */
const LOOKED_AT = [
  { claim: 'iss', check: 'issuer' },
  { claim: 'azp', check: 'audience' },
  { claim: 'aud', check: 'audience' },
  { claim: 'nonce', check: 'nonce' },
] as const;

/** Of the ID token in the answer: which check it crossed. What is not named is about the answer as a whole. */
export function check_of(error: unknown): CrossedCheck {
  if (error instanceof client.ResponseBodyError && error.error === 'invalid_client') return 'client_authentication';
  if (!(error instanceof client.ClientError || error instanceof TypeError)) return 'answer';
  const code = 'code' in error ? error.code : undefined;
  const cause = cause_message(error);
  if (code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED') return 'clock';
  if (code === 'OAUTH_KEY_SELECTION_FAILED' || NOT_TRUSTED.test(cause)) return 'signature';
  // `iss` is also a parameter of the answer
  if (!/\b(JWT|JWE|ID Token)\b/.test(cause)) return 'answer';
  return LOOKED_AT.find(({ claim }) => cause.includes(`"${claim}"`))?.check ?? 'id_token';
}

export const is_of_id_token = (check: CrossedCheck): boolean => check !== 'answer' && check !== 'client_authentication';

/** Which checks of the ID token had held before one of these was crossed. Algorithm, form and presence are looked at before anything else. */
export function held_before(error: unknown): readonly CrossedCheck[] {
  if (!(error instanceof client.ClientError) || BEFORE_ANY.test(cause_message(error))) return [];
  const check = check_of(error);
  const at = IN_ORDER.findIndex((one) => one === check);
  return at === -1 ? [] : IN_ORDER.slice(0, at);
}

/** What went wrong between openid-client and the provider, as the seam says it. Its own errors stay behind: they hold tokens and bodies. */
export function as_connector_error(error: unknown): unknown {
  const known = in_causes(error, (one) => one instanceof ConnectorError);
  if (known !== undefined) return known;
  if (error instanceof client.ResponseBodyError) {
    const detail = printable([error.error, error.error_description].filter((part) => part !== undefined).join(': '));
    const fix = Object.hasOwn(FIXES, error.error) ? FIXES[error.error] : undefined;
    if (fix !== undefined) return new ConnectorError('misconfigured', `the token endpoint answered ${detail}`, { fix });
    return new ConnectorError(error.status >= 500 ? 'unreachable' : 'malformed', `the provider answered ${error.status} ${detail}`);
  }
  if (error instanceof client.ClientError || error instanceof TypeError) {
    const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
    if (code === 'OAUTH_RESPONSE_IS_NOT_CONFORM' && error.cause instanceof Response) return of_status(error.cause);
    const reason = Object.hasOwn(REASONS, code) ? REASONS[code] : NOT_TRUSTED.test(cause_message(error)) ? 'untrusted' : undefined;
    const fix = FIXES_OF_CHECKS[check_of(error)];
    const message = printable([error.message, cause_message(error)].filter(Boolean).join(': '));
    return new ConnectorError(reason ?? 'malformed', message, fix === undefined ? {} : { fix });
  }
  return error;
}

const cause_message = (error: Error): string => (error.cause instanceof Error ? error.cause.message : '');

const BEFORE_ANY = /JWT "alg"|claim (missing|type)/;
/** These have no code of their own. */
const NOT_TRUSTED = /signature verification failed|JWT "alg"|unsupported JWS algorithm/;

/** Codes of oauth4webapi and openid-client. What is not named is malformed. */
const REASONS: Readonly<Record<string, FaultReason>> = {
  OAUTH_TIMEOUT: 'timed_out',
  OAUTH_JWT_TIMESTAMP_CHECK_FAILED: 'expired',
  OAUTH_KEY_SELECTION_FAILED: 'untrusted',
  OAUTH_JWT_CLAIM_COMPARISON_FAILED: 'untrusted',
  OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED: 'untrusted',
  OAUTH_UNSUPPORTED_OPERATION: 'untrusted',
};

/** A status that nobody expects there; nothing of the body is repeated. */
function of_status({ status }: Response): ConnectorError {
  const message = `the provider answered with status ${status}`;
  if (status >= 500 || status === 429) return new ConnectorError('unreachable', message);
  if (status === 401 || status === 403) return new ConnectorError('untrusted', message);
  return new ConnectorError('misconfigured', message, {
    fix: 'The endpoints in the discovery document, or in oidc.discovery, must be the final ones: redirects are not followed.',
  });
}

function in_causes<Found extends Error>(error: unknown, is: (one: unknown) => one is Found): Found | undefined {
  for (let one = error, depth = 0; one instanceof Error && depth < 6; one = one.cause, depth++) if (is(one)) return one;
  return undefined;
}

/** What a partner wrote, fit for a trace. */
export const printable = (text: string): string => text.slice(0, 500).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ');
