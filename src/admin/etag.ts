import { Conflict, InvalidInput } from '../kernel/index.ts';

/** What `If-Match` demands: nothing, that there is one, or one of these versions. */
export type IfMatch = 'nothing' | 'any' | readonly number[];

const LIST = /^\s*(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"(?:\s*,\s*(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*")*\s*$/;

export const etag_of = (version: number): string => `"${version}"`;

/** RFC 9110 section 13.1.1. The comparison is strong: a weak tag never matches. @throws InvalidInput */
export function read_if_match(header: string): IfMatch {
  if (header === '') return 'nothing';
  if (header.trim() === '*') return 'any';
  if (header.length > 4096 || !LIST.test(header)) {
    throw new InvalidInput('invalid_header', 'If-Match must be *, or the ETag of the item as it was read.');
  }
  return [...header.matchAll(/(W\/)?"(\d{1,15})"/g)].filter(([, weak]) => weak === undefined).map(([, , version]) => Number(version));
}

/**
 * The one version that a change may be made to; undefined: whichever. `current` is asked only where the answer needs it.
 * @throws Conflict 412
 */
export async function required_version(if_match: IfMatch, current: () => Promise<number>): Promise<number | undefined> {
  if (if_match === 'nothing' || if_match === 'any') return undefined;
  if (if_match.length === 1) return if_match[0];
  const version = await current();
  if (if_match.includes(version)) return version;
  throw new Conflict('stale', 'This was changed in the meantime. Read it again and repeat your change.', { status: 412 });
}
