/**
 * The checks that a guide may name: those of a connection's test and of a test sign-in that a setting at the partner can cross. A test
 * holds them to what the connectors and the sign-in call them.
 */
export const CHECK_NAMES = {
  saml: [
    ...([
      'partner',
      'metadata',
      'certificate',
      'sso_url',
      'reachable',
      'clock',
      'status',
      'message',
      'structure',
      'encryption',
      'signature',
    ] as const),
    ...(['issuer', 'destination', 'recipient', 'audience', 'in_response_to', 'subject_confirmation', 'replay'] as const),
    ...(['authn_context', 'force_authn', 'attributes', 'account', 'outcome'] as const),
  ],
  oidc: [
    ...([
      'discovery',
      'keys',
      'own_key',
      'client_authentication',
      'clock',
      'answer',
      'code',
      'signature',
      'id_token',
      'issuer',
      'audience',
      'nonce',
    ] as const),
    ...(['subject', 'userinfo', 'authentication', 'groups', 'refresh_token', 'attributes', 'account', 'outcome'] as const),
  ],
  ldap: [
    ...(['connect', 'encryption', 'certificate', 'service_account', 'base_dn', 'group_base_dn', 'user_filter', 'immutable_id'] as const),
    ...(['search', 'password', 'account', 'groups', 'attributes', 'outcome'] as const),
  ],
  scim: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type CheckName = (typeof CHECK_NAMES)[keyof typeof CHECK_NAMES][number];
