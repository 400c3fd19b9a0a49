/** What came with an export of a whole organization. */
export interface OffBoarded {
  /** "3 people", by kind of line. */
  readonly counts: readonly (readonly [kind: string, count: number])[];
  /** The last line. */
  readonly receipt: Readonly<Record<string, unknown>>;
  readonly at: string;
}

const words: readonly (readonly [kind: string, one: string, many: string])[] = [
  ['user', 'person', 'people'],
  ['connection', 'connection', 'connections'],
  ['domain', 'domain', 'domains'],
  ['group', 'group', 'groups'],
  ['role_mapping', 'role mapping', 'role mappings'],
  ['contact', 'contact', 'contacts'],
];

/** Counts the lines, and reads the last. */
export function lines_of(text: string, at: string): OffBoarded {
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { kind: string; value: Record<string, unknown> }); // the broker's own, of the same version
  const counts = words.flatMap(([kind, one, many]) => {
    const count = lines.filter((line) => line.kind === kind).length;
    return count === 0 ? [] : [[count === 1 ? one : many, count] as const];
  });
  return { counts, receipt: lines.at(-1)?.value ?? {}, at };
}
