import type { Storage } from './storage.ts';

/** Where sealed values lie: the room that seals them knows under which context. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** The columns of the primary key. */
  readonly key: readonly string[];
  /** The same context that the value was sealed with, from the row's key. */
  readonly context: (key: Readonly<Record<string, string>>) => string;
}

const BATCH = 100;

/**
 * Seals anew, under the current secret, what an older one sealed: afterwards the older one may be dropped from POSTERN_SECRET. Answers how many values.
 * @throws Misconfigured when one was sealed under a secret that is no longer configured
 */
export async function reseal(storage: Storage, columns: readonly SealedColumn[]): Promise<number> {
  let resealed = 0;
  for (const { table, column, key, context } of columns) {
    const prefix = storage.seal.seal('', '').split('.').slice(0, 2).join('.');
    const names = key.map((name) => `"${name}"`).join(', ');
    const where = key.map((name) => `"${name}" = ?`).join(' AND ');
    // a value that another process changes meanwhile was sealed by it
    const update = `UPDATE "${table}" SET "${column}" = ? WHERE ${where} AND "${column}" = ?`;
    const select = `SELECT ${names}, "${column}" AS "sealed" FROM "${table}" WHERE "${column}" IS NOT NULL AND "${column}" <> '' AND substr("${column}", 1, ?) <> ? LIMIT ${BATCH}`;
    for (;;) {
      const rows = await storage.sql.all<Record<string, string> & { sealed: string }>(select, [prefix.length, prefix]);
      for (const { sealed, ...row } of rows) {
        const place = context(row);
        const fresh = storage.seal.seal(storage.seal.open(sealed, place), place);
        resealed += await storage.write_once(update, [fresh, ...key.map((name) => row[name] ?? ''), sealed]);
      }
      if (rows.length < BATCH) break;
    }
  }
  return resealed;
}
