import { type Filter, parse } from 'scim2-parse-filter';
import { InvalidInput } from '../kernel/index.ts';
import { fold_email, fold_name } from './fold.ts';

/** A condition on the alias `row`; values are always parameters. */
export interface Condition {
  readonly where: string;
  readonly values: Readonly<Record<string, string | boolean>>;
}

interface Field {
  readonly column: string;
  readonly kind: 'text' | 'boolean';
  /** How a value is folded before it is compared with the column. */
  readonly fold?: (value: string) => string;
  /** Whether the database folds the column, which has no folded copy. */
  readonly lower?: true;
}

const exact = (column: string): Field => ({ column, kind: 'text' });
const shown_name = (column: string): Field => ({ column, kind: 'text', lower: true });

/** What a list of people may be narrowed by. */
export const user_fields: ReadonlyMap<string, Field> = new Map<string, Field>([
  ['id', exact('id')],
  ['user_name', { column: 'user_name_key', kind: 'text', fold: fold_name }],
  ['email', { column: 'email_key', kind: 'text', fold: (value) => fold_email(value) ?? value.toLowerCase() }],
  ['external_id', exact('external_id')],
  ['display_name', shown_name('display_name')],
  ['given_name', shown_name('given_name')],
  ['family_name', shown_name('family_name')],
  ['active', { column: 'active', kind: 'boolean' }],
]);

/** What a list of groups may be narrowed by. */
export const group_fields: ReadonlyMap<string, Field> = new Map<string, Field>([
  ['id', exact('id')],
  ['display_name', { column: 'display_name_key', kind: 'text', fold: fold_name }],
  ['external_id', exact('external_id')],
]);

/** The grammar is SCIM's, and so may be the names: whoever writes filters for `/scim` need not learn others. */
const scim_names: ReadonlyMap<string, string> = new Map([
  ['username', 'user_name'],
  ['emails', 'email'],
  ['emails.value', 'email'],
  ['externalid', 'external_id'],
  ['displayname', 'display_name'],
  ['name.givenname', 'given_name'],
  ['name.familyname', 'family_name'],
]);

const MAX_LENGTH = 8192;
const MAX_DEPTH = 20;
const MAX_TERMS = 100;

/**
 * A filter in the grammar of RFC 7644 section 3.4.2.2 as a condition: `and`, `or`, `not`, and per field `eq ne co sw ew pr`.
 * Nothing of its text becomes part of a statement, and no character in a value is a wildcard.
 * @throws InvalidInput 400 `invalid_filter`
 */
export function read_filter(text: string, fields: ReadonlyMap<string, Field>): Condition {
  const values: Record<string, string | boolean> = {};
  let terms = 0;
  const parameter = (value: string | boolean): string => {
    const name = `filter_${Object.keys(values).length}`;
    values[name] = value;
    return `:${name}`;
  };
  const write = (filter: Filter, depth: number): string => {
    if (depth > MAX_DEPTH) throw invalid(`is nested deeper than ${MAX_DEPTH} levels`);
    switch (filter.op) {
      case 'and':
      case 'or':
        return `(${filter.filters.map((part) => write(part, depth + 1)).join(filter.op === 'and' ? ' AND ' : ' OR ')})`;
      case 'not':
        return `NOT ${write(filter.filter, depth + 1)}`;
      case '[]':
        throw invalid(`${quoted(filter.attrPath)} has no parts to filter by`);
    }
    // the parser takes any name of Object.prototype for an operator
    if (!('attrPath' in filter)) throw invalid('cannot be read');
    if (++terms > MAX_TERMS) throw invalid(`has more than ${MAX_TERMS} conditions`);
    const named = filter.attrPath.toLowerCase();
    const field = fields.get(scim_names.get(named) ?? named);
    if (field === undefined) throw invalid(`can name ${[...fields.keys()].join(', ')}, not ${quoted(filter.attrPath)}`);
    const column = `row.${field.column}`;
    if (filter.op === 'pr') return `(${column} IS NOT NULL)`;
    return compare(filter.op, column, field, filter.compValue, parameter);
  };
  return { where: write(parsed(text), 0), values };
}

type Operator = Extract<Filter, { compValue: unknown }>['op'];

/** Never unknown, always true or false: `not` of what is absent is true. */
function compare(
  op: Operator,
  column: string,
  field: Field,
  value: string | number | boolean | null,
  parameter: (value: string | boolean) => string,
): string {
  if (op === 'ne') return `NOT ${compare('eq', column, field, value, parameter)}`;
  if (op === 'eq' && value === null) return `(${column} IS NULL)`;
  if (field.kind === 'boolean') {
    if (op !== 'eq' || typeof value !== 'boolean') throw invalid('compares `active` by eq and ne with true and false only');
    return `(${column} = ${parameter(value)})`;
  }
  if (typeof value !== 'string') throw invalid('compares text with what is no text');
  const left = field.lower === true ? `LOWER(${column})` : column;
  const right = (text: string): string => (field.lower === true ? `LOWER(${parameter(text)})` : parameter(text));
  const wanted = field.fold?.(value) ?? value;
  if (op === 'eq') return `(${column} IS NOT NULL AND ${left} = ${right(wanted)})`;
  if (wanted === '') throw invalid('looks for a part that is empty');
  // counted as both databases do
  const length = Array.from(wanted).length;
  switch (op) {
    case 'sw':
      return `(${column} IS NOT NULL AND SUBSTR(${left}, 1, ${length}) = ${right(wanted)})`;
    case 'ew':
      return `(${column} IS NOT NULL AND LENGTH(${left}) >= ${length} AND SUBSTR(${left}, LENGTH(${left}) - ${length - 1}) = ${right(wanted)})`;
    case 'co':
      return `(${column} IS NOT NULL AND REPLACE(${left}, ${right(wanted)}, '') <> ${left})`;
    default:
      throw invalid(`has ${op}, which has no meaning for text here`);
  }
}

function parsed(text: string): Filter {
  if (text.length > MAX_LENGTH) throw invalid(`is longer than ${MAX_LENGTH} characters`);
  // also what the parser's own patterns would take exponential time over
  if (/[\p{Cc}\p{Cs}]/u.test(text)) throw invalid('holds control characters');
  // the parser descends once for each
  const openings = text.replace(/"(?:[^"\\]|\\.)*"/g, '').match(/[([]|\bnot\b/gi)?.length ?? 0;
  if (openings > MAX_TERMS) throw invalid(`has more than ${MAX_TERMS} parentheses`);
  try {
    return parse(text);
  } catch (error) {
    throw invalid('cannot be read', error);
  }
}

const quoted = (text: string): string => `"${text.slice(0, 100)}"`;

const invalid = (what: string, cause?: unknown): InvalidInput =>
  new InvalidInput('invalid_filter', 'The filter cannot be used.', { fields: [{ path: 'filter', message: what }], cause });
