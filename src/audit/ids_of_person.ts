import type { Sql } from '../storage/index.ts';

/** The ids under which something may be recorded of whoever this is now: their own, and those of users who turned out to be them. */
export async function ids_of_person(sql: Pick<Sql, 'all'>, id: string): Promise<string[]> {
  const rows = await sql.all<{ id: string }>(
    `SELECT a."id" FROM "users" u JOIN "user_aliases" a ON a."org_id" = u."org_id" AND a."user_id" = u."id" WHERE u."id" = ? ORDER BY a."id"`,
    [id],
  );
  return [id, ...rows.map((row) => row.id)];
}
