import { Conflict, InvalidInput } from '../kernel/index.ts';
import { stale } from '../users/index.ts';
import type { Precondition } from './endpoint.ts';
import { version_in } from './etag.ts';
import { uniqueness } from './refusals.ts';

/** `If-Match`: any, or these versions. Our tags are weak, and clients send them as they are. @throws InvalidInput */
export function read_if_match(header: string): Precondition {
  const text = header.trim();
  if (text === '' || text === '*') return undefined;
  if (text.length > 4096 || !/^(?:W\/)?"[^"]*"(?:\s*,\s*(?:W\/)?"[^"]*")*$/.test(text))
    throw new InvalidInput('invalidVers', 'If-Match is *, or the version of the resource as it was read.');
  return [...text.matchAll(/"([^"]*)"/g)].map(([, version = '']) => version_in(version));
}

/** @throws Conflict 412 */
export function require_version(row: { readonly version: number }, versions: Precondition): void {
  if (versions !== undefined && !versions.includes(row.version)) throw stale();
}

/** A name that is taken, in the words of SCIM. */
export async function told_as_scim<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Conflict) || error.status !== 409) throw error;
    if (error.code === 'user_name_taken') throw uniqueness('Another user of this organization has this userName.', error);
    if (error.code === 'group_name_taken') throw uniqueness('Another group of this organization has this displayName.', error);
    if (error.code === 'already_exists') throw uniqueness('Another resource of this organization has this name.', error);
    throw error;
  }
}
