import { type Storage, time_ordered_id, type Tx } from '../storage/index.ts';

export interface OutboxEntry {
  readonly org_id: string | null;
  readonly kind: string;
  /** Entries of one key leave in the order in which they were appended. What stands before the first `/` is whom they are for: one that is slow holds up nobody else. */
  readonly order_key: string;
  readonly payload: unknown;
}

const PREFIX = 'out';

/** Appends what must leave Postern, in the unit of work that causes it; answers its id. The payload is sealed: it may name people. */
export async function append_outbox(
  deps: { readonly storage: Pick<Storage, 'seal'>; readonly now: () => number },
  tx: Tx,
  entry: OutboxEntry,
): Promise<string> {
  const at = deps.now();
  const receiver = receiver_of(entry.order_key);
  const last = await tx.sql.get<{ id: string | null }>(`SELECT MAX("id") AS "id" FROM "outbox" WHERE "order_key" = ?`, [entry.order_key]);
  const id = id_after(last?.id ?? '', at);
  await tx.sql.run(
    `INSERT INTO "outbox" ("id", "org_id", "kind", "order_key", "receiver", "sealed_payload", "attempts", "available_at", "created_at") VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?)`,
    [
      id,
      entry.org_id,
      entry.kind,
      entry.order_key,
      receiver,
      deps.storage.seal.seal(JSON.stringify(entry.payload), `outbox/${id}`),
      at,
      at,
    ],
  );
  return id;
}

/** What stands before the first `/`. */
export const receiver_of = (order_key: string): string => order_key.split('/', 1)[0] ?? '';

/** Ids are the order: within one millisecond, or behind a process whose clock is ahead, time alone would not say who was first. */
export function id_after(last: string, at: number): string {
  const id = time_ordered_id(PREFIX, at);
  return last < id ? id : time_ordered_id(PREFIX, Number.parseInt(last.slice(PREFIX.length + 1, PREFIX.length + 11), 36) + 1);
}
