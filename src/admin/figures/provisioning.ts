import { z } from 'zod';
import { rfc3339 } from '../../kernel/index.ts';
import type { Storage } from '../../storage/index.ts';
import { by_organization_name } from './organization_names.ts';

type Sql = Pick<Storage['sql'], 'all'>;
const SHOWN = 20;
const count = z.int();

export const directories_shape = z.array(
  z.object({ organization_id: z.string(), organization_name: z.string().nullable(), refused: count, failed: count }),
);
export const syncs_shape = z.object({
  running: count,
  finished: count,
  failed: count,
  stopped: count,
  /** The latest of those that failed or were stopped by their brake. */
  wrong: z.array(
    z.object({
      organization_id: z.string(),
      organization_name: z.string().nullable(),
      connection_id: z.string(),
      connection_name: z.string(),
      status: z.enum(['failed', 'stopped']),
      at: z.iso.datetime(),
    }),
  ),
});

/** Whose directory was refused, or failed with us, since then. */
export async function refusing_directories(sql: Sql, since: number): Promise<z.output<typeof directories_shape>> {
  const rows = await sql.all<{ org_id: string; refused: number | string; failed: number | string }>(
    `SELECT "org_id", SUM(CASE WHEN "status" < 500 THEN 1 ELSE 0 END) AS "refused", SUM(CASE WHEN "status" >= 500 THEN 1 ELSE 0 END) AS "failed"
     FROM "scim_requests" WHERE "created_at" >= ? AND "status" >= 400 GROUP BY "org_id" ORDER BY COUNT(*) DESC, "org_id" LIMIT ${SHOWN}`,
    [since],
  );
  const names = await by_organization_name(
    sql,
    rows.map(({ org_id }) => org_id),
  );
  return rows.map(({ org_id, refused, failed }) => ({
    ...{ organization_id: org_id, organization_name: names.get(org_id) ?? null, refused: Number(refused), failed: Number(failed) },
  }));
}

/** The last run that was more than a rehearsal, of each connection whose directory is read. */
export async function count_syncs(sql: Sql): Promise<z.output<typeof syncs_shape>> {
  const last = `FROM "connection_syncs" "s" JOIN "sync_runs" "r" ON "r"."org_id" = "s"."org_id" AND "r"."connection_id" = "s"."connection_id"
    AND "r"."id" = (SELECT "x"."id" FROM "sync_runs" "x" WHERE "x"."org_id" = "s"."org_id" AND "x"."connection_id" = "s"."connection_id"
      AND "x"."dry_run" = ? ORDER BY "x"."started_at" DESC, "x"."id" DESC LIMIT 1)`;
  const counts = await sql.all<{ status: string; rows: number | string }>(
    `SELECT "r"."status" AS "status", COUNT(*) AS "rows" ${last} GROUP BY "r"."status"`,
    [false],
  );
  const wrong = await sql.all<{ org_id: string; connection_id: string; name: string; status: string; started_at: number | string }>(
    `SELECT "r"."org_id" AS "org_id", "r"."connection_id" AS "connection_id", "c"."name" AS "name", "r"."status" AS "status", "r"."started_at" AS "started_at"
     ${last} JOIN "connections" "c" ON "c"."org_id" = "r"."org_id" AND "c"."id" = "r"."connection_id"
     WHERE "r"."status" IN ('failed', 'stopped') ORDER BY "r"."started_at" DESC LIMIT ${SHOWN}`,
    [false],
  );
  const names = await by_organization_name(
    sql,
    wrong.map(({ org_id }) => org_id),
  );
  const of = (status: string): number => Number(counts.find((row) => row.status === status)?.rows ?? 0);
  return {
    ...{ running: of('running'), finished: of('finished'), failed: of('failed'), stopped: of('stopped') },
    wrong: wrong.map(({ org_id, connection_id, name, status, started_at }) => ({
      ...{ organization_id: org_id, organization_name: names.get(org_id) ?? null, connection_id, connection_name: name },
      ...{ status: status === 'stopped' ? ('stopped' as const) : ('failed' as const), at: rfc3339(Number(started_at)) },
    })),
  };
}
