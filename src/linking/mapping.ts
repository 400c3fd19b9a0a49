/** A rule for one field, as in the API. */
export interface MappingRule {
  /** The partner's attribute; of several the first that was sent counts, or with `join` all of them together. */
  readonly from?: string | readonly string[];
  readonly join?: string;
  readonly split?: string;
  /** RE2 syntax: values that do not match are dropped, the others become the first group, the whole match, or `value`. */
  readonly match?: string;
  /** With `match`: a template (`$1`). Without: a fixed value, given whenever the attribute was sent (always, when there is no `from`). */
  readonly value?: string;
  readonly required?: boolean;
}

export type Mapping = Readonly<Record<string, unknown>>;

/** A mapping value as a rule; undefined when it is none. */
export function rule_of(value: unknown): MappingRule | undefined {
  if (typeof value === 'string') return { from: value };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const given = value as Record<string, unknown>; // an object; each part is looked at here
  const { from, join, split, match, value: fixed, required } = given;
  const texts = Array.isArray(from) && from.length > 0 && from.every((name) => typeof name === 'string');
  if (from !== undefined && typeof from !== 'string' && !texts) return undefined;
  if (from === undefined && fixed === undefined) return undefined;
  if ([join, split, match, fixed].some((part) => part !== undefined && typeof part !== 'string')) return undefined;
  if (required !== undefined && typeof required !== 'boolean') return undefined;
  return given as MappingRule; // every part was just looked at
}

const CLAIMS = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/';
const EMAIL = ['mail', 'email', 'urn:oid:0.9.2342.19200300.100.1.3', `${CLAIMS}emailaddress`];
const GIVEN_NAME = ['givenName', 'urn:oid:2.5.4.42', `${CLAIMS}givenname`];
const FAMILY_NAME = ['sn', 'urn:oid:2.5.4.4', `${CLAIMS}surname`];
const DISPLAY_NAME = [
  'displayName',
  'urn:oid:2.16.840.1.113730.3.1.241',
  'http://schemas.microsoft.com/identity/claims/displayname',
  `${CLAIMS}name`,
];
const GROUPS = [
  'groups',
  'memberOf',
  'urn:oid:1.3.6.1.4.1.5923.1.5.1.1',
  'urn:oid:1.2.840.113556.1.2.102',
  'http://schemas.microsoft.com/ws/2008/06/identity/claims/groups',
  'http://schemas.xmlsoap.org/claims/Group',
];

const by_name: Mapping = {
  email: { from: EMAIL },
  given_name: { from: GIVEN_NAME },
  family_name: { from: FAMILY_NAME },
  display_name: { from: DISPLAY_NAME },
  groups: { from: GROUPS },
};

/** What is read where a connection has no mapping of its own. */
export const default_mappings: Readonly<Record<'oidc' | 'saml' | 'ldap', Mapping>> = {
  // OIDC Core 5.1
  oidc: { email: 'email', given_name: 'given_name', family_name: 'family_name', display_name: 'name', groups: 'groups' },
  saml: by_name,
  ldap: by_name,
};
