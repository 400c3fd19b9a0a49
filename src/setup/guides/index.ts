/** Guides: how partners set us up in their own products. One source for the portal, for the diagnosis of a test sign-in and for docs/how-to/connect. */
import { active_directory_ldap } from './active_directory_ldap.ts';
import { adfs_saml } from './adfs_saml.ts';
import { auth0_oidc } from './auth0_oidc.ts';
import { auth0_saml } from './auth0_saml.ts';
import { cyberark_saml } from './cyberark_saml.ts';
import { entra_oidc } from './entra_oidc.ts';
import { entra_saml } from './entra_saml.ts';
import { entra_scim } from './entra_scim.ts';
import { generic_oidc } from './generic_oidc.ts';
import { generic_saml } from './generic_saml.ts';
import { google_saml } from './google_saml.ts';
import type { Guide, GuideValues } from './guide.ts';
import { jumpcloud_saml } from './jumpcloud_saml.ts';
import { jumpcloud_scim } from './jumpcloud_scim.ts';
import { keycloak_oidc } from './keycloak_oidc.ts';
import { keycloak_saml } from './keycloak_saml.ts';
import { okta_oidc } from './okta_oidc.ts';
import { okta_saml } from './okta_saml.ts';
import { okta_scim } from './okta_scim.ts';
import { onelogin_saml } from './onelogin_saml.ts';
import { onelogin_scim } from './onelogin_scim.ts';
import { openldap_ldap } from './openldap_ldap.ts';
import { ping_scim } from './ping_scim.ts';
import { pingfederate_saml } from './pingfederate_saml.ts';
import { pingone_saml } from './pingone_saml.ts';
import { remedies } from './remedies.ts';
import { shibboleth_saml } from './shibboleth_saml.ts';

export { CHECK_NAMES } from './check_names.ts';
export { fill, placeholders } from './fill.ts';
export type { Guide, GuideField, GuideValues } from './guide.ts';
export { type Vendor, VENDORS } from './vendors.ts';

/** In the order in which they are offered. */
export const guides: readonly Guide[] = [
  ...[okta_saml, okta_oidc, okta_scim, entra_saml, entra_oidc, entra_scim, google_saml, adfs_saml],
  ...[onelogin_saml, onelogin_scim, jumpcloud_saml, jumpcloud_scim, pingone_saml, pingfederate_saml, ping_scim],
  ...[shibboleth_saml, keycloak_saml, keycloak_oidc, auth0_saml, auth0_oidc, cyberark_saml],
  ...[active_directory_ldap, openldap_ldap, generic_saml, generic_oidc],
];

/** The product within a sentence; nobody calls theirs “any other”. */
export const called = ({ vendor, name }: Guide): string =>
  vendor === 'generic_saml' || vendor === 'generic_oidc' ? 'your identity provider' : name;

export const guide_of = (id: string): Guide | undefined => guides.find((guide) => guide.id === id);

/** What to change, where, in that vendor's console, when a check of a test is crossed; empty where the guide knows nothing of it. */
export function fix_for(guide_id: string, check: string, values: Partial<GuideValues> = {}): ReturnType<typeof remedies> {
  const guide = guide_of(guide_id);
  return guide === undefined ? [] : remedies(guide, check, values);
}
