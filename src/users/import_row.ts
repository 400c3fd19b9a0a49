import type { Act } from '../audit/index.ts';
import { type FieldProblem, InvalidInput, new_id, type OrgId } from '../kernel/index.ts';
import type { Tx, UserRow } from '../storage/index.ts';
import { hold_user } from './find.ts';
import { change_members, insert_group, record_members } from './members.ts';
import type { UsersDeps } from './record.ts';
import { set_roles } from './roles.ts';
import type { UserImportRow } from './schemas.ts';
import { apply } from './user_collection.ts';
import { fold_name } from './fold.ts';
import { insert_user, user_name_taken } from './write.ts';
import { said } from './patch.ts';

export interface ImportedRow {
  readonly status: 'created' | 'updated' | 'unchanged';
  readonly id: string;
}

/** Makes or changes the person of one row; groups are only added, and made where there is none of the name. @throws InvalidInput | Conflict */
export async function import_row(
  deps: UsersDeps,
  tx: Tx,
  org_id: OrgId,
  row: UserImportRow & { readonly user_name: string },
  act: Act,
): Promise<ImportedRow> {
  const { groups = [], identities = [], ...fields } = said(row);
  const known = await tx.org(org_id).users.find_one({ user_name_key: fold_name(fields.user_name) });
  const before = known === undefined ? undefined : await hold_user(tx, org_id, known.id);
  // a person who is there keeps their name as it is written
  const after =
    before === undefined
      ? await make(deps, tx, org_id, fields, act)
      : await apply(deps, tx, before, { ...fields, user_name: before.user_name }, act, 'import');
  const joined = await join_groups(deps, tx, after, groups, act);
  const bound = await bind_identities(deps, tx, after, identities, act);
  const status = before === undefined ? 'created' : after !== before || joined || bound ? 'updated' : 'unchanged';
  return { status, id: after.id };
}

type Fields = Omit<UserImportRow, 'groups' | 'identities' | 'user_name'> & { readonly user_name: string };

async function make(deps: UsersDeps, tx: Tx, org_id: OrgId, given: Fields, act: Act): Promise<UserRow> {
  const { roles = [], ...fields } = said(given);
  const row = await insert_user(tx, org_id, { ...fields, source: 'import' }, deps.now());
  if (row === undefined) throw user_name_taken();
  const target = { kind: 'user', id: row.id, name: row.user_name } as const;
  await deps.record(tx, act, { type: 'user.created', org_id, target, after: { ...fields, source: 'import' } });
  await set_roles(deps, tx, row, roles, act);
  return row;
}

async function join_groups(deps: UsersDeps, tx: Tx, user: UserRow, names: readonly string[], act: Act): Promise<boolean> {
  const org_id = user.org_id as OrgId; // a row comes from its organization's store
  let joined = false;
  for (const [display_name_key, display_name] of new Map(names.map((name) => [fold_name(name), name]))) {
    const made = await insert_group(tx, org_id, { display_name, source: 'api' }, deps.now());
    const group = made ?? (await tx.org(org_id).groups.find_one({ display_name_key }));
    if (group === undefined) continue;
    const target = { kind: 'group', id: group.id, name: group.display_name } as const;
    if (made !== undefined) await deps.record(tx, act, { type: 'group.created', org_id, target, after: { display_name, source: 'api' } });
    const change = await change_members(tx, org_id, group.id, { add: [user.id] }, 'api');
    await record_members(deps, tx, group, change, act);
    joined ||= change.added.length > 0;
  }
  return joined;
}

/** For people who move over from another broker: whoever signs in with this subject is this person. @throws InvalidInput */
async function bind_identities(
  deps: UsersDeps,
  tx: Tx,
  user: UserRow,
  wanted: readonly { readonly connection_id: string; readonly subject: string }[],
  act: Act,
): Promise<boolean> {
  const org_id = user.org_id as OrgId; // a row comes from its organization's store
  const { connections, identities } = tx.org(org_id);
  const fields: FieldProblem[] = [];
  let bound = false;
  for (const [index, { connection_id, subject }] of wanted.entries()) {
    const path = `identities.${index}`;
    if ((await connections.find_one({ id: connection_id })) === undefined) {
      fields.push({ path: `${path}.connection_id`, message: 'is not a connection of this organization' });
      continue;
    }
    const holder = await identities.find_one({ connection_id, subject });
    const own = holder ?? (await identities.find_one({ connection_id, user_id: user.id }));
    if (holder !== undefined && holder.user_id !== user.id) fields.push({ path: `${path}.subject`, message: 'belongs to another user' });
    else if (own !== undefined && own.subject !== subject)
      fields.push({ path, message: 'this user has another subject of this connection' });
    else if (own === undefined) {
      await identities.insert({ id: new_id('idn'), user_id: user.id, connection_id, subject, last_login_at: null, created_at: deps.now() });
      const target = { kind: 'user', id: user.id, name: user.user_name } as const;
      await deps.record(tx, act, { type: 'identity.linked', org_id, target, after: { connection_id, subject } });
      bound = true;
    }
  }
  if (fields.length > 0) throw new InvalidInput('invalid_body', 'Some fields are wrong.', { status: 422, fields });
  return bound;
}
