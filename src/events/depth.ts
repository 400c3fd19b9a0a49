import type { Storage } from '../storage/index.ts';

/** How much the outbox of the whole installation holds: deliveries that wait, and those that were given up. */
export async function outbox_depth(storage: Storage): Promise<{ readonly waiting: number; readonly dead: number }> {
  const counted = await storage.sql.all<{ dead: number; rows: number }>(
    `SELECT CASE WHEN "dead_at" IS NULL THEN 0 ELSE 1 END AS "dead", COUNT(*) AS "rows" FROM "outbox" WHERE "done_at" IS NULL GROUP BY 1`,
  );
  const rows = (dead: number): number => counted.find((row) => row.dead === dead)?.rows ?? 0;
  return { waiting: rows(0), dead: rows(1) };
}
