import type { Context } from 'koa';
import { Forbidden } from '../kernel/index.ts';
import type { Storage } from '../storage/index.ts';
import type { Operator } from './operator.ts';
import { operator_of, type PresenceDeps, wants_factor } from './present_operator.ts';
import { require_page_of } from './same_origin.ts';
import { make_session_cookie } from './session_cookie.ts';
import { make_console_sessions } from './sessions.ts';

export interface IdentifySessionDeps extends PresenceDeps {
  readonly storage: Storage;
  readonly now: () => number;
  readonly issuer_url: string;
}

/**
 * A session of the console as a caller of the admin API; undefined when the request has none that lives.
 * @throws Forbidden when another page made the request, or the second factor is still missing
 */
export function make_identify_session(deps: IdentifySessionDeps): (ctx: Context) => Promise<Operator | undefined> {
  const cookie = make_session_cookie(deps.issuer_url);
  const sessions = make_console_sessions(deps);
  return async (ctx) => {
    const token = cookie.read(ctx);
    if (token === undefined) return undefined;
    // before anything is looked up: nothing of a session shows to another page
    require_page_of(ctx, deps.issuer_url, token);
    const row = await sessions.find(token);
    const operator = row === undefined ? undefined : await operator_of(deps, row);
    if (row === undefined || operator === undefined) return undefined;
    if (wants_factor(deps, row)) throw new Forbidden('second_factor_required', 'Show your second factor first.');
    return operator;
  };
}
