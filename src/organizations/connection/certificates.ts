import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { rfc3339 } from '../../kernel/index.ts';
import { time } from '../parse.ts';

const DAY_MS = 86_400_000;

export const certificate_view = z.object({
  subject: z.string(),
  issuer: z.string(),
  /** Hexadecimal. */
  serial: z.string(),
  /** Of the certificate's DER, lower-case hexadecimal: what both sides compare. */
  sha256: z.string(),
  not_before: time,
  not_after: time,
  /** Whole days; negative once it has ended. */
  days_left: z.int(),
});

export type CertificateView = z.output<typeof certificate_view>;

export const days_until = (ends_at: number, now: number): number => Math.floor((ends_at - now) / DAY_MS);

/** What people compare and count. */
export function present_certificate(pem: string, now: number): CertificateView {
  const certificate = new X509Certificate(pem);
  const [begins, ends] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
  return {
    subject: one_line(certificate.subject),
    issuer: one_line(certificate.issuer),
    serial: certificate.serialNumber.toLowerCase(),
    sha256: sha256_of(certificate),
    not_before: rfc3339(begins),
    not_after: rfc3339(ends),
    days_left: days_until(ends, now),
  };
}

// a subject without any name is undefined, whatever the types say
const one_line = (name: string | undefined): string => (name ?? '').replaceAll('\n', ', ').slice(0, 500);

const sha256_of = (certificate: X509Certificate): string => certificate.fingerprint256.replaceAll(':', '').toLowerCase();

/** Lower-case hexadecimal SHA-256 of each. */
export const fingerprints = (pems: readonly string[]): string[] => pems.map((pem) => sha256_of(new X509Certificate(pem)));
