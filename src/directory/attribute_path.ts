import { type Attribute, find_core, find_extension, find_of, find_sub, type ResourceType, type Schema } from './schema/index.ts';

/** What a path names: a whole extension, an attribute, or a part of one. */
export interface AttributePath {
  /** The URN of the extension in which it stands; undefined: the core. */
  readonly extension: string | undefined;
  /** Undefined: the whole extension. */
  readonly attribute: Attribute | undefined;
  readonly sub: Attribute | undefined;
}

/** Known URNs first: the `2.0` in them contains a dot and their colons are no separators of ours. Undefined for what no schema has. */
export function resolve_path(type: ResourceType, text: string): AttributePath | undefined {
  const { schema, rest } = split_urn(type, text);
  if (rest === '')
    return schema === undefined || schema === type.core ? undefined : { extension: schema.id, attribute: undefined, sub: undefined };
  const [name = '', sub_name, more] = rest.split('.');
  if (more !== undefined) return undefined;
  const extension = schema === undefined || schema === type.core ? undefined : schema.id;
  const attribute = extension === undefined ? find_core(type, name) : find_of(schema as Schema, name); // an extension came from its schema
  if (attribute === undefined) return undefined;
  if (sub_name === undefined) return { extension, attribute, sub: undefined };
  const sub = find_sub(attribute, sub_name);
  return sub === undefined ? undefined : { extension, attribute, sub };
}

/** The schema that a path begins with, and what follows it. */
export function split_urn(type: ResourceType, text: string): { readonly schema: Schema | undefined; readonly rest: string } {
  const lower = text.toLowerCase();
  for (const schema of [type.core, ...type.extensions]) {
    const urn = schema.id.toLowerCase();
    if (lower === urn) return { schema, rest: '' };
    if (lower.startsWith(`${urn}:`)) return { schema, rest: text.slice(urn.length + 1) };
  }
  return { schema: find_extension(type, text), rest: text };
}
