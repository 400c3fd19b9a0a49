import { hash_token } from '../kernel/index.ts';
import type { Identity } from '../../connectors/connector.ts';
import { state_of } from '../http/index.ts';
import { LinkQuestion } from '../linking/index.ts';
import { start_session } from '../tokens/index.ts';
import type { Attempt } from './attempt.ts';
import { type Conductor, go, usable } from './conductor.ts';
import type { LoginDeps } from './deps.ts';
import { keep_recheck } from './recheck.ts';
import { said_by } from './said.ts';
import { trace_of } from './trace.ts';
import { act_of, note, remember_org, type Visit } from './visit.ts';

/** Who the partner said this is, while the person is asked whether the account with this address is theirs. */
export type AskedIdentity = Identity & { readonly link_email?: string };

/** The partner said who this is: links the person, opens the session, ends the attempt, and sends the browser back to the issuer. */
export async function finish(
  { deps, attempts }: Conductor,
  visit: Visit,
  attempt: Attempt,
  identity: Identity,
  { confirmed = false } = {},
): Promise<void> {
  const { ctx, waiting } = visit;
  const { connection, organization } = await usable(deps, visit, attempt);
  const { request_id, ip } = state_of(ctx);
  const linked = await link(deps, {
    org_id: organization.id,
    connection,
    identity,
    act: { actor: { kind: 'user', name: identity.subject }, request_id, ip },
    confirmed,
    note: (check) => note(deps, attempt, check),
  });
  if (linked instanceof LinkQuestion) {
    await attempts.keep_answer(attempt, { ...identity, link_email: linked.email } satisfies AskedIdentity);
    return go(visit, `/login/${attempt.id}/link`);
  }
  const { user_id, created } = linked;
  await deps.after_login?.({
    ...{ org_id: organization.id, user_id, created, connection_id: connection.id, client_id: attempt.client_id },
    ...{ acr: identity.acr, amr: identity.amr ?? [] },
  });
  const now = deps.now();
  const auth_time = Math.min(identity.authenticated_at ?? now, now);
  const expires_at = Math.min(now + deps.session_seconds * 1000, identity.session_expires_at ?? Number.POSITIVE_INFINITY);
  const upstream_session = identity.session?.['session_index'] ?? identity.session?.['sid'];
  note(deps, attempt, { name: 'session', ok: true, detail: `until ${new Date(expires_at).toISOString()}` });
  const connector = await deps.connector(connection.id);
  const session_id = await deps.storage.transact(async (tx) => {
    await attempts.finish(tx, attempt);
    const id = await start_session(tx, deps.storage, {
      org_id: organization.id,
      user_id,
      connection_id: connection.id,
      auth_time,
      acr: identity.acr,
      amr: identity.amr ?? [],
      upstream: identity.session,
      upstream_hash: upstream_session === undefined ? undefined : hash_token(upstream_session),
      ip,
      user_agent: ctx.get('user-agent') || undefined,
      created_at: now,
      expires_at,
    });
    await keep_recheck(tx, deps.storage, connector, {
      ...{ org_id: organization.id, session_id: id, user_id, connection_id: connection.id, now },
      kept: identity.recheck,
      // an app's grant may be made until the session ends, and lives on from there
      expires_at: expires_at + deps.refresh_seconds * 1000,
    });
    await deps.save_trace(tx, trace_of(deps, attempt, { outcome: 'succeeded', code: null, user_id, personal: said_by(identity) }));
    await deps.record(tx, act_of(ctx, user_id), {
      type: 'login.succeeded',
      org_id: organization.id,
      target: { kind: 'user', id: user_id },
      after: { connection_id: connection.id, client_id: attempt.client_id, session_id: id, reference: attempt.reference, created },
    });
    return id;
  });
  await waiting.signed_in({ account_id: user_id, session_id, auth_time, acr: identity.acr, amr: identity.amr ?? [] });
  remember_org(deps, ctx, organization.id);
  deps.observe('succeeded', connection.protocol, '', deps.now() - attempt.started_at);
  go(visit, waiting.return_url);
}

/** What linking asks is an answer here. */
async function link(
  deps: LoginDeps,
  input: Parameters<LoginDeps['link']>[0],
): Promise<LinkQuestion | { user_id: string; created: boolean }> {
  try {
    return await deps.link(input);
  } catch (error) {
    if (error instanceof LinkQuestion) return error;
    throw error;
  }
}
