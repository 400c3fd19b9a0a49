import type { OutboxRow, Storage, SqlValue, Tx } from '../storage/index.ts';
import { id_after, type OutboxEntry, receiver_of } from './outbox.ts';

export interface LatestEntry extends OutboxEntry {
  /** Milliseconds to wait for more of the same. */
  readonly delay_ms?: number;
  /** Before everything else of its receiver, and what already waits under its key goes at once. */
  readonly urgent?: boolean;
}

const BATCH = 200;
/** By so much does what is urgent pretend to have waited already. */
const AHEAD_MS = 86_400_000;

type Waiting = Pick<OutboxRow, 'id' | 'order_key'>;

/**
 * Appends what must leave Postern, for a deliverer that says how things are when it delivers, not what the payload says: what waits untried under
 * the same key will say it as well, so it is not appended twice. Answers the ids, in the order of the entries.
 */
export async function append_latest(
  deps: { readonly storage: Pick<Storage, 'seal'>; readonly now: () => number },
  tx: Tx,
  entries: readonly LatestEntry[],
): Promise<string[]> {
  const by_key = new Map(entries.map((entry) => [entry.order_key, entry]));
  const ids = new Map<string, string>();
  // in one order everywhere, so that two units of work cannot wait for each other
  const keys = [...by_key.keys()].sort();
  for (let start = 0; start < keys.length; start += BATCH) {
    const batch = keys.slice(start, start + BATCH);
    for (const { id, order_key } of await waiting(tx, batch)) ids.set(order_key, id);
    const missing = batch.flatMap((key) => (ids.has(key) ? [] : [by_key.get(key) ?? []].flat()));
    for (const { id, order_key } of await insert(deps, tx, missing)) ids.set(order_key, id);
    const urgent = batch.filter((key) => by_key.get(key)?.urgent === true);
    if (urgent.length > 0) await hurry(tx, urgent, deps.now() - AHEAD_MS);
  }
  return entries.map(({ order_key }) => ids.get(order_key) ?? '');
}

const marks = (items: readonly unknown[]): string => items.map(() => '?').join(', ');

/**
 * What waits untried. The update locks it: a process that would lease it waits until this unit of work is committed, and then delivers what it made so.
 * One that has already leased it is not waited for, and another row follows.
 */
const waiting = (tx: Tx, keys: readonly string[]): Promise<Waiting[]> =>
  tx.sql.all<Waiting>(
    `UPDATE "outbox" SET "attempts" = 0 WHERE "order_key" IN (${marks(keys)}) AND "attempts" = 0 AND "leased_until" IS NULL
     AND "done_at" IS NULL AND "dead_at" IS NULL RETURNING "id", "order_key"`,
    keys,
  );

async function insert(
  deps: { readonly storage: Pick<Storage, 'seal'>; readonly now: () => number },
  tx: Tx,
  entries: readonly LatestEntry[],
): Promise<Waiting[]> {
  if (entries.length === 0) return [];
  const at = deps.now();
  const keys = entries.map(({ order_key }) => order_key);
  const last = await tx.sql.all<Waiting>(
    `SELECT "order_key", MAX("id") AS "id" FROM "outbox" WHERE "order_key" IN (${marks(keys)}) GROUP BY "order_key"`,
    keys,
  );
  const before = new Map(last.map(({ order_key, id }) => [order_key, id]));
  const made: Waiting[] = [];
  const values = entries.flatMap(({ org_id, kind, order_key, payload, delay_ms = 0, urgent = false }): SqlValue[] => {
    const id = id_after(before.get(order_key) ?? '', at);
    made.push({ id, order_key });
    const sealed = deps.storage.seal.seal(JSON.stringify(payload), `outbox/${id}`);
    return [id, org_id, kind, order_key, receiver_of(order_key), sealed, 0, urgent ? at - AHEAD_MS : at + delay_ms, at];
  });
  await tx.sql.run(
    `INSERT INTO "outbox" ("id", "org_id", "kind", "order_key", "receiver", "sealed_payload", "attempts", "available_at", "created_at")
     VALUES ${entries.map(() => '(?, ?, ?, ?, ?, ?, ?, ?, ?)').join(', ')}`,
    values,
  );
  return made;
}

/** What is due later, because it failed or waits for more, is due now. */
const hurry = (tx: Tx, keys: readonly string[], at: number): Promise<number> =>
  tx.sql.run(
    `UPDATE "outbox" SET "available_at" = ? WHERE "order_key" IN (${marks(keys)}) AND "available_at" > ? AND "leased_until" IS NULL
     AND "done_at" IS NULL AND "dead_at" IS NULL`,
    [at, ...keys, at],
  );
