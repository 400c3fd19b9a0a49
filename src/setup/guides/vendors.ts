/** Whose guides there are, as people know them, in the order in which they are offered. */
export const VENDORS = {
  okta: 'Okta',
  entra: 'Microsoft Entra ID',
  google: 'Google Workspace',
  adfs: 'AD FS',
  onelogin: 'OneLogin',
  jumpcloud: 'JumpCloud',
  ping: 'Ping Identity',
  shibboleth: 'Shibboleth',
  keycloak: 'Keycloak',
  auth0: 'Auth0',
  cyberark: 'CyberArk Identity',
  active_directory: 'Active Directory',
  openldap: 'OpenLDAP',
  generic_saml: 'Any other SAML 2.0 identity provider',
  generic_oidc: 'Any other OpenID Connect provider',
} as const satisfies Readonly<Record<string, string>>;

export type Vendor = keyof typeof VENDORS;
