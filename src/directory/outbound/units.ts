import { createHash } from 'node:crypto';
import { parse_target_path, type TargetPath } from '../../organizations/index.ts';
import { same_json } from '../../users/index.ts';

type Json = Readonly<Record<string, unknown>>;

/** What is said of somebody, by the path under which it is replaced as one: `name.givenName`, `emails`, `urn:…:User:department`. */
export type Units = ReadonlyMap<string, unknown>;

export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';

/** Mapped values, gathered: elements of one multi-valued attribute are said together. Absent values are left out. */
export function units_of(values: ReadonlyMap<string, unknown>): Map<string, unknown> {
  const units = new Map<string, unknown>();
  for (const [text, value] of values) {
    const path = parse_target_path(text);
    if (path === undefined || value === undefined || value === null || value === '') continue;
    if (path.type === null) units.set(text, value);
    else units.set(unit_name(path), with_element(units.get(unit_name(path)), path, value));
  }
  return units;
}

const unit_name = ({ schema, attribute }: TargetPath): string => (schema === null ? attribute : `${schema}:${attribute}`);

function with_element(present: unknown, { type, sub }: TargetPath, value: unknown): Json[] {
  const elements = Array.isArray(present) ? (present as Json[]) : []; // made here
  const found = elements.find((element) => element['type'] === type);
  if (found !== undefined) return elements.map((element) => (element === found ? { ...found, [sub ?? '']: value } : element));
  return [...elements, { type, [sub ?? '']: value, ...(elements.length === 0 && { primary: true }) }];
}

/** Compares without keeping what was sent: it names people. */
export const fingerprint = (id: string, unit: string, value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify([id, unit, value]))
    .digest('base64url')
    .slice(0, 22);

export const fingerprints = (id: string, units: Units): Record<string, string> =>
  Object.fromEntries([...units].map(([unit, value]) => [unit, fingerprint(id, unit, value)]));

export interface Difference {
  readonly set: ReadonlyMap<string, unknown>;
  readonly removed: readonly string[];
}

/** What the target has not confirmed yet. */
export function differs(id: string, units: Units, sent: Readonly<Record<string, string>>): Difference | undefined {
  const set = new Map([...units].filter(([unit, value]) => sent[unit] !== fingerprint(id, unit, value)));
  const removed = Object.keys(sent).filter((unit) => !units.has(unit));
  return set.size + removed.length === 0 ? undefined : { set, removed };
}

/** The resource as a whole; `over`: what the target has, whose other attributes stay. */
export function whole(units: Units, over: Json = {}, removed: readonly string[] = []): Record<string, unknown> {
  const body: Record<string, unknown> = structuredClone({ ...over });
  for (const unit of removed) write(body, unit, undefined);
  for (const [unit, value] of units) write(body, unit, value);
  const schemas = [USER_SCHEMA, ...[...units.keys()].flatMap((unit) => parse_target_path(unit)?.schema ?? [])];
  const before = Array.isArray(over['schemas']) ? over['schemas'].map(String) : [];
  return { ...body, schemas: [...new Set([...before, ...schemas])] };
}

function write(body: Record<string, unknown>, unit: string, value: unknown): void {
  const path = parse_target_path(unit) ?? { schema: null, attribute: unit, sub: null };
  const place = path.schema === null ? body : child(body, path.schema);
  const [holder, name] = path.sub === null ? [place, path.attribute] : [child(place, path.attribute), path.sub];
  if (value === undefined) Reflect.deleteProperty(holder, name);
  else holder[name] = value;
}

function child(body: Record<string, unknown>, name: string): Record<string, unknown> {
  const present = Object.hasOwn(body, name) ? body[name] : undefined;
  const made = typeof present === 'object' && present !== null && !Array.isArray(present) ? { ...present } : {};
  body[name] = made;
  return made;
}

/** Whether the target shows this unit as we say it; what it adds to the elements of a list is its own matter. */
export function shows(remote: Json, unit: string, value: unknown): boolean {
  const path = parse_target_path(unit) ?? { schema: null, attribute: unit, sub: null };
  const place = path.schema === null ? remote : own(remote, path.schema);
  const top = own(place, path.attribute);
  const shown = path.sub === null ? top : own(top, path.sub);
  if (!Array.isArray(value)) return same_json(shown, value) || String(shown) === String(value);
  if (!Array.isArray(shown)) return false;
  const elements = shown as unknown[]; // unknown in any case
  return value.every(
    (wanted) =>
      elements.some((element) =>
        Object.entries(wanted as Json).every(([name, said]) => name === 'primary' || same_json(own(element, name), said)),
      ), // elements are made above
  );
}

/** Attribute names of SCIM know no case. */
export function own(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Object.hasOwn(value, name)) return (value as Json)[name]; // an object
  const lower = name.toLowerCase();
  return Object.entries(value).find(([key]) => key.toLowerCase() === lower)?.[1];
}
