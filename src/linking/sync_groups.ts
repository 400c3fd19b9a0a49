import type { OrgId } from '../kernel/index.ts';
import type { Tx } from '../storage/index.ts';
import { batches, fold_name, insert_group, marks } from '../users/index.ts';

interface Membership {
  group_id: string;
  source: string;
  display_name: string;
  display_name_key: string;
}

export interface GroupChange {
  /** Names. */
  readonly joined: readonly string[];
  readonly left: readonly string[];
  readonly made: readonly { readonly id: string; readonly display_name: string }[];
}

/**
 * Makes the groups that this connection put a person in exactly the named ones. What SCIM, the API or another connection
 * put them in is not touched, also where the name is the same. One statement when nothing changed.
 */
export async function sync_groups(
  tx: Tx,
  org_id: OrgId,
  user_id: string,
  names: readonly string[],
  connection_id: string,
  at: number,
): Promise<GroupChange> {
  const wanted = new Map(names.map((name) => [fold_name(name), name]));
  const present = await tx.sql.all<Membership>(
    `SELECT m."group_id", m."source", g."display_name", g."display_name_key" FROM "group_members" m
     JOIN "groups" g ON g."org_id" = m."org_id" AND g."id" = m."group_id" WHERE m."org_id" = ? AND m."user_id" = ?
     ORDER BY g."display_name_key"`,
    [org_id, user_id],
  );
  const gone = present.filter((membership) => membership.source === connection_id && !wanted.has(membership.display_name_key));
  for (const { group_id } of gone) await tx.org(org_id).group_members.delete({ group_id, user_id, source: connection_id });
  for (const membership of present) wanted.delete(membership.display_name_key);
  // in one order everywhere, so that two sign-ins cannot wait for each other
  const missing = [...wanted].sort(([a], [b]) => (a < b ? -1 : 1));
  const ids = await existing(
    tx,
    org_id,
    missing.map(([key]) => key),
  );
  const made: { id: string; display_name: string }[] = [];
  for (const [key, display_name] of missing) {
    let id = ids.get(key);
    if (id === undefined) {
      const group = await insert_group(tx, org_id, { display_name, source: 'login' }, at);
      if (group !== undefined) made.push({ id: group.id, display_name });
      id = group?.id ?? (await existing(tx, org_id, [key])).get(key);
    }
    if (id === undefined) continue;
    await tx.sql.run(`INSERT INTO "group_members" ("org_id", "group_id", "user_id", "source") VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`, [
      org_id,
      id,
      user_id,
      connection_id,
    ]);
  }
  return { joined: missing.map(([, name]) => name), left: gone.map((membership) => membership.display_name), made };
}

async function existing(tx: Tx, org_id: OrgId, keys: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const batch of batches(keys)) {
    const rows = await tx.sql.all<{ id: string; display_name_key: string }>(
      `SELECT "id", "display_name_key" FROM "groups" WHERE "org_id" = ? AND "display_name_key" IN (${marks(batch)})`,
      [org_id, ...batch],
    );
    for (const row of rows) found.set(row.display_name_key, row.id);
  }
  return found;
}
