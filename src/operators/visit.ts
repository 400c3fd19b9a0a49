import type { Context } from 'koa';
import { z } from 'zod';
import type { Act } from '../audit/index.ts';
import { json_body, state_of } from '../http/index.ts';
import { InvalidInput, Unauthenticated } from '../kernel/index.ts';
import type { ConsoleSessionRow } from '../storage/index.ts';
import type { Operator } from './operator.ts';
import { operator_of, type PresenceDeps } from './present_operator.ts';
import { require_page_of } from './same_origin.ts';
import type { SessionCookie } from './session_cookie.ts';
import type { ConsoleSessions } from './sessions.ts';

/** One request of somebody who has a session, whether or not the second factor was shown. */
export interface Visit {
  readonly ctx: Context;
  readonly token: string;
  readonly row: ConsoleSessionRow;
  readonly operator: Operator;
  readonly act: Act;
}

export interface VisitDeps extends PresenceDeps {
  readonly issuer_url: string;
  readonly cookie: SessionCookie;
  readonly sessions: ConsoleSessions;
}

/** @throws Unauthenticated when no session lives | Forbidden when another page asks */
export async function open_visit(deps: VisitDeps, ctx: Context): Promise<Visit> {
  const token = deps.cookie.read(ctx);
  if (token === undefined) throw signed_out();
  require_page_of(ctx, deps.issuer_url, token);
  return (await living_visit(deps, ctx, token)) ?? refuse();
}

/** The same for whoever only looks who is there. */
export async function living_visit(deps: VisitDeps, ctx: Context, token: string): Promise<Visit | undefined> {
  const row = await deps.sessions.find(token);
  const operator = row === undefined ? undefined : await operator_of(deps, row);
  return row === undefined || operator === undefined ? undefined : { ctx, token, row, operator, act: act_of(ctx, operator) };
}

export function act_of(ctx: Context, { actor, role }: Operator): Act {
  const { request_id, ip } = state_of(ctx);
  return { actor, role, request_id, ip };
}

function refuse(): never {
  throw signed_out();
}

const signed_out = (): Unauthenticated => new Unauthenticated('console_signed_out', 'You are not signed in to the console.');

const read_json = json_body(64 * 1024, ['application/json']);

/** @throws InvalidInput naming every wrong field */
export async function read_body<Body>(ctx: Context, schema: z.ZodType<Body>): Promise<Body> {
  await read_json(ctx, async () => {});
  const result = schema.safeParse(ctx.request.body ?? {});
  if (result.success) return result.data;
  throw new InvalidInput('invalid_body', 'Some fields are wrong.', {
    status: 422,
    fields: result.error.issues.slice(0, 20).map(({ path, message }) => ({ path: path.join('.'), message })),
  });
}
