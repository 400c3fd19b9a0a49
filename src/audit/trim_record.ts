import type { Storage, Tx } from '../storage/index.ts';
import { type Act, system_act } from './act.ts';
import { trim_chain } from './chain/index.ts';
import type { AuditEvent } from './event.ts';

/** How long what was recorded is kept, in days; 0: for good. */
export interface RecordKept {
  readonly audit_days: number;
  readonly receipt_days: number;
}

export interface TrimDeps {
  readonly storage: Storage;
  readonly now: () => number;
  readonly record: (tx: Tx, act: Act, event: AuditEvent) => Promise<void>;
}

const DAY_MS = 86_400_000;
const BATCH = 200;

/** Removes what is older, in small batches: others write in between. What is left of the chain verifies as before. Called by a timer. */
export async function trim_record(deps: TrimDeps, { audit_days, receipt_days }: RecordKept): Promise<void> {
  const before = (days: number): number => deps.now() - days * DAY_MS;
  if (receipt_days > 0) await trim_receipts(deps.storage, before(receipt_days));
  if (audit_days === 0) return;
  const removed = await trim_chain(deps.storage, before(audit_days));
  if (removed === 0) return;
  // that something is no longer there is itself worth knowing
  await deps.storage.transact((tx) =>
    deps.record(tx, system_act, { type: 'audit_events.removed', after: { removed, older_than_days: audit_days } }),
  );
}

/** Only what is complete: as long as an app has to be told, it is not over. */
async function trim_receipts(storage: Storage, before: number): Promise<void> {
  const old = `SELECT "id" FROM "receipts" WHERE "created_at" < ? AND "completed_at" IS NOT NULL ORDER BY "created_at" LIMIT ${BATCH}`;
  for (let gone = BATCH; gone >= BATCH; ) {
    gone = await storage.transact(async (tx) => {
      const rows = await tx.sql.all<{ id: string }>(old, [before]);
      for (const { id } of rows) {
        await tx.sql.run(`DELETE FROM "receipt_entries" WHERE "receipt_id" = ?`, [id]);
        await tx.sql.run(`DELETE FROM "receipts" WHERE "id" = ?`, [id]);
      }
      return rows.length;
    });
  }
}
