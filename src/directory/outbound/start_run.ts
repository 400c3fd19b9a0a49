import type { Act } from '../../audit/index.ts';
import { type ScimRunRow, time_ordered_id, type Tx } from '../../storage/index.ts';

/** A change that a process makes at this moment does not know yet that somebody listens: nobody is looked at before it is committed. */
const SETTLE_MS = 2000;

export interface NewRun {
  readonly target_id: string;
  /** Null: of every organization. */
  readonly org_id: string | null;
  readonly at: number;
  readonly act?: Act;
}

/** Has everybody looked at, in the unit of work that is the reason for it. One that has not begun yet will see what changed as well. */
export async function start_run(tx: Tx, { target_id, org_id, at, act }: NewRun): Promise<void> {
  const waiting = await tx.sql.run(
    `UPDATE "scim_runs" SET "next_at" = ? WHERE "target_id" = ? AND "kind" = 'load' AND "status" = 'running' AND "dry_run" = ? AND "seen" = 0
     AND "leased_until" IS NULL AND ("org_id" IS NULL OR "org_id" = ?)`,
    [at + SETTLE_MS, target_id, false, org_id ?? ''],
  );
  if (waiting > 0) return;
  await insert_run(tx, { target_id, org_id, kind: 'load', dry_run: false, repair: false }, at, act?.actor ?? { kind: 'system' }, SETTLE_MS);
}

export async function insert_run(
  tx: Tx,
  run: Pick<ScimRunRow, 'target_id' | 'org_id' | 'kind' | 'dry_run' | 'repair'>,
  at: number,
  actor: Act['actor'],
  wait_ms = 0,
): Promise<ScimRunRow> {
  const row: ScimRunRow = {
    id: time_ordered_id('scr', at),
    ...run,
    status: 'running',
    place: {},
    total: 0,
    seen: 0,
    last_delivery: null,
    counts: {},
    findings: [],
    error: null,
    actor: { ...actor },
    next_at: at + wait_ms,
    failures: 0,
    leased_until: null,
    lease: null,
    created_at: at,
    finished_at: null,
  };
  await tx.gateway.scim_runs.insert(row);
  return row;
}
