export type Delimiter = ',' | ';' | 'tab';

/** By its ending: browsers know few of these types. */
export function type_of_file(name: string): string {
  if (/\.(ndjson|jsonl)$/i.test(name)) return 'application/x-ndjson';
  return /\.json$/i.test(name) ? 'application/scim+json' : 'text/csv';
}

/** `Login = user_name`, a line each; nothing behind the sign passes the column over. */
export function read_mapping(text: string): Record<string, string | null> {
  const rows = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return Object.fromEntries(
    rows.map((line) => {
      const at = line.indexOf('=');
      const field = at < 0 ? '' : line.slice(at + 1).trim();
      return [(at < 0 ? line : line.slice(0, at)).trim(), field === '' ? null : field];
    }),
  );
}

export function import_address(
  organization_id: string,
  { dry_run, delimiter, mapping }: { readonly dry_run: boolean; readonly delimiter: Delimiter; readonly mapping: string },
): string {
  const query = new URLSearchParams({ dry_run: String(dry_run) });
  if (delimiter !== ',') query.set('delimiter', delimiter);
  const columns = read_mapping(mapping);
  if (Object.keys(columns).length > 0) query.set('mapping', JSON.stringify(columns));
  return `/api/v1/organizations/${encodeURIComponent(organization_id)}/users/import?${query.toString()}`;
}
