import type { RoleMappingRow } from '../storage/index.ts';

/** Who may be given a role by a mapping: their groups by name, and their attributes. */
export interface MappedTo {
  readonly groups: ReadonlySet<string>;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Does this mapping give its role to this person? Names and values are compared as they are. */
export function mapping_matches(
  { group, attribute_name, attribute_value }: Pick<RoleMappingRow, 'group' | 'attribute_name' | 'attribute_value'>,
  { groups, attributes }: MappedTo,
): boolean {
  if (group !== null && groups.has(group)) return true;
  return attribute_name !== null && has_value(attributes, attribute_name, attribute_value);
}

function has_value(attributes: Readonly<Record<string, unknown>>, name: string, wanted: string | null): boolean {
  const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  return [value].flat().some((one) => String(one) === wanted);
}
