import { type FieldProblem, InvalidInput, type OrgId } from '../kernel/index.ts';
import type { Collection, Shown } from '../organizations/index.ts';
import type { GroupRow, Tx } from '../storage/index.ts';
import { change_group, make_group, remove_group } from './change_group.ts';
import { group_fields, read_filter } from './filter.ts';
import { hold_group, require_group } from './find.ts';
import { batches, marks } from './batches.ts';
import { parse } from './parse.ts';
import { said, without_unchanged } from './patch.ts';
import { present_groups, type Reader } from './present.ts';
import type { UsersDeps } from './record.ts';
import { type PresentedGroup, schemas } from './schemas.ts';
import { stale } from './write.ts';

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
        await require_people(tx, org_id, members);
        return show(tx.sql, await make_group(deps, tx, org_id, { ...fields, members, source: 'api' }, act));
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
        const { members: asked, ...fields } = said(parse(schemas.group_patch, without_unchanged(patch, view, schemas.group_patch.shape)));
        const members = asked === null ? [] : asked;
        if (members !== undefined) await require_people(tx, org_id, members);
        return show(
          tx.sql,
          await change_group(deps, tx, row, { ...fields, ...(members !== undefined && { members }), source: 'api' }, act),
        );
      }),
    remove: (id, act, if_match) =>
      storage.transact(async (tx) => {
        const row = await hold_group(tx, org_id, id);
        if (if_match !== undefined && if_match !== row.version) throw stale();
        await remove_group(deps, tx, row, act);
      }),
  };
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
