import type { Storage, Tx } from '../../storage/index.ts';
import { FIRST_LINK } from './digest.ts';
import { type Head, hold_chain, read_mark, write_mark } from './seal_chain.ts';

const START = 'start';
/** One unit of work. */
const BATCH = 500;

/**
 * Takes the oldest rows of the chain out, those recorded before a time and no other: what is left begins where they ended, and that place is sealed,
 * so that nobody without the secret can take out more. Answers how many went.
 */
export async function trim_chain(storage: Storage, before: number): Promise<number> {
  let gone = 0;
  for (;;) {
    const count = await storage.transact((tx) => trim_batch(storage, tx, before));
    gone += count;
    if (count < BATCH) return gone;
  }
}

async function trim_batch({ seal }: Pick<Storage, 'seal'>, tx: Tx, before: number): Promise<number> {
  await hold_chain(tx);
  const start = (await read_mark(seal, tx.gateway, START)) ?? FIRST;
  const oldest = await tx.sql.all<Head & { at: number | string }>(
    `SELECT "seq", "link", "at" FROM "audit_events" WHERE "seq" > ? ORDER BY "seq" LIMIT ${BATCH}`,
    [start.seq],
  );
  // a row that came late has a later place than its time: the first that is to stay ends it
  const first_to_stay = oldest.findIndex(({ at }) => Number(at) >= before);
  const going = first_to_stay === -1 ? oldest : oldest.slice(0, first_to_stay);
  const last = going.at(-1);
  if (last === undefined) return 0;
  await tx.sql.run(`DELETE FROM "audit_events" WHERE "seq" <= ?`, [last.seq]);
  await write_mark(seal, tx, START, { seq: last.seq, link: last.link });
  return going.length;
}

const FIRST: Head = { seq: 0, link: FIRST_LINK };

/** Where the chain begins: behind the last row that was taken out. @throws Misconfigured when it was tampered with */
export const read_start = async (storage: Storage): Promise<Head> => (await read_mark(storage.seal, storage.gateway, START)) ?? FIRST;
