/** Equal as JSON, whatever the order of names. */
export const same_json = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);

/** JSON with sorted keys: stored attributes come back in the order they were written in. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
