import type { ConnectionKey } from '../connector.ts';
import { certificate_body } from './sign.ts';
import { BINDINGS, METADATA, NAME_ID, PROTOCOL, SIGNATURE } from './vocabulary.ts';
import { xml_element, xml_text } from './write_xml.ts';

export interface ServiceProvider {
  readonly entity_id: string;
  readonly acs_url: string;
  /** Other addresses that answers may come to. */
  readonly acs_aliases?: readonly string[];
  readonly slo_url: string;
  readonly signs_requests: boolean;
  readonly want_assertions_signed: boolean;
  readonly name_id_format: string | undefined;
  readonly keys: readonly ConnectionKey[];
}

/** In our order of preference; AES-CBC is read where a signature covers it, but not asked for. */
const CIPHERS = ['http://www.w3.org/2009/xmlenc11#aes256-gcm', 'http://www.w3.org/2009/xmlenc11#aes128-gcm'];
const KEY_TRANSPORTS = ['http://www.w3.org/2009/xmlenc11#rsa-oaep', 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p'];

function key_descriptor({ use, certificate_pem }: ConnectionKey): string {
  const certificate = xml_element('ds:X509Certificate', {}, certificate_body(certificate_pem));
  const methods = use === 'encryption' ? [...CIPHERS, ...KEY_TRANSPORTS] : [];
  return xml_element(
    'md:KeyDescriptor',
    { use },
    xml_element('ds:KeyInfo', {}, xml_element('ds:X509Data', {}, certificate)),
    ...methods.map((uri) => xml_element('md:EncryptionMethod', { Algorithm: uri })),
  );
}

/** Our side's metadata, its elements in the order of the OASIS schema (SAML metadata 2.4.4). */
export function own_metadata(provider: ServiceProvider): string {
  const formats =
    provider.name_id_format === undefined ? [NAME_ID.persistent, NAME_ID.email, NAME_ID.unspecified] : [provider.name_id_format];
  const by_use = (wanted: ConnectionKey['use']) => provider.keys.filter(({ use }) => use === wanted).map(key_descriptor);
  const role = xml_element(
    'md:SPSSODescriptor',
    {
      AuthnRequestsSigned: String(provider.signs_requests),
      WantAssertionsSigned: String(provider.want_assertions_signed),
      protocolSupportEnumeration: PROTOCOL,
    },
    ...by_use('signing'),
    ...by_use('encryption'),
    xml_element('md:SingleLogoutService', { Binding: BINDINGS.redirect, Location: provider.slo_url }),
    xml_element('md:SingleLogoutService', { Binding: BINDINGS.post, Location: provider.slo_url }),
    ...formats.map((format) => xml_element('md:NameIDFormat', {}, xml_text(format))),
    xml_element('md:AssertionConsumerService', { Binding: BINDINGS.post, Location: provider.acs_url, index: '0', isDefault: 'true' }),
    ...(provider.acs_aliases ?? []).map((url, at) =>
      xml_element('md:AssertionConsumerService', { Binding: BINDINGS.post, Location: url, index: String(at + 1) }),
    ),
  );
  const root = xml_element('md:EntityDescriptor', { 'xmlns:md': METADATA, 'xmlns:ds': SIGNATURE, entityID: provider.entity_id }, role);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}
