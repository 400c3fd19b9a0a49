import type { Act } from '../audit/index.ts';
import { Conflict, type OrgId } from '../kernel/index.ts';
import type { GroupRow, Tx } from '../storage/index.ts';
import {
  change_members,
  insert_group,
  type MemberChange,
  type MemberSource,
  type NewGroup,
  record_members,
  set_members,
} from './members.ts';
import type { WriteDeps } from './record.ts';
import { fold_name } from './fold.ts';
import { settle_access } from './settle_access.ts';
import { whose_word_ends } from './whose_word.ts';
import { owned_elsewhere } from './write.ts';

export interface GroupChanges {
  readonly display_name?: string;
  readonly external_id?: string | null;
  /** Exactly these people, or who comes and who goes. */
  readonly members?: readonly string[] | { readonly add: readonly string[]; readonly remove: readonly string[] };
  /** Who says so: kept with each person who comes. */
  readonly source: MemberSource;
}

/** Makes a group with its members and records both. @throws Conflict `group_name_taken` */
export async function make_group(
  deps: WriteDeps,
  tx: Tx,
  org_id: OrgId,
  { members, member_source, ...fields }: NewGroup & { readonly members: readonly string[]; readonly member_source?: MemberSource },
  act: Act,
): Promise<GroupRow> {
  const row = await insert_group(tx, org_id, fields, deps.now());
  if (row === undefined) throw group_name_taken();
  const target = { kind: 'group', id: row.id, name: row.display_name } as const;
  await deps.record(tx, act, { type: 'group.created', org_id, target, after: { ...fields } });
  await record_members(deps, tx, row, await change_members(tx, org_id, row.id, { add: members }, member_source ?? fields.source), act);
  return row;
}

/** Renames a group, changes its members, records both; answers the row as it now is. @throws Conflict `group_name_taken` */
export async function change_group(
  deps: WriteDeps,
  tx: Tx,
  row: GroupRow,
  { members, source, ...fields }: GroupChanges,
  act: Act,
): Promise<GroupRow> {
  const org_id = row.org_id as OrgId; // a row comes from its organization's store
  const { groups } = tx.org(org_id);
  const changed = (['display_name', 'external_id'] as const).filter((field) => fields[field] !== undefined && fields[field] !== row[field]);
  const columns = Object.fromEntries(changed.map((field) => [field, fields[field]])) as Partial<GroupRow>; // these two columns only
  if (columns.display_name !== undefined) {
    columns.display_name_key = fold_name(columns.display_name);
    const holder = await groups.find_one({ display_name_key: columns.display_name_key });
    if (holder !== undefined && holder.id !== row.id) throw group_name_taken();
  }
  const after = { ...row, ...columns };
  const moved = members === undefined ? undefined : await move_members(deps, tx, after, members, source, act);
  if (changed.length === 0 && (moved === undefined || moved.added.length + moved.removed.length === 0)) return row;
  const touched = { updated_at: deps.now(), version: row.version + 1 };
  await groups.update({ id: row.id }, { ...columns, ...touched });
  // another name may be one that lets people in, or the old one was
  if (columns.display_name !== undefined)
    await settle_access(
      deps,
      tx,
      org_id,
      (await tx.org(org_id).group_members.find({ group_id: row.id })).map(({ user_id }) => user_id),
      act,
    );
  if (changed.length > 0)
    await deps.record(tx, act, {
      type: 'group.updated',
      org_id,
      target: { kind: 'group', id: row.id, name: after.display_name },
      before: Object.fromEntries(changed.map((field) => [field, row[field]])),
      after: Object.fromEntries(changed.map((field) => [field, after[field]])),
    });
  return { ...after, ...touched };
}

async function move_members(
  deps: WriteDeps,
  tx: Tx,
  group: GroupRow,
  members: NonNullable<GroupChanges['members']>,
  source: string,
  act: Act,
): Promise<MemberChange> {
  const org_id = group.org_id as OrgId; // a row comes from its organization's store
  const drop = await whose_word_ends(tx, org_id, source);
  if ('length' in members) {
    const moved = await set_members(deps, tx, group, members, source, drop, act);
    if (source === 'api') require_gone(moved);
    return moved;
  }
  const moved = await change_members(tx, org_id, group.id, { ...members, drop }, source);
  await record_members(deps, tx, group, moved, act);
  return moved;
}

/** An administrator is told whom another source keeps in; everybody else's word ends their own hold. */
function require_gone({ kept = [] }: MemberChange): void {
  if (kept.length > 0)
    throw owned_elsewhere(kept.slice(0, 100).map((id) => ({ path: 'members', message: `${id} is kept in by a source that owns groups` })));
}

/** Removes a group; who was in it stays. */
export async function remove_group(deps: WriteDeps, tx: Tx, row: GroupRow, act: Act): Promise<void> {
  const org_id = row.org_id as OrgId; // a row comes from its organization's store
  const members = (await tx.org(org_id).group_members.find({ group_id: row.id })).map(({ user_id }) => user_id);
  await tx.org(org_id).groups.delete({ id: row.id });
  await deps.record(tx, act, {
    type: 'group.deleted',
    org_id,
    target: { kind: 'group', id: row.id, name: row.display_name },
    before: { display_name: row.display_name, external_id: row.external_id },
  });
  await settle_access(deps, tx, org_id, members, act);
}

export const group_name_taken = (): Conflict =>
  new Conflict('group_name_taken', 'Another group of this organization has this display_name.');
