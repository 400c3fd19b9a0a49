import type { OrgId } from '../../kernel/index.ts';
import type { Storage, Tx } from '../../storage/index.ts';

/** Until a process that died while it read is taken for dead. */
const LEASE_MS = 5 * 60_000;

/** Another process has this connection now, or somebody changed it: nothing more of this run is written. */
export class LostLease extends Error {}

export interface Claim {
  readonly org_id: OrgId;
  readonly id: string;
  /** The run's own id. */
  readonly lease: string;
  readonly now: number;
}

/** One process reads a connection's directory at a time: the claim is one conditional statement. `due`: only if its time has come. */
export async function claim(storage: Pick<Storage, 'write_once'>, { org_id, id, lease, now }: Claim, due: boolean): Promise<boolean> {
  if (!due)
    await storage.write_once(`INSERT INTO "connection_syncs" ("org_id", "connection_id") VALUES (?, ?) ON CONFLICT DO NOTHING`, [
      org_id,
      id,
    ]);
  const claimed = await storage.write_once(
    `UPDATE "connection_syncs" SET "lease" = ?, "lease_until" = ? WHERE "org_id" = ? AND "connection_id" = ? AND ("lease" IS NULL OR "lease_until" < ?)${due ? ' AND "due_at" <= ?' : ''}`,
    [lease, now + LEASE_MS, org_id, id, now, ...(due ? [now] : [])],
  );
  return claimed === 1;
}

/** First in every unit of work of a run: its row lock lets nobody take the lease before that commits. @throws LostLease */
export async function hold_lease(tx: Tx, { org_id, id, lease, now }: Claim): Promise<void> {
  const held = await tx.sql.run(
    `UPDATE "connection_syncs" SET "lease_until" = ? WHERE "org_id" = ? AND "connection_id" = ? AND "lease" = ?`,
    [now + LEASE_MS, org_id, id, lease],
  );
  if (held === 0) throw new LostLease('the connection was changed, or another process reads it');
}
