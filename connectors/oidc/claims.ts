import type { Attributes } from '../connector.ts';

type Claims = Readonly<Record<string, unknown>>;

/** They belong to the message, not to the person. */
const OF_THE_MESSAGE = new Set([
  'nonce',
  'at_hash',
  'c_hash',
  's_hash',
  'sid',
  'jti',
  'exp',
  'iat',
  'nbf',
  'aud',
  'azp',
  'iss',
  '_claim_names',
  '_claim_sources',
]);
const MOST_VALUES = 2000;
const DEEPEST = 4;

/** Claims as lists of strings: a claim within a claim is named with a dot (`address.country`). What the signed ID token says goes before userinfo. */
export function attributes_of(id_token: Claims, userinfo: Claims | undefined): Attributes {
  const found: Record<string, string[]> = Object.create(null) as Record<string, string[]>; // no prototype: names come from outside
  let left = MOST_VALUES;
  const add = (name: string, value: unknown, depth: number): void => {
    if (left <= 0 || depth > DEEPEST || value === null || value === undefined) return;
    if (Array.isArray(value)) {
      for (const one of value) add(name, one, depth + 1);
    } else if (typeof value === 'object') {
      for (const [inner, one] of Object.entries(value)) add(`${name}.${inner}`, one, depth + 1);
    } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      left -= 1;
      const list = found[name];
      if (list === undefined) found[name] = [String(value)];
      else list.push(String(value));
    }
  };
  for (const [name, value] of Object.entries({ ...userinfo, ...id_token })) if (!OF_THE_MESSAGE.has(name)) add(name, value, 0);
  if (groups_left_out(id_token)) add('groups_overage', true, 0);
  return { ...found };
}

/** Entra ID names a place instead of the groups when there are more than 200 (`_claim_names`); we do not go there. */
export function groups_left_out(id_token: Claims): boolean {
  const names = id_token['_claim_names'];
  return typeof names === 'object' && names !== null && 'groups' in names;
}

/** What the provider says of the address: true, false, or nothing. One "false" is enough; a "true" counts where it stands beside the address that is used. */
export function email_verified(id_token: Claims, userinfo: Claims | undefined): boolean | undefined {
  const used = id_token['email'] ?? userinfo?.['email'];
  const said = [id_token, userinfo].map((claims) => {
    const value = as_boolean(claims?.['email_verified']);
    return value === true && claims?.['email'] !== used ? undefined : value;
  });
  return said.includes(false) ? false : said.includes(true) ? true : undefined;
}

/** Some providers write booleans as text. */
const as_boolean = (value: unknown): boolean | undefined =>
  typeof value === 'boolean' ? value : value === 'true' ? true : value === 'false' ? false : undefined;

export const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);
