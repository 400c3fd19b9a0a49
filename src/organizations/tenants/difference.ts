import { is_object, merge_patch, same } from '../merge_patch.ts';

export interface Difference {
  readonly path: string;
  /** Undefined: there was nothing. Secrets are `***`. */
  readonly before: unknown;
  /** Undefined: there will be nothing. */
  readonly after: unknown;
}

/** How a stored secret reads back, and how a file says "the one that is there". */
export const KEPT = '***';
/** Names under which secrets go in, in any body. */
const SECRET_NAME = /(?:secret|password|private_key|private_key_pem)$|(?:^|\.)token$/;

/** What a body would change of what is there, field by field; nothing for a field that the body does not name (RFC 7396). */
export function differences(before: unknown, body: unknown, path = ''): Difference[] {
  if (is_object(body) && (is_object(before) || before === undefined)) {
    const there = is_object(before) ? before : {};
    return Object.entries(body).flatMap(([name, value]) =>
      differences(Object.hasOwn(there, name) ? (there[name] ?? undefined) : undefined, value, path === '' ? name : `${path}.${name}`),
    );
  }
  const after = body === null ? undefined : merge_patch(undefined, body);
  if (same(before, after)) return [];
  const hide = (value: unknown): unknown => (value !== undefined && is_secret(path) ? KEPT : value);
  return [{ path, before: hide(before), after: hide(after) }];
}

const is_secret = (path: string): boolean => SECRET_NAME.test(path);

/** Every secret that a body names, with its path. */
export function secrets_in(body: unknown, path = ''): { readonly path: string; readonly value: string }[] {
  if (!is_object(body)) return typeof body === 'string' && is_secret(path) ? [{ path, value: body }] : [];
  return Object.entries(body).flatMap(([name, value]) => secrets_in(value, path === '' ? name : `${path}.${name}`));
}

/** The body without the field at a path. */
export function without(body: Readonly<Record<string, unknown>>, path: string): Record<string, unknown> {
  const [name = '', ...rest] = path.split('.');
  const { [name]: inner, ...others } = body;
  if (rest.length === 0 || !is_object(inner)) return others;
  return { ...others, [name]: without(inner, rest.join('.')) };
}
