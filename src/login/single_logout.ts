import { ConnectorError, type Departure, type LogoutMessage } from '../../connectors/connector.ts';
import { allow_frame, frame_of, send_page } from '../http/index.ts';
import { hash_token, NotFound } from '../kernel/index.ts';
import { redirect_page } from '../pages/index.ts';
import { first_use_within, type Tx } from '../storage/index.ts';
import { type Arrival, type Conductor, go } from './conductor.ts';
import { back_from_partner } from './partner_logout.ts';
import { as_login_error } from './refusals.ts';
import { act_of, call_of } from './visit.ts';
import type { Attempt } from './attempt.ts';

/** A logout message of the partner: its person's sessions here end, their apps told, and the partner gets its answer. */
export async function logout_message(conductor: Conductor, arrived: Arrival, notebook: Attempt): Promise<void> {
  const { deps } = conductor;
  const { ctx, connector, callback } = arrived;
  if (connector.logout === undefined) throw new NotFound('page');
  const message = await connector.logout
    .receive(callback, call_of(deps, notebook))
    .catch((error: unknown) => Promise.reject(as_login_error(error, 'callback')));
  if (message.kind === 'answer') return back_from_partner(conductor, ctx, arrived.connection, message);
  const ended = await end_matching(conductor, arrived, message);
  const send = await message.answer?.(ended);
  if (send === undefined) {
    // OpenID Connect Back-Channel Logout 1.0, 2.8: nothing to say
    ctx.status = 200;
    ctx.set('cache-control', 'no-store');
    ctx.body = '';
    return;
  }
  answer(arrived, send);
}

function answer({ ctx }: Arrival, send: Departure['send']): void {
  if (send.method === 'GET') return go({ ctx }, send.url);
  // the partner may have us in a frame among others; the page holds nothing but the way back to it
  allow_frame(ctx, new URL(send.url).origin);
  send_page(ctx, 200, redirect_page({ action: send.url, fields: send.fields }, frame_of(ctx)));
}

interface Candidate {
  id: string;
  user_id: string;
  sealed_upstream: string | null;
}

/** Ends the sessions that the message names, once: a message whose work failed was not used, and may come again. */
async function end_matching(
  { deps }: Conductor,
  { connection, ctx }: Arrival,
  message: Extract<LogoutMessage, { kind: 'request' }>,
): Promise<boolean> {
  const { org_id, id: connection_id } = connection;
  const { key, expires_at } = message.once;
  const first = await deps.storage.transact(async (tx) => {
    if (!(await first_use_within(tx, `connection/${connection_id}`, key, expires_at))) return false;
    // none: over already, and what the partner wants is so
    for (const session of await named_sessions(deps, tx, connection, message)) {
      const act = act_of(ctx, session.user_id);
      await deps.end_access(tx, { org_id, session_id: session.id }, act);
      await deps.record(tx, act, {
        type: 'session.ended',
        org_id,
        target: { kind: 'session', id: session.id },
        after: { by: 'partner', connection_id },
      });
    }
    return true;
  });
  if (!first) throw as_login_error(new ConnectorError('replayed', 'this logout message was used before'), 'callback');
  return true;
}

/** Same subject and, where given, the same session at the partner. */
async function named_sessions(
  { storage }: Conductor['deps'],
  { sql }: Tx,
  { org_id, id }: Arrival['connection'],
  message: Extract<LogoutMessage, { kind: 'request' }>,
): Promise<Candidate[]> {
  const { subject, session } = message;
  const handle = session?.['session_index'] ?? session?.['sid'];
  const candidates: Candidate[] = [];
  if (subject !== undefined) {
    candidates.push(
      ...(await sql.all<Candidate>(
        `SELECT s."id", s."user_id", s."sealed_upstream" FROM "sessions" s JOIN "identities" i ON i."org_id" = s."org_id" AND i."user_id" = s."user_id" AND i."connection_id" = s."connection_id"
         WHERE s."org_id" = ? AND s."connection_id" = ? AND i."subject" = ?`,
        [org_id, id, subject],
      )),
    );
  } else if (handle !== undefined) {
    candidates.push(
      ...(await sql.all<Candidate>(
        `SELECT "id", "user_id", "sealed_upstream" FROM "sessions" WHERE "org_id" = ? AND "connection_id" = ? AND "upstream_hash" = ?`,
        [org_id, id, hash_token(handle)],
      )),
    );
  }
  return candidates.filter((candidate) => {
    if (session === undefined) return true;
    const upstream =
      candidate.sealed_upstream === null
        ? {}
        : (JSON.parse(storage.seal.open(candidate.sealed_upstream, `session/${org_id}/${candidate.id}`)) as Record<string, string>); // sealed by start_session
    return Object.entries(session).every(([name, value]) => upstream[name] === value);
  });
}
