import type { Collection, Shown } from '../organizations/index.ts';
import { fold_email } from './fold.ts';
import { change_user, insert_user, remove_user, stale, type UserChanges, user_name_taken } from './write.ts';
import type { Act } from '../audit/index.ts';
import type { OrgId } from '../kernel/index.ts';
import type { Tx, UserRow } from '../storage/index.ts';
import { read_filter, user_fields } from './filter.ts';
import { hold_user, require_user_or_say } from './find.ts';
import { parse } from './parse.ts';
import { merged, said, without_unchanged } from './patch.ts';
import { present_users, type Reader } from './present.ts';
import type { UsersDeps } from './record.ts';
import { set_roles } from './roles.ts';
import { type PresentedUser, schemas, type UserPatch } from './schemas.ts';

/** The people of one organization, as API, command and set-up see them. */
export function user_collection(deps: UsersDeps, org_id: OrgId): Required<Collection<PresentedUser>> {
  const { storage } = deps;
  const show = async (sql: Reader, row: UserRow): Promise<Shown<PresentedUser>> => {
    const views = await present_users(sql, org_id, [row], await deps.domains(org_id));
    return { view: views[0] as PresentedUser, version: row.version }; // one view for one row
  };
  return {
    async create(body, act) {
      const { roles = [], ...fields } = said(parse(schemas.user_create, body));
      return storage.transact(async (tx) => {
        const row = await insert_user(tx, org_id, { ...fields, source: 'api' }, deps.now());
        if (row === undefined) throw user_name_taken();
        const target = { kind: 'user', id: row.id, name: row.user_name } as const;
        await deps.record(tx, act, { type: 'user.created', org_id, target, after: { ...fields, source: 'api' } });
        await set_roles(deps, tx, row, roles, act);
        return show(tx.sql, row);
      });
    },
    async list(request) {
      const text = request.filters?.['filter'];
      const filter = text === undefined ? undefined : read_filter(text, user_fields);
      const page = await storage.org(org_id).users.page(request, {
        ...(filter !== undefined && { narrow: (query) => void query.andWhere(filter.where, filter.values) }),
      });
      return { data: await present_users(storage.sql, org_id, page.data, await deps.domains(org_id)), next: page.next };
    },
    get: async (id) => show(storage.sql, await require_user_or_say(storage.org(org_id), id)),
    update: (id, patch, act, if_match) =>
      storage.transact(async (tx) => {
        const row = await hold_user(tx, org_id, id);
        if (if_match !== undefined && if_match !== row.version) throw stale();
        const { view } = await show(tx.sql, row);
        const wanted = parse(schemas.user_patch, without_unchanged(patch, view, schemas.user_patch.shape));
        return show(tx.sql, await apply(deps, tx, row, wanted, act));
      }),
    remove: (id, act, if_match) =>
      storage.transact(async (tx) => {
        const row = await hold_user(tx, org_id, id);
        if (if_match !== undefined && if_match !== row.version) throw stale();
        await remove_user(deps, tx, row, act);
      }),
  };
}

/** Changes what a patch says of a person, roles included; answers the row as it now is. */
export async function apply(
  deps: UsersDeps,
  tx: Tx,
  row: UserRow,
  patch: UserPatch,
  act: Act,
  source: 'admin' | 'import' = 'admin',
): Promise<UserRow> {
  const { roles, attributes, ...fields } = said(patch);
  const changes: UserChanges = {
    ...fields,
    ...(attributes !== undefined && { attributes: attributes === null ? {} : merged(row.attributes, attributes) }),
    // a new address starts undenied; the old one keeps what the partner said of it
    ...(fields.email !== undefined && { email_denied: row.email_denied && fold_email(fields.email) === row.email_key }),
  };
  const changed = await change_user(deps, tx, row, changes, act, { source });
  if (roles === undefined || !(await set_roles(deps, tx, changed, roles ?? [], act)) || changed !== row) return changed;
  // whoever holds an older version has not seen these roles
  const touched = { version: row.version + 1, updated_at: deps.now() };
  await tx.org(row.org_id as OrgId).users.update({ id: row.id }, touched); // a row comes from its organization's store
  return { ...changed, ...touched };
}
