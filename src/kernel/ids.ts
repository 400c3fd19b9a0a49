import { randomBytes } from 'node:crypto';

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type OrgId = Branded<'org'>;
export type UserId = Branded<'usr'>;
export type GroupId = Branded<'grp'>;
export type ConnectionId = Branded<'con'>;

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyz';

/** A fresh opaque id: prefix, underscore, 24 characters of 54 (over 137 random bits). Never reused. */
export function new_id(prefix: string): string {
  let id = `${prefix}_`;
  while (id.length < prefix.length + 25) {
    for (const byte of randomBytes(32)) {
      // bytes past the last whole multiple of the alphabet would favour its first letters
      if (byte < 216 && id.length < prefix.length + 25) id += ALPHABET[byte % 54] ?? '';
    }
  }
  return id;
}

export const new_org_id = (): OrgId => new_id('org') as OrgId; // branded where it is made
export const new_user_id = (): UserId => new_id('usr') as UserId; // branded where it is made
export const new_group_id = (): GroupId => new_id('grp') as GroupId; // branded where it is made
export const new_connection_id = (): ConnectionId => new_id('con') as ConnectionId; // branded where it is made

const has_shape = (text: string, prefix: string): boolean => new RegExp(`^${prefix}_[0-9A-Za-z]{24}$`).test(text);

/** Shape only; undefined when the text cannot be such an id. */
export const parse_org_id = (text: string): OrgId | undefined => (has_shape(text, 'org') ? (text as OrgId) : undefined); // shape was checked
export const parse_user_id = (text: string): UserId | undefined => (has_shape(text, 'usr') ? (text as UserId) : undefined); // shape was checked
export const parse_group_id = (text: string): GroupId | undefined => (has_shape(text, 'grp') ? (text as GroupId) : undefined); // shape was checked
export const parse_connection_id = (text: string): ConnectionId | undefined =>
  has_shape(text, 'con') ? (text as ConnectionId) : undefined; // shape was checked
