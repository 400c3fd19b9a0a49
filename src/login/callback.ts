import type { Context } from 'koa';
import type { Identity } from '../../connectors/connector.ts';
import { form_of, query_of } from '../http/index.ts';
import { LoginRefused, NotFound } from '../kernel/index.ts';
import type { Attempt } from './attempt.ts';
import { own_attempt } from './choose.ts';
import { type Arrival, type Conductor, go, usable } from './conductor.ts';
import { finish } from './finish.ts';
import { as_login_error, refused } from './refusals.ts';
import { start } from './start.ts';
import { end_test } from './try_connection.ts';
import { call_of, type Visit } from './visit.ts';

/** @throws NotFound when no such connection speaks this protocol */
export async function arrival({ deps }: Conductor, ctx: Context, protocol: 'saml' | 'oidc', connection_id: string): Promise<Arrival> {
  const connection = await deps.directory.connection_view(connection_id);
  if (connection?.protocol !== protocol) throw new NotFound('page');
  const connector = await deps.connector(connection.id);
  if (connector.kind !== 'redirect') throw new NotFound('page');
  const { values, repeated } = ctx.method === 'POST' ? form_of(ctx) : query_of(ctx);
  const method = ctx.method === 'POST' ? 'POST' : 'GET';
  return {
    ctx,
    connection,
    connector,
    callback: { method, parameters: values, repeated, ...(method === 'GET' && { query: ctx.querystring }) },
  };
}

/** The attempt that a message answers; undefined when the message claims to answer none. @throws LoginRefused 400 for one that is unknown, expired or answered */
export async function answered_attempt(
  { attempts }: Conductor,
  { connector, callback, connection }: Arrival,
): Promise<{ attempt: Attempt; handle: string } | undefined> {
  const handle = connector.handle_of(callback);
  if (handle === undefined) return undefined;
  const attempt = await attempts.find_by_handle(handle, connection.id);
  if (attempt !== undefined) return { attempt, handle };
  if (connector.finish_unsolicited !== undefined || connector.unsolicited === 'convert') return undefined;
  throw new LoginRefused('login_not_found', 'This answer belongs to no sign-in that is waiting for it.', {
    status: 400,
    detail: 'handle unknown, expired or answered',
  });
}

/** Verifies the partner's answer and keeps it for the browser that asked. Whose browser this is shows itself at `/login/{uid}/return`. */
export async function take_answer(conductor: Conductor, arrived: Arrival, attempt: Attempt, handle: string): Promise<void> {
  const { deps, attempts } = conductor;
  const { ctx, connector, callback } = arrived;
  const browser = deps.browsers.known(ctx);
  // a redirect by GET brings the Lax cookie, so that nobody else's browser can use up the answer; a cross-site POST cannot
  if (callback.method === 'GET' && browser?.hash !== attempt.browser_hash) {
    throw new LoginRefused('browser_mismatch', 'This sign-in was started in another browser.', { status: 400 });
  }
  // a test lets nobody in: it may try a connection that is switched off
  if (attempt.purpose === 'login') await usable(deps, undefined, attempt);
  if (attempt.pending === undefined) throw new LoginRefused('login_not_found', 'Nothing is waiting for this answer.', { status: 400 });
  const outcome = await connector
    .finish(callback, attempt.pending, call_of(deps, attempt))
    .catch((error: unknown) => Promise.reject(as_login_error(error, 'callback')));
  if (!outcome.ok) throw refused(outcome.reason, outcome.detail);
  if (attempt.purpose === 'test') return end_test(conductor, ctx, attempt, { identity: outcome.identity });
  await attempts.answer(attempt, handle, outcome.identity).catch((error: unknown) => Promise.reject(as_login_error(error, 'callback')));
  go({ ctx }, `/login/${attempt.id}/return`);
}

/** Back from the partner, in the browser that left: the kept answer becomes a sign-in. */
export async function came_back(conductor: Conductor, visit: Visit): Promise<void> {
  const attempt = await own_attempt(conductor, visit);
  if (attempt.answer === undefined) return start(conductor, visit);
  await finish(conductor, visit, attempt, attempt.answer as Identity); // sealed by take_answer
}
