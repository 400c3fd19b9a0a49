import type { Storage } from '../storage/index.ts';
import { wrong } from './parse.ts';

const BATCH = 400;

/** The organizations by id, given by id or slug; null: all. Those it had already are not asked for again. @throws InvalidInput */
export async function organization_ids(
  storage: Storage,
  given: 'all' | readonly string[],
  known: readonly string[],
): Promise<string[] | null> {
  if (given === 'all') return null;
  const had = new Set(known);
  const asked = given.filter((name) => !had.has(name));
  const found = new Map<string, string>();
  for (let start = 0; start < asked.length; start += BATCH) {
    const batch = asked.slice(start, start + BATCH);
    const marks = batch.map(() => '?').join(', ');
    const rows = await storage.sql.all<{ id: string; slug: string }>(
      `SELECT "id", "slug" FROM "organizations" WHERE "id" IN (${marks}) OR "slug" IN (${marks})`,
      [...batch, ...batch],
    );
    for (const { id, slug } of rows) found.set(id, id).set(slug, id);
  }
  const unknown = given.flatMap((name, index) =>
    had.has(name) || found.has(name) ? [] : [{ path: `organizations.${index}`, message: 'no such organization' }],
  );
  if (unknown.length > 0) throw wrong(unknown.slice(0, 100));
  return [...new Set(given.map((name) => found.get(name) ?? name))];
}
