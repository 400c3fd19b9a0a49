import 'reflect-metadata'; // asked for by @peculiar/x509 before it loads
import type { X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { name_type, parse_distinguished_name, type RelativeName, same_name } from '../kernel/index.ts';

/** Whether a certificate's subject is the one that an app registered, by the name of that piece of metadata (RFC 8705 section 2.1.2). */
export function subject_is(certificate: X509Certificate, property: string, expected: string): boolean {
  switch (property) {
    case 'tls_client_auth_subject_dn': {
      const [wanted, found] = [parse_distinguished_name(expected), subject_of(certificate)];
      return wanted !== undefined && found !== undefined && same_name(wanted, found);
    }
    case 'tls_client_auth_san_dns':
      return alternatives(certificate, 'dns').some((name) => name.toLowerCase() === expected.toLowerCase());
    case 'tls_client_auth_san_uri':
      return alternatives(certificate, 'url').includes(expected);
    case 'tls_client_auth_san_ip':
      return certificate.checkIP(expected) !== undefined;
    case 'tls_client_auth_san_email':
      return alternatives(certificate, 'email').includes(expected);
    default:
      return false;
  }
}

const alternatives = (certificate: X509Certificate, type: x509.GeneralNameType): string[] =>
  (new x509.X509Certificate(certificate.raw).getExtension(x509.SubjectAlternativeNameExtension)?.names.items ?? [])
    .filter((name) => name.type === type)
    .map((name) => name.value);

/** Undefined for a subject with something in it that is no text. */
function subject_of(certificate: X509Certificate): RelativeName[] | undefined {
  const names: RelativeName[] = [];
  for (const part of new x509.X509Certificate(certificate.raw).subjectName.toJSON()) {
    const name = new Map<string, readonly string[]>();
    for (const [written, values] of Object.entries(part)) {
      const type = name_type(written);
      // a value that is no text reads as # and its bytes
      if (type === undefined || values.some((value) => value.startsWith('#'))) return undefined;
      name.set(type, values);
    }
    names.push(name);
  }
  return names;
}
