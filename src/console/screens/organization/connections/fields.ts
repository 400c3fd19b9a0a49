import type { Field } from '../../../components/fields/field.ts';

const choice = (value: string, label: string) => ({ value, label });
const seconds: Omit<Field, 'path'> = {
  ...{ label: 'Clock tolerance in seconds', kind: 'number', otherwise: '60', advanced: true },
  description: 'How far the partner’s clock may be off, at most 180.',
};
const logout: Omit<Field, 'path'> = {
  ...{ label: 'Signing out at the partner', kind: 'choice', otherwise: 'off', advanced: true },
  choices: [choice('off', 'Off'), choice('offer', 'Offered to the person'), choice('follow', 'Follows signing out here')],
};

const web_address = (value: string): string | undefined =>
  URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) ? undefined : 'Must be an address that begins with https://';

/** Where a SAML partner says who it is: one of these is enough. */
export const saml_source: readonly Field[] = [
  {
    ...{ path: 'saml.metadata_url', label: 'Metadata address', kind: 'text', check: web_address },
    description:
      'The best choice: new certificates are found by themselves. Okta and Entra ID call it Metadata URL and App Federation Metadata Url.',
  },
  {
    ...{ path: 'saml.metadata_xml', label: 'Metadata file', kind: 'area' },
    description: 'The XML itself, where there is no address (Google Workspace). It has to be given again before its certificate expires.',
  },
];

const saml_by_hand: readonly Field[] = [
  { path: 'saml.entity_id', label: 'Entity ID of the partner', kind: 'text', advanced: true, description: 'Only without metadata.' },
  {
    path: 'saml.sso_url',
    label: 'Sign-on address of the partner',
    kind: 'text',
    check: web_address,
    advanced: true,
    description: 'Only without metadata.',
  },
  {
    path: 'saml.certificates',
    label: 'Certificates of the partner (PEM)',
    kind: 'lines',
    advanced: true,
    description: 'Only without metadata. One below the other.',
  },
  {
    ...{ path: 'saml.sso_binding', label: 'How requests are sent', kind: 'choice', advanced: true },
    choices: [choice('redirect', 'Redirect'), choice('post', 'POST')],
  },
  { path: 'saml.slo_url', label: 'Sign-out address of the partner', kind: 'text', check: web_address, advanced: true },
];

const saml_rules: readonly Field[] = [
  {
    ...{ path: 'saml.want_signed', label: 'What must be signed', kind: 'choice', otherwise: 'either' },
    description: 'A test sign-in shows what the partner signs. Ask for as much as it can do.',
    choices: [
      choice('either', 'Response or assertion'),
      choice('assertion', 'The assertion'),
      choice('response', 'The response'),
      choice('both', 'Both'),
    ],
  },
  {
    ...{ path: 'saml.key_changes', label: 'New certificates in the metadata', kind: 'choice', otherwise: 'apply' },
    choices: [choice('apply', 'Used at once'), choice('approve', 'Wait until an operator approves them')],
  },
  { path: 'saml.sign_requests', label: 'Sign our requests', kind: 'switch', otherwise: true },
  { path: 'saml.want_encrypted', label: 'Take encrypted assertions only', kind: 'switch' },
  {
    ...{ path: 'saml.idp_initiated', label: 'Sign-ins that begin at the partner’s portal', kind: 'choice', otherwise: 'off' },
    choices: [
      choice('off', 'Refused'),
      choice('convert', 'Begun again from here (safe)'),
      choice('accept', 'Accepted as they come (weaker)'),
    ],
  },
  { path: 'saml.default_client_id', label: 'App where those end', kind: 'text', advanced: true, description: 'A client_id.' },
  {
    ...{
      path: 'saml.expired_certificate',
      label: 'When the partner’s certificate has expired',
      kind: 'choice',
      otherwise: 'refuse',
      advanced: true,
    },
    choices: [choice('refuse', 'Refuse'), choice('warn', 'Warn, and go on')],
  },
  { path: 'saml.name_id_format', label: 'NameID format to ask for', kind: 'text', advanced: true },
  {
    path: 'saml.subject_attribute',
    label: 'Attribute that tells people apart',
    kind: 'text',
    otherwise: 'the NameID',
    advanced: true,
    description: 'Only where the NameID changes from one sign-in to the next.',
  },
  { path: 'saml.authn_context', label: 'Authentication contexts to ask for', kind: 'lines', advanced: true },
  { path: 'saml.force_authn', label: 'Ask for a fresh sign-in each time', kind: 'switch', advanced: true },
  { path: 'saml.send_login_hint', label: 'Pass on the e-mail address that was typed', kind: 'switch', otherwise: true, advanced: true },
  {
    path: 'saml.allow_sha1',
    label: 'Accept SHA-1 signatures',
    kind: 'switch',
    advanced: true,
    description: 'Broken since 2017. Only until the partner has changed it.',
  },
  {
    path: 'saml.sp_entity_id',
    label: 'Our entity ID, if it must be another',
    kind: 'text',
    advanced: true,
    description: 'For a partner that was moved over from another broker.',
  },
  { path: 'saml.acs_aliases', label: 'Other paths of our ACS', kind: 'lines', advanced: true },
  { path: 'saml.clock_skew_seconds', ...seconds },
  { path: 'saml.logout', ...logout },
];

const oidc_source: readonly Field[] = [
  {
    ...{ path: 'oidc.issuer', label: 'Issuer', kind: 'text', required: true, check: web_address },
    description: 'As it stands in the partner’s discovery document; the part from /.well-known on may stay.',
  },
  { path: 'oidc.client_id', label: 'Client ID', kind: 'text', required: true, description: 'Given to us by the partner.' },
  {
    path: 'oidc.client_secret',
    label: 'Client secret',
    kind: 'secret',
    description: 'Empty where we prove ourselves with a key (private_key_jwt).',
  },
];

const oidc_rules: readonly Field[] = [
  { path: 'oidc.private_key_jwt', label: 'Prove ourselves with a key instead of a secret', kind: 'switch', advanced: true },
  { path: 'oidc.scopes', label: 'Scopes', kind: 'tags', otherwise: 'openid email profile', advanced: true },
  { path: 'oidc.userinfo', label: 'Ask the userinfo endpoint', kind: 'switch', otherwise: true, advanced: true },
  {
    ...{ path: 'oidc.prompt', label: 'Prompt', kind: 'choice', advanced: true },
    choices: [choice('login', 'login'), choice('select_account', 'select_account'), choice('consent', 'consent')],
  },
  { path: 'oidc.acr_values', label: 'acr values to ask for', kind: 'tags', advanced: true },
  { path: 'oidc.keep_refresh_token', label: 'Ask the partner again while the session lasts', kind: 'switch', advanced: true },
  { path: 'oidc.clock_skew_seconds', ...seconds },
  { path: 'oidc.logout', ...logout },
];

const ldap_source: readonly Field[] = [
  {
    path: 'ldap.urls',
    label: 'Addresses',
    kind: 'lines',
    required: true,
    description: 'ldaps://dc1.example.com, one in each line; the next is asked when one does not answer.',
  },
  {
    ...{ path: 'ldap.vendor', label: 'Kind of directory', kind: 'choice', otherwise: 'generic' },
    choices: [
      choice('active_directory', 'Active Directory'),
      choice('openldap', 'OpenLDAP'),
      choice('389ds', '389 Directory Server'),
      choice('generic', 'Another'),
    ],
  },
  {
    ...{ path: 'ldap.tls', label: 'Encryption', kind: 'choice', otherwise: 'ldaps' },
    choices: [choice('ldaps', 'LDAPS'), choice('starttls', 'StartTLS'), choice('none', 'None (passwords can be read on the way)')],
  },
  {
    path: 'ldap.ca_pem',
    label: 'Certificate authority (PEM)',
    kind: 'area',
    description: 'Where the server’s certificate is not from a public authority.',
  },
  { path: 'ldap.bind_dn', label: 'Account that searches (DN)', kind: 'text' },
  { path: 'ldap.bind_password', label: 'Its password', kind: 'secret' },
  { path: 'ldap.base_dn', label: 'Where people are (base DN)', kind: 'text', required: true },
];

const ldap_rules: readonly Field[] = [
  {
    path: 'ldap.user_filter',
    label: 'Filter for people',
    kind: 'text',
    advanced: true,
    description: '{login} stands for what the person types.',
  },
  { path: 'ldap.group_base_dn', label: 'Where groups are', kind: 'text', otherwise: 'as people', advanced: true },
  { path: 'ldap.group_filter', label: 'Filter for groups', kind: 'text', advanced: true },
  { path: 'ldap.nested_groups', label: 'Follow groups within groups', kind: 'switch', otherwise: true, advanced: true },
  { path: 'ldap.timeout_ms', label: 'Patience in milliseconds', kind: 'number', otherwise: '5000', advanced: true },
  { path: 'ldap.sync.enabled', label: 'Keep people in step with the directory', kind: 'switch', advanced: true },
  { path: 'ldap.sync.interval_seconds', label: 'Every so many seconds', kind: 'number', otherwise: '300', advanced: true },
];

export type Protocol = 'saml' | 'oidc' | 'ldap';

/** What has to be known to begin. */
export const source_fields: Readonly<Record<Protocol, readonly Field[]>> = {
  saml: [...saml_source, ...saml_by_hand],
  oidc: [...oidc_source, ...oidc_rules],
  ldap: [...ldap_source, ...ldap_rules],
};

/** Everything that can be set of a connection. */
export const connection_fields: Readonly<Record<Protocol, readonly Field[]>> = {
  saml: [...saml_source, ...saml_rules, ...saml_by_hand],
  oidc: [...oidc_source, ...oidc_rules],
  ldap: [...ldap_source, ...ldap_rules],
};

export const provisioning_fields: readonly Field[] = [
  {
    path: 'provisioning.jit',
    label: 'Make an account at the first sign-in',
    kind: 'switch',
    description: 'Off: only people who are there already (by SCIM, import or hand) come in.',
  },
  { path: 'provisioning.update_on_login', label: 'Take over names and groups at each sign-in', kind: 'switch' },
  {
    ...{ path: 'provisioning.link_by', label: 'Join an account that is there already', kind: 'choice', required: true },
    choices: [choice('none', 'Never'), choice('verified_email', 'By an e-mail address under a proven domain')],
  },
];

export const protocols: Readonly<Record<Protocol, { readonly name: string; readonly about: string }>> = {
  saml: { name: 'SAML 2.0', about: 'Okta, Entra ID, Google Workspace, ADFS, Ping, Shibboleth and most others.' },
  oidc: { name: 'OpenID Connect', about: 'Entra ID, Okta, Keycloak, Auth0: simpler where the partner offers it.' },
  ldap: { name: 'LDAP', about: 'Active Directory or OpenLDAP: people type their password here, and it is checked there.' },
};
