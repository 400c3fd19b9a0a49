import { X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { in_networks } from './real_ip.ts';

/** Larger than any certificate that says who an app is. */
const LONGEST = 12_000;

/**
 * The certificate of mutual TLS, which ends at the proxy. Believed of the peer itself, when that is a trusted proxy: what others say of
 * themselves is not looked at, and neither is a header that came twice, for only one of the two can be the proxy's.
 */
export function certificate_from_proxy(
  header: string | undefined,
  trust_proxy: readonly string[],
): (request: IncomingMessage) => X509Certificate | undefined {
  if (header === undefined) return () => undefined;
  const is_trusted = in_networks(trust_proxy);
  return (request) => {
    const said = request.headersDistinct[header];
    Reflect.deleteProperty(request.headers, header);
    if (said?.length !== 1 || !is_trusted(request.socket.remoteAddress ?? '')) return undefined;
    return read_certificate(said[0] ?? '');
  };
}

/** `:base64:` (RFC 9440 section 2.1), or a PEM, URL-encoded (nginx: `$ssl_client_escaped_cert`). Undefined for anything else. */
function read_certificate(value: string): X509Certificate | undefined {
  if (value.length > LONGEST) return undefined;
  const text = /^:([A-Za-z0-9+/]+={0,2}):$/.exec(value)?.[1] ?? base64_of_pem(value);
  if (text === undefined) return undefined;
  const der = Buffer.from(text, 'base64');
  try {
    const certificate = new X509Certificate(der);
    // one certificate, and nothing behind it
    return certificate.raw.equals(der) ? certificate : undefined;
  } catch {
    return undefined;
  }
}

function base64_of_pem(value: string): string | undefined {
  try {
    const pem = decodeURIComponent(value);
    return /^-----BEGIN CERTIFICATE-----\s([A-Za-z0-9+/\s]+={0,2})\s+-----END CERTIFICATE-----\s*$/.exec(pem)?.[1];
  } catch {
    return undefined;
  }
}
