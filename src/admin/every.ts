import { setImmediate } from 'node:timers/promises';
import type { Collection } from '../organizations/index.ts';

/** All of a collection, page by page. On SQLite nothing waits for anything: others get their turn between two items. */
export async function* every<View extends object>(collection: Pick<Collection<View>, 'list'>): AsyncIterable<View> {
  for (let after: string | undefined, more = true; more; ) {
    const page = await collection.list({ limit: 1000, ...(after !== undefined && { after }) });
    for (const one of page.data) {
      await setImmediate();
      yield one;
    }
    after = page.next ?? undefined;
    more = page.next !== null;
  }
}
