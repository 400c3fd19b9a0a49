import { createHash } from 'node:crypto';
import type { Context, Middleware } from 'koa';
import { z } from 'zod';
import { own_cookie, query_of, state_of } from '../http/index.ts';
import { LoginRefused, random_token, same_secret } from '../kernel/index.ts';
import type { OperatorPeople } from './operator.ts';
import { type DoorDeps, enter } from './sign_in_by_key.ts';

const START = '/console/enter';
const RETURN = '/console/callback';
const TEN_MINUTES_MS = 600_000;

/** What this browser is on its way with. */
const journey = z.object({ state: z.string(), nonce: z.string(), code_verifier: z.string(), return_to: z.string() });

/** Operators who sign in as everybody else does: through the issuer, which sends them to their own identity provider (code flow with PKCE, RFC 7636). */
export function person_routes(deps: DoorDeps): Middleware {
  const { people, issuer_url } = deps;
  // Lax: the answer arrives by redirects that began elsewhere
  const kept = own_cookie(issuer_url, 'postern_console_journey');
  const redirect_uri = `${issuer_url}${RETURN}`;
  return async (ctx, next) => {
    if (people === undefined || ctx.method !== 'GET' || (ctx.path !== START && ctx.path !== RETURN)) return next();
    ctx.set('cache-control', 'no-store');
    await deps.rate_limits.count('login', state_of(ctx).ip);
    if (ctx.path === RETURN) {
      const { return_to, ...sent } = read_journey(kept.get(ctx));
      kept.clear(ctx);
      await arrive(deps, people, ctx, { ...sent, redirect_uri });
      return redirect(ctx, return_to);
    }
    const begun = {
      state: random_token(),
      nonce: random_token(),
      code_verifier: random_token(),
      return_to: inside(query_of(ctx).values['return_to']),
    };
    kept.set(ctx, Buffer.from(JSON.stringify(begun)).toString('base64url'), TEN_MINUTES_MS);
    const { state, nonce, code_verifier } = begun;
    const parameters = new URLSearchParams({
      ...{ client_id: people.client_id, redirect_uri, response_type: 'code', scope: 'openid postern:admin' },
      ...{ organization: people.organization, state, nonce },
      ...{ code_challenge: createHash('sha256').update(code_verifier).digest('base64url'), code_challenge_method: 'S256' },
    });
    redirect(ctx, `/authorize?${parameters.toString()}`);
  };
}

/** @throws LoginRefused when the answer is not to what this browser asked, or the person may not use the console */
async function arrive(
  deps: DoorDeps,
  people: OperatorPeople,
  ctx: Context,
  sent: { readonly state: string; readonly nonce: string; readonly code_verifier: string; readonly redirect_uri: string },
): Promise<void> {
  const { values, repeated } = query_of(ctx);
  const { code = '', state = '', iss = '', error } = values;
  // RFC 9207: the answer is of our own issuer
  if (repeated.length > 0 || !same_secret(state, sent.state) || iss !== deps.issuer_url)
    throw new LoginRefused('browser_mismatch', 'This sign-in was not begun in this browser.', {
      status: 400,
      detail: 'state or iss is not ours',
    });
  if (error !== undefined)
    throw new LoginRefused('denied', 'You are not signed in to the console.', { detail: `the issuer answered ${error.slice(0, 100)}` });
  const grant_hash = await people.redeem({ ...sent, code });
  if (grant_hash === undefined)
    throw new LoginRefused('login_expired', 'This sign-in has ended.', { status: 400, detail: 'the code is no good' });
  const operator = await people.of_grant(grant_hash);
  const subject_id = operator?.actor.id;
  if (operator === undefined || subject_id === undefined)
    throw new LoginRefused('app_not_allowed', 'You may not use the console.', { detail: 'the person holds no admin role' });
  await enter(deps, ctx, { kind: 'user', subject_id, credential_hash: grant_hash, factor: 'none' }, operator);
}

/** @throws LoginRefused */
function read_journey(cookie: string | undefined): z.output<typeof journey> {
  if (cookie === undefined)
    throw new LoginRefused('cookies_blocked', 'This sign-in has ended, or belongs to another browser.', { status: 400 });
  try {
    return journey.parse(JSON.parse(Buffer.from(cookie, 'base64url').toString()));
  } catch (cause) {
    throw new LoginRefused('login_expired', 'This sign-in has ended.', { status: 400, cause });
  }
}

/** Only a place in the console: whoever made the link does not decide where somebody ends who has just signed in. */
const inside = (path: string | undefined): string =>
  path !== undefined && path.length <= 2000 && /^\/console(?:[/?][\x21-\x5b\x5d-\x7e]*)?$/.test(path) ? path : '/console';

/** A plain answer: Koa would write the address into a page as well. */
function redirect(ctx: Context, path: string): void {
  ctx.status = 303;
  ctx.set('location', path);
  ctx.body = '';
}
