import { same_json } from './same_json.ts';

/**
 * A patch without the read-only parts that say what is so already: whoever sends back what was read may send them along.
 * One that says something else stays, and is refused by the schema like any field that cannot be set.
 */
export function without_unchanged(
  patch: unknown,
  view: Readonly<Record<string, unknown>>,
  settable: Readonly<Record<string, unknown>>,
): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const parts = Object.entries(patch).filter(
    ([name, value]) => Object.hasOwn(settable, name) || !Object.hasOwn(view, name) || !same_json(value, view[name]),
  );
  return Object.fromEntries(parts);
}

/** RFC 7396 one level deep: null removes. Makes own properties only, whatever their names. */
export function merged(current: Readonly<Record<string, unknown>>, patch: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const all = new Map([...Object.entries(current), ...Object.entries(patch)]);
  return Object.fromEntries([...all].filter(([, value]) => value !== null));
}

/** Without the fields that say nothing. */
export const said = <Fields extends object>(fields: Fields): { [Name in keyof Fields]: Exclude<Fields[Name], undefined> } =>
  // what is undefined was just left out
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]: Exclude<Fields[Name], undefined>;
  };
