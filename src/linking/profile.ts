import type { Identity } from '../../connectors/connector.ts';
import { parse_email } from '../kernel/index.ts';
import type { UserRow } from '../storage/index.ts';
import { fold_email, type UserChanges } from '../users/index.ts';
import type { MappedPerson } from './map_attributes.ts';

/** What a sign-in changes of an account that exists. What the partner leaves out stays; what SCIM owns is SCIM's. */
export function profile_changes(
  row: UserRow,
  person: MappedPerson,
  targets: readonly string[],
  identity: Pick<Identity, 'attributes' | 'email_verified'>,
  update: boolean,
  /** The organization says who owns what: then that counts, and not whether SCIM has adopted the person. */
  owned: boolean,
): UserChanges {
  const denied = email_denied(row, person, identity);
  if (!update) return denied;
  if (!owned && row.scim_owner !== null) return { ...denied, attributes: { ...person.attributes, ...row.attributes } };
  // a mapped attribute that the partner no longer sends has ended
  const kept = Object.fromEntries(Object.entries(row.attributes).filter(([name]) => !targets.includes(name)));
  const { user_name, email, given_name, family_name, display_name, external_id } = person;
  return {
    ...denied,
    ...(user_name !== undefined && { user_name }),
    ...(email !== undefined && {
      email,
      email_denied: email_denied({ ...row, ...keyed(email, row) }, person, identity).email_denied ?? false,
    }),
    ...(given_name !== undefined && { given_name }),
    ...(family_name !== undefined && { family_name }),
    ...(display_name !== undefined && { display_name }),
    ...(external_id !== undefined && { external_id }),
    attributes: { ...kept, ...person.attributes },
  };
}

/** Of what a partner's word is, also where it is so already; an attribute that it does not send any more among them. */
export const states_of = (person: MappedPerson, targets: readonly string[]): string[] => {
  const { attributes: _attributes, groups: _groups, ...fields } = person;
  return [...Object.keys(fields), ...targets.map((name) => `attributes.${name}`)];
};

/** A new address starts undenied; the old one keeps what was said of it. */
const keyed = (email: string, row: UserRow): Pick<UserRow, 'email_key' | 'email_denied'> => {
  const email_key = fold_email(email);
  return { email_key, email_denied: email_key === row.email_key && row.email_denied };
};

/**
 * What the partner says of this address. "Verified" is about the `email` claim (OIDC Core 5.1), not about whatever else the mapping
 * or a hook takes for the address; "not verified" is taken at its worst.
 */
export function word_on(email: string, identity: Pick<Identity, 'attributes' | 'email_verified'>): boolean | undefined {
  if (identity.email_verified !== true) return identity.email_verified;
  const claimed = Object.hasOwn(identity.attributes, 'email') ? identity.attributes['email'] : undefined;
  return claimed?.some((one) => fold_email(one) !== null && fold_email(one) === fold_email(email)) === true ? true : undefined;
}

/** The partner's word counts only for the very address it is about; silence changes nothing. */
function email_denied(
  row: Pick<UserRow, 'email_key' | 'email_denied'>,
  person: MappedPerson,
  identity: Pick<Identity, 'attributes' | 'email_verified'>,
): Pick<UserChanges, 'email_denied'> {
  if (person.email === undefined || fold_email(person.email) !== row.email_key) return {};
  const said = word_on(person.email, identity);
  return { email_denied: said === undefined ? row.email_denied : !said };
}

/**
 * The address by which a first sign-in may be joined to an account: under a domain that this organization has proven, and an OIDC
 * partner must say itself that it is verified. SAML and LDAP cannot say it.
 */
export function joining_email(
  person: MappedPerson,
  identity: Pick<Identity, 'attributes' | 'email_verified'>,
  connection: { readonly protocol: string; readonly provisioning: { readonly link_by: string } },
  proven: ReadonlySet<string>,
): string | undefined {
  if (connection.provisioning.link_by !== 'verified_email' || person.email === undefined) return undefined;
  const word = word_on(person.email, identity);
  const said = connection.protocol === 'oidc' ? word === true : word !== false;
  const domain = parse_email(person.email)?.domain;
  return said && domain !== undefined && proven.has(domain) ? person.email : undefined;
}
