import type { OutboxRow, Storage } from '../storage/index.ts';

/** One thing to deliver. Delivered at least once: whoever receives it must bear to hear it again. */
export interface Delivery {
  readonly id: string;
  readonly org_id: string | null;
  readonly payload: unknown;
  readonly attempt: number;
  readonly created_at: number;
  readonly signal: AbortSignal;
}

/** How one kind leaves Postern. */
export interface Deliverer {
  /** Throws to be tried again. */
  deliver(delivery: Delivery): Promise<void>;
  /** Milliseconds to wait after each failed try; after the last, it is given up, loudly. */
  readonly schedule: readonly number[];
}

export interface WorkerDeps {
  readonly storage: Storage;
  readonly deliverers: Readonly<Record<string, Deliverer>>;
  readonly now: () => number;
  /** 0 to 1. */
  readonly random: () => number;
  readonly log: (level: 'info' | 'warn' | 'error', message: string, fields: Record<string, unknown>) => void;
}

export interface Worker {
  /** Delivers what is due; answers how much it tried. */
  run_once(): Promise<number>;
  start(interval_ms: number): void;
  /** Waits for what is under way. */
  stop(): Promise<void>;
}

const LEASE_MS = 60_000;
const DEADLINE_MS = 20_000;
const BATCH = 20;
const KEPT_MS = 7 * 86_400_000;

/**
 * Delivers what the outbox holds. Any process may run it: a row is leased by one conditional update, and a process that dies
 * loses its lease, not the row. Rows of one `order_key` leave in order: only the oldest is ever due.
 */
export function make_worker(deps: WorkerDeps): Worker {
  const { storage, now } = deps;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<number> = Promise.resolve(0);
  const run = async (): Promise<number> => {
    let tried = 0;
    for (;;) {
      const rows = await due(storage, now());
      const done = await Promise.all(rows.map((row) => attempt(deps, row)));
      tried += done.filter(Boolean).length;
      if (rows.length < BATCH) return tried;
    }
  };
  const run_once = (): Promise<number> => {
    running = running.then(run, run);
    return running;
  };
  return {
    run_once,
    start(interval_ms) {
      let busy = false;
      timer = setInterval(() => {
        if (busy) return;
        busy = true;
        run_once()
          .catch((error: unknown) => deps.log('error', 'the outbox cannot be read', { error }))
          .finally(() => {
            busy = false;
          });
      }, interval_ms);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await running.catch(() => undefined);
    },
  };
}

/** Removes what was delivered long ago; what was given up stays until somebody looks. */
export async function sweep_outbox(storage: Storage, now: number): Promise<number> {
  return storage.write_once(`DELETE FROM "outbox" WHERE "done_at" < ?`, [now - KEPT_MS]);
}

type DueRow = Pick<OutboxRow, 'id' | 'org_id' | 'kind' | 'sealed_payload'> & { attempts: number | string; created_at: number | string };

function due(storage: Storage, now: number): Promise<DueRow[]> {
  return storage.sql.all<DueRow>(
    `SELECT o."id", o."org_id", o."kind", o."sealed_payload", o."attempts", o."created_at" FROM "outbox" o
     WHERE o."done_at" IS NULL AND o."dead_at" IS NULL AND o."available_at" <= ? AND (o."leased_until" IS NULL OR o."leased_until" < ?)
       AND NOT EXISTS (SELECT 1 FROM "outbox" e WHERE e."order_key" = o."order_key" AND e."done_at" IS NULL AND e."dead_at" IS NULL AND e."id" < o."id")
     ORDER BY o."available_at", o."id" LIMIT ${BATCH}`,
    [now, now],
  );
}

async function attempt(deps: WorkerDeps, row: DueRow): Promise<boolean> {
  const { storage, now } = deps;
  const started = now();
  const leased = await storage.write_once(
    `UPDATE "outbox" SET "leased_until" = ?, "attempts" = "attempts" + 1 WHERE "id" = ? AND "done_at" IS NULL AND "dead_at" IS NULL AND ("leased_until" IS NULL OR "leased_until" < ?)`,
    [started + LEASE_MS, row.id, started],
  );
  if (leased !== 1) return false;
  const number = Number(row.attempts) + 1;
  const deliverer = deps.deliverers[row.kind];
  try {
    const payload = JSON.parse(storage.seal.open(row.sealed_payload, `outbox/${row.id}`)) as unknown; // sealed by append_outbox
    await deliverer?.deliver({
      id: row.id,
      org_id: row.org_id,
      payload,
      attempt: number,
      created_at: Number(row.created_at),
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    await storage.write_once(`UPDATE "outbox" SET "done_at" = ?, "leased_until" = NULL, "last_error" = NULL WHERE "id" = ?`, [
      now(),
      row.id,
    ]);
  } catch (error) {
    await failed(deps, row, number, error, deliverer?.schedule ?? []);
  }
  return true;
}

async function failed(deps: WorkerDeps, row: DueRow, number: number, error: unknown, schedule: readonly number[]): Promise<void> {
  const wait = schedule[number - 1];
  const reason = error instanceof Error ? error.message.slice(0, 300) : 'unknown';
  if (wait === undefined) {
    deps.log('error', 'a delivery was given up', { delivery: row.id, kind: row.kind, attempts: number, reason });
    await deps.storage.write_once(`UPDATE "outbox" SET "dead_at" = ?, "leased_until" = NULL, "last_error" = ? WHERE "id" = ?`, [
      deps.now(),
      reason,
      row.id,
    ]);
    return;
  }
  // half of it again at most: receivers that came back together are not all met at once
  const at = deps.now() + Math.round(wait * (1 + deps.random() / 2));
  deps.log('warn', 'a delivery failed and will be tried again', { delivery: row.id, kind: row.kind, attempts: number, reason });
  await deps.storage.write_once(`UPDATE "outbox" SET "available_at" = ?, "leased_until" = NULL, "last_error" = ? WHERE "id" = ?`, [
    at,
    reason,
    row.id,
  ]);
}
