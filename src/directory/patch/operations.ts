import { type AttributePath, resolve_path, split_urn } from '../attribute_path.ts';
import type { Dialect } from '../dialect.ts';
import { is_record } from '../filter/evaluate.ts';
import type { Filter } from '../filter/filter.ts';
import { parse_element_filter } from '../filter/parse.ts';
import { invalid_path, invalid_syntax, invalid_value, no_target, quoted } from '../refusals.ts';
import type { Attribute, Resource, ResourceType } from '../schema/index.ts';

export const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const MAX_OPERATIONS = 1000;

export interface PatchPath extends AttributePath {
  /** What chooses the elements; undefined: all. */
  readonly where: Filter | undefined;
  /** As it was written. */
  readonly text: string;
}

/** A path that names an attribute. */
export interface Target extends PatchPath {
  readonly attribute: Attribute;
}

export interface Operation {
  readonly op: 'add' | 'replace' | 'remove';
  /** Undefined: the whole resource. */
  readonly path: PatchPath | undefined;
  readonly value: unknown;
}

/** The operations of a PATCH body, all of them read before the first is applied (RFC 7644 section 3.5.2). @throws InvalidInput */
export function read_operations(type: ResourceType, body: unknown, dialect: Dialect): Operation[] {
  if (!is_record(body)) throw invalid_syntax('The body is a JSON object.');
  const fields = new Map(Object.entries(body).map(([name, value]) => [name.toLowerCase(), value]));
  const schemas = fields.get('schemas');
  if (!dialect.schemas_optional && !(Array.isArray(schemas) && schemas.includes(PATCH_OP)))
    throw invalid_syntax(`\`schemas\` must name ${PATCH_OP}.`);
  const operations = fields.get('operations');
  if (!Array.isArray(operations) || operations.length === 0) throw invalid_syntax('`Operations` is a list of one operation or more.');
  if (operations.length > MAX_OPERATIONS) throw invalid_syntax(`\`Operations\` has more than ${MAX_OPERATIONS} operations.`);
  return operations.map((one: unknown) => read_operation(type, one, dialect));
}

function read_operation(type: ResourceType, operation: unknown, dialect: Dialect): Operation {
  if (!is_record(operation)) throw invalid_syntax('An operation is a JSON object.');
  const fields = new Map(Object.entries(operation).map(([name, value]) => [name.toLowerCase(), value]));
  const op = String(fields.get('op')).toLowerCase();
  if (op !== 'add' && op !== 'replace' && op !== 'remove') throw invalid_syntax('`op` is add, replace or remove.');
  const text = fields.get('path');
  if (text !== undefined && text !== null && typeof text !== 'string') throw invalid_path('`path` is a text.');
  const path = typeof text === 'string' && text !== '' ? read_path(type, text, dialect) : undefined;
  const value = fields.get('value');
  if (op === 'remove' && path === undefined) throw no_target('`remove` needs a path.');
  if (op !== 'remove' && !fields.has('value')) throw invalid_value(`\`${op}\` needs a value.`);
  if (op !== 'remove' && path === undefined && !is_record(value)) throw invalid_value(`\`${op}\` without a path needs an object.`);
  return { op, path, value };
}

const MAX_PATH = 8192;

/** `attribute`, `attribute.part`, `attribute[filter]`, `attribute[filter].part`, each behind its schema's URN or not. @throws InvalidInput */
export function read_path(type: ResourceType, text: string, dialect: Dialect): PatchPath {
  if (text.length > MAX_PATH) throw invalid_path('The path is too long.');
  const { schema, rest } = split_urn(type, text);
  const opening = rest.indexOf('[');
  const prefix = schema === undefined ? '' : `${schema.id}:`;
  if (opening < 0) {
    const path = resolve_path(type, text);
    if (path === undefined) throw unknown(text);
    return { ...path, where: undefined, text };
  }
  const closing = rest.lastIndexOf(']');
  const path = resolve_path(type, prefix + rest.slice(0, opening));
  const { attribute } = path ?? {};
  if (path === undefined || attribute === undefined || path.sub !== undefined) throw unknown(text);
  if (!attribute.multi || attribute.sub.length === 0)
    throw invalid_path(`${quoted(text)}: ${attribute.name} has no elements to choose from.`);
  const tail = rest.slice(closing + 1);
  if (closing < opening || (tail !== '' && !tail.startsWith('.'))) throw invalid_path(`${quoted(text)} is no path.`);
  const where = parse_element_filter(attribute, rest.slice(opening + 1, closing), dialect);
  if (tail === '') return { ...path, where, text };
  const whole = resolve_path(type, `${prefix}${rest.slice(0, opening)}${tail}`);
  if (whole === undefined) throw unknown(text);
  return { ...whole, where, text };
}

const unknown = (text: string) => invalid_path(`${quoted(text)} is no attribute of this resource.`);

/** A value without a path, taken apart: one operation for each attribute that it names. Unknown names are passed over. */
export function take_apart(type: ResourceType, { op, value }: Operation, dialect: Dialect): Operation[] {
  const parts = value as Resource; // an operation without a path has an object
  return Object.entries(parts).flatMap(([key, one]): Operation[] => {
    const plain = resolve_path(type, key);
    const dotted = plain !== undefined && (plain.sub !== undefined || (plain.extension !== undefined && plain.attribute !== undefined));
    if (plain !== undefined && (!dotted || dialect.dotted_keys))
      return [{ op, path: { ...plain, where: undefined, text: key }, value: one }];
    if (!dialect.dotted_keys || !key.includes('[')) return [];
    return [{ op, path: read_path(type, key, dialect), value: one }];
  });
}
