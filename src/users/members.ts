import type { Act } from '../audit/index.ts';
import { new_group_id, type OrgId } from '../kernel/index.ts';
import type { GroupRow, SqlValue, Tx } from '../storage/index.ts';
import type { WriteDeps } from './record.ts';
import { fold_name } from './write.ts';

/** Statements stay below the parameter limits of both databases. */
const BATCH = 400;

export const batches = <Item>(items: readonly Item[]): Item[][] =>
  Array.from({ length: Math.ceil(items.length / BATCH) }, (_, index) => items.slice(index * BATCH, (index + 1) * BATCH));

export const marks = (items: readonly unknown[]): string => items.map(() => '?').join(', ');

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
}

/** Puts people into a group and takes others out; who is already in stays as put in by whom. Unknown and foreign ids are ignored. */
export async function change_members(
  tx: Tx,
  org_id: OrgId,
  group_id: string,
  change: { readonly add?: readonly string[]; readonly remove?: readonly string[] },
  source: string,
): Promise<MemberChange> {
  const added: string[] = [];
  const removed: string[] = [];
  for (const batch of batches([...new Set(change.remove)].sort())) {
    const rows = await tx.sql.all<{ user_id: string }>(
      `DELETE FROM "group_members" WHERE "org_id" = ? AND "group_id" = ? AND "user_id" IN (${marks(batch)}) RETURNING "user_id"`,
      [org_id, group_id, ...batch],
    );
    removed.push(...rows.map((row) => row.user_id));
  }
  for (const batch of batches([...new Set(change.add)].sort())) {
    // ordered, so that two units of work cannot wait for each other
    const rows = await tx.sql.all<{ user_id: string }>(
      `INSERT INTO "group_members" ("org_id", "group_id", "user_id", "source")
       SELECT "org_id", ?, "id", ? FROM "users" WHERE "org_id" = ? AND "id" IN (${marks(batch)}) ORDER BY "id"
       ON CONFLICT DO NOTHING RETURNING "user_id"`,
      [group_id, source, org_id, ...batch],
    );
    added.push(...rows.map((row) => row.user_id));
  }
  return { added, removed };
}

/** Makes the members of a group exactly these, by set arithmetic: whoever is in both is not touched. Records what changed. */
export async function set_members(
  deps: WriteDeps,
  tx: Tx,
  group: Pick<GroupRow, 'org_id' | 'id' | 'display_name'>,
  user_ids: readonly string[],
  source: string,
  act: Act,
): Promise<MemberChange> {
  const org_id = group.org_id as OrgId; // a row comes from its organization's store
  const wanted = new Set(user_ids);
  const present = new Set((await tx.org(org_id).group_members.find({ group_id: group.id })).map((member) => member.user_id));
  const change = { add: [...wanted].filter((id) => !present.has(id)), remove: [...present].filter((id) => !wanted.has(id)) };
  const done = await change_members(tx, org_id, group.id, change, source);
  await record_members(deps, tx, group, done, act);
  return done;
}

/** Says in the audit record who came and who went; says nothing when nobody did. */
export async function record_members(
  deps: Pick<WriteDeps, 'record'>,
  tx: Tx,
  group: Pick<GroupRow, 'org_id' | 'id' | 'display_name'>,
  change: MemberChange,
  act: Act,
): Promise<void> {
  if (change.added.length + change.removed.length === 0) return;
  await deps.record(tx, act, {
    type: 'group.members_changed',
    org_id: group.org_id as OrgId, // a row comes from its organization's store
    target: { kind: 'group', id: group.id, name: group.display_name },
    before: { removed: change.removed },
    after: { added: change.added },
  });
}
