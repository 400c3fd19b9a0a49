import type { Dialect } from '../dialect.ts';
import { is_record, satisfies } from '../filter/evaluate.ts';
import type { Filter } from '../filter/filter.ts';
import { read_single, read_value } from '../read_value.ts';
import { invalid_syntax, invalid_value, no_target, quoted } from '../refusals.ts';
import { type Attribute, find_sub, type Resource } from '../schema/index.ts';
import type { Operation, Target } from './operations.ts';

/** Changes the elements of a multi-valued attribute. @throws InvalidInput */
export function change_elements(container: Resource, op: Operation['op'], value: unknown, path: Target, dialect: Dialect): void {
  const { attribute } = path;
  const before = (container[attribute.name] ?? []) as readonly Resource[]; // every multi-valued attribute here is complex
  const after = op === 'remove' ? removed(before, value, path, dialect) : written(before, op, value, path, dialect);
  if (after.length > MOST) throw invalid_value(`${attribute.name} has more than ${MOST} values.`);
  if (after.length === 0) Reflect.deleteProperty(container, attribute.name);
  else container[attribute.name] = after;
}

const MOST = 200;

function removed(before: readonly Resource[], value: unknown, path: Target, dialect: Dialect): Resource[] {
  const { attribute, sub, where } = path;
  const chosen = (element: Resource): boolean => where === undefined || satisfies(element, where);
  if (sub !== undefined)
    return before
      .map((element) => (chosen(element) ? without(element, sub.name) : element))
      .filter((one) => says_something(attribute, one));
  if (value === undefined || value === null) return before.filter((element) => !chosen(element));
  if (!dialect.remove_by_value) throw invalid_syntax('`remove` takes no value: choose what to remove by a filter in the path.');
  const wanted = (Array.isArray(value) ? value : [value]).map((one: unknown) => read_single(attribute, one, path.text, dialect));
  return before.filter((element) => !chosen(element) || !wanted.some((one) => is_record(one) && is_same_value(element, one)));
}

function written(before: readonly Resource[], op: 'add' | 'replace', value: unknown, path: Target, dialect: Dialect): Resource[] {
  const { attribute, sub, where } = path;
  if (where === undefined && sub === undefined) {
    const read = read_value(attribute, Array.isArray(value) || value === null ? value : [value], path.text, dialect) as
      | Resource[]
      | undefined; // as above
    return op === 'replace' ? (read ?? []) : joined(before, read ?? []);
  }
  const at = new Set([...before.keys()].filter((index) => where === undefined || satisfies(before[index] ?? {}, where)));
  if (at.size === 0) {
    const start = where === undefined ? {} : made_by(where);
    if (start === undefined || (op === 'replace' && where !== undefined && !dialect.create_filtered))
      throw no_target(`${quoted(path.text)} chooses no value of ${attribute.name}.`);
    return one_primary([...before, changed({}, op, value, path, dialect, start)], before.length).filter((one) =>
      says_something(attribute, one),
    );
  }
  const after = before.map((element, index) => (at.has(index) ? changed(element, op, value, path, dialect, {}) : element));
  const [first] = at;
  return (at.size === 1 && first !== undefined ? one_primary(after, first) : after).filter((one) => says_something(attribute, one));
}

/** One element as the operation makes it: a part of it, the whole of it (replace), or with more in it (add). */
function changed(
  element: Resource,
  op: 'add' | 'replace',
  value: unknown,
  { attribute, sub, text }: Target,
  dialect: Dialect,
  start: Resource,
): Resource {
  if (sub !== undefined) {
    const read = read_value(sub, value, text, dialect);
    return read === undefined ? without({ ...start, ...element }, sub.name) : { ...start, ...element, [sub.name]: read };
  }
  const one: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  const read = (read_single(attribute, one, text, dialect) ?? {}) as Resource; // an element of a complex attribute
  return op === 'replace' ? { ...start, ...read } : { ...start, ...element, ...read };
}

/** Who is there already is not there twice; who comes as primary is the only one. */
function joined(before: readonly Resource[], more: readonly Resource[]): Resource[] {
  let after = [...before];
  for (const one of more) {
    const known = after.findIndex((element) => same(element, one) || is_same_value(element, one));
    if (known < 0) after.push(one);
    else after[known] = { ...after[known], ...one };
    after = one_primary(after, known < 0 ? after.length - 1 : known);
  }
  return after;
}

/** RFC 7644 section 3.5.2: a new primary value makes the others what they were not. */
const one_primary = (elements: readonly Resource[], at: number): Resource[] =>
  elements[at]?.['primary'] === true
    ? elements.map((element, index) => (index !== at && element['primary'] === true ? { ...element, primary: false } : element))
    : [...elements];

const is_same_value = (a: Resource, b: Resource): boolean =>
  b['value'] !== undefined && a['value'] === b['value'] && (b['type'] === undefined || a['type'] === b['type']);

/** What an element must be like to satisfy a filter; undefined when the filter does not say. */
function made_by(where: Filter): Resource | undefined {
  if (where.kind === 'compare' && where.op === 'eq' && where.value !== null && where.path.attribute !== undefined)
    return { [where.path.attribute.name]: where.value };
  if (where.kind !== 'and') return undefined;
  const parts = where.parts.map(made_by);
  return parts.includes(undefined) ? undefined : Object.assign({}, ...parts);
}

/** What only says what it would be for is nothing. */
function says_something(attribute: Attribute, element: Resource): boolean {
  const names = Object.keys(element);
  if (find_sub(attribute, 'value') !== undefined && names.length > 0 && !names.includes('value'))
    return names.some((name) => name === 'display');
  return names.some((name) => name !== 'type' && name !== 'primary');
}

const without = (element: Resource, name: string): Resource => Object.fromEntries(Object.entries(element).filter(([key]) => key !== name));

/** Equal as JSON, whatever the order of names. */
export function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, index) => same(one, b[index]));
  if (!is_record(a) || !is_record(b)) return a === b;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && same(a[name], b[name]));
}
