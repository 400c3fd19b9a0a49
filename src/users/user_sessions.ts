import type { Act } from '../audit/index.ts';
import { NotFound, type OrgId, rfc3339 } from '../kernel/index.ts';
import type { UserRow } from '../storage/index.ts';
import { hold_user, require_user } from './find.ts';
import type { UsersDeps } from './record.ts';
import type { PresentedSession } from './schemas.ts';

export interface UserSessions {
  /** Where the person is signed in now, newest first, and in which apps. @throws NotFound */
  sessions(id: string): Promise<PresentedSession[]>;
  /** Ends them all, with every grant and token, also those that outlive a session. @throws NotFound */
  end_sessions(id: string, act: Act): Promise<void>;
  /** @throws NotFound for a session of anybody else as well */
  end_session(id: string, session_id: string, act: Act): Promise<void>;
}

export function user_sessions(deps: UsersDeps, org_id: OrgId): UserSessions {
  const { storage } = deps;
  const recorded = (user: UserRow, after: Record<string, unknown>) => ({
    type: 'user.sessions_ended',
    org_id,
    target: { kind: 'user' as const, id: user.id, name: user.user_name },
    after,
  });
  return {
    async sessions(id) {
      const user = await require_user(storage.org(org_id).users, id);
      const now = deps.now();
      const rows = (await storage.org(org_id).sessions.find({ user_id: user.id })).filter((session) => session.expires_at > now);
      const grants = await storage.org(org_id).app_grants.find({ user_id: user.id });
      return rows
        .sort((a, b) => b.created_at - a.created_at || (a.id < b.id ? -1 : 1))
        .map((row) => ({
          id: row.id,
          connection_id: row.connection_id,
          auth_time: rfc3339(row.auth_time),
          acr: row.acr,
          amr: row.amr,
          ip: row.ip,
          user_agent: row.user_agent,
          apps: apps_of(grants.filter((grant) => grant.session_id === row.id)),
          created_at: rfc3339(row.created_at),
          expires_at: rfc3339(row.expires_at),
        }));
    },
    end_sessions: (id, act) =>
      storage.transact(async (tx) => {
        const user = await hold_user(tx, org_id, id);
        const sessions = await tx.org(org_id).sessions.count({ user_id: user.id });
        await deps.end_access(tx, { org_id, user_id: user.id }, act, 'user.sessions_ended');
        await deps.record(tx, act, recorded(user, { sessions }));
      }),
    end_session: (id, session_id, act) =>
      storage.transact(async (tx) => {
        const user = await hold_user(tx, org_id, id);
        const session = await tx.org(org_id).sessions.find_one({ id: session_id, user_id: user.id });
        if (session === undefined) throw new NotFound('session');
        await deps.end_access(tx, { org_id, session_id: session.id }, act, 'user.sessions_ended');
        await deps.record(tx, act, recorded(user, { session_id: session.id }));
      }),
  };
}

/** Each app once, since when it has known of the session. */
function apps_of(grants: readonly { client_id: string; created_at: number }[]): PresentedSession['apps'] {
  const since = new Map<string, number>();
  for (const { client_id, created_at } of grants) since.set(client_id, Math.min(created_at, since.get(client_id) ?? created_at));
  return [...since].sort(([a], [b]) => (a < b ? -1 : 1)).map(([client_id, at]) => ({ client_id, since: rfc3339(at) }));
}
