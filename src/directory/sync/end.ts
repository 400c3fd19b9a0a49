import { NotFound } from '../../kernel/index.ts';
import type { SyncRunRow } from '../../storage/index.ts';
import type { Run, SyncDeps } from './deps.ts';
import type { Brake } from './leave.ts';
import { sync_settings } from './settings.ts';
import type { Tally } from './tally.ts';

export type End =
  | { readonly status: 'finished'; readonly cursor: string | null }
  | { readonly status: 'stopped'; readonly brake: Brake }
  | { readonly status: 'failed'; readonly error: string };

/** Older runs are forgotten. */
const KEPT_MS = 14 * 86_400_000;

/** Writes down what came of a run, gives the lease back and says when the next is due, all at once. An event tells of what is news: the tenth failure in a row is none. */
export async function ended(deps: SyncDeps, run: Run, end: End, tally: Tally, whole: boolean): Promise<SyncRunRow> {
  const { storage } = deps;
  const { org_id, connection, dry_run } = run;
  const now = deps.now();
  const counts = { ...tally.counts() };
  const outcome = {
    ...{ status: end.status, counts, whole, problems: tally.problems, finished_at: now },
    error: end.status === 'failed' ? end.error.slice(0, 1000) : null,
    brake: end.status === 'stopped' ? { ...end.brake } : null,
  };
  const row = await storage.transact(async (tx) => {
    const { interval_seconds, enabled } = sync_settings(connection);
    const due_at = enabled && connection.enabled ? now + interval_seconds * 1000 : null;
    // only its own: somebody else may have it by now
    await tx.sql.run(
      `UPDATE "connection_syncs" SET "lease" = NULL, "lease_until" = NULL, "due_at" = ? WHERE "org_id" = ? AND "connection_id" = ? AND "lease" = ?`,
      [due_at, org_id, connection.id, run.id],
    );
    if (end.status === 'finished' && !dry_run)
      await tx
        .org(org_id)
        .connection_syncs.update({ connection_id: connection.id }, { cursor: end.cursor, ...(whole && { full_at: now }) });
    const before = await tx.sql.get<{ status: string }>(
      `SELECT "status" FROM "sync_runs" WHERE "org_id" = ? AND "connection_id" = ? AND "id" <> ? AND "dry_run" = ? AND "status" <> 'running' ORDER BY "started_at" DESC, "id" DESC LIMIT 1`,
      [org_id, connection.id, run.id, false],
    );
    await tx.org(org_id).sync_runs.update({ id: run.id }, outcome);
    await tx.sql.run(`DELETE FROM "sync_runs" WHERE "org_id" = ? AND "connection_id" = ? AND "started_at" < ?`, [
      org_id,
      connection.id,
      now - KEPT_MS,
    ]);
    const changed = counts.created + counts.updated + counts.deactivated > 0;
    if (!dry_run && (before?.status !== end.status || (end.status === 'finished' && changed)))
      await deps.record(tx, run.act, {
        type: end.status === 'finished' ? 'sync.finished' : end.status === 'stopped' ? 'sync.stopped_by_brake' : 'sync.failed',
        org_id,
        target: { kind: 'connection', id: connection.id, name: connection.name },
        after: {
          run_id: run.id,
          ...counts,
          ...(outcome.error !== null && { error: outcome.error }),
          ...(outcome.brake !== null && { brake: outcome.brake }),
        },
      });
    return tx.org(org_id).sync_runs.find_one({ id: run.id });
  });
  if (!dry_run) deps.observe?.(end.status);
  if (row === undefined) throw new NotFound('sync run');
  return row;
}
