import type { FieldProblem } from '../../kernel/index.ts';
import { BY_CERTIFICATE, certificate_contradictions } from './certificate_rules.ts';
import { is_https_loopback, is_native_only } from './redirect_uri.ts';
import type { ClientBody } from './schema.ts';

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const WITH_SECRET = ['client_secret_basic', 'client_secret_post', 'client_secret_jwt'];

export const needs_secret = (body: Pick<ClientBody, 'token_endpoint_auth_method'>): boolean =>
  WITH_SECRET.includes(body.token_endpoint_auth_method);

/** What the fields of a registration must be to each other: whatever passes here, the issuer takes. `certificate_methods`: those of mutual TLS that are possible here. */
export function contradictions(body: ClientBody, certificate_methods: readonly string[] = []): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const refuse = (path: string, message: string): void => void problems.push({ path, message });
  const { grant_types, redirect_uris, token_endpoint_auth_method: method, token_endpoint_auth_signing_alg: alg } = body;
  const grants = new Set<string>(grant_types);
  if (grants.has('authorization_code') && redirect_uris.length === 0)
    refuse('redirect_uris', 'must name at least one for authorization_code');
  if (!grants.has('authorization_code') && redirect_uris.length > 0)
    refuse('redirect_uris', 'are of use only with the grant type authorization_code');
  if (!grants.has('authorization_code') && body.response_types?.length === 1)
    refuse('response_types', 'must be empty without the grant type authorization_code');
  if (grants.has('refresh_token') && grants.size === (grants.has('client_credentials') ? 2 : 1))
    refuse('grant_types', 'refresh_token comes with authorization_code or the device grant');
  if (method === 'none' && grants.has('client_credentials'))
    refuse('grant_types', 'client_credentials is not for a client that cannot authenticate');
  if (!body.first_party && grants.has(EXCHANGE)) refuse('grant_types', 'token exchange is not for a third-party app: nobody is asked');
  if (method === 'none' && grants.has(EXCHANGE)) refuse('grant_types', 'token exchange is not for a client that cannot authenticate');
  if (method === 'none' && body.require_pkce === false) refuse('require_pkce', 'a client that cannot authenticate is not without PKCE');
  if (body.jwks !== undefined && body.jwks_uri !== undefined) refuse('jwks_uri', 'either jwks or jwks_uri, not both');
  if (method === 'private_key_jwt' && !has_keys(body)) refuse('jwks', 'jwks or jwks_uri is needed for private_key_jwt');
  if (body.request_object_signing_alg !== undefined && !has_keys(body))
    refuse('jwks', 'jwks or jwks_uri is needed for signed request objects');
  if (alg !== undefined && !(method === 'client_secret_jwt' ? alg === 'HS256' : method === 'private_key_jwt' && alg !== 'HS256'))
    refuse('token_endpoint_auth_signing_alg', `is not one of ${method}`);
  problems.push(...certificate_contradictions(body, certificate_methods));
  if (body.frontchannel_logout_uri !== undefined && !is_beside_a_redirect(body.frontchannel_logout_uri, body.redirect_uris))
    refuse('frontchannel_logout_uri', 'must be on the host of one of redirect_uris, without a fragment');
  if (body.profile === 'fapi2') problems.push(...fapi2_contradictions(body));
  const native = application_type(body) === 'native';
  for (const name of ['redirect_uris', 'post_logout_redirect_uris'] as const) {
    body[name]?.forEach((uri, index) => {
      if (!native && is_native_only(uri)) refuse(`${name}.${index}`, 'a private-use scheme is for application_type native');
      if (native && is_https_loopback(uri)) refuse(`${name}.${index}`, 'for application_type native, localhost is plain http');
    });
  }
  return problems;
}

/** Front-Channel Logout 1.0, section 2: scheme, host and port of a registered redirect URI. */
const is_beside_a_redirect = (uri: string, redirect_uris: readonly string[]): boolean =>
  !uri.includes('#') && redirect_uris.some((redirect) => URL.parse(redirect)?.origin === URL.parse(uri)?.origin);

const FAPI2_ALGS = [
  'id_token_signed_response_alg',
  'userinfo_signed_response_alg',
  'introspection_signed_response_alg',
  'authorization_signed_response_alg',
  'request_object_signing_alg',
] as const;

/** FAPI 2.0 Security Profile, sections 5.3.2 and 5.4: what is not said is set so, what is said otherwise is refused. */
function fapi2_contradictions(body: ClientBody): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const refuse = (path: string, message: string): void => void problems.push({ path, message: `${message} under the profile fapi2` });
  const by_key = body.token_endpoint_auth_method === 'private_key_jwt';
  if (!by_key && !BY_CERTIFICATE.includes(body.token_endpoint_auth_method))
    refuse('token_endpoint_auth_method', 'must be private_key_jwt, tls_client_auth or self_signed_tls_client_auth');
  if (by_key && (body.token_endpoint_auth_signing_alg === undefined || body.token_endpoint_auth_signing_alg === 'RS256'))
    refuse('token_endpoint_auth_signing_alg', 'must be PS256, ES256 or EdDSA');
  if (body.require_pushed_authorization_requests === false) refuse('require_pushed_authorization_requests', 'must not be false');
  if (body.dpop_bound_access_tokens === false && body.tls_client_certificate_bound_access_tokens !== true)
    refuse('dpop_bound_access_tokens', 'must not be false where tls_client_certificate_bound_access_tokens is not true');
  if (body.require_pkce === false) refuse('require_pkce', 'must not be false');
  for (const name of FAPI2_ALGS) if (body[name] === 'RS256') refuse(name, 'must not be RS256');
  body.redirect_uris.forEach((uri, index) => {
    if (uri.startsWith('http:') && application_type(body) !== 'native') refuse(`redirect_uris.${index}`, 'must be https');
  });
  return problems;
}

/** Who does not say, but registers a private-use scheme, is a native app. */
export const application_type = (body: ClientBody): 'web' | 'native' =>
  body.application_type ?? (body.redirect_uris.some(is_native_only) ? 'native' : 'web');

const has_keys = (body: ClientBody): boolean => body.jwks !== undefined || body.jwks_uri !== undefined;
