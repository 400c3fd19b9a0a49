import { z } from 'zod';
import { rfc3339 } from '../../kernel/index.ts';
import type { Storage } from '../../storage/index.ts';
import { named } from '../shapes.ts';
import { by_organization_name } from './organization_names.ts';
import { count_syncs, refusing_directories, syncs_shape, directories_shape } from './provisioning.ts';

const DAY_MS = 86_400_000;
/** What is further away is nobody's worry yet. */
const AHEAD_MS = 90 * DAY_MS;
const SHOWN = 20;

const count = z.int();
const time = z.iso.datetime();
const shape = z.object({
  /** Connections whose first certificate ends within 90 days, or has ended; soonest first. */
  certificates: z.array(
    z.object({
      organization_id: z.string(),
      organization_name: z.string().nullable(),
      connection_id: z.string(),
      connection_name: z.string(),
      ends_at: time,
      days_left: count,
    }),
  ),
  /** What must still leave Postern, by kind. */
  outbox: z.array(z.object({ kind: z.string(), waiting: count, given_up: count, oldest_at: time.nullable() })),
  event_hooks: z.object({ enabled: count, disabled_by_postern: count }),
  /** Of the last 24 hours; those that were refused most first. */
  scim: z.object({ requests: count, refused: count, failed: count, organizations: directories_shape }),
  /** Apps that are told who their people are. */
  scim_targets: z.object({ enabled: count, failing: count, given_up: count }),
  /** Directories that are read, by how the last run of each ended. */
  syncs: syncs_shape,
});
export const upkeep_figures = named('upkeep figures', shape);

type Sql = Pick<Storage['sql'], 'all' | 'get'>;

/** What will need somebody's hand: each statement over an index or a small table. */
export async function count_upkeep(sql: Sql, now: number): Promise<z.output<typeof shape>> {
  const certificates = await sql.all<{ org_id: string; id: string; name: string; ends_at: number | string }>(
    `SELECT "org_id", "id", "name", "certificates_end_at" AS "ends_at" FROM "connections"
     WHERE "certificates_end_at" < ? ORDER BY "certificates_end_at" LIMIT ${SHOWN}`,
    [now + AHEAD_MS],
  );
  const outbox = await sql.all<{ kind: string; waiting: number | string; given_up: number | string; oldest_at: number | string | null }>(
    `SELECT "kind", SUM(CASE WHEN "dead_at" IS NULL THEN 1 ELSE 0 END) AS "waiting", SUM(CASE WHEN "dead_at" IS NULL THEN 0 ELSE 1 END) AS "given_up",
       MIN(CASE WHEN "dead_at" IS NULL THEN "created_at" END) AS "oldest_at"
     FROM "outbox" WHERE "done_at" IS NULL GROUP BY "kind" ORDER BY "kind"`,
  );
  const hooks = await sql.all<{ enabled: boolean | number; disabled_reason: string | null }>(
    `SELECT "enabled", "disabled_reason" FROM "event_hooks"`,
  );
  const scim = await sql.all<{ class: number | string; rows: number | string }>(
    `SELECT CAST("status" / 100 AS integer) AS "class", COUNT(*) AS "rows" FROM "scim_requests" WHERE "created_at" >= ? GROUP BY 1`,
    [now - DAY_MS],
  );
  const targets = await sql.get<Record<'enabled' | 'failing', number | string | null>>(
    `SELECT SUM(CASE WHEN "enabled" THEN 1 ELSE 0 END) AS "enabled", SUM(CASE WHEN "enabled" AND "failures" >= 3 THEN 1 ELSE 0 END) AS "failing" FROM "scim_targets"`,
    [],
  );
  const names = await by_organization_name(
    sql,
    certificates.map(({ org_id }) => org_id),
  );
  const of_class = (wanted: number): number => Number(scim.find((row) => Number(row.class) === wanted)?.rows ?? 0);
  return {
    certificates: certificates.map(({ org_id, id, name, ends_at }) => ({
      organization_id: org_id,
      organization_name: names.get(org_id) ?? null,
      ...{ connection_id: id, connection_name: name, ends_at: rfc3339(Number(ends_at)) },
      days_left: Math.floor((Number(ends_at) - now) / DAY_MS),
    })),
    outbox: outbox.map(({ kind, waiting, given_up, oldest_at }) => ({
      ...{ kind, waiting: Number(waiting), given_up: Number(given_up) },
      oldest_at: oldest_at === null ? null : rfc3339(Number(oldest_at)),
    })),
    event_hooks: {
      enabled: hooks.filter(({ enabled }) => Boolean(enabled)).length,
      disabled_by_postern: hooks.filter(({ enabled, disabled_reason }) => !enabled && disabled_reason !== null).length,
    },
    scim: {
      requests: scim.reduce((sum, { rows }) => sum + Number(rows), 0),
      refused: of_class(4),
      failed: of_class(5),
      organizations: await refusing_directories(sql, now - DAY_MS),
    },
    scim_targets: {
      ...{ enabled: Number(targets?.enabled ?? 0), failing: Number(targets?.failing ?? 0) },
      given_up: Number(outbox.find(({ kind }) => kind === 'scim_target')?.given_up ?? 0),
    },
    syncs: await count_syncs(sql),
  };
}
