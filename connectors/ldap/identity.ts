import { type Attributes, ConnectorError } from '../connector.ts';
import { type Entry, texts_of, values_of } from './entry.ts';
import type { Group } from './groups.ts';
import { guid_text, sid_text } from './microsoft_ids.ts';
import type { Vendor } from './settings.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const NS_UNIQUE_ID = /^[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/;

/**
 * The id that the directory never gives to anyone else and keeps when a person is renamed or moved: objectGUID, entryUUID or nsUniqueId.
 * @throws ConnectorError misconfigured when the service account cannot see it: a name or an address must never stand in
 */
export function subject_of(entry: Entry, vendor: Vendor): string {
  const text = (name: string, shape: RegExp): string | undefined => {
    const [value, ...more] = texts_of(entry, name).map((one) => one.trim().toLowerCase());
    return value !== undefined && more.length === 0 && shape.test(value) ? value : undefined;
  };
  const guid = (): string | undefined => {
    const [value, ...more] = values_of(entry, 'objectGUID');
    return value?.length === 16 && more.length === 0 ? guid_text(value) : undefined;
  };
  const entry_uuid = (): string | undefined => text('entryUUID', UUID);
  const ns_unique_id = (): string | undefined => text('nsUniqueId', NS_UNIQUE_ID);
  const ways = {
    active_directory: { name: 'objectGUID', read: guid },
    openldap: { name: 'entryUUID', read: entry_uuid },
    '389ds': { name: 'nsUniqueId', read: ns_unique_id },
    generic: { name: 'entryUUID', read: () => entry_uuid() ?? ns_unique_id() ?? guid() },
  };
  const { name, read } = ways[vendor];
  const subject = read();
  if (subject !== undefined) return subject;
  throw new ConnectorError('misconfigured', `the entry has no readable ${name}`, {
    fix: `Let the service account read ${name}, or choose the \`vendor\` that this directory is.`,
  });
}

/** Secrets that some directories show to those who may read everything. Never taken along. */
const NEVER = new Set(
  'userpassword unicodepwd dbcspwd ntpwdhistory lmpwdhistory supplementalcredentials sambantpassword sambalmpassword sambapasswordhistory krbprincipalkey ipanthash authpassword pwdhistory ms-mcs-admpwd mslaps-password mslaps-encryptedpassword ms-ds-managedpassword msds-managedpassword'.split(
    ' ',
  ),
);
const MOST_VALUE_BYTES = 128 * 1024;

/**
 * What the directory says of a person, under its own names. Text as text, all else in base64; ids of Microsoft's in their usual spelling.
 * `memberOf` and `groups` are the names of all groups that were found, `memberOf;dn` their distinguished names.
 */
export function attributes_of(entry: Entry, groups: readonly Group[]): Attributes {
  const taken = new Map<string, { name: string; values: string[] }>();
  for (const { name, values } of entry.attributes) {
    const key = name.toLowerCase();
    if (NEVER.has(key)) continue;
    const list: string[] = taken.get(key)?.values ?? [];
    if (!taken.has(key)) taken.set(key, { name, values: list });
    list.push(...values.filter((value) => value.length <= MOST_VALUE_BYTES).map((value) => readable(key, value)));
  }
  // what the groups are is for the group search to say, not for an attribute that people may be allowed to write
  for (const key of [...taken.keys()]) if (/^(memberof|groups)(;|$)/.test(key)) taken.delete(key);
  const names = [...new Set(groups.map((group) => group.name))];
  const effective = { memberOf: names, groups: names, 'memberOf;dn': groups.map(({ dn }) => dn) };
  const listed = [...taken.values()].filter(({ values }) => values.length > 0).map(({ name, values }) => [name, values] as const);
  return Object.fromEntries<readonly string[]>([...listed, ...Object.entries(effective)]);
}

function readable(key: string, value: Buffer): string {
  if (key === 'objectguid' && value.length === 16) return guid_text(value);
  if (key === 'objectsid') return sid_text(value) ?? value.toString('base64');
  const text = value.toString('utf8');
  // bytes that are no text, or would not come back as they were
  return /[\0-\x08\x0e-\x1f]/.test(text) || !Buffer.from(text).equals(value) ? value.toString('base64') : text;
}
