import { LoginRefused, new_id, type OrgId } from '../kernel/index.ts';
import type { Storage, Tx } from '../storage/index.ts';
import { unbound } from './account.ts';

/** One sign-in that has just succeeded. Times are epoch milliseconds. */
export interface NewSession {
  readonly org_id: OrgId;
  readonly user_id: string;
  readonly connection_id: string;
  readonly auth_time: number;
  readonly acr: string | undefined;
  readonly amr: readonly string[];
  /** What the connector needs to end the partner's session. */
  readonly upstream: Readonly<Record<string, string>> | undefined;
  /** Hash of the partner's session handle. */
  readonly upstream_hash: string | undefined;
  readonly ip: string;
  readonly user_agent: string | undefined;
  readonly created_at: number;
  readonly expires_at: number;
}

/**
 * Remembers a sign-in; the issuer ties it to the browser's session when the person returns to it. Answers its id.
 * @throws LoginRefused 403 when the person was switched off meanwhile
 */
export async function start_session(tx: Tx, { kind, seal }: Pick<Storage, 'kind' | 'seal'>, session: NewSession): Promise<string> {
  const { org_id, upstream, upstream_hash, user_agent, acr, amr, ...plain } = session;
  // the lock lets nobody switch the person off between this look and the end of this unit of work
  const lock = kind === 'postgres' ? ' FOR SHARE' : '';
  const active = await tx.sql.get<{ kept_out_at: unknown }>(
    `SELECT "kept_out_at" FROM "users" WHERE "org_id" = ? AND "id" = ? AND "active" = ?${lock}`,
    [org_id, session.user_id, true],
  );
  if (active !== undefined && active.kept_out_at !== null) {
    throw new LoginRefused('not_in_allowed_group', 'None of the groups of this person lets them in.', {
      detail: `user ${session.user_id} left the last allowed group while signing in`,
    });
  }
  if (active === undefined) {
    throw new LoginRefused('user_inactive', 'This account is switched off.', {
      detail: `user ${session.user_id} was switched off or deleted while signing in`,
    });
  }
  const id = new_id('ses');
  await tx.org(org_id).sessions.insert({
    ...plain,
    id,
    uid_hash: unbound(id),
    acr: acr ?? null,
    amr: [...amr],
    sealed_upstream: upstream === undefined ? null : seal.seal(JSON.stringify(upstream), `session/${org_id}/${id}`),
    upstream_hash: upstream_hash ?? null,
    user_agent: user_agent?.slice(0, 300) ?? null,
  });
  return id;
}
