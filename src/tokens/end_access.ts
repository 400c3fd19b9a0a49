import type { Act, NewReceipt } from '../audit/index.ts';
import type { AccessScope } from '../kernel/index.ts';
import type { SqlValue, Tx } from '../storage/index.ts';

export interface EndAccessDeps {
  /** Whether this app wants to be told. */
  wants_logout(client_id: string): Promise<boolean>;
  append_outbox(tx: Tx, entry: { org_id: string | null; kind: string; order_key: string; payload: unknown }): Promise<string>;
  /** Accounts at apps that are told of their people: switched off in the same unit of work. */
  end_accounts?(
    tx: Tx,
    scope: AccessScope,
  ): Promise<readonly { readonly target_id: string; readonly client_id: string; readonly user_id: string; readonly delivery_id: string }[]>;
  /** Apps that hear of it as security events: appended in the same unit of work. Answers the deliveries, by `client_id sid`. */
  tell_signals?(tx: Tx, ended: readonly EndedForApp[], why?: Why): Promise<ReadonlyMap<string, string>>;
  /** In the same unit of work: what ended, session by session and app by app. */
  open_receipt?(tx: Tx, receipt: NewReceipt): Promise<void>;
}

/** Why access ends, where somebody will want proof of it. */
export interface Why {
  readonly act: Act;
  /** The type of the event that ends it. */
  readonly reason: string;
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
  /** Who the app thinks that is; null: the user id. */
  told_sub: string | null;
  sid: string;
}

/** One sign-in of which one app knew. */
export type EndedForApp = Readonly<GrantRow>;

interface EndedGrant extends GrantRow {
  grant_hash: string;
  session_id: string;
}

/**
 * Ends every session, grant, token and sign-in in flight of a scope, within the caller's own transaction: no answer leaves before access is over.
 * Back-channel logout is in the outbox by then. JWT access tokens already out end at their `exp`.
 */
export function make_end_access(deps: EndAccessDeps): (tx: Tx, scope: AccessScope, why?: Why) => Promise<Ended> {
  return async (tx, scope, why) => {
    const { where, values } = condition(scope);
    // In this order, which is that of a sign-in: whoever is about to make the next thing has locked the one before it,
    // and either is seen here when it is done or finds that gone when its turn comes. Nothing slips in between.
    if (where.attempts !== undefined) await tx.sql.run(`DELETE FROM "login_attempts" WHERE ${where.attempts}`, values);
    let sessions: { id: string; user_id: string }[] = [];
    if (where.sessions !== undefined) {
      await tx.sql.run(
        `DELETE FROM "oidc_payloads" WHERE "kind" = 'Session' AND "uid_hash" IN (SELECT "uid_hash" FROM "sessions" WHERE ${where.sessions})`,
        values,
      );
      sessions = await tx.sql.all(`DELETE FROM "sessions" WHERE ${where.sessions} RETURNING "id", "user_id"`, values);
    }
    const grants = await tx.sql.all<EndedGrant>(
      `SELECT "org_id", "grant_hash", "session_id", "client_id", "user_id", "told_sub", "sid" FROM "app_grants" WHERE ${where.grants}`,
      values,
    );
    const sent = new Map<string, string>();
    for (const grant of grants) {
      const key = key_of(grant);
      if (sent.has(key) || !(await deps.wants_logout(grant.client_id))) continue;
      sent.set(key, await append_logout(deps, tx, grant));
    }
    const told = new Map(grants.map((grant) => [key_of(grant), grant]));
    const signals = told.size === 0 ? undefined : await deps.tell_signals?.(tx, [...told.values()], why);
    const accounts = why === undefined ? [] : ((await deps.end_accounts?.(tx, scope)) ?? []);
    if (why !== undefined && deps.open_receipt !== undefined && 'org_id' in scope) {
      const tokens = await tokens_of(tx, where.grants, values);
      const of_sessions = sessions.map(({ id, user_id }) => ({ ...{ id, user_id, kind: 'session' as const, session_id: id }, ...NO_APP }));
      const of_apps = grants.map(({ grant_hash, user_id, session_id, client_id, sid }) => ({
        ...{ id: grant_hash, user_id, kind: 'app' as const, session_id, client_id },
        ...{ tokens: tokens.get(grant_hash) ?? 0, delivery_id: sent.get(key_of({ client_id, sid })) ?? null },
      }));
      const of_accounts = accounts.map(({ target_id, client_id, user_id: whose, delivery_id }) => ({
        ...{ id: `${target_id}/${whose}`, user_id: whose, kind: 'account' as const, session_id: '', client_id, tokens: 0, delivery_id },
      }));
      const of_signals = [...told].flatMap(([key, { grant_hash, user_id: whose, session_id, client_id }]) => {
        const delivery_id = signals?.get(key);
        return delivery_id === undefined
          ? []
          : [{ id: `${grant_hash}/signal`, user_id: whose, kind: 'signal' as const, session_id, client_id, tokens: 0, delivery_id }];
      });
      const user_id = 'user_id' in scope ? scope.user_id : null;
      const entries = [...of_sessions, ...of_apps, ...of_signals, ...of_accounts];
      await deps.open_receipt(tx, { ...why, org_id: scope.org_id, user_id, entries });
    }
    await tx.sql.run(
      `DELETE FROM "oidc_payloads" WHERE "grant_hash" IN (SELECT "grant_hash" FROM "app_grants" WHERE ${where.grants})`,
      values,
    );
    await tx.sql.run(`DELETE FROM "app_grants" WHERE ${where.grants}`, values);
    // of the same columns as an app's grant
    if (where.sessions !== undefined) await tx.sql.run(`DELETE FROM "rechecks" WHERE ${where.grants}`, values);
    if ('user_id' in scope && 'client_id' in scope) {
      await tx.sql.run(`DELETE FROM "oidc_payloads" WHERE "account_id" = ? AND "client_id" = ?`, [scope.user_id, scope.client_id]);
    } else if ('user_id' in scope) await tx.sql.run(`DELETE FROM "oidc_payloads" WHERE "account_id" = ?`, [scope.user_id]);
    else if ('client_id' in scope) await tx.sql.run(`DELETE FROM "oidc_payloads" WHERE "client_id" = ?`, [scope.client_id]);
    return { sessions: sessions.length, apps: grants.length, logouts: sent.size };
  };
}

const NO_APP = { client_id: null, tokens: 0, delivery_id: null };

/** What an app is told of once. */
const key_of = ({ client_id, sid }: Pick<GrantRow, 'client_id' | 'sid'>): string => `${client_id} ${sid}`;

async function tokens_of(tx: Tx, grants: string, values: readonly SqlValue[]): Promise<Map<string, number>> {
  const rows = await tx.sql.all<{ grant_hash: string; tokens: number }>(
    `SELECT "grant_hash", COUNT(*) AS "tokens" FROM "oidc_payloads" WHERE "kind" IN ('AccessToken', 'RefreshToken')
     AND "grant_hash" IN (SELECT "grant_hash" FROM "app_grants" WHERE ${grants}) GROUP BY "grant_hash"`,
    values,
  );
  return new Map(rows.map((row) => [row.grant_hash, row.tokens]));
}

/** One app learns that one sign-in has ended. In order for each sign-in only: an app that knows nothing of one any more, and says so by an error, still hears at once that another has ended. */
export async function append_logout(deps: Pick<EndAccessDeps, 'append_outbox'>, tx: Tx, grant: GrantRow): Promise<string> {
  return deps.append_outbox(tx, {
    org_id: grant.org_id,
    kind: 'backchannel_logout',
    order_key: `${grant.client_id}/${grant.user_id}/${grant.sid}`,
    payload: { client_id: grant.client_id, sub: grant.told_sub ?? grant.user_id, sid: grant.sid },
  });
}

interface Condition {
  readonly where: { readonly grants: string; readonly sessions?: string; readonly attempts?: string };
  readonly values: readonly SqlValue[];
}

function condition(scope: AccessScope): Condition {
  if ('client_id' in scope && 'user_id' in scope)
    return {
      where: { grants: '"org_id" = ? AND "user_id" = ? AND "client_id" = ?' },
      values: [scope.org_id, scope.user_id, scope.client_id],
    };
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
