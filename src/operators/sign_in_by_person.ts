import type { Context, Middleware } from 'koa';
import { type Arrived, make_own_sign_in, query_of, redirect, state_of } from '../http/index.ts';
import { LoginRefused } from '../kernel/index.ts';
import type { OperatorPeople } from './operator.ts';
import { type DoorDeps, enter } from './sign_in_by_key.ts';

const START = '/console/enter';
const RETURN = '/console/callback';

/** Operators who sign in as everybody else does: through the issuer, which sends them to their own identity provider. */
export function person_routes(deps: DoorDeps): Middleware {
  const { people, issuer_url } = deps;
  if (people === undefined) return (_ctx, next) => next();
  const { client_id, organization } = people;
  const sign_in = make_own_sign_in({ issuer_url, client_id, path: RETURN, name: 'postern_console_journey' });
  return async (ctx, next) => {
    if (ctx.method !== 'GET' || (ctx.path !== START && ctx.path !== RETURN)) return next();
    ctx.set('cache-control', 'no-store');
    await deps.rate_limits.count('login', state_of(ctx).ip);
    if (ctx.path === START)
      return sign_in.begin(ctx, { scope: 'openid postern:admin', organization }, inside(query_of(ctx).values['return_to']));
    const arrived = sign_in.arrive(ctx);
    await admit(deps, people, ctx, arrived);
    return redirect(ctx, arrived.return_to);
  };
}

/** @throws LoginRefused when the code is no good, or the person may not use the console */
async function admit(deps: DoorDeps, people: OperatorPeople, ctx: Context, arrived: Arrived): Promise<void> {
  const grant_hash = await people.redeem(arrived);
  if (grant_hash === undefined)
    throw new LoginRefused('login_expired', 'This sign-in has ended.', { status: 400, detail: 'the code is no good' });
  const operator = await people.of_grant(grant_hash);
  const subject_id = operator?.actor.id;
  if (operator === undefined || subject_id === undefined)
    throw new LoginRefused('app_not_allowed', 'You may not use the console.', { detail: 'the person holds no admin role' });
  await enter(deps, ctx, { kind: 'user', subject_id, credential_hash: grant_hash, factor: 'none' }, operator);
}

/** Only a place in the console: whoever made the link does not decide where somebody ends who has just signed in. */
const inside = (path: string | undefined): string =>
  path !== undefined && path.length <= 2000 && /^\/console(?:[/?][\x21-\x5b\x5d-\x7e]*)?$/.test(path) ? path : '/console';
