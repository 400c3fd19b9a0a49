import type { Storage, Tx } from '../../storage/index.ts';
import { wrong } from '../parse.ts';
import { is_picture_path, picture_id, read_picture } from './picture.ts';
import type { Branding } from './schema.ts';

const LOGOS = ['logo', 'logo_dark'] as const;
const DAY_MS = 86_400_000;

/** Keeps the pictures that came with a branding; what is left names where each is served. `before`: what the same owner has now. @throws InvalidInput 422 for the address of somebody else's */
export async function keep_logos(tx: Tx, given: Branding, before: Branding, now: number): Promise<Branding> {
  const kept = { ...given };
  for (const name of LOGOS) {
    const text = given[name];
    if (text === undefined) continue;
    if (is_picture_path(text)) {
      if (!LOGOS.some((other) => before[other] === text))
        throw wrong([{ path: `branding.${name}`, message: 'is not a picture that is there: send it as data:image/png;base64,…' }]);
      continue;
    }
    const picture = read_picture(text);
    if (typeof picture === 'string') throw wrong([{ path: `branding.${name}`, message: picture }]);
    await tx.sql.run(
      `INSERT INTO "logos" ("id", "content_type", "data", "kept_at") VALUES (?, ?, ?, ?) ON CONFLICT ("id") DO UPDATE SET "kept_at" = excluded."kept_at"`,
      [picture_id(picture.path), picture.content_type, picture.bytes.toString('base64'), now],
    );
    kept[name] = picture.path;
  }
  return kept;
}

/** A picture by the address that a page has of it. */
export async function find_logo(storage: Storage, path: string): Promise<{ content_type: string; bytes: Buffer } | undefined> {
  if (!is_picture_path(path)) return undefined;
  const row = await storage.sql.get<{ content_type: string; data: string }>(`SELECT "content_type", "data" FROM "logos" WHERE "id" = ?`, [
    picture_id(path),
  ]);
  return row === undefined ? undefined : { content_type: row.content_type, bytes: Buffer.from(row.data, 'base64') };
}

const NAMED = [
  ['organizations', 'branding'],
  ['clients', 'metadata'],
] as const;
const AT_ONCE = 100;

/** Forgets pictures that nobody has named for a day. What names one is read once, however many there are: each looked for in each would stop the process. */
export async function sweep_logos(storage: Storage, now: number): Promise<number> {
  const old = await storage.sql.all<{ id: string }>(`SELECT "id" FROM "logos" WHERE "kept_at" < ?`, [now - DAY_MS]);
  if (old.length === 0) return 0;
  const named = new Set<string>();
  for (const [table, column] of NAMED) {
    const rows = await storage.sql.all<{ text: string }>(`SELECT "${column}" AS "text" FROM "${table}" WHERE "${column}" LIKE '%/logos/%'`);
    for (const { text } of rows) for (const [, id = ''] of text.matchAll(/\/logos\/([\w-]{43})/g)) named.add(id);
  }
  const gone = old.filter(({ id }) => !named.has(id)).map(({ id }) => id);
  let forgotten = 0;
  for (let start = 0; start < gone.length; start += AT_ONCE) {
    const ids = gone.slice(start, start + AT_ONCE);
    // one that was given again meanwhile is no longer old
    forgotten += await storage.write_once(`DELETE FROM "logos" WHERE "kept_at" < ? AND "id" IN (${ids.map(() => '?').join(', ')})`, [
      now - DAY_MS,
      ...ids,
    ]);
  }
  return forgotten;
}
