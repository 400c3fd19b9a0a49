import { createPrivateKey, hash, sign } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import type { ConnectionKey } from '../connector.ts';
import { attribute, canonicalize, type Element, MESSAGE_CAPS, read_xml } from './xml/index.ts';
import { SIGNATURE } from './vocabulary.ts';
import { xml_element } from './write_xml.ts';

const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const ENVELOPED = `${SIGNATURE}enveloped-signature`;

const method = (name: string, uri: string): string => xml_element(name, { Algorithm: uri });

function signature_value(key: ConnectionKey, text: string): string {
  return sign('sha256', Buffer.from(text, 'utf8'), createPrivateKey(key.private_key_pem)).toString('base64');
}

/** A certificate's base64 on one line, as it stands in KeyInfo and metadata. */
export const certificate_body = (pem: string): string => pem.replace(/-----[A-Z ]+-----|\s+/g, '');

function signed_info(root: Element): string {
  const digest = hash('sha256', canonicalize(root, { algorithm: 'exclusive' }), 'base64');
  const transforms = xml_element('ds:Transforms', {}, method('ds:Transform', ENVELOPED), method('ds:Transform', EXCLUSIVE));
  const reference = xml_element(
    'ds:Reference',
    { URI: `#${attribute(root, 'ID') ?? ''}` },
    transforms,
    method('ds:DigestMethod', SHA256),
    xml_element('ds:DigestValue', {}, digest),
  );
  return xml_element(
    'ds:SignedInfo',
    { 'xmlns:ds': SIGNATURE },
    method('ds:CanonicalizationMethod', EXCLUSIVE),
    method('ds:SignatureMethod', RSA_SHA256),
    reference,
  );
}

/** Signs a message of ours with an enveloped signature, placed behind its Issuer as the schemas want it (RSA-SHA256, exclusive C14N). */
export function sign_enveloped(xml: string, key: ConnectionKey): string {
  const info = signed_info(read_xml(xml, MESSAGE_CAPS));
  const value = signature_value(key, canonicalize(read_xml(info, MESSAGE_CAPS), { algorithm: 'exclusive' }));
  const certificate = xml_element('ds:X509Certificate', {}, certificate_body(key.certificate_pem));
  const signature = xml_element(
    'ds:Signature',
    { 'xmlns:ds': SIGNATURE },
    info,
    xml_element('ds:SignatureValue', {}, value),
    xml_element('ds:KeyInfo', {}, xml_element('ds:X509Data', {}, certificate)),
  );
  const end = '</saml:Issuer>';
  const at = xml.indexOf(end) + end.length;
  return `${xml.slice(0, at)}${signature}${xml.slice(at)}`;
}

/** The query of the Redirect binding, signed when a key is given (SAML bindings 3.4.4.1): the signature covers these very characters. */
export function redirect_query(
  parameter: 'SAMLRequest' | 'SAMLResponse',
  xml: string,
  relay_state: string | undefined,
  key: ConnectionKey | undefined,
): string {
  const encoded: [string, string][] = [[parameter, deflateRawSync(Buffer.from(xml, 'utf8')).toString('base64')]];
  if (relay_state !== undefined) encoded.push(['RelayState', relay_state]);
  if (key !== undefined) encoded.push(['SigAlg', RSA_SHA256]);
  const query = encoded.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return key === undefined ? query : `${query}&Signature=${encodeURIComponent(signature_value(key, query))}`;
}
