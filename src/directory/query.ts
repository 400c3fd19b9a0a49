import type { AttributePath } from './attribute_path.ts';
import { resolve_path } from './attribute_path.ts';
import type { Dialect } from './dialect.ts';
import { is_record } from './filter/evaluate.ts';
import type { Filter } from './filter/filter.ts';
import { parse_filter } from './filter/parse.ts';
import { type Projection, read_projection } from './project.ts';
import { invalid_path, invalid_syntax, invalid_value, quoted } from './refusals.ts';
import type { ResourceType } from './schema/index.ts';

export const DEFAULT_PAGE = 100;
export const LARGEST_PAGE = 1000;
export const SEARCH_REQUEST = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

/** What a list or a search asks for (RFC 7644 sections 3.4.2 and 3.4.3), still without a resource type. */
export interface Parameters {
  readonly filter?: string | undefined;
  readonly sort_by?: string | undefined;
  readonly sort_order?: string | undefined;
  readonly start_index?: number | undefined;
  readonly count?: number | undefined;
  readonly cursor?: string | undefined;
  readonly attributes?: readonly string[] | undefined;
  readonly excluded?: readonly string[] | undefined;
}

export interface Query {
  readonly filter: Filter | undefined;
  readonly sort: { readonly path: AttributePath; readonly descending: boolean } | undefined;
  readonly start_index: number;
  readonly count: number;
  /** Undefined: pages by index. Empty: the first page by cursor. */
  readonly cursor: string | undefined;
  readonly projection: Projection;
  /** What a cursor belongs to. */
  readonly text: string;
}

/** @throws InvalidInput invalidFilter | invalidPath */
export function read_query(type: ResourceType, given: Parameters, dialect: Dialect): Query {
  const descending = given.sort_order?.toLowerCase() === 'descending';
  return {
    filter: given.filter === undefined || given.filter === '' ? undefined : parse_filter(type, given.filter, dialect),
    sort: given.sort_by === undefined || given.sort_by === '' ? undefined : { path: sortable(type, given.sort_by), descending },
    start_index: Math.max(given.start_index ?? 1, 1),
    count: Math.min(Math.max(given.count ?? DEFAULT_PAGE, 0), LARGEST_PAGE),
    cursor: given.cursor,
    projection: read_projection(type, given.attributes, given.excluded),
    text: JSON.stringify([type.name, given.filter ?? '', given.sort_by?.toLowerCase() ?? '', descending]),
  };
}

/** A complex attribute is sorted by its `value`. */
function sortable(type: ResourceType, text: string): AttributePath {
  const path = resolve_path(type, text);
  const attribute = path?.attribute;
  if (path === undefined || attribute === undefined || attribute.returned === 'never' || attribute.name === 'members')
    throw invalid_path(`${quoted(text)} is nothing to sort by.`);
  if (attribute.type !== 'complex' || path.sub !== undefined) return path;
  const value = resolve_path(type, `${text}.value`);
  if (value === undefined) throw invalid_path(`${quoted(text)} has parts: name one of them.`);
  return value;
}

/** The parameters of a GET. @throws InvalidInput */
export function parameters_of_url(values: Readonly<Record<string, string>>): Parameters {
  const find = (name: string): string | undefined => Object.entries(values).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  const names = (text: string | undefined): string[] | undefined => (text === undefined || text === '' ? undefined : text.split(','));
  return {
    filter: find('filter'),
    sort_by: find('sortBy'),
    sort_order: find('sortOrder'),
    start_index: whole_number('startIndex', find('startIndex')),
    count: whole_number('count', find('count')),
    cursor: find('cursor'),
    attributes: names(find('attributes')),
    excluded: names(find('excludedAttributes')),
  };
}

/** The body of a search. @throws InvalidInput */
export function parameters_of_search(body: unknown, dialect: Dialect): Parameters {
  if (!is_record(body)) throw invalid_syntax('The body is a JSON object.');
  const fields = new Map(Object.entries(body).map(([name, value]) => [name.toLowerCase(), value ?? undefined]));
  const schemas = fields.get('schemas');
  if (!dialect.schemas_optional && !(Array.isArray(schemas) && schemas.includes(SEARCH_REQUEST)))
    throw invalid_syntax(`\`schemas\` must name ${SEARCH_REQUEST}.`);
  const text = (name: string): string | undefined => {
    const value = fields.get(name.toLowerCase());
    if (value !== undefined && typeof value !== 'string') throw invalid_value(`${name} is a text.`);
    return value;
  };
  const number = (name: string): number | undefined => whole_number(name, fields.get(name.toLowerCase()));
  const names = (name: string): string[] | undefined => {
    const value = fields.get(name.toLowerCase());
    if (value === undefined) return undefined;
    if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) throw invalid_value(`${name} is a list of names.`);
    return value.length === 0 ? undefined : value;
  };
  return {
    filter: text('filter'),
    sort_by: text('sortBy'),
    sort_order: text('sortOrder'),
    start_index: number('startIndex'),
    count: number('count'),
    cursor: text('cursor'),
    attributes: names('attributes'),
    excluded: names('excludedAttributes'),
  };
}

function whole_number(name: string, value: unknown): number | undefined {
  if (value === undefined || value === '') return undefined;
  const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) throw invalid_value(`${name} is a whole number.`);
  return number;
}
