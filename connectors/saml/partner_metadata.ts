import {
  attribute,
  type Caps,
  children_named,
  type Element,
  element_children,
  METADATA_CAPS,
  read_xml,
  text_of,
  XmlFault,
} from './xml/index.ts';
import { parse_duration } from './duration.ts';
import type { Endpoints, Partner } from './partner.ts';
import { BINDINGS, METADATA, PROTOCOL, SIGNATURE } from './vocabulary.ts';
import { parse_date_time, prepare_certificate, prepare_certificates, Refusal, verify_enveloped } from './verify/index.ts';

export type ReadMetadata = { readonly ok: true; readonly partner: Partner } | { readonly ok: false; readonly problem: string };

/** The document is no metadata of an identity provider that we could use. The message says what to mend. */
class Unusable extends Error {}

/** Every EntityDescriptor with the earliest end that it or an EntitiesDescriptor around it names. */
function entities_of(
  root: Element,
): { readonly entity: Element; readonly valid_until: number | undefined; readonly cache_ms: number | undefined }[] {
  const found: ReturnType<typeof entities_of> = [];
  const visit = (element: Element, until: number | undefined, cache: number | undefined): void => {
    if (element.namespace !== METADATA) return;
    const valid_until = earliest(until, valid_until_of(element));
    const cache_ms = earliest(cache, cache_of(element));
    if (element.local === 'EntityDescriptor') found.push({ entity: element, valid_until, cache_ms });
    else if (element.local === 'EntitiesDescriptor') for (const child of element_children(element)) visit(child, valid_until, cache_ms);
  };
  visit(root, undefined, undefined);
  return found;
}

const earliest = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined ? b : b === undefined ? a : Math.min(a, b);

function valid_until_of(element: Element): number | undefined {
  const text = attribute(element, 'validUntil');
  if (text === undefined) return undefined;
  const time = parse_date_time(text);
  if (time === undefined) throw new Unusable('The validUntil of the metadata is not a date and time with a zone.');
  return time;
}

function cache_of(element: Element): number | undefined {
  const text = attribute(element, 'cacheDuration');
  return text === undefined ? undefined : parse_duration(text);
}

function identity_providers_in(entity: Element): Element[] {
  return children_named(entity, METADATA, 'IDPSSODescriptor').filter((role) =>
    (attribute(role, 'protocolSupportEnumeration') ?? '').split(/\s+/).includes(PROTOCOL),
  );
}

/** A signature may have to be tried with each. */
const MOST_CERTIFICATES = 20;

/** Certificates that may verify: `use="signing"` or no `use` at all, which means both (SAML metadata 2.4.1.1). Weak or unreadable ones are left out. */
function certificates_of(role: Element): string[] {
  const found = new Map<string, string>();
  let count = 0;
  for (const descriptor of children_named(role, METADATA, 'KeyDescriptor')) {
    const use = attribute(descriptor, 'use');
    if (use !== undefined && use !== 'signing') continue;
    for (const info of children_named(descriptor, SIGNATURE, 'KeyInfo')) {
      for (const data of children_named(info, SIGNATURE, 'X509Data')) {
        for (const certificate of children_named(data, SIGNATURE, 'X509Certificate')) {
          if (++count > MOST_CERTIFICATES) throw new Unusable(`The metadata shows more than ${MOST_CERTIFICATES} signing certificates.`);
          try {
            const { pem, fingerprint } = prepare_certificate(pem_of(text_of(certificate)));
            found.set(fingerprint, pem);
          } catch (fault) {
            if (!(fault instanceof Refusal)) throw fault;
          }
        }
      }
    }
  }
  return [...found.values()];
}

/** Base64 of a certificate, however it is broken into lines, as PEM. */
export function pem_of(text: string): string {
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text.trim();
  const lines = text.replace(/\s+/g, '').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----`;
}

function endpoints_of(role: Element, service: string): Endpoints {
  const found: { -readonly [B in keyof Endpoints]: Endpoints[B] } = {};
  for (const element of children_named(role, METADATA, service)) {
    const location = attribute(element, 'Location');
    const response_location = attribute(element, 'ResponseLocation');
    if (location === undefined || !is_web_address(location)) continue;
    if (response_location !== undefined && !is_web_address(response_location)) continue;
    const uri = attribute(element, 'Binding');
    const binding = uri === BINDINGS.redirect ? 'redirect' : uri === BINDINGS.post ? 'post' : undefined;
    if (binding === undefined || found[binding] !== undefined) continue;
    found[binding] = { location, ...(response_location !== undefined && { response_location }) };
  }
  return found;
}

/** A browser will be sent there: no `javascript:`, nobody's password. */
export function is_web_address(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '' && url.hash === ''
  );
}

function pick(root: Element, entity_id: string | undefined) {
  const entities = entities_of(root);
  if (entities.length === 0) throw new Unusable(`This is not SAML metadata: its outermost element is ${root.local}.`);
  const providers = entities.filter(({ entity }) => identity_providers_in(entity).length > 0);
  if (providers.length === 0) {
    const service = entities.some(({ entity }) => children_named(entity, METADATA, 'SPSSODescriptor').length > 0);
    throw new Unusable(
      service
        ? 'This is the metadata of a service provider, perhaps our own. Give the metadata of the partner’s identity provider.'
        : 'The metadata describes no identity provider of SAML 2.0 (IDPSSODescriptor).',
    );
  }
  const named = entity_id === undefined ? providers : providers.filter(({ entity }) => attribute(entity, 'entityID') === entity_id);
  const [only, more] = named;
  if (only === undefined) throw new Unusable(`The metadata describes no identity provider named ${entity_id ?? ''}.`);
  if (more !== undefined) throw new Unusable(`The metadata describes ${named.length} identity providers. Say which one in entity_id.`);
  return only;
}

function partner_in(root: Element, entity_id: string | undefined): Partner {
  const { entity, valid_until, cache_ms } = pick(root, entity_id);
  const id = attribute(entity, 'entityID');
  if (id === undefined || id.trim() === '' || id.length > 1024)
    throw new Unusable('The EntityDescriptor of the metadata has no usable entityID.');
  const [role] = identity_providers_in(entity);
  if (role === undefined) throw new Unusable('The metadata describes no identity provider of SAML 2.0 (IDPSSODescriptor).');
  const sign_on = endpoints_of(role, 'SingleSignOnService');
  if (sign_on.redirect === undefined && sign_on.post === undefined)
    throw new Unusable('The metadata names no SingleSignOnService for the binding HTTP-Redirect or HTTP-POST.');
  const certificates = certificates_of(role);
  if (certificates.length === 0)
    throw new Unusable(
      'The metadata holds no signing certificate that can be used: RSA of 2048 bits or more, or EC on P-256, P-384 or P-521.',
    );
  const until = earliest(valid_until, valid_until_of(role));
  const cache = earliest(cache_ms, cache_of(role));
  const wants = attribute(role, 'WantAuthnRequestsSigned');
  return {
    entity_id: id,
    sign_on,
    logout: endpoints_of(role, 'SingleLogoutService'),
    certificates,
    wants_signed_requests: wants === 'true' || wants === '1',
    ...(until !== undefined && { valid_until: until }),
    ...(cache !== undefined && { cache_ms: cache }),
  };
}

/** The root of the document, and, where signers are given, only one that carries their signature. @throws Refusal, XmlFault */
function root_of(xml: string, signers: readonly string[] | undefined, caps: Caps): Element {
  if (signers === undefined) return read_xml(xml, caps);
  return verify_enveloped(xml, prepare_certificates(signers), { caps }).element;
}

/** Reads a partner's metadata document; `entity_id` picks one of several; `signers` (PEM) must have signed it. Never throws for what is in the document. */
export function read_partner_metadata(
  xml: string,
  entity_id?: string,
  signers?: readonly string[],
  caps: Caps = METADATA_CAPS,
): ReadMetadata {
  try {
    return { ok: true, partner: partner_in(root_of(xml.trimStart(), signers, caps), entity_id) };
  } catch (fault) {
    if (fault instanceof Refusal)
      return { ok: false, problem: `The metadata is not signed as metadata_certificates wants: ${fault.message}.` };
    if (fault instanceof Unusable) return { ok: false, problem: fault.message };
    if (fault instanceof XmlFault) return { ok: false, problem: `This is not XML that can be read as metadata: ${fault.message}.` };
    throw fault;
  }
}
