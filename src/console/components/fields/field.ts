/** One thing that can be set: where it stands in the body, and how it is asked for. */
export interface Field {
  /** Of the API's body, with dots: `saml.metadata_url`. */
  readonly path: string;
  readonly label: string;
  readonly description?: string;
  readonly kind: 'text' | 'area' | 'number' | 'switch' | 'choice' | 'lines' | 'secret' | 'tags' | 'order';
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  readonly required?: boolean;
  /** What holds when nothing is set: shown in its place. */
  readonly otherwise?: string | boolean;
  /** Asked for only by those who look for it. */
  readonly advanced?: boolean;
  /** Tells of a mistake while it is typed; the API has the last word. */
  readonly check?: (value: string) => string | undefined;
}

export type Values = Readonly<Record<string, unknown>>;
type Tree = { [name: string]: unknown };

/** What is there now, by path. */
export function read_values(fields: readonly Field[], item: object): Values {
  return Object.fromEntries(fields.map((field) => [field.path, shown(field, value_at(item, field.path))]));
}

function value_at(item: object, path: string): unknown {
  let at: unknown = item;
  for (const name of path.split('.'))
    at = typeof at === 'object' && at !== null && Object.hasOwn(at, name) ? (at as Tree)[name] : undefined; // an object
  return at;
}

function shown({ kind, otherwise }: Field, value: unknown): unknown {
  if (kind === 'switch') return typeof value === 'boolean' ? value : otherwise === true;
  if (kind === 'lines') return Array.isArray(value) ? value.join('\n') : typeof value === 'string' ? value : '';
  if (kind === 'tags' || kind === 'order')
    return Array.isArray(value) ? value : typeof value === 'string' ? value.split(' ').filter((word) => word !== '') : [];
  // a secret never comes out
  if (kind === 'secret' || value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : value;
}

const is_empty = (value: unknown): boolean =>
  value === '' || value === undefined || value === null || (Array.isArray(value) && value.length === 0);

function sent({ kind }: Field, value: unknown): unknown {
  if (kind === 'lines' && typeof value === 'string') {
    const blocks = value.includes('-----BEGIN') ? value.split(/(?<=-----END [A-Z ]+-----)/) : value.split('\n');
    return blocks.map((line) => line.trim()).filter((line) => line !== '');
  }
  if (kind === 'number') return Number(value);
  return typeof value === 'string' ? value.trim() : value;
}

/** A body with what is set, for something new. */
export function new_body(fields: readonly Field[], values: Values): Tree {
  const body: Tree = {};
  for (const field of fields) {
    const value = values[field.path];
    if (!is_empty(value) && value !== field.otherwise) put(body, field.path, sent(field, value));
  }
  return body;
}

/** A merge patch (RFC 7396) with what changed: null takes away. */
export function patch_body(fields: readonly Field[], before: Values, values: Values): Tree {
  const body: Tree = {};
  for (const field of fields) {
    const value = values[field.path];
    if (JSON.stringify(value) === JSON.stringify(before[field.path])) continue;
    put(body, field.path, is_empty(value) ? (field.kind === 'tags' ? [] : null) : sent(field, value));
  }
  return body;
}

function put(body: Tree, path: string, value: unknown): void {
  const names = path.split('.');
  const last = names.pop() ?? '';
  let at = body;
  for (const name of names) at = (at[name] ??= {}) as Tree; // made here
  at[last] = value;
}
