import { inflateRawSync } from 'node:zlib';

const MOST = 1024 * 1024;

/** XML of a message: by POST as it is, by Redirect deflated. A mock is lenient: undefined when neither. */
export function decode_message(encoded: string, method: string): string | undefined {
  const bytes = Buffer.from(encoded, 'base64');
  if (method === 'POST') return bytes.toString('utf8');
  try {
    return inflateRawSync(bytes, { maxOutputLength: MOST }).toString('utf8');
  } catch {
    return undefined;
  }
}

const unescape_xml = (text: string): string =>
  text.replace(/&(?:lt|gt|quot|apos|amp|#x[0-9A-Fa-f]+|#\d+);/g, (reference) => {
    const named: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' };
    const code = reference.startsWith('&#x') ? Number.parseInt(reference.slice(3, -1), 16) : Number.parseInt(reference.slice(2, -1), 10);
    return named[reference] ?? (Number.isNaN(code) || code > 0x10ffff ? '' : String.fromCodePoint(code));
  });

/** An attribute of the first element of this local name. */
export function attribute_in(xml: string, local: string, name: string): string | undefined {
  const tag = new RegExp(`<(?:[\\w.-]+:)?${local}\\b[^>]*>`).exec(xml)?.[0] ?? '';
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag);
  const value = found?.[1] ?? found?.[2];
  return value === undefined ? undefined : unescape_xml(value);
}

/** The text of the first element of this local name. */
export function text_in(xml: string, local: string): string | undefined {
  const found = new RegExp(`<(?:[\\w.-]+:)?${local}\\b[^>]*>([^<]*)</`).exec(xml)?.[1];
  return found === undefined ? undefined : unescape_xml(found.trim());
}

export interface SignInRequest {
  /** Absent: nobody asked (IdP-initiated). */
  readonly id?: string | undefined;
  readonly sp: string;
  readonly acs_url: string;
  readonly relay_state?: string | undefined;
  readonly force?: boolean | undefined;
  readonly hint?: string | undefined;
  readonly context?: string | undefined;
}

/** Of the contexts that are asked for, the first that SAML itself defines; else the first. */
function context_in(xml: string): string | undefined {
  const asked = [...xml.matchAll(/<(?:[\w.-]+:)?AuthnContextClassRef\b[^>]*>([^<]*)</g)].map(([, text = '']) => unescape_xml(text.trim()));
  return asked.find((one) => one.startsWith('urn:oasis:names:tc:SAML:2.0:ac:classes:')) ?? asked[0];
}

/** What an AuthnRequest asks for; undefined when it is none. */
export function read_authn_request(xml: string, relay_state: string | undefined): SignInRequest | undefined {
  const id = attribute_in(xml, 'AuthnRequest', 'ID');
  const acs_url = attribute_in(xml, 'AuthnRequest', 'AssertionConsumerServiceURL');
  const sp = text_in(xml, 'Issuer');
  if (id === undefined || acs_url === undefined || sp === undefined) return undefined;
  const force = ['true', '1'].includes(attribute_in(xml, 'AuthnRequest', 'ForceAuthn') ?? '');
  return { id, sp, acs_url, relay_state, force, hint: text_in(xml, 'NameID'), context: context_in(xml) };
}

export interface ServiceProvider {
  readonly entity_id: string;
  readonly acs_url: string;
  readonly slo_url: string | undefined;
  readonly encryption_certificate: string | undefined;
}

/** What the metadata of a service provider says, read simply. */
export function read_sp_metadata(xml: string): ServiceProvider | undefined {
  const entity_id = attribute_in(xml, 'EntityDescriptor', 'entityID');
  const acs_url = attribute_in(xml, 'AssertionConsumerService', 'Location');
  if (entity_id === undefined || acs_url === undefined) return undefined;
  const encryption = /<(?:[\w.-]+:)?KeyDescriptor\b[^>]*use="encryption"[^>]*>[\s\S]*?<(?:[\w.-]+:)?X509Certificate>([^<]+)</.exec(
    xml,
  )?.[1];
  return { entity_id, acs_url, slo_url: attribute_in(xml, 'SingleLogoutService', 'Location'), encryption_certificate: encryption };
}
