import type { OrgId } from '../kernel/index.ts';
import type { Sql } from '../storage/index.ts';
import { batches, marks } from '../users/index.ts';
import type { MemberOfGroup } from './group_resource.ts';
import type { GroupOfUser } from './user_resource.ts';

type Reader = Pick<Sql, 'all'>;

/** The groups of these people, by person. */
export async function groups_of(sql: Reader, org_id: OrgId, user_ids: readonly string[]): Promise<Map<string, GroupOfUser[]>> {
  const rows = await in_batches<GroupOfUser & { owner: string }>(user_ids, (batch) =>
    sql.all(
      `SELECT m."user_id" AS "owner", g."id", g."display_name" FROM "group_members" m JOIN "groups" g ON g."org_id" = m."org_id" AND g."id" = m."group_id"
       WHERE m."org_id" = ? AND m."user_id" IN (${marks(batch)}) ORDER BY g."display_name_key"`,
      [org_id, ...batch],
    ),
  );
  return Map.groupBy(rows, (row) => row.owner);
}

/** The members of these groups, by group. */
export async function members_of(sql: Reader, org_id: OrgId, group_ids: readonly string[]): Promise<Map<string, MemberOfGroup[]>> {
  const rows = await in_batches<MemberOfGroup & { owner: string }>(group_ids, (batch) =>
    sql.all(
      `SELECT m."group_id" AS "owner", m."user_id", COALESCE(u."display_name", u."user_name") AS "display" FROM "group_members" m
       JOIN "users" u ON u."org_id" = m."org_id" AND u."id" = m."user_id"
       WHERE m."org_id" = ? AND m."group_id" IN (${marks(batch)}) ORDER BY m."user_id"`,
      [org_id, ...batch],
    ),
  );
  return Map.groupBy(rows, (row) => row.owner);
}

/** Who has an address, whichever of theirs it is. */
export async function people_with(sql: Reader, org_id: OrgId, key: string, most: number): Promise<string[]> {
  const rows = await sql.all<{ user_id: string }>(`SELECT "user_id" FROM "user_emails" WHERE "org_id" = ? AND "value_key" = ? LIMIT ?`, [
    org_id,
    key,
    most,
  ]);
  return rows.map(({ user_id }) => user_id);
}

async function in_batches<Row>(ids: readonly string[], read: (batch: readonly string[]) => Promise<Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for (const batch of batches(ids)) for (const row of await read(batch)) rows.push(row);
  return rows;
}
