import 'reflect-metadata'; // asked for by @peculiar/x509 before it loads
import type { X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const ANY_PURPOSE = '2.5.29.37.0';

/** Extensions that are honoured here, or that say nothing about whose certificate it is (RFC 5280 section 4.2). */
const UNDERSTOOD = new Set(['2.5.29.14', '2.5.29.15', '2.5.29.17', '2.5.29.19', '2.5.29.31', '2.5.29.32', '2.5.29.35', '2.5.29.37']);

const HASHES = ['SHA-256', 'SHA-384', 'SHA-512'];

/** Within its own times; `now` in epoch milliseconds. */
export const is_in_time = (certificate: X509Certificate, now: number): boolean =>
  Date.parse(certificate.validFrom) <= now && now <= Date.parse(certificate.validTo);

/** Whether one of these CAs says, at this moment, that the certificate is of a client (RFC 8705 section 2.1, RFC 5280 section 6). */
export function is_vouched_for(certificate: X509Certificate, authorities: readonly X509Certificate[], now: number): boolean {
  return (
    is_in_time(certificate, now) &&
    is_for_clients(certificate) &&
    is_sound(certificate) &&
    authorities.some(
      (authority) =>
        authority.ca && is_in_time(authority, now) && certificate.checkIssued(authority) && certificate.verify(authority.publicKey),
    )
  );
}

/** One without purposes is for every purpose (RFC 5280 section 4.2.1.12); that of a server is not for clients. */
function is_for_clients(certificate: X509Certificate): boolean {
  const purposes: readonly string[] | undefined = certificate.keyUsage; // undefined without the extension, whatever the types say
  return purposes === undefined || purposes.includes(CLIENT_AUTH) || purposes.includes(ANY_PURPOSE);
}

/** Signed by no broken hash, over no weak key, and demanding nothing that is not understood here. */
function is_sound(certificate: X509Certificate): boolean {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = certificate.publicKey;
  if (type === 'rsa' && (details?.modulusLength ?? 0) < 2048) return false;
  const read = new x509.X509Certificate(certificate.raw);
  if (read.extensions.some((extension) => extension.critical && !UNDERSTOOD.has(extension.type))) return false;
  const { name, hash } = read.signatureAlgorithm as { readonly name: string; readonly hash?: { readonly name?: string } }; // as Web Crypto names them, which the types leave out
  return hash === undefined ? name === 'Ed25519' : HASHES.includes(hash.name ?? '');
}
