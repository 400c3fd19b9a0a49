import type { Dialect } from './dialect.ts';
import { is_record } from './filter/evaluate.ts';
import { invalid_syntax, invalid_value, quoted } from './refusals.ts';
import { type Attribute, find_core, find_extension, find_of, find_sub, type Resource, type ResourceType } from './schema/index.ts';

const MAX_TEXT = 2048;
const MAX_BINARY = 32_768;
const MAX_ELEMENTS = 200;

/** A value as its attribute wants it; undefined for null and emptiness, which are no value (RFC 7643 section 2.5). @throws InvalidInput invalidValue */
export function read_value(attribute: Attribute, value: unknown, where: string, dialect: Dialect): unknown {
  if (!attribute.multi) return read_single(attribute, value, where, dialect);
  if (value === null || value === undefined) return undefined;
  if (!Array.isArray(value)) throw invalid_value(`${where} is a list.`);
  if (value.length > MAX_ELEMENTS) throw invalid_value(`${where} has more than ${MAX_ELEMENTS} values.`);
  const elements = value.map((one) => read_single(attribute, one, where, dialect)).filter((one) => one !== undefined);
  if (elements.filter((one) => is_record(one) && one['primary'] === true).length > 1)
    throw invalid_value(`${where} has more than one primary value.`);
  return elements.length === 0 ? undefined : elements;
}

/** One value of an attribute, multi-valued or not. */
export function read_single(attribute: Attribute, value: unknown, where: string, dialect: Dialect): unknown {
  if (value === null || value === undefined || value === '') return undefined;
  switch (attribute.type) {
    case 'complex':
      return read_complex(attribute, value, where, dialect);
    case 'boolean':
      return read_boolean(value, where, dialect);
    default:
      return read_text(attribute, value, where);
  }
}

function read_boolean(value: unknown, where: string, dialect: Dialect): boolean {
  if (typeof value === 'boolean') return value;
  if (dialect.text_booleans && typeof value === 'string' && /^(?:true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  throw invalid_value(`${where} is true or false, without quotes.`);
}

function read_text(attribute: Attribute, value: unknown, where: string): string {
  if (typeof value !== 'string') throw invalid_value(`${where} is a text.`);
  const most = attribute.type === 'binary' ? MAX_BINARY : MAX_TEXT;
  if (value.length > most) throw invalid_value(`${where} is longer than ${most} characters.`);
  // an address is written in lines
  if (/[\p{Cs}\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/u.test(value)) throw invalid_value(`${where} holds control characters.`);
  return value;
}

function read_complex(attribute: Attribute, given: unknown, where: string, dialect: Dialect): Resource | undefined {
  const value = dialect.loose_complex ? tightened(attribute, given) : given;
  if (value === undefined) return undefined;
  if (!is_record(value)) throw invalid_value(`${where} is an object.`);
  const parts = by_name(value, where, (name) => find_sub(attribute, name));
  const read = [...parts].flatMap(([sub, one]) => {
    // the server's own parts are passed over (RFC 7643 section 2.2)
    const part = sub.mutability === 'readOnly' ? undefined : read_value(sub, one, `${where}.${sub.name}`, dialect);
    return part === undefined ? [] : [[sub.name, part] as const];
  });
  return read.length === 0 ? undefined : Object.fromEntries(read);
}

/** A text is the `value`; a list of one is that one; JSON within a text is what it says. */
function tightened(attribute: Attribute, given: unknown): unknown {
  const value: unknown = !attribute.multi && Array.isArray(given) ? given[0] : given;
  if (typeof value !== 'string' || find_sub(attribute, 'value') === undefined) return value;
  if (value === '') return undefined;
  const inner = value.startsWith('{') ? parsed(value) : undefined;
  if (!is_record(inner)) return { value };
  return { ...inner, display: inner['display'] ?? inner['displayName'] };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What of an object the schema knows; the rest is passed over. @throws InvalidInput invalidSyntax when a name comes twice */
function by_name(value: Resource, where: string, find: (name: string) => Attribute | undefined): Map<Attribute, unknown> {
  const found = new Map<Attribute, unknown>();
  for (const [name, one] of Object.entries(value)) {
    const attribute = find(name);
    if (attribute === undefined) continue;
    if (found.has(attribute))
      throw invalid_syntax(`${where === '' ? quoted(name) : `${where}.${name}`} is there twice, in different case.`);
    found.set(attribute, one);
  }
  return found;
}

/** The body of a POST or PUT: what a client may say, in the names of the schema. Read-only and unknown attributes are passed over. @throws InvalidInput */
export function read_body(type: ResourceType, body: unknown, dialect: Dialect): Resource {
  if (!is_record(body)) throw invalid_syntax('The body is a JSON object.');
  require_schema(type, body, dialect);
  const resource: Resource = {};
  for (const [attribute, value] of by_name(body, '', (name) => find_core(type, name))) {
    if (!is_writable(attribute) || is_members(type, attribute)) continue;
    const read = read_value(attribute, value, attribute.name, dialect);
    if (read !== undefined) resource[attribute.name] = read;
  }
  for (const [urn, value] of Object.entries(body)) {
    const extension = find_extension(type, urn);
    if (extension === undefined || value === null) continue;
    if (!is_record(value)) throw invalid_value(`${extension.id} is an object.`);
    const parts: Resource = {};
    for (const [attribute, one] of by_name(value, extension.id, (name) => find_of(extension, name))) {
      const read = read_value(attribute, one, attribute.name, dialect);
      if (read !== undefined) parts[attribute.name] = read;
    }
    if (Object.keys(parts).length > 0) resource[extension.id] = parts;
  }
  return resource;
}

/** What a client can set and we keep. A password is taken and forgotten. */
export const is_writable = (attribute: Attribute): boolean =>
  attribute.mutability !== 'readOnly' && attribute.mutability !== 'writeOnly' && attribute.name !== 'schemas';

/** Members are a table of their own. */
export const is_members = (type: ResourceType, attribute: Attribute): boolean => type.name === 'Group' && attribute.name === 'members';

function require_schema(type: ResourceType, body: Resource, dialect: Dialect): void {
  const schemas = Object.entries(body).find(([name]) => name.toLowerCase() === 'schemas')?.[1];
  if (Array.isArray(schemas) && schemas.some((urn) => typeof urn === 'string' && urn.toLowerCase() === type.core.id.toLowerCase())) return;
  if (!dialect.schemas_optional) throw invalid_syntax(`\`schemas\` must name ${type.core.id}.`);
}
