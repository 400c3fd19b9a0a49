import type { ListRequest } from './collection.ts';

type Row = Readonly<Record<string, unknown>>;

/** Every item of a collection, page by page, as plain fields. */
export async function* every(
  things: { list(request: ListRequest): Promise<{ readonly data: readonly object[]; readonly next: string | null }> },
  request: ListRequest = {},
): AsyncIterable<Row> {
  let after = request.after;
  do {
    const page: { readonly data: readonly object[]; readonly next: string | null } = await things.list({ limit: 1000, ...request, after });
    yield* page.data as readonly Row[]; // views are plain objects
    after = page.next ?? undefined;
  } while (after !== undefined);
}
