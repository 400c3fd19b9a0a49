import type { AdapterPayload } from 'oidc-provider';
import type { IssuerClient } from './directory.ts';

/** Scopes that any app may ask for when its registration names none. */
export const DEFAULT_SCOPE = 'openid profile email groups roles offline_access';

/** Scopes of the issuer itself; those of resources are checked where the resource is. `postern:admin` and `ssf.manage` only by registration. */
export const ISSUER_SCOPES = ['openid', 'offline_access', 'profile', 'email', 'groups', 'roles', 'postern:admin', 'ssf.manage'];

/** Registration names that the issuer acts upon (OIDC Registration 2, RFC 7591 and its extensions); anything else in a row stays out. `initiate_login_uri` is login's: oidc-provider knows it on https only. */
const NAMES = [
  'application_type',
  'authorization_signed_response_alg',
  'backchannel_logout_session_required',
  'backchannel_logout_uri',
  'client_name',
  'client_uri',
  'contacts',
  'default_acr_values',
  'default_max_age',
  'dpop_bound_access_tokens',
  'id_token_signed_response_alg',
  'introspection_signed_response_alg',
  'jwks',
  'jwks_uri',
  'logo_uri',
  'policy_uri',
  'post_logout_redirect_uris',
  'request_object_signing_alg',
  'require_auth_time',
  'require_pushed_authorization_requests',
  'require_signed_request_object',
  'response_modes',
  'token_endpoint_auth_method',
  'token_endpoint_auth_signing_alg',
  'tls_client_auth_san_dns',
  'tls_client_auth_san_email',
  'tls_client_auth_san_ip',
  'tls_client_auth_san_uri',
  'tls_client_auth_subject_dn',
  'tls_client_certificate_bound_access_tokens',
  'tos_uri',
  'userinfo_signed_response_alg',
  'require_pkce',
  'profile',
  'claims_preset',
  'claim_mapping',
];

/** Ours among them: oidc-provider is told to keep these. */
export const OWN_METADATA = ['require_pkce', 'profile', 'claims_preset', 'claim_mapping', 'previous_secret'];

/** A registration as oidc-provider reads it: every default said, no name of our own. */
export function client_metadata(client: IssuerClient): AdapterPayload {
  const { metadata } = client;
  const known = Object.fromEntries(
    NAMES.filter((name) => metadata[name] !== undefined && metadata[name] !== null).map((name) => [name, metadata[name]]),
  );
  const grant_types = list(metadata['grant_types']) ?? ['authorization_code'];
  return {
    ...known,
    ...(metadata['profile'] === 'fapi2' && fapi2(known)),
    client_id: client.client_id,
    ...(client.secret !== undefined && { client_secret: client.secret }),
    ...(client.previous_secret !== undefined && { previous_secret: client.previous_secret }),
    grant_types,
    redirect_uris: list(metadata['redirect_uris']) ?? [],
    response_types: grant_types.includes('authorization_code') ? ['code'] : [],
    scope: issuer_scopes(metadata['scope']),
    // back-channel logout ends one sign-in, never all of a person's
    ...(metadata['backchannel_logout_uri'] !== undefined && { backchannel_logout_session_required: true }),
  };
}

/** What the profile asks of every registration under it, and of what the registration leaves open. */
const fapi2 = (registered: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ({
  require_pushed_authorization_requests: true,
  // one or the other
  dpop_bound_access_tokens: registered['tls_client_certificate_bound_access_tokens'] !== true,
  require_pkce: true,
  id_token_signed_response_alg: registered['id_token_signed_response_alg'] ?? 'ES256',
  authorization_signed_response_alg: registered['authorization_signed_response_alg'] ?? 'ES256',
  introspection_signed_response_alg: registered['introspection_signed_response_alg'] ?? 'ES256',
});

const issuer_scopes = (registered: unknown): string =>
  typeof registered === 'string' && registered !== ''
    ? registered
        .split(' ')
        .filter((scope) => ISSUER_SCOPES.includes(scope))
        .join(' ') || 'openid'
    : DEFAULT_SCOPE;

/** Scopes of a resource that this app may ask for: all, unless its registration names some. */
export function resource_scopes(client: IssuerClient, offered: readonly string[]): string[] {
  const registered = client.metadata['scope'];
  const named = typeof registered === 'string' ? registered.split(' ').filter((scope) => !ISSUER_SCOPES.includes(scope)) : [];
  return offered.filter((scope) => !scope.startsWith('postern:') && (named.length === 0 || named.includes(scope)));
}

const list = (value: unknown): string[] | undefined => (Array.isArray(value) ? value.map(String) : undefined);
