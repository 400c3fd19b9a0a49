import { fold_name } from '../../users/index.ts';
import type { AttributePath } from '../attribute_path.ts';
import { invalid_filter } from '../refusals.ts';
import type { ResourceType } from '../schema/index.ts';
import { Parameters } from './parameters.ts';
import type { Comparison, Filter } from './filter.ts';

/** A condition on the alias `row`. Where it is not exact it lets through more than the filter does, never less. */
export interface Compiled {
  readonly where: string;
  readonly values: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  readonly exact: boolean;
  /** Parameters that are lists of people: those who have an address. */
  readonly emails: readonly { readonly name: string; readonly key: string }[];
}

interface Part {
  readonly where: string;
  readonly exact: boolean;
}

const ALL: Part = { where: '1 = 1', exact: false };

/** A filter as a condition of the database; values are always parameters. @throws InvalidInput invalidFilter */
export function compile_filter(type: ResourceType, filter: Filter): Compiled {
  const parameters = new Parameters();
  const { where, exact } = compile(type, filter, parameters);
  return { where, exact, values: parameters.values(), emails: parameters.emails };
}

function compile(type: ResourceType, filter: Filter, parameters: Parameters): Part {
  switch (filter.kind) {
    case 'and': {
      const parts = filter.parts.map((part) => compile(type, part, parameters));
      return { where: `(${parts.map((part) => part.where).join(' AND ')})`, exact: parts.every((part) => part.exact) };
    }
    case 'or': {
      const parts = filter.parts.map((part) => compile(type, part, parameters));
      return { where: `(${parts.map((part) => part.where).join(' OR ')})`, exact: parts.every((part) => part.exact) };
    }
    case 'not': {
      const inner = compile(type, filter.part, parameters);
      return inner.exact ? { where: `NOT ${inner.where}`, exact: true } : ALL;
    }
    case 'element':
      return element(type, filter.path, filter.where, parameters);
    case 'present':
      return present(type, filter.path);
    case 'compare':
      return compare(type, filter, parameters);
  }
}

interface Column {
  readonly name: string;
  readonly kind: 'exact' | 'name' | 'lower' | 'boolean' | 'time';
  readonly nullable: boolean;
}

const common: Readonly<Record<string, Column>> = {
  id: { name: 'id', kind: 'exact', nullable: false },
  externalId: { name: 'external_id', kind: 'exact', nullable: true },
  'meta.created': { name: 'created_at', kind: 'time', nullable: false },
  'meta.lastModified': { name: 'updated_at', kind: 'time', nullable: false },
};
const columns: Readonly<Record<ResourceType['name'], Readonly<Record<string, Column>>>> = {
  User: {
    ...common,
    userName: { name: 'user_name_key', kind: 'name', nullable: false },
    displayName: { name: 'display_name', kind: 'lower', nullable: true },
    'name.givenName': { name: 'given_name', kind: 'lower', nullable: true },
    'name.familyName': { name: 'family_name', kind: 'lower', nullable: true },
    active: { name: 'active', kind: 'boolean', nullable: false },
  },
  Group: { ...common, displayName: { name: 'display_name_key', kind: 'name', nullable: false } },
};

const name_of = ({ attribute, sub }: AttributePath): string =>
  sub === undefined ? (attribute?.name ?? '') : `${attribute?.name ?? ''}.${sub.name}`;

/** The column of a path, where it has one. */
export const column_of = (type: ResourceType, path: AttributePath): Column | undefined =>
  path.extension === undefined ? columns[type.name][name_of(path)] : undefined;

function present(type: ResourceType, path: AttributePath): Part {
  const column = column_of(type, path);
  if (column !== undefined) return { where: column.nullable ? `(row.${column.name} IS NOT NULL)` : '(1 = 1)', exact: true };
  const name = name_of(path);
  if (name === 'meta' || name === 'schemas' || name === 'meta.location' || name === 'meta.resourceType' || name === 'meta.version')
    return { where: '(1 = 1)', exact: true };
  if (/^(?:members|groups)(?:\.value)?$/.test(name)) return { where: `(EXISTS (${membership(type)}))`, exact: true };
  if (path.attribute?.name === 'members') throw members_by_value();
  return ALL;
}

const membership = (type: ResourceType): string =>
  `SELECT 1 FROM "group_members" m WHERE m."org_id" = row.org_id AND m."${type.name === 'User' ? 'user_id' : 'group_id'}" = row.id`;

const members_by_value = () => invalid_filter('Groups are found by `members.value eq "id"`; of a member nothing else can be filtered by.');

/** One element of the list: where it is a row of its own, one row; elsewhere whatever might hold. */
function element(type: ResourceType, path: AttributePath, where: Filter, parameters: Parameters): Part {
  const attribute = path.attribute?.name;
  if (attribute === 'members' || attribute === 'groups') {
    if (where.kind === 'compare') return compare(type, { ...where, path: { ...path, sub: where.path.attribute } }, parameters);
    if (attribute === 'members') throw members_by_value();
    return ALL;
  }
  return { where: possible(path, where, parameters), exact: false };
}

/** What must stand somewhere in the row when the condition holds for one of its elements. */
function possible(path: AttributePath, where: Filter, parameters: Parameters): string {
  if (where.kind === 'and') return `(${where.parts.map((part) => possible(path, part, parameters)).join(' AND ')})`;
  if (where.kind === 'or') return `(${where.parts.map((part) => possible(path, part, parameters)).join(' OR ')})`;
  if (where.kind !== 'compare') return ALL.where;
  return hint({ ...where, path: { ...path, sub: where.path.attribute } }, parameters).where;
}

function compare(type: ResourceType, comparison: Comparison, parameters: Parameters): Part {
  const { path, op, value } = comparison;
  const column = column_of(type, path);
  if (column !== undefined) return on_column(column, op, value, parameters);
  const name = name_of(path);
  if (name === 'members.value' || name === 'groups.value') {
    const other = type.name === 'User' ? 'group_id' : 'user_id';
    if (op === 'eq' && typeof value === 'string')
      return { where: `(EXISTS (${membership(type)} AND m."${other}" = ${parameters.add(value)}))`, exact: true };
    if (value === null) return { where: `(${op === 'eq' ? 'NOT ' : ''}EXISTS (${membership(type)}))`, exact: true };
  }
  if (path.attribute?.name === 'members') throw members_by_value();
  return hint(comparison, parameters);
}

/** What stands in the JSON of the row, or in its address, when the comparison holds: a plain part of the wanted text. */
function hint({ path, op, value }: Comparison, parameters: Parameters): Part {
  if (typeof value !== 'string' || op === 'ne' || op.length !== 2 || /^[gl]/.test(op)) return ALL;
  // what is not kept as it was sent cannot be looked for: times, and what we add ourselves
  const attribute = path.sub ?? path.attribute;
  if (attribute?.type === 'dateTime' || attribute?.mutability === 'readOnly' || path.attribute?.name === 'schemas') return ALL;
  // every address of everybody stands in a table of its own
  if (op === 'eq' && path.attribute?.name === 'emails' && path.sub?.name === 'value')
    return { where: `(row.id IN (${parameters.add_people(fold_name(value))}))`, exact: false };
  const plain = longest_plain(value).toLowerCase();
  if (plain === '') return ALL;
  const found = [`REPLACE(LOWER(row.scim), ${parameters.add(plain)}, '') <> LOWER(row.scim)`];
  if (path.attribute?.name === 'emails') {
    // an address that was given elsewhere is shown as the one for work
    if (path.sub?.name !== 'value') found.push('row.email IS NOT NULL');
    else found.push(`REPLACE(LOWER(row.email), ${parameters.add(plain)}, '') <> LOWER(row.email)`);
  }
  return { where: `(${found.join(' OR ')})`, exact: false };
}

/** The longest part of a text that JSON and every database leave as it is. */
const longest_plain = (text: string): string =>
  (text.match(/[A-Za-z0-9@._+ -]+/g) ?? []).reduce((best, part) => (part.length > best.length ? part : best), '');

/** Never unknown: `not` of what is absent is true. */
function on_column(column: Column, op: Comparison['op'], value: Comparison['value'], parameters: Parameters): Part {
  const at = `row.${column.name}`;
  if (op === 'ne') {
    const equal = on_column(column, 'eq', value, parameters);
    return equal.exact ? { where: `NOT ${equal.where}`, exact: true } : ALL;
  }
  if (value === null) return { where: column.nullable ? `(${at} IS NULL)` : '(1 = 0)', exact: true };
  if (typeof value === 'boolean') return { where: `(${at} = ${parameters.add(value)})`, exact: true };
  if (column.kind === 'time') return on_time(at, op, value, parameters);
  const ordered = ORDER[op];
  // letters are ordered by the database's own rules, which are not everybody's
  if (ordered !== undefined) return ALL;
  if (value === '') return op === 'eq' ? { where: '(1 = 0)', exact: true } : present_column(column, at);
  const wanted = column.kind === 'name' ? fold_name(value) : value;
  const plain = column.kind !== 'lower' || /^[\x20-\x7e]*$/.test(value);
  if (!plain) return on_plain_part(at, value, parameters);
  const left = column.kind === 'lower' ? `LOWER(${at})` : at;
  const right = parameters.add(column.kind === 'lower' ? wanted.toLowerCase() : wanted);
  const length = Array.from(wanted).length;
  const conditions = {
    eq: `${left} = ${right}`,
    co: `REPLACE(${left}, ${right}, '') <> ${left}`,
    sw: `SUBSTR(${left}, 1, ${length}) = ${right}`,
    ew: `LENGTH(${left}) >= ${length} AND SUBSTR(${left}, LENGTH(${left}) - ${length - 1}) = ${right}`,
  };
  const condition = conditions[op as keyof typeof conditions]; // the others were answered above
  return { where: `(${column.nullable ? `${at} IS NOT NULL AND ` : ''}${condition})`, exact: true };
}

const present_column = (column: Column, at: string): Part => ({ where: column.nullable ? `(${at} IS NOT NULL)` : '(1 = 1)', exact: true });

/** SQLite knows the two cases of ASCII letters only. */
function on_plain_part(at: string, value: string, parameters: Parameters): Part {
  const plain = longest_plain(value).toLowerCase();
  if (plain === '') return ALL;
  return { where: `(${at} IS NOT NULL AND REPLACE(LOWER(${at}), ${parameters.add(plain)}, '') <> LOWER(${at}))`, exact: false };
}

const ORDER: Readonly<Partial<Record<Comparison['op'], string>>> = { gt: '>', ge: '>=', lt: '<', le: '<=' };

function on_time(at: string, op: Comparison['op'], value: string, parameters: Parameters): Part {
  const operator = op === 'eq' ? '=' : ORDER[op];
  return operator === undefined ? ALL : { where: `(${at} ${operator} ${parameters.add(Date.parse(value))})`, exact: true };
}
