import { randomBytes } from 'node:crypto';
import type { ScimRunRow, Storage } from '../../../storage/index.ts';
import type { Connect } from '../deliver.ts';
import type { OutboundDeps } from '../deps.ts';
import { pause_target } from '../health.ts';
import { type OpenTarget, open_target } from '../open_target.ts';
import { GiveUp, Later } from '../outcome.ts';
import { drift_step } from './drift.ts';
import { load_step } from './load.ts';
import { type Leased, LostLease } from './step.ts';

/** Longer than a step takes. */
const LEASE_MS = 60_000;
const STEP_MS = 30_000;
/** Steps of one turn: other tasks have theirs. */
const TURN = 25;
const FIRST_WAIT_MS = 5_000;
const MOST_WAIT_MS = 300_000;
const GIVEN_UP_AFTER = 12;
const KEPT_MS = 90 * 86_400_000;

/** Goes on with the runs that are due, one step after the other; any process may. Answers how many steps it made. */
export async function tend_runs(deps: OutboundDeps, connect: Connect): Promise<number> {
  let steps = 0;
  for (; steps < TURN; steps++) {
    const run = await lease_one(deps.storage, deps.now());
    if (run === undefined) break;
    await step(deps, connect, run);
  }
  return steps;
}

/** Of those that write, the oldest of each target; the conditional update is the lease. */
async function lease_one(storage: Storage, now: number): Promise<Leased | undefined> {
  const due = await storage.sql.all<{ id: string }>(
    `SELECT r."id" FROM "scim_runs" r WHERE r."status" = 'running' AND r."next_at" <= ? AND (r."leased_until" IS NULL OR r."leased_until" < ?)
     AND (r."dry_run" = ? OR (r."kind" = 'drift_check' AND r."repair" = ?) OR NOT EXISTS (SELECT 1 FROM "scim_runs" e WHERE e."target_id" = r."target_id" AND e."status" = 'running' AND e."id" < r."id"
       AND e."place" NOT LIKE '%"phase":"wait"%'))
     ORDER BY r."next_at", r."id" LIMIT 10`,
    [now, now, true, false],
  );
  for (const { id } of due) {
    const lease = randomBytes(12).toString('hex');
    const leased = await storage.write_once(
      `UPDATE "scim_runs" SET "lease" = ?, "leased_until" = ? WHERE "id" = ? AND "status" = 'running' AND ("leased_until" IS NULL OR "leased_until" < ?)`,
      [lease, now + LEASE_MS, id, now],
    );
    if (leased === 0) continue;
    const row = await storage.gateway.scim_runs.find_one({ id });
    if (row?.lease === lease) return { ...row, lease };
  }
  return undefined;
}

async function step(deps: OutboundDeps, connect: Connect, run: Leased): Promise<void> {
  try {
    const target = await open_target(deps.storage, run.target_id);
    if (target?.row.enabled !== true && writes(run)) throw new GiveUp('the target is switched off');
    if (target === undefined) throw new GiveUp('the target is gone');
    await one_step(deps, connect, run, target);
  } catch (error) {
    if (!(error instanceof LostLease)) await failed(deps, run, error);
  }
}

const writes = ({ kind, dry_run, repair }: Leased): boolean => !dry_run && (kind === 'load' || repair);

async function one_step(deps: OutboundDeps, connect: Connect, run: Leased, target: OpenTarget): Promise<void> {
  const patience = (target.row.paused_until ?? 0) - deps.now();
  if (patience > 0 && (writes(run) || run.kind === 'drift_check')) throw new Later(patience, 'the target has asked for patience');
  const signal = AbortSignal.timeout(STEP_MS);
  const remote = connect(target, { signal, note: () => {}, private_words: [] });
  await (run.kind === 'load' ? load_step : drift_step)({ deps, run, target, remote });
}

async function failed(deps: OutboundDeps, run: Leased, error: unknown): Promise<void> {
  const reason = error instanceof Error ? error.message.slice(0, 300) : 'unknown';
  const at = deps.now();
  if (error instanceof Later && error.wait_ms >= 1000) await pause_target(deps, run.target_id, error.wait_ms);
  const failures = error instanceof Later ? run.failures : run.failures + 1;
  const over = error instanceof GiveUp || failures >= GIVEN_UP_AFTER;
  const wait = error instanceof Later ? error.wait_ms : Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), MOST_WAIT_MS);
  const status: ScimRunRow['status'] = over ? 'failed' : 'running';
  await deps.storage.write_once(
    `UPDATE "scim_runs" SET "status" = ?, "error" = ?, "failures" = ?, "next_at" = ?, "finished_at" = ?, "lease" = NULL, "leased_until" = NULL WHERE "id" = ? AND "lease" = ?`,
    [status, reason, failures, at + wait, over ? at : null, run.id, run.lease],
  );
}

/** What has long been over is forgotten. */
export const sweep_runs = (storage: Storage, now: number): Promise<number> =>
  storage.write_once(`DELETE FROM "scim_runs" WHERE "finished_at" < ?`, [now - KEPT_MS]);
