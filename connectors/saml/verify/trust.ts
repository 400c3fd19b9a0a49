import { type KeyObject, X509Certificate } from 'node:crypto';
import { is_acceptable_key } from './algorithms.ts';
import { Refusal } from './refusal.ts';

/** A certificate of the partner, parsed once. Only its key counts: SAML trust is by key, not by chain. */
export interface TrustedCertificate {
  readonly pem: string;
  readonly key: KeyObject;
  /** SHA-256 over the DER, lower-case hex. */
  readonly fingerprint: string;
  readonly subject: string;
  /** Epoch milliseconds. */
  readonly not_before: number;
  readonly not_after: number;
}

/** Everything that a response is held against. */
export interface Trust {
  readonly idp_entity_id: string;
  readonly certificates: readonly TrustedCertificate[];
  readonly want_signed: 'either' | 'assertion' | 'response' | 'both';
  readonly want_encrypted: boolean;
  readonly allow_sha1: boolean;
  readonly decryption_keys: readonly KeyObject[];
  /** Our entity id. */
  readonly audience: string;
  readonly acs_url: string;
  /** Other addresses of ours that count as well, each exactly. */
  readonly acs_aliases?: readonly string[];
  /** 0 to 180. */
  readonly clock_skew_seconds: number;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The id of our request; undefined: only an unsolicited response is valid. */
  readonly in_response_to: string | undefined;
  /** Default 600. */
  readonly max_assertion_age_seconds?: number;
}

/** Whether an address is one of ours to which answers may come, byte for byte. */
export const is_ours = ({ acs_url, acs_aliases }: Pick<Trust, 'acs_url' | 'acs_aliases'>, address: string | undefined): boolean =>
  address !== undefined && (address === acs_url || acs_aliases?.includes(address) === true);

/** Parses a certificate once. @throws Refusal `untrusted` when it cannot be read or its key is too weak */
export function prepare_certificate(pem: string): TrustedCertificate {
  let certificate: X509Certificate;
  let key: KeyObject;
  try {
    certificate = new X509Certificate(pem);
    key = certificate.publicKey;
  } catch {
    throw new Refusal('untrusted', 'a certificate of the identity provider cannot be read');
  }
  if (!is_acceptable_key(key)) {
    throw new Refusal(
      'untrusted',
      'the key of a certificate of the identity provider is not RSA of at least 2048 bits nor EC on P-256, P-384 or P-521',
      'Ask the identity provider for a signing certificate with an RSA key of 2048 bits or more.',
    );
  }
  return {
    pem,
    key,
    fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    subject: certificate.subject,
    not_before: Date.parse(certificate.validFrom),
    not_after: Date.parse(certificate.validTo),
  };
}

/** Parses all certificates of a connection. @throws Refusal @see prepare_certificate */
export function prepare_certificates(pems: readonly string[]): TrustedCertificate[] {
  return pems.map(prepare_certificate);
}
