import { createSign } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { SignedXml } from 'xml-crypto';
import type { SigningKey } from './keys.ts';
import { DSIG, EXC_C14N, RSA_SHA256, SHA256 } from './names.ts';

export interface SignOptions {
  readonly signature_algorithm?: string;
  readonly digest_algorithm?: string;
  /** Of SignedInfo and, behind enveloped-signature, of the Reference. */
  readonly canonicalization?: string;
  readonly inclusive_prefixes?: readonly string[];
  readonly prefix?: string;
}

/** Signs the one element of this local name, enveloped, behind its Issuer (or as its first child when it has none). */
export function sign_element(xml: string, local: string, key: SigningKey, options: SignOptions = {}): string {
  const canonicalization = options.canonicalization ?? EXC_C14N;
  const signer = new SignedXml({
    privateKey: key.private_key_pem,
    publicCert: key.certificate_pem,
    signatureAlgorithm: options.signature_algorithm ?? RSA_SHA256,
    canonicalizationAlgorithm: canonicalization as never, // the type knows fewer than the library does
  });
  const here = `//*[local-name(.)='${local}']`;
  const prefixes = options.inclusive_prefixes;
  signer.addReference({
    xpath: here,
    transforms: [`${DSIG}enveloped-signature`, canonicalization],
    digestAlgorithm: options.digest_algorithm ?? SHA256,
    ...(prefixes !== undefined && { inclusiveNamespacesPrefixList: [...prefixes] }),
  });
  const issuer = `${here}/*[local-name(.)='Issuer']`;
  const has_issuer = new RegExp(`<(?:[\\w-]+:)?${local}\\b[^>]*>\\s*<(?:[\\w-]+:)?Issuer\\b`).test(xml);
  signer.computeSignature(xml, {
    prefix: options.prefix ?? 'ds',
    location: has_issuer ? { reference: issuer, action: 'after' } : { reference: here, action: 'prepend' },
  });
  return signer.getSignedXml();
}

/** A query of the Redirect binding, signed. */
export function signed_query(
  parameter: 'SAMLRequest' | 'SAMLResponse',
  xml: string,
  relay_state: string | undefined,
  key: SigningKey,
): string {
  const parts: [string, string][] = [[parameter, deflateRawSync(Buffer.from(xml)).toString('base64')]];
  if (relay_state !== undefined) parts.push(['RelayState', relay_state]);
  parts.push(['SigAlg', RSA_SHA256]);
  const query = parts.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  const signature = createSign('sha256').update(query).sign(key.private_key_pem, 'base64');
  return `${query}&Signature=${encodeURIComponent(signature)}`;
}
