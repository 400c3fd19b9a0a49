import type { Seal, Storage, Tx } from '../../storage/index.ts';
import { FIRST_LINK, type Lasting, link_of } from './digest.ts';

export interface Head {
  readonly seq: number;
  readonly link: string;
}

const HEAD = 'head';
const context_of = (mark: string): string => `audit_chain/${mark}`;
/** One unit of work: other writers wait for it on SQLite. */
const BATCH = 200;

/**
 * Puts what was recorded since into the chain, in one order for all processes; answers how many rows. Writers know nothing of it and never wait for each
 * other: a row that commits late gets a later place. Called by a timer in every process, of which one works.
 */
export async function seal_chain(storage: Storage): Promise<number> {
  let sealed = 0;
  for (;;) {
    const count = await storage.transact((tx) => seal_batch(storage.seal, tx));
    sealed += count;
    if (count < BATCH) return sealed;
  }
}

async function seal_batch(seal: Seal, tx: Tx): Promise<number> {
  const waiting = await tx.sql.get<{ one: number }>(`SELECT 1 AS "one" FROM "audit_events" WHERE "seq" IS NULL LIMIT 1`);
  if (waiting === undefined) return 0;
  const first: Head = { seq: 0, link: FIRST_LINK };
  await tx.sql.run(`INSERT INTO "audit_chain" ("id", "seq", "sealed_head") VALUES (?, 0, ?) ON CONFLICT DO NOTHING`, [
    HEAD,
    write(seal, first),
  ]);
  await hold_chain(tx);
  let head = await read_in(seal, tx);
  const rows = await tx.sql.all<Omit<Lasting, 'seq'>>(
    `SELECT "id", "org_id", "type", "actor_id", "target_id", "request_id", "at", "digest" FROM "audit_events" WHERE "seq" IS NULL ORDER BY "at", "id" LIMIT ${BATCH}`,
  );
  for (const row of rows) {
    const seq = head.seq + 1;
    const link = link_of(head.link, { ...row, seq });
    await tx.sql.run(`UPDATE "audit_events" SET "seq" = ?, "link" = ? WHERE "id" = ?`, [seq, link, row.id]);
    head = { seq, link };
  }
  await tx.sql.run(`UPDATE "audit_chain" SET "seq" = ?, "sealed_head" = ? WHERE "id" = ?`, [head.seq, write(seal, head), HEAD]);
  return rows.length;
}

/** Its row lock lets one process at a time work on the chain. */
export async function hold_chain(tx: Tx): Promise<void> {
  await tx.sql.run(`UPDATE "audit_chain" SET "seq" = "seq" WHERE "id" = ?`, [HEAD]);
}

const write = (seal: Seal, head: Head): string => sealed(seal, HEAD, head);
const sealed = (seal: Seal, mark: string, place: Head): string => seal.seal(JSON.stringify(place), context_of(mark));

/** A place in the chain that nobody can write without the secret. */
export async function write_mark(seal: Seal, tx: Tx, mark: string, place: Head): Promise<void> {
  await tx.sql.run(
    `INSERT INTO "audit_chain" ("id", "seq", "sealed_head") VALUES (?, ?, ?) ON CONFLICT ("id") DO UPDATE SET "seq" = excluded."seq", "sealed_head" = excluded."sealed_head"`,
    [mark, place.seq, sealed(seal, mark, place)],
  );
}

/** @throws Misconfigured when it was tampered with */
export async function read_mark(seal: Seal, gateway: Pick<Storage['gateway'], 'audit_chain'>, mark: string): Promise<Head | undefined> {
  const row = await gateway.audit_chain.find_one({ id: mark });
  return row === undefined ? undefined : (JSON.parse(seal.open(row.sealed_head, context_of(mark))) as Head); // sealed above
}

async function read_in(seal: Seal, tx: Tx): Promise<Head> {
  const head = await read_mark(seal, tx.gateway, HEAD);
  if (head === undefined) throw new TypeError('the head of the chain was just written and is not there');
  return head;
}

/** Where the chain ends; undefined before anything was recorded. @throws Misconfigured when it was tampered with */
export const read_head = (storage: Storage): Promise<Head | undefined> => read_mark(storage.seal, storage.gateway, HEAD);
