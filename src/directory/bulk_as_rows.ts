import { InvalidInput } from '../kernel/index.ts';
import type { GivenRow } from '../users/index.ts';
import { type BulkOperation, read_bulk } from './bulk.ts';
import { dialect_of } from './dialect.ts';
import { is_record } from './filter/evaluate.ts';
import { read_body } from './read_value.ts';
import { user_type } from './schema/index.ts';
import { user_fields } from './user_resource.ts';

/** A file is made by whatever a directory exports: what any client is forgiven. */
const lenient = dialect_of('entra');
const MOST = 100_000;

/**
 * The people that a bulk request (RFC 7644 section 3.7) would make, as rows of an import: each `POST /Users` is one, and a `POST /Groups` whose members
 * are among them puts them into that group. Whatever else it holds is a row that is refused. @throws InvalidInput
 */
export function bulk_as_rows(body: unknown): GivenRow[] {
  const { operations } = read_bulk(body, true, MOST);
  const groups = groups_by_bulk_id(operations);
  return operations
    .filter(({ method, path }) => !(method === 'POST' && path === '/Groups'))
    .map((operation): GivenRow => {
      const { method, path, bulk_id, data } = operation;
      if (method !== 'POST' || path !== '/Users')
        return { problem: { path: '', message: `is ${method} ${path.slice(0, 100)}: an import makes users` } };
      try {
        const row = row_of(data);
        const names = groups.get(bulk_id ?? '');
        return { value: names === undefined ? row : { ...row, groups: [...names] } };
      } catch (error) {
        if (!(error instanceof InvalidInput)) throw error;
        return { problem: { path: 'data', message: error.message } };
      }
    });
}

function row_of(data: unknown): Record<string, unknown> {
  const { user_name, email, given_name, family_name, display_name, external_id, active } = user_fields(
    read_body(user_type, data, lenient),
    undefined,
  );
  const fields = { user_name, email, given_name, family_name, display_name, external_id, active };
  // what was not said stays as it is
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

function groups_by_bulk_id(operations: readonly BulkOperation[]): ReadonlyMap<string, ReadonlySet<string>> {
  const groups = new Map<string, Set<string>>();
  for (const { method, path, data } of operations) {
    if (method !== 'POST' || path !== '/Groups' || !is_record(data)) continue;
    const { displayName, members } = data;
    if (typeof displayName !== 'string' || !Array.isArray(members)) continue;
    const list: readonly unknown[] = members;
    for (const member of list) {
      const value = is_record(member) ? member['value'] : undefined;
      const id = typeof value === 'string' ? /^bulkId:(.+)$/s.exec(value)?.[1] : undefined;
      if (id === undefined) continue;
      const names = groups.get(id);
      if (names === undefined) groups.set(id, new Set([displayName]));
      else names.add(displayName);
    }
  }
  return groups;
}
