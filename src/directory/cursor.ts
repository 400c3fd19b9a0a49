import { hash_token } from '../kernel/index.ts';
import { invalid_cursor } from './refusals.ts';

/** Where a page begins (RFC 9865): behind these values of the order, or so many resources in. */
export interface Position {
  /** As it was counted for the first page. */
  readonly total: number;
  readonly after: readonly (string | number)[];
}

const MAX_LENGTH = 4096;

export const write_cursor = (query: string, { total, after }: Position): string =>
  Buffer.from(JSON.stringify([mark(query), total, ...after])).toString('base64url');

/** A cursor of this very query; it says nothing that its reader may not see, and decides only where the page begins. @throws InvalidInput invalidCursor */
export function read_cursor(query: string, cursor: string): Position {
  if (cursor.length > MAX_LENGTH) throw invalid_cursor();
  const [found, total, ...after] = parsed(cursor);
  const plain = after.filter((one) => typeof one === 'string' || typeof one === 'number');
  if (found !== mark(query) || !Number.isSafeInteger(total) || plain.length !== after.length || after.length === 0 || after.length > 3)
    throw invalid_cursor();
  return { total: Number(total), after: plain };
}

function parsed(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(value)) return value as unknown[]; // of anything
  } catch {
    // said below
  }
  throw invalid_cursor();
}

const mark = (query: string): string => hash_token(query).slice(0, 12);
