import { NotFound, parse_group_id, parse_user_id } from '../kernel/index.ts';

/** Where the server of an organization is. */
export const base_url_of = (issuer_url: string, org_id: string): string => `${issuer_url.replace(/\/$/, '')}/scim/${org_id}/v2`;

/** The parts of a path, decoded. @throws NotFound for what nobody could have written */
export function parts_of(path: string): string[] {
  try {
    return path
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent);
  } catch {
    throw new NotFound('endpoint');
  }
}

const FIRST = new Set(['Users', 'Groups', 'Bulk', 'Schemas', 'ResourceTypes', 'ServiceProviderConfig', 'Me', '.search']);

/** A path that may stand in a list: a client can write anything where an id belongs. */
export function shown_path(path: string): string {
  const parts = path.split('/').filter((part) => part !== '');
  const shown = parts.slice(0, 2).map((part, index) => {
    if (index === 0) return FIRST.has(part) ? part : '…';
    return part === '.search' || parse_user_id(part) !== undefined || parse_group_id(part) !== undefined ? part : '…';
  });
  return `/${shown.join('/')}`;
}
