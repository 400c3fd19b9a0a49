import { name_key } from './names.ts';
import type { AskedFilter } from './read_search.ts';
import type { MockEntry, Values } from './tree.ts';

const IN_CHAIN = '1.2.840.113556.1.4.1941';
const ARE_NAMES = new Set(['member', 'memberof', 'uniquemember', 'distinguishedname']);

/** Whether an entry matches a filter; `tree` is what chains of membership are followed through. */
export function matches(filter: AskedFilter, entry: MockEntry, tree: readonly MockEntry[]): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.of.every((one) => matches(one, entry, tree));
    case 'or':
      return filter.of.some((one) => matches(one, entry, tree));
    case 'not':
      return !matches(filter.of, entry, tree);
    case 'present':
      return values_of(entry, filter.attribute).length > 0;
    case 'extensible':
      return extended(filter, entry, tree);
    case 'substrings': {
      const parts = [filter.initial, ...filter.any, filter.final].map((part) => part.toString().toLowerCase());
      return values_of(entry, filter.attribute).some((value) => has_parts(value.toString().toLowerCase(), parts));
    }
  }
  const fold = ARE_NAMES.has(filter.attribute.toLowerCase()) ? name_key : (text: string) => text.toLowerCase();
  const wanted = fold(filter.value.toString());
  return values_of(entry, filter.attribute).some((value) => {
    if (Buffer.isBuffer(value)) return value.equals(filter.value);
    if (filter.kind === 'at_least') return fold(value) >= wanted;
    if (filter.kind === 'at_most') return fold(value) <= wanted;
    return fold(value) === wanted;
  });
}

export function values_of(entry: MockEntry, name: string): Values {
  const wanted = name.toLowerCase();
  if (wanted === 'distinguishedname') return [entry.dn];
  return Object.entries(entry.attributes).find(([key]) => key.toLowerCase() === wanted)?.[1] ?? [];
}

/** Begins with the first part, ends with the last, and has the others in between, in this order. */
function has_parts(text: string, parts: readonly string[]): boolean {
  const [initial = '', ...rest] = parts;
  const final = rest.pop() ?? '';
  if (!text.startsWith(initial)) return false;
  let at = initial.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.endsWith(final) && text.length - final.length >= at;
}

function extended(filter: Extract<AskedFilter, { kind: 'extensible' }>, entry: MockEntry, tree: readonly MockEntry[]): boolean {
  const reached = values_of(entry, filter.attribute).map((value) => name_key(value.toString()));
  const wanted = name_key(filter.value.toString());
  if (filter.rule !== IN_CHAIN) return reached.includes(wanted);
  const seen = new Set<string>();
  for (const key of reached) {
    if (seen.has(key)) continue;
    seen.add(key);
    const next = tree.find((other) => name_key(other.dn) === key);
    // grows while it is walked: what was met is not met again
    if (next !== undefined) reached.push(...values_of(next, filter.attribute).map((value) => name_key(value.toString())));
  }
  return seen.has(wanted);
}
