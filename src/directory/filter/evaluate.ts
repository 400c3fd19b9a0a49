import type { AttributePath } from '../attribute_path.ts';
import type { Attribute, Resource } from '../schema/index.ts';
import type { Comparison, Filter } from './filter.ts';

/** Whether a resource, or one element, satisfies a filter. Of what is absent only `ne`, `not` and `eq null` are true. */
export function satisfies(resource: Resource, filter: Filter): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.parts.every((part) => satisfies(resource, part));
    case 'or':
      return filter.parts.some((part) => satisfies(resource, part));
    case 'not':
      return !satisfies(resource, filter.part);
    case 'present':
      return values_at(resource, filter.path).some(is_present);
    case 'element':
      return values_at(resource, filter.path).some((element) => is_record(element) && satisfies(element, filter.where));
    case 'compare':
      return compares(resource, filter);
  }
}

function compares(resource: Resource, { path, op, value }: Comparison): boolean {
  const values = values_at(resource, path).filter(is_present);
  if (value === null) return (op === 'eq') === (values.length === 0);
  const attribute = path.sub ?? path.attribute;
  if (attribute === undefined) return false;
  if (op === 'ne') return values.length === 0 || values.some((one) => !holds(attribute, 'eq', one, value));
  return values.some((one) => holds(attribute, op, one, value));
}

function holds(attribute: Attribute, op: Exclude<Comparison['op'], 'ne'>, have: unknown, want: string | boolean): boolean {
  if (typeof want === 'boolean') return have === want;
  if (typeof have !== 'string') return false;
  if (attribute.type === 'dateTime' && !['co', 'sw', 'ew'].includes(op)) return ordered(op, Date.parse(have) - Date.parse(want));
  const a = attribute.exact ? have : fold(have);
  const b = attribute.exact ? want : fold(want);
  if (op === 'co') return a.includes(b);
  if (op === 'sw') return a.startsWith(b);
  if (op === 'ew') return a.endsWith(b);
  return ordered(op, a === b ? 0 : a < b ? -1 : 1);
}

function ordered(op: string, difference: number): boolean {
  if (op === 'eq') return difference === 0;
  if (op === 'gt') return difference > 0;
  if (op === 'ge') return difference >= 0;
  return op === 'lt' ? difference < 0 : difference <= 0;
}

/** How texts are compared whose case does not matter. */
export const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Every value at a path: of several elements, of each one. */
export function values_at(resource: Resource, { extension, attribute, sub }: AttributePath): readonly unknown[] {
  const within = extension === undefined ? resource : resource[extension];
  if (attribute === undefined) return [within];
  const value = is_record(within) ? within[attribute.name] : undefined;
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return sub === undefined ? values : values.map((one) => (is_record(one) ? one[sub.name] : undefined));
}

/** RFC 7643 section 2.5: null and emptiness are as good as absence. */
function is_present(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false;
  return !is_record(value) || Object.values(value).some(is_present);
}

export const is_record = (value: unknown): value is Resource => typeof value === 'object' && value !== null && !Array.isArray(value);
