import type { Context } from 'koa';
import { z } from 'zod';
import type { Audit } from '../audit/index.ts';
import { type RateLimits, state_of } from '../http/index.ts';
import { hash_token, Unauthenticated } from '../kernel/index.ts';
import { require_own_page } from './same_origin.ts';
import type { ViewDeps } from './session_view.ts';
import { act_of, living_visit, read_body, type Visit } from './visit.ts';

const body = z.strictObject({ key: z.string().min(1).max(1024) });

export interface DoorDeps extends ViewDeps {
  readonly record: Audit['record'];
  readonly rate_limits: Pick<RateLimits, 'check' | 'count' | 'give_back'>;
  readonly now: () => number;
}

/** The key is shown once; what the browser keeps is a session. @throws Unauthenticated | TooMany. Only refused keys count. */
export async function sign_in_by_key(deps: DoorDeps, ctx: Context): Promise<Visit> {
  require_own_page(ctx, deps.issuer_url);
  const { ip } = state_of(ctx);
  await deps.rate_limits.check('credential', ip);
  const { key: secret } = await read_body(ctx, body);
  const key = await deps.keys.of_secret(secret);
  if (key === undefined) {
    await deps.rate_limits.count('credential', ip);
    throw new Unauthenticated('invalid_credentials', 'This key is unknown or expired.');
  }
  const factor = (await deps.factors.rows(key.id)).length > 0 || deps.second_factor_required ? 'wanted' : 'none';
  return enter(deps, ctx, { kind: 'admin_key', subject_id: key.id, credential_hash: hash_token(secret), factor }, key.operator);
}

/** Opens the session; whatever session the browser had before ends. */
export async function enter(
  deps: DoorDeps,
  ctx: Context,
  who: Pick<Visit['row'], 'kind' | 'subject_id' | 'credential_hash' | 'factor'>,
  operator: Visit['operator'],
): Promise<Visit> {
  const { ip } = state_of(ctx);
  const before = deps.cookie.read(ctx);
  const user_agent = ctx.get('user-agent').slice(0, 300);
  const token = await deps.storage.transact(async (tx) => {
    if (before !== undefined) await tx.gateway.console_sessions.delete({ id: hash_token(before) });
    if (who.factor !== 'wanted') await deps.record(tx, act_of(ctx, operator), { type: 'console.signed_in', after: { by: who.kind } });
    return deps.sessions.open(tx, { ...who, ip, user_agent });
  });
  deps.cookie.give(ctx, token);
  const visit = await living_visit(deps, ctx, token);
  if (visit === undefined) throw new Unauthenticated('invalid_credentials', 'This key is unknown or expired.');
  return visit;
}
