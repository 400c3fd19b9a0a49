import type { Act } from '../audit/index.ts';
import { Conflict, type FieldProblem, InvalidInput, type OrgId } from '../kernel/index.ts';
import type { Collection, Shown } from '../organizations/index.ts';
import type { GroupRow, Tx } from '../storage/index.ts';
import { group_fields, read_filter } from './filter.ts';
import { hold_group, require_group } from './find.ts';
import { batches, change_members, insert_group, marks, record_members, set_members } from './members.ts';
import { parse } from './parse.ts';
import { said, without_unchanged } from './patch.ts';
import { present_groups, type Reader } from './present.ts';
import type { UsersDeps } from './record.ts';
import { type PresentedGroup, schemas } from './schemas.ts';
import { fold_name, stale } from './write.ts';

/** The groups of one organization, as API, command and set-up see them. Members are replaced as a whole; whoever stays is not touched. */
export function group_collection(deps: UsersDeps, org_id: OrgId): Required<Collection<PresentedGroup>> {
  const { storage } = deps;
  const show = async (sql: Reader, row: GroupRow): Promise<Shown<PresentedGroup>> => {
    const views = await present_groups(sql, org_id, [row]);
    return { view: views[0] as PresentedGroup, version: row.version }; // one view for one row
  };
  return {
    async create(body, act) {
      const { members = [], ...fields } = said(parse(schemas.group_create, body));
      return storage.transact(async (tx) => {
        const row = await insert_group(tx, org_id, { ...fields, source: 'api' }, deps.now());
        if (row === undefined) throw group_name_taken();
        await require_people(tx, org_id, members);
        const target = { kind: 'group', id: row.id, name: row.display_name } as const;
        await deps.record(tx, act, { type: 'group.created', org_id, target, after: { ...fields, source: 'api' } });
        await record_members(deps, tx, row, await change_members(tx, org_id, row.id, { add: members }, 'api'), act);
        return show(tx.sql, row);
      });
    },
    async list(request) {
      const text = request.filters?.['filter'];
      const filter = text === undefined ? undefined : read_filter(text, group_fields);
      const page = await storage.org(org_id).groups.page(request, {
        ...(filter !== undefined && { narrow: (query) => void query.andWhere(filter.where, filter.values) }),
      });
      return { data: await present_groups(storage.sql, org_id, page.data), next: page.next };
    },
    get: async (id) => show(storage.sql, await require_group(storage.org(org_id).groups, id)),
    update: (id, patch, act, if_match) =>
      storage.transact(async (tx) => {
        const row = await hold_group(tx, org_id, id);
        if (if_match !== undefined && if_match !== row.version) throw stale();
        const { view } = await show(tx.sql, row);
        const { members, ...fields } = said(parse(schemas.group_patch, without_unchanged(patch, view, schemas.group_patch.shape)));
        if (members !== undefined) await require_people(tx, org_id, members);
        return show(tx.sql, await change_group(deps, tx, row, { ...fields, ...(members !== undefined && { members }) }, act));
      }),
    remove: (id, act, if_match) =>
      storage.transact(async (tx) => {
        const row = await hold_group(tx, org_id, id);
        if (if_match !== undefined && if_match !== row.version) throw stale();
        await tx.org(org_id).groups.delete({ id });
        const target = { kind: 'group', id, name: row.display_name } as const;
        await deps.record(tx, act, {
          type: 'group.deleted',
          org_id,
          target,
          before: { display_name: row.display_name, external_id: row.external_id },
        });
      }),
  };
}

interface GroupChanges {
  readonly display_name?: string;
  readonly external_id?: string | null;
  readonly members?: readonly string[];
}

/** Renames a group, changes its members, records both; answers the row as it now is. @throws Conflict `group_name_taken` */
async function change_group(deps: UsersDeps, tx: Tx, row: GroupRow, { members, ...fields }: GroupChanges, act: Act): Promise<GroupRow> {
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
  const moved = members === undefined ? undefined : await set_members(deps, tx, after, members, 'api', act);
  if (changed.length === 0 && (moved === undefined || moved.added.length + moved.removed.length === 0)) return row;
  const touched = { updated_at: deps.now(), version: row.version + 1 };
  await groups.update({ id: row.id }, { ...columns, ...touched });
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

/** Unknown and another organization's people are named alike. @throws InvalidInput 422 */
async function require_people(tx: Tx, org_id: OrgId, ids: readonly string[]): Promise<void> {
  const known = new Set<string>();
  for (const batch of batches([...new Set(ids)])) {
    const rows = await tx.sql.all<{ id: string }>(`SELECT "id" FROM "users" WHERE "org_id" = ? AND "id" IN (${marks(batch)})`, [
      org_id,
      ...batch,
    ]);
    for (const row of rows) known.add(row.id);
  }
  const fields: FieldProblem[] = ids.flatMap((id, index) =>
    known.has(id) ? [] : [{ path: `members.${index}`, message: 'is not a user of this organization' }],
  );
  if (fields.length > 0) throw new InvalidInput('invalid_body', 'Some fields are wrong.', { status: 422, fields: fields.slice(0, 100) });
}

const group_name_taken = (): Conflict => new Conflict('group_name_taken', 'Another group of this organization has this display_name.');
