import type { Middleware } from 'koa';
import type { Tools } from '../../connectors/connector.ts';
import type { Audit } from '../audit/index.ts';
import type { RateLimits } from '../http/index.ts';
import type { Storage } from '../storage/index.ts';
import { make_passkeys } from './passkeys.ts';
import { mock_partner_routes } from './mock_partners.ts';
import type { PresenceDeps } from './present_operator.ts';
import type { SecondFactors } from './second_factors.ts';
import { serve_console } from './serve_console.ts';
import { make_session_cookie } from './session_cookie.ts';
import { session_routes } from './session_routes.ts';
import { make_console_sessions } from './sessions.ts';
import { person_routes } from './sign_in_by_person.ts';
import { make_totp } from './totp.ts';

export interface OperatorsDeps extends PresenceDeps {
  readonly storage: Storage;
  readonly now: () => number;
  readonly record: Audit['record'];
  readonly rate_limits: Pick<RateLimits, 'check' | 'count' | 'give_back'>;
  readonly issuer_url: string;
  readonly factors: SecondFactors;
  /** Of this broker. */
  readonly version: string;
  /** The control pages of mock partners. */
  readonly mocks: readonly string[];
  /** The guarded way out. */
  readonly fetch: Tools['fetch'];
  /** Where the built console is, or will be. */
  readonly folder: string;
}

/** Everything under `/console`: who is there, the two ways in, the switches of mock partners, and the console itself. */
export function console_routes(deps: OperatorsDeps): Middleware {
  const { storage, now, issuer_url } = deps;
  const door = {
    ...deps,
    cookie: make_session_cookie(issuer_url),
    sessions: make_console_sessions({ storage, now }),
    totp: make_totp({ storage, now, host: new URL(issuer_url).host }),
    passkeys: make_passkeys({ now, issuer_url }),
  };
  const session = session_routes(door);
  const person = person_routes(door);
  const mocks = mock_partner_routes(door);
  const files = serve_console(deps.folder);
  return (ctx, next) => session(ctx, () => person(ctx, () => mocks(ctx, () => files(ctx, next))));
}
