import type { FieldProblem } from '../../kernel/index.ts';
import type { ClientBody } from './schema.ts';

/** RFC 8705 section 2. */
export const BY_CERTIFICATE: readonly string[] = ['tls_client_auth', 'self_signed_tls_client_auth'];

const SUBJECTS = [
  'tls_client_auth_subject_dn',
  'tls_client_auth_san_dns',
  'tls_client_auth_san_uri',
  'tls_client_auth_san_ip',
  'tls_client_auth_san_email',
] as const;

/** What a registration that speaks of certificates must be; `possible`: the methods that the settings allow. */
export function certificate_contradictions(body: ClientBody, possible: readonly string[]): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const refuse = (path: string, message: string): void => void problems.push({ path, message });
  const { token_endpoint_auth_method: method, tls_client_certificate_bound_access_tokens: bound } = body;
  if (BY_CERTIFICATE.includes(method) && !possible.includes(method)) refuse('token_endpoint_auth_method', unset(method));
  if (bound === true && possible.length === 0)
    refuse('tls_client_certificate_bound_access_tokens', unset('tls_client_certificate_bound_access_tokens'));
  if (bound === true && body.dpop_bound_access_tokens === true)
    refuse('tls_client_certificate_bound_access_tokens', 'either this or dpop_bound_access_tokens, not both');
  const said = SUBJECTS.filter((name) => body[name] !== undefined);
  if (method === 'tls_client_auth' && possible.includes(method) && said.length !== 1)
    refuse(said[1] ?? 'tls_client_auth_subject_dn', `exactly one of ${SUBJECTS.join(', ')} says whose certificate it is`);
  if (method !== 'tls_client_auth' && said[0] !== undefined) refuse(said[0], 'is of use only with tls_client_auth');
  if (method === 'self_signed_tls_client_auth' && body.jwks === undefined && body.jwks_uri === undefined)
    refuse('jwks', 'jwks or jwks_uri, with the certificate as x5c, is needed for self_signed_tls_client_auth');
  if (method === 'self_signed_tls_client_auth' && body.jwks?.keys.every((key) => key['x5c'] === undefined) === true)
    refuse('jwks', 'must hold the certificate of a key (x5c)');
  return problems;
}

const unset = (what: string): string =>
  what === 'tls_client_auth'
    ? 'tls_client_auth needs the settings POSTERN_CLIENT_CERTIFICATE_HEADER and POSTERN_CLIENT_CERTIFICATE_CA'
    : `${what} needs the setting POSTERN_CLIENT_CERTIFICATE_HEADER`;
