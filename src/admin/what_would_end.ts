import { z } from 'zod';
import type { Storage } from '../storage/index.ts';
import { named } from './shapes.ts';

const SHOWN = 20;

const shape = z.object({
  people: z.int(),
  sessions: z.int(),
  /** Apps that hold tokens; at most 20 are named. */
  apps: z.array(z.object({ client_id: z.string(), name: z.string().nullable(), people: z.int() })),
  app_count: z.int(),
});
export type WouldEnd = z.output<typeof shape>;
export const would_end = named('access', shape);

/** Whose access somebody is about to end. */
export type Scope =
  | { readonly organization_id: string; readonly user_id?: string | undefined; readonly connection_id?: string | undefined }
  | { readonly client_id: string };

/** What would end with it: two statements over the indexes by which it would be ended. */
export async function what_would_end(sql: Pick<Storage['sql'], 'all' | 'get'>, scope: Scope, now: number): Promise<WouldEnd> {
  const by_client = 'client_id' in scope;
  const columns = by_client
    ? [['client_id', scope.client_id] as const]
    : [['org_id', scope.organization_id] as const, ['user_id', scope.user_id] as const, ['connection_id', scope.connection_id] as const];
  const conditions = columns.flatMap(([column, value]) => (value === undefined ? [] : [{ column, value }]));
  const where = conditions.map(({ column }) => `"${column}" = ?`).join(' AND ');
  const values = conditions.map(({ value }) => value);
  // a session is of no app: of an app only its grants are told
  const sessions = by_client
    ? undefined
    : await sql.get<{ rows: number | string }>(`SELECT COUNT(*) AS "rows" FROM "sessions" WHERE ${where} AND "expires_at" > ?`, [
        ...values,
        now,
      ]);
  const people = await sql.get<{ rows: number | string }>(
    by_client
      ? `SELECT COUNT(DISTINCT "user_id") AS "rows" FROM "app_grants" WHERE ${where}`
      : `SELECT COUNT(*) AS "rows" FROM (SELECT "user_id" FROM "sessions" WHERE ${where} AND "expires_at" > ? UNION SELECT "user_id" FROM "app_grants" WHERE ${where}) AS "who"`,
    by_client ? values : [...values, now, ...values],
  );
  const apps = await sql.all<{ client_id: string; people: number | string }>(
    `SELECT "client_id", COUNT(DISTINCT "user_id") AS "people" FROM "app_grants" WHERE ${where} GROUP BY "client_id" ORDER BY 2 DESC, 1`,
    values,
  );
  const shown = apps.slice(0, SHOWN);
  const names = await names_of(
    sql,
    shown.map(({ client_id }) => client_id),
  );
  return {
    people: Number(people?.rows ?? 0),
    sessions: Number(sessions?.rows ?? 0),
    apps: shown.map(({ client_id, people: counted }) => ({ client_id, name: names.get(client_id) ?? null, people: Number(counted) })),
    app_count: apps.length,
  };
}

const metadata = z.object({ client_name: z.string().optional() });

async function names_of(sql: Pick<Storage['sql'], 'all'>, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await sql.all<{ id: string; metadata: string }>(
    `SELECT "id", "metadata" FROM "clients" WHERE "id" IN (${ids.map(() => '?').join(', ')})`,
    ids,
  );
  return new Map(
    rows.flatMap(({ id, metadata: text }) => {
      const name = metadata.parse(JSON.parse(text)).client_name;
      return name === undefined ? [] : [[id, name] as const];
    }),
  );
}
