import type { OutboxRow, Storage } from '../storage/index.ts';

export type DueRow = Pick<OutboxRow, 'id' | 'org_id' | 'kind' | 'receiver' | 'sealed_payload' | 'attempts' | 'put_off' | 'created_at'> & {
  /** JSON, as it is stored. */
  readonly tries: string | null;
};

/** One line of a delivery's log. */
export interface Tried {
  readonly at: number;
  readonly ms: number;
  /** What the receiver answered, in a word. */
  readonly answer?: string;
  readonly error?: string;
}

/** Lines that are kept of one delivery. */
const MOST_TRIES = 20;

/** A delivery that is this process's own until its lease runs out. `attempts` fences: whoever leases next has another number. */
export interface Leased extends DueRow {
  readonly attempts: number;
}

/** Longer than a delivery may take. */
export const LEASE_MS = 60_000;
/** At once to one receiver, in all processes: one that hangs takes no more of them. */
export const PER_RECEIVER = 4;
const BATCH = 20;

/** The oldest that may leave: known kinds only, in the order of their key, nobody who is busy with enough already. */
export function due(storage: Storage, kinds: readonly string[], now: number): Promise<DueRow[]> {
  return storage.sql.all<DueRow>(
    `SELECT o."id", o."org_id", o."kind", o."receiver", o."sealed_payload", o."attempts", o."tries", o."put_off", o."created_at" FROM "outbox" o
     WHERE o."done_at" IS NULL AND o."dead_at" IS NULL AND o."available_at" <= ? AND (o."leased_until" IS NULL OR o."leased_until" < ?)
       AND o."kind" IN (${kinds.map(() => '?').join(', ')})
       AND o."receiver" NOT IN (SELECT l."receiver" FROM "outbox" l WHERE l."leased_until" >= ? GROUP BY l."receiver" HAVING COUNT(*) >= ${PER_RECEIVER})
       AND NOT EXISTS (SELECT 1 FROM "outbox" e WHERE e."order_key" = o."order_key" AND e."done_at" IS NULL AND e."dead_at" IS NULL AND e."id" < o."id")
     ORDER BY o."available_at", o."id" LIMIT ${BATCH}`,
    [now, now, ...kinds, now],
  );
}

/** One conditional update: of all processes that saw the row, one gets it. */
export async function lease(storage: Storage, row: DueRow, now: number): Promise<Leased | undefined> {
  const leased = await storage.write_once(
    `UPDATE "outbox" SET "leased_until" = ?, "attempts" = "attempts" + 1
     WHERE "id" = ? AND "attempts" = ? AND "done_at" IS NULL AND "dead_at" IS NULL AND ("leased_until" IS NULL OR "leased_until" < ?)`,
    [now + LEASE_MS, row.id, row.attempts, now],
  );
  return leased === 1 ? { ...row, attempts: row.attempts + 1 } : undefined;
}

export type Outcome =
  | { readonly done_at: number }
  | { readonly dead_at: number; readonly error: string }
  | { readonly available_at: number; readonly error: string; readonly put_off?: true };

/** Writes how it went, unless the lease was lost meanwhile: then it is another's to say. */
export async function settle(storage: Storage, row: Leased, tried: Tried, how: Outcome): Promise<void> {
  const column = 'done_at' in how ? 'done_at' : 'dead_at' in how ? 'dead_at' : 'available_at';
  const at = 'done_at' in how ? how.done_at : 'dead_at' in how ? how.dead_at : how.available_at;
  const tries = [...tries_of(row.tries), tried].slice(-MOST_TRIES);
  const put_off = 'put_off' in how && how.put_off ? `, "put_off" = COALESCE("put_off", 0) + 1` : '';
  await storage.write_once(
    `UPDATE "outbox" SET "${column}" = ?, "leased_until" = NULL, "last_error" = ?, "tries" = ?${put_off} WHERE "id" = ? AND "attempts" = ? AND "leased_until" IS NOT NULL`,
    [at, 'error' in how ? how.error : null, JSON.stringify(tries), row.id, row.attempts],
  );
}

const tries_of = (text: string | null): Tried[] => (text === null ? [] : (JSON.parse(text) as Tried[])); // written above
