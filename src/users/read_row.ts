import type { UserRow } from '../storage/index.ts';

/** A row of `users` as prepared SQL reads it: booleans, times and JSON differ by driver. */
export type RawUser = { readonly [Column in keyof UserRow]: UserRow[Column] | string | number | null };

/** The same row as the mapper would give it. */
export function read_user(raw: RawUser): UserRow {
  const time = (value: unknown): number | null => (value === null ? null : Number(value));
  const json = (value: unknown): Record<string, unknown> => JSON.parse(String(value)) as Record<string, unknown>; // a JSON column
  return {
    ...(raw as UserRow), // text columns are the same in both drivers; the others follow
    email_denied: Boolean(raw.email_denied),
    active: Boolean(raw.active),
    attributes: json(raw.attributes),
    scim: json(raw.scim),
    written_by: raw.written_by === null ? null : (json(raw.written_by) as Record<string, string>), // written by this room
    kept_out_at: time(raw.kept_out_at),
    last_login_at: time(raw.last_login_at),
    created_at: Number(raw.created_at),
    updated_at: Number(raw.updated_at),
    version: Number(raw.version),
  };
}
