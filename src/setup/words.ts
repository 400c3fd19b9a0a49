/** How the portal calls what was looked at. A check without a title is called by its name. */
const TITLES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    partner: 'Who you are',
    metadata: 'Metadata',
    certificate: 'Certificate',
    sso_url: 'Sign-in address',
    slo_url: 'Sign-out address',
    reachable: 'Reachable',
    clock: 'Clock',
    status: 'Status of the answer',
    structure: 'Form of the message',
    encryption: 'Encryption',
    signature: 'Signature',
    issuer: 'Issuer',
    destination: 'Destination',
    recipient: 'Recipient',
    audience: 'Audience',
    in_response_to: 'Answers our request',
    subject_confirmation: 'Confirmation of the subject',
    replay: 'Used for the first time',
    authn_context: 'How the person signed in',
    force_authn: 'Fresh sign-in',
    attributes: 'Attributes',
    account: 'Account',
    outcome: 'Outcome',
    discovery: 'Discovery document',
    authorization_endpoint: 'Authorization endpoint',
    token_endpoint: 'Token endpoint',
    userinfo_endpoint: 'UserInfo endpoint',
    keys: 'Keys',
    own_key: 'Our key',
    client_authentication: 'How we prove who we are',
    answer: 'Answer of the provider',
    code: 'Code',
    nonce: 'Answers our request',
    id_token: 'ID token',
    subject: 'Subject',
    userinfo: 'UserInfo',
    authentication: 'How the person signed in',
    groups: 'Groups',
    refresh_token: 'Refresh token',
    connect: 'Connection to the server',
    service_account: 'Service account',
    base_dn: 'Base DN',
    group_base_dn: 'Base DN of groups',
    user_filter: 'Filter for people',
    immutable_id: 'Id that never changes',
    search: 'The person is found',
    password: 'Password',
    credentials: 'What was typed',
    departure: 'On the way to you',
    settings: 'Settings',
    organization: 'Organization',
    domain: 'Domain',
    connection: 'Connection',
    tested: 'Test',
    own_certificate: 'Our certificate',
    last_sign_in: 'Last sign-in',
    scim: 'SCIM',
    contacts: 'Contacts',
  }),
);

export function title_of(check: string): string {
  const name = check.replace(/ \(\d+\)$/, '');
  const words = name.replaceAll('_', ' ');
  return TITLES.get(name) ?? `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

/** Settings as the forms of the portal call them. */
const FIELDS: Readonly<Record<string, string>> = {
  metadata_url: 'the address of your metadata',
  metadata_xml: 'the metadata',
  issuer: 'the issuer',
  client_id: 'the client ID',
  client_secret: 'the client secret',
  urls: 'the addresses of the servers',
  base_dn: 'the base DN',
  group_base_dn: 'the base DN of groups',
  user_filter: 'the filter for people',
  group_filter: 'the filter for groups',
  bind_dn: 'the service account',
  bind_password: 'its password',
  ca_pem: 'your own certificate authority',
  tls: 'the encryption',
  vendor: 'the kind of directory',
};

/** What only whoever runs this installation can do. */
const FOR_OPERATORS = /; if the partner really is in a private network, list that network in POSTERN_ALLOW_PRIVATE_NETWORKS\.?/;

/** Words of the API, said to whoever sees only the forms. */
export const in_portal_words = (text: string): string =>
  text
    .replace(FOR_OPERATORS, '. If your server really is in a private network, ask whoever sent you the link.')
    .replace(' Or give the endpoints in `oidc.discovery`.', '')
    // whoever reads it is the partner
    .replaceAll(/\b(t|T)he partner\b/g, (_all, first: string) => (first === 'T' ? 'Your side' : 'your side'))
    .replaceAll(/`?\b(?:saml|oidc|ldap)\.([a-z_]+)`?|`([a-z_]+)`|\*\*([a-z_]+)\*\*/g, (all, ...names: (string | undefined)[]) => {
      const name = names.slice(0, 3).find((one) => one !== undefined) ?? '';
      return (Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined) ?? all;
    });
