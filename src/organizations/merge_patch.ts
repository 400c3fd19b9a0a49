import type { FieldProblem } from '../kernel/index.ts';
import { require_shallow, wrong } from './parse.ts';

export type Body = Readonly<Record<string, unknown>>;

export const is_object = (value: unknown): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value);

/** RFC 7396: null removes, objects merge, everything else replaces. Makes own properties only, whatever their names. */
export function merge_patch(target: unknown, patch: unknown): unknown {
  if (!is_object(patch)) return patch;
  const merged = new Map(Object.entries(is_object(target) ? target : {}));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else merged.set(name, merge_patch(merged.get(name), value));
  }
  return Object.fromEntries(merged);
}

/**
 * The body that a patch asks for. Whoever sends back what was read may send the read-only parts along, unchanged.
 * @throws InvalidInput 422 for a patch that is no object or changes what is read-only
 */
export function patched(current: Body, patch: unknown, view: Body): Body {
  require_shallow(patch);
  if (!is_object(patch)) throw wrong([{ path: '', message: 'must be an object with the fields to change' }]);
  const read_only = Object.keys(view).filter((name) => !Object.hasOwn(current, name));
  const problems: FieldProblem[] = read_only
    .filter((name) => Object.hasOwn(patch, name) && !same(patch[name], view[name]))
    .map((name) => ({ path: name, message: 'is read-only' }));
  if (problems.length > 0) throw wrong(problems);
  const rest = Object.fromEntries(Object.entries(patch).filter(([name]) => !read_only.includes(name)));
  return merge_patch(current, rest) as Body; // both are objects, so the result is one
}

/** Equal as JSON, whatever the order of names. */
export function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (!is_object(a) || !is_object(b)) return a === b;
  const names = Object.keys(a).filter((name) => a[name] !== undefined);
  const others = Object.keys(b).filter((name) => b[name] !== undefined);
  return names.length === others.length && names.every((name) => Object.hasOwn(b, name) && same(a[name], b[name]));
}

/** What differs between two views, for the audit record. */
export function difference(before: Body, after: Body): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter((name) => name !== 'updated_at' && !same(before[name], after[name]));
  const of = (view: Body): Record<string, unknown> =>
    Object.fromEntries(changed.filter((name) => Object.hasOwn(view, name)).map((name) => [name, view[name]]));
  return { before: of(before), after: of(after) };
}
