import { ConnectorError, type RefusalReason } from '../../connectors/connector.ts';
import { Conflict, LoginRefused, PosternError, UpstreamFault } from '../kernel/index.ts';

/** Where a fault showed itself: in what the browser brought from the partner, or while we spoke to the partner ourselves. */
export type Place = 'callback' | 'upstream';

/** What the person meets for a partner's refusal. */
export function refused(reason: RefusalReason, detail: string): PosternError {
  if (reason === 'partner_error') return new UpstreamFault('partner_error', 'Your company’s sign-in answered with an error.', { detail });
  const status = reason === 'invalid_credentials' ? 401 : 403;
  return new LoginRefused(reason, REFUSALS[reason], { status, detail });
}

const REFUSALS: Readonly<Record<Exclude<RefusalReason, 'partner_error'>, string>> = {
  invalid_credentials: 'That did not work.',
  password_expired: 'The password has expired.',
  password_must_change: 'The password has to be changed first.',
  cancelled: 'The sign-in was cancelled.',
  denied: 'Your company’s sign-in refused this account.',
  authentication_context: 'Your company’s sign-in did not confirm you in the way that was asked for.',
};

/** Any failure of a step as an error with a public code. */
export function as_login_error(error: unknown, place: Place): unknown {
  if (error instanceof Conflict && error.code === 'answer_replayed')
    return new LoginRefused(error.code, error.message, { status: 400, cause: error });
  if (!(error instanceof ConnectorError)) return error;
  const options = { cause: error, detail: error.message };
  const forged = (code: string, message: string): LoginRefused => new LoginRefused(code, message, { ...options, status: 400 });
  switch (error.reason) {
    case 'unreachable':
      return new UpstreamFault('partner_unreachable', 'Your company’s sign-in cannot be reached.', options);
    case 'timed_out':
      return new UpstreamFault('partner_timed_out', 'Your company’s sign-in took too long.', { ...options, status: 504 });
    case 'misconfigured':
      return new UpstreamFault('connection_misconfigured', 'The connection to your company’s sign-in is not set up right.', options);
    case 'replayed':
      return forged('answer_replayed', 'This answer was used before.');
    case 'expired':
      return new LoginRefused('clock_difference', 'The answer came too late, or a clock is wrong.', {
        ...options,
        status: 400,
        seconds: error.seconds,
      });
    case 'untrusted':
      return place === 'callback'
        ? forged('answer_invalid', 'The answer cannot be trusted.')
        : new UpstreamFault('partner_untrusted', 'Your company’s sign-in cannot be trusted.', options);
    case 'malformed':
      return place === 'callback'
        ? forged('answer_invalid', 'The answer cannot be read.')
        : new UpstreamFault('partner_error', 'Your company’s sign-in answered with an error.', options);
  }
}

/** A refusal is an answer, a fault is a failure. */
export const outcome_of = (error: unknown): 'refused' | 'failed' =>
  error instanceof LoginRefused && error.status !== 400 ? 'refused' : 'failed';

export const code_of = (error: unknown): string => (error instanceof PosternError ? error.code : 'internal');
