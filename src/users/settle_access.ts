import type { Act } from '../audit/index.ts';
import type { OrgId } from '../kernel/index.ts';
import { policy_of } from '../organizations/index.ts';
import type { SqlValue, Tx } from '../storage/index.ts';
import { batches, marks } from './batches.ts';
import { fold_name } from './fold.ts';
import type { WriteDeps } from './record.ts';

/**
 * The one place where being in a group, or no longer, becomes being let in: whoever is in none of the organization's allowed groups loses every session, grant
 * and token in the caller's unit of work, as one who is switched off; whoever is in one again may sign in again. Called wherever memberships change, whoever changes them.
 */
export async function settle_access(deps: WriteDeps, tx: Tx, org_id: OrgId, user_ids: readonly string[], act: Act): Promise<void> {
  const { allowed_groups = [] } = await policy_of(tx, org_id);
  // without such a policy nobody is kept out: whoever took it away let everybody in
  if (allowed_groups.length === 0) return;
  for (const batch of batches([...new Set(user_ids)].sort()))
    await settle(deps, tx, org_id, allowed_groups, act, { sql: `u."id" IN (${marks(batch)})`, values: batch });
}

/** The same for everybody of the organization: the policy, or what the groups are called, has changed. */
export async function settle_everyone(deps: WriteDeps, tx: Tx, org_id: OrgId, act: Act): Promise<void> {
  const { allowed_groups = [] } = await policy_of(tx, org_id);
  await settle(deps, tx, org_id, allowed_groups, act, { sql: '1 = 1', values: [] });
}

/** How many of these people have no allowed group but those that they are about to leave. */
export async function would_be_kept_out(tx: Tx, org_id: OrgId, leaving: ReadonlyMap<string, ReadonlySet<string>>): Promise<Set<string>> {
  const { allowed_groups = [] } = await policy_of(tx, org_id);
  const kept_out = new Set<string>();
  if (allowed_groups.length === 0) return kept_out;
  for (const batch of batches([...leaving.keys()])) {
    const rows = await tx.sql.all<{ user_id: string; group_id: string }>(
      `SELECT m."user_id", m."group_id" FROM "group_members" m JOIN "groups" g ON g."org_id" = m."org_id" AND g."id" = m."group_id"
       WHERE m."org_id" = ? AND m."user_id" IN (${marks(batch)}) AND ${is_allowed(allowed_groups)}`,
      [org_id, ...batch, ...allowed_values(allowed_groups)],
    );
    const allowed = Map.groupBy(rows, (row) => row.user_id);
    for (const [user_id, groups] of allowed)
      if (groups.every(({ group_id }) => leaving.get(user_id)?.has(group_id) === true)) kept_out.add(user_id);
  }
  return kept_out;
}

interface Row {
  id: string;
  user_name: string;
  kept_out_at: number | string | null;
}

async function settle(
  deps: WriteDeps,
  tx: Tx,
  org_id: OrgId,
  allowed: readonly string[],
  act: Act,
  which: { readonly sql: string; readonly values: readonly SqlValue[] },
): Promise<void> {
  const inside =
    allowed.length === 0
      ? '1 = 1'
      : `EXISTS (SELECT 1 FROM "group_members" m JOIN "groups" g ON g."org_id" = m."org_id" AND g."id" = m."group_id"
           WHERE m."org_id" = u."org_id" AND m."user_id" = u."id" AND ${is_allowed(allowed)})`;
  const wrong = await tx.sql.all<Row>(
    `SELECT u."id", u."user_name", u."kept_out_at" FROM "users" u WHERE u."org_id" = ? AND ${which.sql}
       AND CASE WHEN ${inside} THEN u."kept_out_at" IS NOT NULL ELSE u."kept_out_at" IS NULL END ORDER BY u."id"`,
    [org_id, ...which.values, ...allowed_values(allowed)],
  );
  const at = deps.now();
  for (const { id, user_name, kept_out_at } of wrong) {
    const shut = kept_out_at === null;
    await tx.sql.run(`UPDATE "users" SET "kept_out_at" = ?, "updated_at" = ?, "version" = "version" + 1 WHERE "org_id" = ? AND "id" = ?`, [
      shut ? at : null,
      at,
      org_id,
      id,
    ]);
    const type = shut ? 'user.kept_out' : 'user.let_in';
    if (shut) await deps.end_access(tx, { org_id, user_id: id }, act, type);
    await deps.record(tx, act, { type, org_id, target: { kind: 'user', id, name: user_name }, after: { in_allowed_group: !shut } });
  }
}

const is_allowed = (allowed: readonly string[]): string => `(g."display_name_key" IN (${marks(allowed)}) OR g."id" IN (${marks(allowed)}))`;
const allowed_values = (allowed: readonly string[]): string[] => (allowed.length === 0 ? [] : [...allowed.map(fold_name), ...allowed]);
