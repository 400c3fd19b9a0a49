import { parse_email, rfc3339 } from '../kernel/index.ts';
import type { UserRow } from '../storage/index.ts';
import { fold_email, type UserFields } from '../users/index.ts';
import { etag_of } from './etag.ts';
import { is_record } from './filter/evaluate.ts';
import { invalid_value } from './refusals.ts';
import { ENTERPRISE, type Resource, USER } from './schema/index.ts';

/** A group that a person is in. */
export interface GroupOfUser {
  readonly id: string;
  readonly display_name: string;
}

const MOST_BYTES = 65_536;

/** What a client may change of a person: columns, and beside them what has none. */
export function writable_user(row: UserRow): Resource {
  const { emails, name, active: _active, ...rest } = row.scim;
  const resource: Resource = { userName: row.user_name, ...rest, active: row.active };
  put(resource, 'externalId', row.external_id);
  put(resource, 'displayName', row.display_name);
  const names: Resource = { ...(is_record(name) ? name : {}) };
  put(names, 'givenName', row.given_name);
  put(names, 'familyName', row.family_name);
  if (Object.keys(names).length > 0) resource['name'] = names;
  const addresses = emails_of(row, Array.isArray(emails) ? (emails as Resource[]) : []); // as they were read when they came
  if (addresses.length > 0) resource['emails'] = addresses;
  return resource;
}

/** A person as SCIM shows them. */
export function present_user(row: UserRow, groups: readonly GroupOfUser[], base_url: string): Resource {
  const resource = writable_user(row);
  const location = `${base_url}/Users/${row.id}`;
  return {
    schemas: resource[ENTERPRISE] === undefined ? [USER] : [USER, ENTERPRISE],
    id: row.id,
    ...resource,
    ...(groups.length > 0 && {
      groups: groups.map(({ id, display_name }) => ({
        value: id,
        $ref: `${base_url}/Groups/${id}`,
        display: display_name,
        type: 'direct',
      })),
    }),
    meta: meta_of(
      'User',
      row,
      location,
      groups.map(({ id, display_name }) => `${id} ${display_name}`),
    ),
  };
}

export const meta_of = (
  resourceType: string,
  row: { created_at: number; updated_at: number; version: number },
  location: string,
  /** What else is shown and changes without the row: who is a member of what, by id and name. */
  beside: readonly string[],
): Resource => ({
  resourceType,
  created: rfc3339(row.created_at),
  lastModified: rfc3339(row.updated_at),
  location,
  version: etag_of(row.version, beside),
});

/** The columns of what a client said. @throws InvalidInput invalidValue */
export function user_fields(resource: Resource, before: UserRow | undefined): Omit<UserFields, 'attributes' | 'scim_owner'> {
  const { userName, externalId, displayName, name, active, schemas: _schemas, ...rest } = resource;
  const { givenName, familyName, ...names } = is_record(name) ? name : {};
  const user_name = line('userName', userName, 320);
  if (user_name === null) throw invalid_value('userName is required.');
  const scim: Resource = { ...rest, ...(Object.keys(names).length > 0 && { name: names }) };
  if (JSON.stringify(scim).length > MOST_BYTES) throw invalid_value('The attributes of one person hold more than 64 KB.');
  const email = address_of(Array.isArray(resource['emails']) ? (resource['emails'] as Resource[]) : []); // read by the schema
  return {
    user_name,
    email,
    // a new address starts undenied; the old one keeps what the partner said of it
    email_denied: before !== undefined && before.email_denied && fold_email(email) === before.email_key,
    given_name: line('name.givenName', givenName, 255),
    family_name: line('name.familyName', familyName, 255),
    display_name: line('displayName', displayName, 255),
    active: typeof active === 'boolean' ? active : (before?.active ?? true),
    external_id: line('externalId', externalId, 255),
    scim,
  };
}

/** Text that people see in lists: one line, without characters that reorder it. */
export function line(name: string, value: unknown, most: number): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw invalid_value(`${name} is a text.`);
  if (value.length > most) throw invalid_value(`${name} is longer than ${most} characters.`);
  if (/[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/u.test(value)) throw invalid_value(`${name} holds control characters.`);
  if (value.trim() === '') throw invalid_value(`${name} is blank.`);
  return value;
}

/** The address that stands for the person: the primary one, else one for work, else the first; only what is an address. */
function address_of(emails: readonly Resource[]): string | null {
  const chosen = chosen_of(emails);
  return chosen === undefined ? null : (parse_email(String(chosen['value']))?.address ?? null);
}

function chosen_of(emails: readonly Resource[]): Resource | undefined {
  const valid = emails.filter((one) => typeof one['value'] === 'string' && parse_email(one['value']) !== undefined);
  return valid.find((one) => one['primary'] === true) ?? valid.find((one) => one['type'] === 'work') ?? valid[0];
}

/** The addresses as they were sent, unless somebody else changed the one that counts since. */
function emails_of(row: Pick<UserRow, 'email' | 'email_key'>, emails: readonly Resource[]): Resource[] {
  const chosen = chosen_of(emails);
  const said = chosen === undefined ? null : fold_email(String(chosen['value']));
  if (said === row.email_key || (row.email !== null && String(chosen?.['value']) === row.email)) return [...emails];
  if (row.email === null) return emails.filter((one) => one !== chosen);
  if (chosen === undefined) return [...emails, { value: row.email, type: 'work', primary: true }];
  return emails.map((one) => (one === chosen ? { ...one, value: row.email } : one));
}

function put(resource: Resource, name: string, value: unknown): void {
  if (value !== null && value !== undefined) resource[name] = value;
}
