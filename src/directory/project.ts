import { type AttributePath, resolve_path } from './attribute_path.ts';
import { is_record } from './filter/evaluate.ts';
import type { Resource, ResourceType } from './schema/index.ts';

/** What of a resource is wanted (RFC 7644 section 3.9). */
export interface Projection {
  /** Undefined: all but what only comes when asked for. */
  readonly only: readonly AttributePath[] | undefined;
  readonly without: readonly AttributePath[];
}

/** Names that no schema has are passed over: there is nothing to show or to leave out. */
export function read_projection(
  type: ResourceType,
  attributes: readonly string[] | undefined,
  excluded: readonly string[] | undefined,
): Projection {
  const paths = (names: readonly string[]): AttributePath[] =>
    names.map((name) => resolve_path(type, name.trim())).filter((path) => path !== undefined);
  return { only: attributes === undefined ? undefined : paths(attributes), without: paths(excluded ?? []) };
}

/** Whether anything of an attribute of the core is shown: what nobody sees need not be read. */
export function shows({ only, without }: Projection, name: string): boolean {
  const names = ({ extension, attribute }: AttributePath): boolean => extension === undefined && attribute?.name === name;
  if (without.some((path) => names(path) && path.sub === undefined)) return false;
  return only === undefined || only.some(names);
}

export function project(resource: Resource, { only, without }: Projection): Resource {
  let shown: Resource = resource;
  if (only !== undefined) {
    shown = { schemas: resource['schemas'], id: resource['id'] };
    for (const path of only) copy(resource, shown, path);
  }
  if (without.length === 0) return shown;
  const copied = structuredClone(shown);
  for (const path of without) if (path.attribute?.returned !== 'always') remove(copied, path);
  return copied;
}

function copy(from: Resource, to: Resource, { extension, attribute, sub }: AttributePath): void {
  if (extension !== undefined) {
    const within = from[extension];
    if (!is_record(within)) return;
    if (attribute === undefined) to[extension] = within;
    else {
      const part: Resource = is_record(to[extension]) ? to[extension] : {};
      copy(within, part, { extension: undefined, attribute, sub });
      if (Object.keys(part).length > 0) to[extension] = part;
    }
    return;
  }
  if (attribute === undefined) return;
  const value = from[attribute.name];
  if (value === undefined) return;
  if (sub === undefined) to[attribute.name] = value;
  else if (Array.isArray(value)) {
    const before = to[attribute.name];
    to[attribute.name] = value.map((one, index) =>
      with_part(Array.isArray(before) ? (before[index] as unknown) : undefined, one, sub.name),
    ); // an element beside its own
  } else to[attribute.name] = with_part(to[attribute.name], value, sub.name);
}

function with_part(before: unknown, value: unknown, name: string): Resource {
  const part = is_record(value) ? value[name] : undefined;
  return { ...(is_record(before) ? before : {}), ...(part !== undefined && { [name]: part }) };
}

function remove(from: Resource, { extension, attribute, sub }: AttributePath): void {
  if (extension !== undefined) {
    const within = from[extension];
    if (attribute === undefined) Reflect.deleteProperty(from, extension);
    else if (is_record(within)) remove(within, { extension: undefined, attribute, sub });
    return;
  }
  if (attribute === undefined) return;
  if (sub === undefined) {
    Reflect.deleteProperty(from, attribute.name);
    return;
  }
  const value = from[attribute.name];
  for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) if (is_record(one)) Reflect.deleteProperty(one, sub.name); // a list of anything
}
