import { InvalidInput } from '../kernel/index.ts';
import type { Listed, ListRequest } from '../organizations/index.ts';

const DEFAULT_LIMIT = 50;

/** One page of a list that is short enough to be read as a whole. @throws InvalidInput for a cursor that is not ours */
export function page_of<Item extends { readonly id: string }>(items: readonly Item[], { limit, after }: ListRequest): Listed<Item> {
  const start = after === undefined ? 0 : items.findIndex(({ id }) => cursor_of(id) === after) + 1;
  if (after !== undefined && start === 0) {
    throw new InvalidInput('invalid_cursor', 'The page cursor is not one that this list gave out.', {
      fields: [{ path: 'after', message: 'Use the `next` of the page before, unchanged.' }],
    });
  }
  const end = start + (limit ?? DEFAULT_LIMIT);
  const data = items.slice(start, end);
  const last = data.at(-1);
  return { data, next: last !== undefined && end < items.length ? cursor_of(last.id) : null };
}

const cursor_of = (id: string): string => Buffer.from(id).toString('base64url');
