import type { Item, Items } from './plan.ts';

/** Every item of a collection. */
export async function every(items: Pick<Items, 'list'>): Promise<Item[]> {
  const all: Item[] = [];
  let after: string | undefined;
  do {
    const page: Awaited<ReturnType<Items['list']>> = await items.list({ limit: 1000, after });
    all.push(...(page.data as Item[])); // views are plain objects
    after = page.next ?? undefined;
  } while (after !== undefined);
  return all;
}
