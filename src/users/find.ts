import { NotFound, type OrgId, parse_group_id, parse_user_id } from '../kernel/index.ts';
import type { GroupRow, OrgReads, Reads, Tx, UserRow } from '../storage/index.ts';

/** @throws NotFound for what is absent, another organization's, or no id at all: the same answer */
export async function require_user(users: Pick<Reads<UserRow>, 'find_one'>, id: string): Promise<UserRow> {
  const row = parse_user_id(id) === undefined ? undefined : await users.find_one({ id });
  if (row === undefined) throw new NotFound('user');
  return row;
}

/** The same for whoever only reads: of somebody who turned out to be somebody else, the answer says whom. @throws NotFound */
export async function require_user_or_say(org: Pick<OrgReads, 'users' | 'user_aliases'>, id: string): Promise<UserRow> {
  const row = parse_user_id(id) === undefined ? undefined : await org.users.find_one({ id });
  if (row !== undefined) return row;
  const alias = parse_user_id(id) === undefined ? undefined : await org.user_aliases.find_one({ id });
  throw new NotFound(alias === undefined ? 'user' : `user: it was merged into ${alias.user_id}`);
}

/** The same for groups. @throws NotFound */
export async function require_group(groups: Pick<Reads<GroupRow>, 'find_one'>, id: string): Promise<GroupRow> {
  const row = parse_group_id(id) === undefined ? undefined : await groups.find_one({ id });
  if (row === undefined) throw new NotFound('group');
  return row;
}

/** The person as nobody else can change them until this unit of work ends: of two that change the same row, the second sees what the first did. @throws NotFound */
export async function hold_user(tx: Tx, org_id: OrgId, id: string): Promise<UserRow> {
  await tx.sql.run(`UPDATE "users" SET "version" = "version" WHERE "org_id" = ? AND "id" = ?`, [org_id, id]);
  return require_user(tx.org(org_id).users, id);
}

/** The same for a group. @throws NotFound */
export async function hold_group(tx: Tx, org_id: OrgId, id: string): Promise<GroupRow> {
  await tx.sql.run(`UPDATE "groups" SET "version" = "version" WHERE "org_id" = ? AND "id" = ?`, [org_id, id]);
  return require_group(tx.org(org_id).groups, id);
}
