import { X509Certificate } from 'node:crypto';
import { WrongValue } from './setting.ts';

/** Readers of what mutual TLS needs. @throws WrongValue */

/** Names that a client, or every proxy, writes for other purposes. */
const TAKEN = new Set(['authorization', 'cookie', 'dpop', 'host', 'forwarded', 'content-type', 'content-length', 'accept', 'origin']);

/** Lower case, as Node has it. */
export function certificate_header(text: string): string {
  const name = text.toLowerCase();
  if (!/^[a-z][a-z0-9-]{0,63}$/.test(name) || TAKEN.has(name) || name.startsWith('x-forwarded-')) {
    throw new WrongValue(
      'This is not a header for a certificate.',
      'Write the name of the header that your proxy sets: Client-Cert, or X-Client-Cert for example.',
    );
  }
  return name;
}

const PEM = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/** Each of them is trusted to say who an app is. */
export function certificate_authorities(text: string): X509Certificate[] {
  const found = text.match(PEM) ?? [];
  if (found.length === 0)
    throw new WrongValue('There is no certificate in it.', 'Give the certificates of your CA as PEM: -----BEGIN CERTIFICATE-----');
  return found.map((pem) => {
    const certificate = read(pem);
    if (!certificate.ca) {
      const whose = (certificate.subject ?? '').replaceAll('\n', ', ').slice(0, 200);
      throw new WrongValue(`The certificate of "${whose}" is not one of a CA.`, 'Give the certificate that signs those of your apps.');
    }
    return certificate;
  });
}

function read(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw new WrongValue('A certificate in it cannot be read.', 'Give certificates as PEM, whole and unchanged.');
  }
}

/** Scheme, host and port, written in one way only. */
export function https_origin(text: string): string {
  const url = URL.parse(text);
  if (url?.protocol !== 'https:' || url.origin !== text)
    throw new WrongValue('This is not the plain address of an https host.', 'Write https://mtls.login.example.com, without a path.');
  return text;
}
