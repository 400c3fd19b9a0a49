import { inflateRawSync } from 'node:zlib';
import { names_sha1, signature_algorithm, is_signed_by } from './algorithms.ts';
import { decode_base64 } from './base64.ts';
import { MAX_ENCODED, MAX_LOGOUT } from './message.ts';
import { Refusal } from './refusal.ts';
import type { TrustedCertificate } from './trust.ts';

export interface RedirectOptions {
  readonly parameter: 'SAMLRequest' | 'SAMLResponse';
  /** Default false. */
  readonly allow_sha1?: boolean;
}

export interface RedirectSignature {
  /** SHA-256 over the certificate's DER, lower-case hex. */
  readonly fingerprint: string;
  readonly signature_algorithm: string;
  /** The signed message, decoded and inflated: read this one. */
  readonly message: Uint8Array;
  readonly relay_state: string | undefined;
}

function malformed(detail: string): never {
  throw new Refusal('malformed', detail);
}

/** Raw values of the query by raw name, as they were sent. Holds: no parameter of the signature occurs twice, under any spelling. */
function raw_parameters(query: string): ReadonlyMap<string, string> {
  const raw = new Map<string, string>();
  for (const pair of query.replace(/^\?/, '').split('&')) {
    const at = pair.indexOf('=');
    const name = decode(at < 0 ? pair : pair.slice(0, at));
    if (raw.has(name)) malformed('a parameter occurs twice');
    raw.set(name, at < 0 ? '' : pair.slice(at + 1));
  }
  return raw;
}

function decode(raw: string): string {
  try {
    return decodeURIComponent(raw.replaceAll('+', ' '));
  } catch {
    return malformed('the query is not URL-encoded UTF-8');
  }
}

/** Inflates a message of the Redirect binding. Holds: output is capped while inflating, and nothing follows the stream. @throws Refusal */
export function inflate_message(encoded: string): Uint8Array {
  if (encoded.length > MAX_ENCODED) malformed('the message is too large');
  const bytes = decode_base64(encoded);
  if (bytes === undefined || bytes.length === 0) malformed('the message is not base64');
  try {
    return inflateRawSync(bytes, { maxOutputLength: MAX_LOGOUT });
  } catch {
    return malformed('the message is not a DEFLATE stream, or is too large');
  }
}

/** Verifies the detached signature of the Redirect binding over the raw query string, as it was sent (SAML bindings 3.4.4.1). @throws Refusal */
export function verify_redirect_signature(
  query: string,
  certificates: readonly TrustedCertificate[],
  options: RedirectOptions,
): RedirectSignature {
  const raw = raw_parameters(query);
  const message = raw.get(options.parameter);
  const other = options.parameter === 'SAMLRequest' ? 'SAMLResponse' : 'SAMLRequest';
  if (message === undefined || raw.has(other)) malformed(`the query does not carry one ${options.parameter}`);
  const algorithm_raw = raw.get('SigAlg');
  const signature_raw = raw.get('Signature');
  if (algorithm_raw === undefined || signature_raw === undefined) throw new Refusal('untrusted', 'the message is not signed');
  const uri = decode(algorithm_raw);
  const algorithm = signature_algorithm(uri, options.allow_sha1 ?? false);
  if (algorithm === undefined) {
    const fix = names_sha1(uri) ? 'Switch the identity provider to RSA-SHA256, or allow SHA-1 for this connection.' : undefined;
    throw new Refusal('untrusted', 'the signature algorithm is not allowed', fix);
  }
  const signature = decode_base64(decode(signature_raw));
  if (signature === undefined || signature.length === 0) throw new Refusal('untrusted', 'the signature is not base64');
  const relay_state = raw.get('RelayState');
  const signed = [
    [options.parameter, message],
    ...(relay_state === undefined ? [] : [['RelayState', relay_state]]),
    ['SigAlg', algorithm_raw],
  ];
  const bytes = Buffer.from(signed.map((pair) => pair.join('=')).join('&'), 'utf8');
  const signer = certificates.find(({ key }) => is_signed_by(algorithm, key, bytes, signature));
  if (signer === undefined) throw new Refusal('untrusted', 'the signature was not made by any certificate of this connection');
  return {
    fingerprint: signer.fingerprint,
    signature_algorithm: uri,
    message: inflate_message(decode(message)),
    relay_state: relay_state === undefined ? undefined : decode(relay_state),
  };
}
