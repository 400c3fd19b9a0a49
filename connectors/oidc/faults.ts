import * as client from 'openid-client';
import { ConnectorError, type FaultReason, type LoginOutcome, type RefusalReason } from '../connector.ts';

/** RFC 6749 section 4.1.2.1 and OIDC Core 3.1.2.6: what a provider says instead of a code. */
const REFUSALS: Readonly<Record<string, RefusalReason>> = {
  access_denied: 'cancelled',
  consent_required: 'denied',
  login_required: 'cancelled',
  interaction_required: 'denied',
  account_selection_required: 'denied',
  unmet_authentication_requirements: 'authentication_context',
};

/** Mistakes of the set-up that the provider names itself. */
const FIXES: Readonly<Record<string, string>> = {
  invalid_client:
    'The provider does not accept the client_id or client_secret: compare them with what it shows, and enter the secret again.',
  unauthorized_client: 'The client at the provider may not use the authorization code flow: allow it there.',
  redirect_uri_mismatch: 'Register the redirect URI of this connection at the provider, exactly as it is shown here.',
  invalid_scope: 'The provider does not know one of the scopes of this connection.',
};

/** The provider's own refusal as an outcome. */
export function refusal_of(error: string, description: string | undefined): LoginOutcome {
  const detail = [error, description].filter((part) => part !== undefined).join(': ');
  return { ok: false, reason: REFUSALS[error] ?? 'partner_error', detail: printable(detail) };
}

/** What went wrong between openid-client and the provider, as the seam says it. */
export function as_connector_error(error: unknown): unknown {
  const known = in_causes(error, (one) => one instanceof ConnectorError);
  if (known !== undefined) return known;
  if (error instanceof client.ResponseBodyError) {
    const detail = printable([error.error, error.error_description].filter((part) => part !== undefined).join(': '));
    const fix = FIXES[error.error];
    if (fix !== undefined) return fault('misconfigured', `the token endpoint answered ${detail}`, error, fix);
    return fault(error.status >= 500 ? 'unreachable' : 'malformed', `the provider answered ${error.status} ${detail}`, error);
  }
  if (error instanceof client.ClientError || error instanceof TypeError) {
    const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
    const message = printable(`${error.message}${cause_message(error)}`);
    return fault(REASONS[code] ?? 'malformed', message, error, code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED' ? CLOCK : undefined);
  }
  return error;
}

const CLOCK = 'Compare the clocks of both sides: they may differ by `oidc.clock_skew_seconds` at most.';

const REASONS: Readonly<Record<string, FaultReason>> = {
  OAUTH_TIMEOUT: 'timed_out',
  OAUTH_JWT_TIMESTAMP_CHECK_FAILED: 'expired',
  OAUTH_KEY_SELECTION_FAILED: 'untrusted',
  OAUTH_JWT_CLAIM_COMPARISON_FAILED: 'untrusted',
  OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED: 'untrusted',
  OAUTH_UNSUPPORTED_OPERATION: 'untrusted',
  OAUTH_RESPONSE_IS_NOT_CONFORM: 'unreachable',
  OAUTH_HTTP_REQUEST_FORBIDDEN: 'misconfigured',
};

const fault = (reason: FaultReason, message: string, cause: unknown, fix?: string): ConnectorError =>
  new ConnectorError(reason, message, { cause, ...(fix !== undefined && { fix }) });

function in_causes<Found extends Error>(error: unknown, is: (one: unknown) => one is Found): Found | undefined {
  for (let one = error, depth = 0; one instanceof Error && depth < 6; one = one.cause, depth++) if (is(one)) return one;
  return undefined;
}

const cause_message = (error: Error): string => (error.cause instanceof Error ? `: ${error.cause.message}` : '');

/** What a partner wrote, fit for a trace. */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cs}]/gu, ' ').slice(0, 500);
