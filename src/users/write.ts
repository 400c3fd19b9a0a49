import type { Act } from '../audit/index.ts';
import { Conflict, type FieldProblem, InvalidInput, new_user_id, type OrgId } from '../kernel/index.ts';
import { policy_of } from '../organizations/index.ts';
import type { SqlValue, Tx, UserRow } from '../storage/index.ts';
import { keep_emails } from './emails.ts';
import { fold_email, fold_name } from './fold.ts';
import { type Said, spoken_at_first, weigh } from './precedence.ts';
import type { WriteDeps } from './record.ts';
import { same_json } from './same_json.ts';

/** What may be said of a person; everything but the name may be absent. */
export interface UserFields {
  readonly user_name: string;
  readonly email: string | null;
  readonly email_denied: boolean;
  readonly given_name: string | null;
  readonly family_name: string | null;
  readonly display_name: string | null;
  readonly active: boolean;
  readonly external_id: string | null;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly scim: Readonly<Record<string, unknown>>;
  readonly scim_owner: string | null;
}

export type UserChanges = Partial<UserFields>;
export type NewUser = Pick<UserFields, 'user_name'> & UserChanges & { readonly source: UserRow['source'] };

/**
 * Inserts a person; undefined when the user name is taken in this organization. Records nothing: the caller knows what it means.
 * A taken name does not fail the unit of work, on either database.
 */
export async function insert_user(tx: Tx, org_id: OrgId, user: NewUser, at: number): Promise<UserRow | undefined> {
  const { allowed_groups = [] } = await policy_of(tx, org_id);
  const row: UserRow = {
    org_id,
    id: new_user_id(),
    user_name: user.user_name,
    user_name_key: fold_name(user.user_name),
    email: user.email ?? null,
    email_key: fold_email(user.email ?? null),
    email_denied: user.email_denied ?? false,
    given_name: user.given_name ?? null,
    family_name: user.family_name ?? null,
    display_name: user.display_name ?? null,
    active: user.active ?? true,
    external_id: user.external_id ?? null,
    attributes: { ...user.attributes },
    scim: { ...user.scim },
    source: user.source,
    scim_owner: user.scim_owner ?? null,
    written_by: spoken_at_first(user.source, user),
    // in no group yet
    kept_out_at: allowed_groups.length === 0 ? null : at,
    last_login_at: null,
    created_at: at,
    updated_at: at,
    version: 1,
  };
  const values = Object.values<unknown>({ ...row }).map((value) =>
    // a column holds JSON or what a statement takes
    typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as SqlValue),
  );
  const columns = Object.keys(row).map((column) => `"${column}"`);
  const inserted = await tx.sql.run(
    `INSERT INTO "users" (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT ("org_id", "user_name_key") DO NOTHING`,
    values,
  );
  if (inserted === 0) return undefined;
  await keep_emails(tx, row);
  return row;
}

/** Only the fields that differ from the row; empty when nothing does. */
export function differences(row: UserRow, wanted: UserChanges): UserChanges {
  const changed = Object.entries(wanted).filter(
    ([field, value]) => value !== undefined && !same_json(value, row[field as keyof UserFields]), // fields of UserChanges are columns
  );
  return Object.fromEntries(changed);
}

/**
 * Changes a person and records it; `active: false` ends every access in the same unit of work. Answers the row as it now is,
 * the same row when nothing differs. `said`: who says so, which the organization's policy weighs; what somebody else owns stays as it is.
 * Absent: it is ours to say.
 * @throws Conflict `user_name_taken`, or 412 `stale` when somebody else changed the row meanwhile; InvalidInput 422 `owned_elsewhere` to an administrator
 */
export async function change_user(deps: WriteDeps, tx: Tx, row: UserRow, wanted: UserChanges, act: Act, said?: Said): Promise<UserRow> {
  const org_id = row.org_id as OrgId; // a row comes from its organization's store
  if (said !== undefined && nothing_said(row, wanted, said)) return row;
  const weighed = said === undefined ? undefined : weigh(await policy_of(tx, org_id), row, wanted, said);
  if (said?.source === 'admin' && weighed !== undefined && weighed.held_back.length > 0) throw owned_elsewhere(weighed.held_back);
  const changes = differences(row, weighed?.changes ?? wanted);
  const spoken = weighed === undefined || same_json(weighed.written_by, row.written_by ?? {}) ? {} : { written_by: weighed.written_by };
  const users = tx.org(org_id).users;
  if (Object.keys(changes).length === 0) {
    // nothing that anybody sees
    if ('written_by' in spoken) await users.update({ id: row.id }, spoken);
    return row;
  }
  const keys: Partial<UserRow> = {};
  if (changes.user_name !== undefined) {
    keys.user_name_key = fold_name(changes.user_name);
    const holder = await users.find_one({ user_name_key: keys.user_name_key });
    if (holder !== undefined && holder.id !== row.id) throw user_name_taken();
  }
  if (changes.email !== undefined) keys.email_key = fold_email(changes.email);
  const columns: Partial<UserRow> = {
    ...(changes as Partial<UserRow>), // readonly records only become mutable ones
    ...keys,
    ...spoken,
    updated_at: deps.now(),
    version: row.version + 1,
  };
  if ((await users.update({ id: row.id, version: row.version }, columns)) === 0) throw stale();
  const after = { ...row, ...columns };
  if (changes.email !== undefined || changes.scim !== undefined) await keep_emails(tx, after, row);
  if (changes.active === false) await deps.end_access(tx, { org_id, user_id: row.id }, act, 'user.deactivated');
  await deps.record(tx, act, {
    type: changes.active === false ? 'user.deactivated' : changes.active === true ? 'user.activated' : 'user.updated',
    org_id,
    target: { kind: 'user', id: row.id, name: after.user_name },
    before: Object.fromEntries(Object.keys(changes).map((field) => [field, row[field as keyof UserRow]])), // fields are columns
    after: changes,
  });
  return after;
}

/** What is so already, and was last said by the same source. */
const nothing_said = (row: UserRow, wanted: UserChanges, { source, states = [] }: Said): boolean =>
  Object.keys(differences(row, wanted)).length === 0 && states.every((name) => row.written_by?.[name] === source);

/** Switches a person off: nobody signs in as them, and what they hold ends within this unit of work. */
export const deactivate_user = (deps: WriteDeps, tx: Tx, row: UserRow, act: Act): Promise<UserRow> =>
  change_user(deps, tx, row, { active: false }, act);

/** Ends every access of a person, then removes them with everything that hangs on them. */
export async function remove_user(deps: WriteDeps, tx: Tx, row: UserRow, act: Act): Promise<void> {
  const org_id = row.org_id as OrgId; // a row comes from its organization's store
  await deps.end_access(tx, { org_id, user_id: row.id }, act, 'user.deleted');
  await tx.org(org_id).users.delete({ id: row.id });
  await deps.record(tx, act, {
    type: 'user.deleted',
    org_id,
    target: { kind: 'user', id: row.id, name: row.user_name },
    before: { user_name: row.user_name, external_id: row.external_id },
  });
}

export const user_name_taken = (): Conflict => new Conflict('user_name_taken', 'Another user of this organization has this user_name.');
export const stale = (): Conflict =>
  new Conflict('stale', 'This was changed by somebody else meanwhile. Read it again and repeat your change.', { status: 412 });
/** Names each attribute with the source that owns it. */
export const owned_elsewhere = (fields: readonly FieldProblem[]): InvalidInput =>
  new InvalidInput('owned_elsewhere', 'Another source owns this, as the people_policy of the organization has it.', {
    status: 422,
    fields,
  });
