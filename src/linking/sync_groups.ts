import type { OrgId } from '../kernel/index.ts';
import type { Tx } from '../storage/index.ts';
import { batches, change_members, fold_name, held_by, insert_group, marks } from '../users/index.ts';

interface Membership {
  group_id: string;
  sources: string;
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
 * Makes the groups that this connection holds a person in exactly the named ones. Where SCIM, the API or another connection holds them as well,
 * they stay when this one lets go. One statement when nothing changed.
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
    `SELECT m."group_id", m."sources", g."display_name", g."display_name_key" FROM "group_members" m
     JOIN "groups" g ON g."org_id" = m."org_id" AND g."id" = m."group_id" WHERE m."org_id" = ? AND m."user_id" = ?
     ORDER BY g."display_name_key"`,
    [org_id, user_id],
  );
  const own = present.filter(({ sources }) => sources.includes(held_by(connection_id)));
  const left: string[] = [];
  for (const { group_id, display_name, display_name_key } of own) {
    if (wanted.has(display_name_key)) continue;
    const { removed } = await change_members(tx, org_id, group_id, { remove: [user_id], drop: [connection_id] }, connection_id);
    if (removed.length > 0) left.push(display_name);
  }
  const held = new Set(own.map((membership) => membership.display_name_key));
  for (const key of held) wanted.delete(key);
  const joined: string[] = [];
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
    // who was in already is held by one more, and joins nothing
    const { added } = await change_members(tx, org_id, id, { add: [user_id] }, connection_id);
    if (added.length > 0) joined.push(display_name);
  }
  return { joined, left, made };
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
