import type { Context, Middleware } from 'koa';
import { InvalidInput, NotFound } from '../kernel/index.ts';
import {
  begin_passkey,
  begin_totp,
  confirm_passkey,
  confirm_totp,
  type Enrolled,
  remove_factor,
  renew_recovery_codes,
} from './enrol_factor.ts';
import { session_view, signed_out_view } from './session_view.ts';
import { ask_for_passkey, type FactorDeps, show_passkey, show_recovery_code, show_totp } from './show_factor.ts';
import { sign_in_by_key } from './sign_in_by_key.ts';
import { require_own_page } from './same_origin.ts';
import { living_visit, open_visit, type Visit } from './visit.ts';

export const SESSION_PATH = '/console/session';
const FACTOR = `${SESSION_PATH}/second-factors/`;

type Answer = (deps: FactorDeps, ctx: Context) => Promise<unknown>;

const shown =
  (step: (deps: FactorDeps, ctx: Context) => Promise<Visit>): Answer =>
  async (deps, ctx) =>
    session_view(deps, await step(deps, ctx));

const enrolled =
  (step: (deps: FactorDeps, ctx: Context) => Promise<Enrolled>): Answer =>
  async (deps, ctx) => {
    const { visit, recovery_codes } = await step(deps, ctx);
    return { session: await session_view(deps, visit), recovery_codes };
  };

/** What the console's own pages ask of their session: JSON, for nobody else. Undefined is answered as 204. */
const answers: ReadonlyMap<string, Answer> = new Map<string, Answer>([
  [`GET ${SESSION_PATH}`, who_is_there],
  [`POST ${SESSION_PATH}`, shown(sign_in_by_key)],
  [`DELETE ${SESSION_PATH}`, sign_out],
  [`POST ${SESSION_PATH}/totp`, shown(show_totp)],
  [`POST ${SESSION_PATH}/recovery-code`, shown(show_recovery_code)],
  [`POST ${SESSION_PATH}/passkey/options`, ask_for_passkey],
  [`POST ${SESSION_PATH}/passkey`, shown(show_passkey)],
  [`POST ${FACTOR}totp`, begin_totp],
  [`POST ${FACTOR}totp/confirm`, enrolled(confirm_totp)],
  [`POST ${FACTOR}passkey/options`, begin_passkey],
  [`POST ${FACTOR}passkey`, enrolled(confirm_passkey)],
  [`POST ${SESSION_PATH}/recovery-codes`, async (deps, ctx) => ({ recovery_codes: await renew_recovery_codes(deps, ctx) })],
]);

export function session_routes(deps: FactorDeps): Middleware {
  return async (ctx, next) => {
    if (ctx.path !== SESSION_PATH && !ctx.path.startsWith(`${SESSION_PATH}/`)) return next();
    ctx.set('cache-control', 'no-store');
    const body = await (answer_of(ctx) ?? refuse(ctx))(deps, ctx);
    ctx.status = body === undefined ? 204 : 200;
    if (body !== undefined) ctx.body = body;
  };
}

function answer_of(ctx: Context): Answer | undefined {
  if (ctx.method === 'DELETE' && ctx.path.startsWith(FACTOR)) return (deps) => remove_factor(deps, ctx, ctx.path.slice(FACTOR.length));
  return answers.get(`${ctx.method} ${ctx.path}`);
}

/** @throws InvalidInput 405 | NotFound */
function refuse(ctx: Context): never {
  const methods = [...answers.keys()].filter((key) => key.endsWith(` ${ctx.path}`)).map((key) => key.split(' ')[0] ?? '');
  if (methods.length === 0) throw new NotFound('page');
  ctx.set('allow', methods.join(', '));
  throw new InvalidInput('method_not_allowed', 'This address does not take that method.', { status: 405 });
}

async function who_is_there(deps: FactorDeps, ctx: Context): Promise<unknown> {
  require_own_page(ctx, deps.issuer_url);
  const token = deps.cookie.read(ctx);
  const visit = token === undefined ? undefined : await living_visit(deps, ctx, token);
  if (visit !== undefined) return session_view(deps, visit);
  if (token !== undefined) deps.cookie.clear(ctx);
  return signed_out_view(deps);
}

/** Ends the session here and, for whoever came through Postern, the sign-in that it rests on. */
async function sign_out(deps: FactorDeps, ctx: Context): Promise<undefined> {
  const visit = await open_visit(deps, ctx);
  const { id, kind, credential_hash } = visit.row;
  deps.cookie.clear(ctx);
  await deps.storage.transact(async (tx) => {
    if ((await tx.gateway.console_sessions.delete({ id })) === 1) await deps.record(tx, visit.act, { type: 'console.signed_out' });
  });
  if (kind === 'user') await deps.people?.end(credential_hash);
}
