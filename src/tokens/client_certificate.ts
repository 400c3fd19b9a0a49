import type { X509Certificate } from 'node:crypto';
import type { Context } from 'koa';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { state_of } from '../http/index.ts';
import { is_in_time, is_vouched_for } from './certificate_chain.ts';
import { subject_is } from './certificate_subject.ts';

/** What mutual TLS is here: whether certificates arrive at all, and who vouches for them. */
export interface ClientCertificates {
  readonly arrive: boolean;
  readonly authorities: readonly X509Certificate[];
  /** The host that asks for them, where it is not the issuer. */
  readonly origin?: string | undefined;
}

/** What this request's client showed. A certificate out of its time is none, for every purpose. */
export function certificate_of({ now }: { now: () => number }, ctx: KoaContextWithOIDC): X509Certificate | undefined {
  const { client_certificate: shown } = state_of(ctx as unknown as Context); // the same Koa context, typed twice
  return shown !== undefined && is_in_time(shown, now()) ? shown : undefined;
}

/** RFC 8705, as oidc-provider asks about it. */
export function mutual_tls(certificates: ClientCertificates, now: () => number) {
  const get = (ctx: KoaContextWithOIDC): X509Certificate | undefined => certificate_of({ now }, ctx);
  return {
    // also where no certificate arrives: a token that must be bound is then not given, rather than given unbound
    enabled: true,
    certificateBoundAccessTokens: true,
    selfSignedTlsClientAuth: certificates.arrive,
    tlsClientAuth: certificates.arrive && certificates.authorities.length > 0,
    getCertificate: get,
    certificateAuthorized(ctx: KoaContextWithOIDC): boolean {
      const shown = get(ctx);
      return shown !== undefined && read_or_not(() => is_vouched_for(shown, certificates.authorities, now()));
    },
    certificateSubjectMatches(ctx: KoaContextWithOIDC, property: string, expected: string): boolean {
      const shown = get(ctx);
      return shown !== undefined && read_or_not(() => subject_is(shown, property, expected));
    },
  };
}

/** A key, names or extensions that cannot be read are whatever the sender put there: such a certificate is nobody's. */
function read_or_not(look: () => boolean): boolean {
  try {
    return look();
  } catch {
    return false;
  }
}

/** How an app can authenticate by certificate here. */
export const certificate_methods = ({ arrive, authorities }: ClientCertificates) => [
  ...(arrive && authorities.length > 0 ? (['tls_client_auth'] as const) : []),
  ...(arrive ? (['self_signed_tls_client_auth'] as const) : []),
];

const ALIASED = {
  token_endpoint: '/token',
  userinfo_endpoint: '/userinfo',
  introspection_endpoint: '/introspect',
  revocation_endpoint: '/revoke',
  pushed_authorization_request_endpoint: '/par',
  device_authorization_endpoint: '/device/authorization',
};

/** RFC 8705 section 5: the same addresses on the host that asks for certificates. */
export const endpoint_aliases = ({ arrive, origin }: ClientCertificates): Record<string, unknown> =>
  !arrive || origin === undefined
    ? {}
    : { mtls_endpoint_aliases: Object.fromEntries(Object.entries(ALIASED).map(([name, path]) => [name, origin + path])) };
