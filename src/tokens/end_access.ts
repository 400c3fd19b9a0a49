import type { AccessScope } from '../kernel/index.ts';
import type { SqlValue, Tx } from '../storage/index.ts';

export interface EndAccessDeps {
  /** Whether this app wants to be told. */
  wants_logout(client_id: string): Promise<boolean>;
  append_outbox(tx: Tx, entry: { org_id: string | null; kind: string; order_key: string; payload: unknown }): Promise<unknown>;
}

/** What ended, for whoever reports it. */
export interface Ended {
  readonly sessions: number;
  readonly apps: number;
  readonly logouts: number;
}

interface GrantRow {
  org_id: string;
  client_id: string;
  user_id: string;
  sid: string;
}

/**
 * Ends every session, grant, token and sign-in in flight of a scope, within the caller's own transaction: no answer leaves before access is over.
 * Back-channel logout is in the outbox by then. JWT access tokens already out end at their `exp`.
 */
export function make_end_access(deps: EndAccessDeps): (tx: Tx, scope: AccessScope) => Promise<Ended> {
  return async (tx, scope) => {
    const { where, values } = condition(scope);
    // In this order, which is that of a sign-in: whoever is about to make the next thing has locked the one before it,
    // and either is seen here when it is done or finds that gone when its turn comes. Nothing slips in between.
    if (where.attempts !== undefined) await tx.sql.run(`DELETE FROM "login_attempts" WHERE ${where.attempts}`, values);
    let sessions = 0;
    if (where.sessions !== undefined) {
      await tx.sql.run(
        `DELETE FROM "oidc_payloads" WHERE "kind" = 'Session' AND "uid_hash" IN (SELECT "uid_hash" FROM "sessions" WHERE ${where.sessions})`,
        values,
      );
      sessions = await tx.sql.run(`DELETE FROM "sessions" WHERE ${where.sessions}`, values);
    }
    const grants = await tx.sql.all<GrantRow>(
      `SELECT "org_id", "client_id", "user_id", "sid" FROM "app_grants" WHERE ${where.grants}`,
      values,
    );
    const sent = new Set<string>();
    for (const grant of grants) {
      const key = `${grant.client_id} ${grant.sid}`;
      if (sent.has(key) || !(await deps.wants_logout(grant.client_id))) continue;
      sent.add(key);
      await append_logout(deps, tx, grant);
    }
    await tx.sql.run(
      `DELETE FROM "oidc_payloads" WHERE "grant_hash" IN (SELECT "grant_hash" FROM "app_grants" WHERE ${where.grants})`,
      values,
    );
    await tx.sql.run(`DELETE FROM "app_grants" WHERE ${where.grants}`, values);
    if ('user_id' in scope) await tx.sql.run(`DELETE FROM "oidc_payloads" WHERE "account_id" = ?`, [scope.user_id]);
    if ('client_id' in scope) await tx.sql.run(`DELETE FROM "oidc_payloads" WHERE "client_id" = ?`, [scope.client_id]);
    return { sessions, apps: grants.length, logouts: sent.size };
  };
}

/** One app learns that one sign-in has ended; deliveries for one person leave in order. */
export async function append_logout(deps: Pick<EndAccessDeps, 'append_outbox'>, tx: Tx, grant: GrantRow): Promise<void> {
  await deps.append_outbox(tx, {
    org_id: grant.org_id,
    kind: 'backchannel_logout',
    order_key: `${grant.client_id}/${grant.user_id}`,
    payload: { client_id: grant.client_id, sub: grant.user_id, sid: grant.sid },
  });
}

interface Condition {
  readonly where: { readonly grants: string; readonly sessions?: string; readonly attempts?: string };
  readonly values: readonly SqlValue[];
}

function condition(scope: AccessScope): Condition {
  if ('client_id' in scope) return { where: { grants: '"client_id" = ?', attempts: '"client_id" = ?' }, values: [scope.client_id] };
  if ('user_id' in scope) return both('"org_id" = ? AND "user_id" = ?', [scope.org_id, scope.user_id]);
  if ('session_id' in scope) {
    const values = [scope.org_id, scope.session_id];
    return { where: { grants: '"org_id" = ? AND "session_id" = ?', sessions: '"org_id" = ? AND "id" = ?' }, values };
  }
  if ('connection_id' in scope) return both('"org_id" = ? AND "connection_id" = ?', [scope.org_id, scope.connection_id], true);
  return both('"org_id" = ?', [scope.org_id], true);
}

const both = (where: string, values: readonly SqlValue[], attempts = false): Condition => ({
  where: { grants: where, sessions: where, ...(attempts && { attempts: where }) },
  values,
});
