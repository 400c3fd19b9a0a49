import type { Act } from '../audit/index.ts';
import { new_group_id, type OrgId } from '../kernel/index.ts';
import type { GroupRow, SqlValue, Tx } from '../storage/index.ts';
import { batches, marks } from './batches.ts';
import { fold_name } from './fold.ts';
import type { WriteDeps } from './record.ts';
import { settle_access } from './settle_access.ts';

export interface NewGroup {
  readonly display_name: string;
  readonly external_id?: string | null;
  readonly scim?: Readonly<Record<string, unknown>>;
  readonly source: GroupRow['source'];
}

/** Inserts a group; undefined when its name is taken in this organization. Records nothing. */
export async function insert_group(tx: Tx, org_id: OrgId, group: NewGroup, at: number): Promise<GroupRow | undefined> {
  const row: GroupRow = {
    org_id,
    id: new_group_id(),
    display_name: group.display_name,
    display_name_key: fold_name(group.display_name),
    external_id: group.external_id ?? null,
    scim: { ...group.scim },
    source: group.source,
    created_at: at,
    updated_at: at,
    version: 1,
  };
  const columns = Object.keys(row).map((column) => `"${column}"`);
  const values = Object.values<unknown>({ ...row }).map((value) =>
    // a column holds JSON or what a statement takes
    typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as SqlValue),
  );
  const inserted = await tx.sql.run(
    `INSERT INTO "groups" (${columns.join(', ')}) VALUES (${marks(columns)}) ON CONFLICT ("org_id", "display_name_key") DO NOTHING`,
    values,
  );
  return inserted === 1 ? row : undefined;
}

export interface MemberChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Who was to go and is kept in by somebody else. */
  readonly kept?: readonly string[];
}

/** Who says that somebody is in a group: `api`, `scim`, or a connection, by its sign-ins and its sync alike. */
export type MemberSource = string;

/** `held`: a source among all those of one membership. */
export const held_by = (source: MemberSource): string => ` ${source} `;

/**
 * Puts people into a group and takes others out. Who is in already is held by one more; who is taken out goes once nobody holds them: `drop` says
 * whose word counts for that (`*`: everybody's, so that they go at once). Unknown and foreign ids are ignored.
 */
export async function change_members(
  tx: Tx,
  org_id: OrgId,
  group_id: string,
  change: { readonly add?: readonly string[]; readonly remove?: readonly string[]; readonly drop?: '*' | readonly MemberSource[] },
  source: MemberSource,
): Promise<MemberChange> {
  const added: string[] = [];
  const removed: string[] = [];
  const held = held_by(source);
  for (const batch of batches([...new Set(change.remove)].sort()))
    removed.push(...(await take_out(tx, org_id, group_id, batch, change.drop ?? '*')));
  for (const batch of batches([...new Set(change.add)].sort())) {
    // ordered, so that two units of work cannot wait for each other
    const rows = await tx.sql.all<{ user_id: string; sources: string }>(
      `INSERT INTO "group_members" ("org_id", "group_id", "user_id", "sources")
       SELECT "org_id", ?, "id", ? FROM "users" WHERE "org_id" = ? AND "id" IN (${marks(batch)}) ORDER BY "id"
       ON CONFLICT ("org_id", "group_id", "user_id") DO UPDATE SET "sources" = "group_members"."sources" || ?
         WHERE "group_members"."sources" NOT LIKE ? RETURNING "user_id", "sources"`,
      [group_id, held, org_id, ...batch, `${source} `, `%${held}%`],
    );
    added.push(...rows.filter((row) => row.sources === held).map((row) => row.user_id));
  }
  return { added, removed };
}

async function take_out(
  tx: Tx,
  org_id: OrgId,
  group_id: string,
  user_ids: readonly string[],
  drop: '*' | readonly MemberSource[],
): Promise<string[]> {
  const those = `"org_id" = ? AND "group_id" = ? AND "user_id" IN (${marks(user_ids)})`;
  const values = [org_id, group_id, ...user_ids];
  if (drop !== '*')
    for (const source of drop) {
      const held = held_by(source);
      await tx.sql.run(`UPDATE "group_members" SET "sources" = REPLACE("sources", ?, ' ') WHERE ${those} AND "sources" LIKE ?`, [
        held,
        ...values,
        `%${held}%`,
      ]);
    }
  const gone = drop === '*' ? those : `${those} AND "sources" = ' '`;
  const rows = await tx.sql.all<{ user_id: string }>(`DELETE FROM "group_members" WHERE ${gone} RETURNING "user_id"`, values);
  return rows.map((row) => row.user_id);
}

/** Makes the members of a group exactly these, by set arithmetic: whoever is in both is held by one more. Records what changed. */
export async function set_members(
  deps: WriteDeps,
  tx: Tx,
  group: Pick<GroupRow, 'org_id' | 'id' | 'display_name'>,
  user_ids: readonly string[],
  source: MemberSource,
  drop: '*' | readonly MemberSource[],
  act: Act,
): Promise<MemberChange> {
  const org_id = group.org_id as OrgId; // a row comes from its organization's store
  const wanted = new Set(user_ids);
  const present = await tx.org(org_id).group_members.find({ group_id: group.id });
  const held = new Set(present.filter(({ sources }) => sources.includes(held_by(source))).map(({ user_id }) => user_id));
  const remove = present.map(({ user_id }) => user_id).filter((id) => !wanted.has(id));
  const done = await change_members(tx, org_id, group.id, { add: [...wanted].filter((id) => !held.has(id)), remove, drop }, source);
  await record_members(deps, tx, group, done, act);
  const gone = new Set(done.removed);
  return { ...done, kept: remove.filter((id) => !gone.has(id)) };
}

/** Says in the audit record who came and who went, and lets in and keeps out who may now sign in, or no longer may; does nothing when nobody did. */
export async function record_members(
  deps: WriteDeps,
  tx: Tx,
  group: Pick<GroupRow, 'org_id' | 'id' | 'display_name'>,
  change: MemberChange,
  act: Act,
): Promise<void> {
  if (change.added.length + change.removed.length === 0) return;
  const org_id = group.org_id as OrgId; // a row comes from its organization's store
  await deps.record(tx, act, {
    type: 'group.members_changed',
    org_id,
    target: { kind: 'group', id: group.id, name: group.display_name },
    before: { removed: change.removed },
    after: { added: change.added },
  });
  await settle_access(deps, tx, org_id, [...change.added, ...change.removed], act);
}
