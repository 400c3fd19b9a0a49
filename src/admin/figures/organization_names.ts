import type { Storage } from '../../storage/index.ts';

/** The names of a handful of organizations, by id. */
export async function by_organization_name(
  sql: Pick<Storage['sql'], 'all'>,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const known = [...new Set(ids.filter((id) => id !== null))];
  if (known.length === 0) return new Map();
  const rows = await sql.all<{ id: string; name: string }>(
    `SELECT "id", "name" FROM "organizations" WHERE "id" IN (${known.map(() => '?').join(', ')})`,
    known,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
