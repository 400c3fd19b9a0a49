import { type FieldProblem } from '../kernel/index.ts';
import { outranks, type PeoplePolicy, type PeopleSource } from '../organizations/index.ts';
import type { UserRow } from '../storage/index.ts';
import { same_json } from './same_json.ts';

/** Who says it. `states`: what they say even where it is so already (`email`, `attributes.department`); what differs is said in any case. */
export interface Said {
  readonly source: PeopleSource;
  readonly states?: readonly string[];
}

/** What several sources may say of the same person; the rest is one source's own. */
const SHARED = ['user_name', 'email', 'given_name', 'family_name', 'display_name', 'active', 'external_id'] as const;

type Wanted = Partial<Record<(typeof SHARED)[number] | 'email_denied', unknown>> & {
  readonly attributes?: Readonly<Record<string, unknown>>;
};

export interface Weighed<Changes> {
  /** Without what somebody else owns. */
  readonly changes: Changes;
  readonly written_by: Record<string, string>;
  /** What would have been changed, and whose it is. */
  readonly held_back: readonly FieldProblem[];
}

/**
 * What of the wanted changes this source may make: an attribute belongs to the first in the policy's order that has spoken of it. A source that takes a
 * value away has stopped speaking of it: whoever comes next may. Pure.
 */
export function weigh<Changes extends Wanted>(
  policy: PeoplePolicy,
  row: Pick<UserRow, 'written_by' | 'attributes' | (typeof SHARED)[number]>,
  wanted: Changes,
  { source, states = [] }: Said,
): Weighed<Changes> {
  const written_by = new Map(Object.entries(row.written_by ?? {}));
  const held_back: FieldProblem[] = [];
  const stated = new Set(states);
  /** Whether the value may stand as it is wanted. */
  const speaks = (name: string, before: unknown, after: unknown): boolean => {
    const differs = !same_json(before ?? null, after ?? null);
    if (!differs && !stated.has(name)) return true;
    const owner = written_by.get(name);
    if (!outranks(policy, name, source, owner)) {
      if (differs) held_back.push({ path: name, message: `is owned by ${owner ?? ''}` });
      return !differs;
    }
    if (after === null || after === undefined) written_by.delete(name);
    else written_by.set(name, source);
    return true;
  };
  const changes = new Map<string, unknown>(Object.entries(wanted));
  for (const name of SHARED) {
    if (wanted[name] === undefined || speaks(name, row[name], wanted[name])) continue;
    changes.delete(name);
    // it is about the address that was not taken
    if (name === 'email') changes.delete('email_denied');
  }
  if (wanted.attributes !== undefined) {
    const settled = new Map(Object.entries(wanted.attributes));
    for (const name of new Set([...Object.keys(row.attributes), ...Object.keys(wanted.attributes)])) {
      const before = Object.hasOwn(row.attributes, name) ? row.attributes[name] : undefined;
      if (speaks(`attributes.${name}`, before, settled.get(name))) continue;
      if (before === undefined) settled.delete(name);
      else settled.set(name, before);
    }
    changes.set('attributes', Object.fromEntries(settled));
  }
  return { changes: Object.fromEntries(changes) as Changes, written_by: Object.fromEntries(written_by), held_back }; // the same fields, some left out
}

/** Who has spoken of a person that is made: its maker, of everything that has a value. */
export function spoken_at_first(source: UserRow['source'], fields: Wanted): Record<string, string> {
  const speaker = ({ jit: 'sign_in', scim: 'scim', api: 'admin', import: 'import', sync: 'sync' } as const)[source];
  const own = SHARED.filter((name) => fields[name] !== undefined && fields[name] !== null);
  return Object.fromEntries(
    [...own, ...Object.keys(fields.attributes ?? {}).map((name) => `attributes.${name}`)].map((name) => [name, speaker]),
  );
}
