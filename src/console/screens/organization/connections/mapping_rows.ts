import type { Schemas } from '../../../api/client.ts';

export type WrittenMapping = NonNullable<Schemas['AttributeMappingPreview']['attribute_mapping']>;

/** One line of a mapping, as it is typed: our field, and the partner's attribute or a whole rule as JSON. */
export interface MappingRow {
  readonly target: string;
  readonly source: string;
}

/** The fields that tokens and SCIM know; any other name becomes an attribute of the person. */
export const known_targets = ['email', 'user_name', 'given_name', 'family_name', 'display_name', 'groups', 'external_id'] as const;

export const rows_of = (mapping: Readonly<Record<string, unknown>> | null): MappingRow[] =>
  Object.entries(mapping ?? {}).map(([target, rule]) => ({ target, source: typeof rule === 'string' ? rule : JSON.stringify(rule) }));

/** Undefined while a rule is not JSON yet. Null: the protocol's own mapping. */
export function mapping_of(rows: readonly MappingRow[]): WrittenMapping | null | undefined {
  const filled = rows.filter(({ target, source }) => target.trim() !== '' && source.trim() !== '');
  if (filled.length === 0) return null;
  try {
    // what is no rule, the API says so
    return Object.fromEntries(
      filled.map(({ target, source }) => [
        target.trim(),
        source.trim().startsWith('{') ? (JSON.parse(source) as WrittenMapping[string]) : source.trim(),
      ]),
    );
  } catch {
    return undefined;
  }
}
