import { z } from 'zod';

export const DIALECTS = ['auto', 'strict', 'entra', 'okta', 'onelogin', 'jumpcloud', 'ping'] as const;
export const dialect_name = z.enum(DIALECTS);
export type DialectName = (typeof DIALECTS)[number];
/** A client that is known; `auto` is strict until it is. */
export type KnownDialect = Exclude<DialectName, 'auto'>;

/** What a client is forgiven. Strict forgives nothing. */
export interface Dialect {
  readonly name: KnownDialect;
  /** `externalId eq jyoung` */
  readonly unquoted_values: boolean;
  /** `"False"` where a boolean belongs, in bodies and in filters. */
  readonly text_booleans: boolean;
  /** `remove` with a `value` takes those values out, and never all. */
  readonly remove_by_value: boolean;
  /** `replace` of `emails[type eq "work"].value` makes the element when there is none. */
  readonly create_filtered: boolean;
  /** `manager` as a text or a list of one; roles as texts or as JSON within a text. */
  readonly loose_complex: boolean;
  /** `"name.givenName"` and whole URNs as keys of a value without a path. */
  readonly dotted_keys: boolean;
  /** `manager eq "x"`: attributes of an extension without its URN. */
  readonly short_names: boolean;
  /** Read-only attributes in a value without a path are passed over. */
  readonly ignore_read_only: boolean;
  /** A body need not name its schemas. */
  readonly schemas_optional: boolean;
}

const strict: Dialect = {
  ...{ name: 'strict', unquoted_values: false, text_booleans: false, remove_by_value: false, create_filtered: false },
  ...{ loose_complex: false, dotted_keys: false, short_names: false, ignore_read_only: false, schemas_optional: false },
};

const dialects: Readonly<Record<KnownDialect, Dialect>> = {
  strict,
  entra: {
    ...{ name: 'entra', unquoted_values: true, text_booleans: true, remove_by_value: true, create_filtered: true },
    ...{ loose_complex: true, dotted_keys: true, short_names: true, ignore_read_only: true, schemas_optional: true },
  },
  okta: { ...strict, name: 'okta', ignore_read_only: true, loose_complex: true, schemas_optional: true },
  onelogin: { ...strict, name: 'onelogin', ignore_read_only: true, create_filtered: true, schemas_optional: true },
  jumpcloud: { ...strict, name: 'jumpcloud', ignore_read_only: true, remove_by_value: true, create_filtered: true, schemas_optional: true },
  ping: { ...strict, name: 'ping', ignore_read_only: true, create_filtered: true, schemas_optional: true },
};

export const dialect_of = (name: KnownDialect): Dialect => dialects[name];

const AGENTS: readonly (readonly [RegExp, KnownDialect])[] = [
  [/\bokta\b/i, 'okta'],
  [/\b(?:azure|entra|microsoft)/i, 'entra'],
  [/\bonelogin\b/i, 'onelogin'],
  [/\bjumpcloud\b/i, 'jumpcloud'],
  [/\bping(?:one|federate|identity)?\b/i, 'ping'],
];

/** Who a client is by what only this client does; undefined while it might be anybody. */
export function detect(request: { readonly agent: string; readonly query: string; readonly body: unknown }): KnownDialect | undefined {
  const by_name = AGENTS.find(([pattern]) => pattern.test(request.agent))?.[1];
  if (by_name !== undefined) return by_name;
  if (/aadOptscim/i.test(request.query)) return 'entra';
  return looks_like_entra(request.body) ? 'entra' : undefined;
}

const ENTRA_SCHEMA = 'http://schemas.microsoft.com/2006/11/resourcemanagement/adscim/';

/** Capitalised operations, paths as keys of a value, Microsoft's own schema: no other client writes any of these. */
function looks_like_entra(body: unknown): boolean {
  if (typeof body !== 'object' || body === null) return false;
  const { schemas, Operations } = body as { readonly schemas?: unknown; readonly Operations?: unknown }; // each is looked at below
  if (Array.isArray(schemas) && schemas.some((urn) => typeof urn === 'string' && urn.toLowerCase().startsWith(ENTRA_SCHEMA))) return true;
  return Array.isArray(Operations) && Operations.slice(0, 100).some(is_entra_operation);
}

function is_entra_operation(operation: unknown): boolean {
  if (typeof operation !== 'object' || operation === null) return false;
  const { op, path, value } = operation as { readonly op?: unknown; readonly path?: unknown; readonly value?: unknown }; // as above
  if (typeof op === 'string' && /^(?:Add|Replace|Remove)$/.test(op)) return true;
  if (path !== undefined || typeof value !== 'object' || value === null) return false;
  return Object.keys(value).some((key) => /^name\.[a-z]|^urn:ietf:params:scim:schemas:extension:enterprise:2\.0:User:[a-z]/i.test(key));
}
