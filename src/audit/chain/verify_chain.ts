import type { Storage } from '../../storage/index.ts';
import { digest_of, type Lasting, link_of, type Personal } from './digest.ts';
import { read_head } from './seal_chain.ts';
import { read_start } from './trim_chain.ts';

export interface ChainProblem {
  /** Place in the chain; null where the whole is concerned. */
  readonly seq: number | null;
  readonly id: string | null;
  readonly what: string;
}

export interface ChainReport {
  readonly ok: boolean;
  /** Rows in the chain, as found. */
  readonly rows: number;
  /** Rows whose personal data was erased, each by an erasure that the chain has. */
  readonly erased: number;
  /** Rows before the first, taken out when their time was over. */
  readonly removed: number;
  /** Recorded, and not in the chain yet. */
  readonly waiting: number;
  /** Where the chain ends: to be kept elsewhere, or compared with what was. */
  readonly head: { readonly seq: number; readonly link: string } | null;
  /** The first hundred. */
  readonly problems: readonly ChainProblem[];
}

type Row = Lasting & Personal & { readonly salt: string | null; readonly link: string };

const PAGE = 1000;
const MOST = 100;
/** Who was erased is said by a row of this type. */
export const ERASED = 'user.erased';

/** Walks the whole chain: a row that was changed, taken out, put in or moved shows, and so does an end that was cut off. */
export async function verify_chain(storage: Storage): Promise<ChainReport> {
  const problems: ChainProblem[] = [];
  const found = (problem: ChainProblem): void => {
    if (problems.length < MOST) problems.push(problem);
  };
  const emptied: { seq: number; id: string; about: readonly (string | null)[] }[] = [];
  const erasures = new Set<string | null>();
  const start = await read_start(storage);
  let [seq, link, rows] = [start.seq, start.link, 0];
  for await (const row of chain(storage)) {
    rows += 1;
    if (row.seq !== seq + 1)
      found({ seq: seq + 1, id: null, what: row.seq === seq + 2 ? 'a row is missing' : `${row.seq - seq - 1} rows are missing` });
    if (row.salt === null) emptied.push({ seq: row.seq, id: row.id, about: [row.target_id, row.actor_id] });
    else if (digest_of(row.salt, row) !== row.digest) found({ seq: row.seq, id: row.id, what: 'what it says was changed' });
    if (row.seq === seq + 1 && link_of(link, row) !== row.link)
      found({ seq: row.seq, id: row.id, what: 'the row, or one before it, was changed' });
    if (row.type === ERASED) erasures.add(row.target_id);
    // from here on as it stands: one change is one problem
    [seq, link] = [row.seq, row.link];
  }
  for (const { seq: place, id, about } of emptied)
    if (!about.some((person) => person !== null && erasures.has(person)))
      found({ seq: place, id, what: 'it was emptied, and nobody was erased' });
  const head = (await read_head(storage)) ?? null;
  if ((head?.seq ?? 0) !== seq) found({ seq: null, id: null, what: `the chain ends at ${seq}, and must end at ${head?.seq ?? 0}` });
  else if (head !== null && head.link !== link) found({ seq: head.seq, id: null, what: 'the chain ends otherwise than it must' });
  const waiting = await storage.sql.get<{ rows: number }>(`SELECT COUNT(*) AS "rows" FROM "audit_events" WHERE "seq" IS NULL`);
  return { ok: problems.length === 0, rows, erased: emptied.length, removed: start.seq, waiting: waiting?.rows ?? 0, head, problems };
}

async function* chain(storage: Storage): AsyncIterable<Row> {
  for (let after = 0; ; ) {
    const rows = await storage.sql.all<Row>(
      `SELECT "seq", "id", "org_id", "type", "actor", "actor_id", "target", "target_id", "before", "after", "request_id", "ip", "at", "salt", "digest", "link"
       FROM "audit_events" WHERE "seq" > ? ORDER BY "seq" LIMIT ${PAGE}`,
      [after],
    );
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last.seq;
  }
}
