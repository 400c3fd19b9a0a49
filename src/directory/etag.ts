import { createHash } from 'node:crypto';
import { is_record } from './filter/evaluate.ts';
import type { Resource } from './schema/index.ts';

/**
 * The entity tag of a resource, weak because a reader may see parts of it only: the version of the row, which `If-Match` is about, and a digest of what is
 * shown beside it and changes without it (who is a member of what).
 */
export function etag_of(version: number, beside: readonly string[]): string {
  if (beside.length === 0) return `W/"${version}"`;
  return `W/"${version}-${createHash('sha256').update(beside.join('\n')).digest('hex').slice(0, 16)}"`;
}

/** The one that a whole resource bears. */
export const etag_in = ({ meta }: Resource): string => (is_record(meta) ? String(meta['version']) : '');

/** The version of the row in what stands between the quotes; -1: of nothing that we have shown. */
export const version_in = (tag: string): number => {
  const [, version] = /^(\d{1,15})(?:-[0-9a-f]{16})?$/.exec(tag) ?? [];
  return version === undefined ? -1 : Number(version);
};

/** Weak comparison (RFC 9110 section 8.8.3.2): does a header, `*` or a list, name this one? */
export const names_etag = (header: string, etag: string): boolean =>
  header.trim() === '*' || header.split(',').some((one) => opaque(one) === opaque(etag));

const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');
