import { hash, timingSafeEqual } from 'node:crypto';
import {
  attribute,
  MESSAGE_CAPS,
  canonicalize,
  type Canonicalization,
  type Caps,
  type Element,
  element_children,
  only_child,
  optional_child,
  text_of,
} from '../xml/index.ts';
import { canonicalization_algorithm, digest_algorithm, names_sha1, signature_algorithm, is_signed_by } from './algorithms.ts';
import { decode_base64 } from './base64.ts';
import { Refusal } from './refusal.ts';
import type { TrustedCertificate } from './trust.ts';
import type { SignatureEvidence } from './verdict.ts';
import { ENVELOPED, EXCLUSIVE_C14N, SIGNATURE } from './vocabulary.ts';

export interface SignaturePolicy {
  readonly certificates: readonly TrustedCertificate[];
  readonly allow_sha1: boolean;
  /** Those that the document was read with. Default: those of a message. */
  readonly caps?: Caps;
}

function untrusted(detail: string, fix?: string): never {
  throw new Refusal('untrusted', detail, fix);
}

function sha1_fix(uri: string | undefined): string | undefined {
  return names_sha1(uri) ? 'Switch the identity provider to RSA-SHA256, or allow SHA-1 for this connection.' : undefined;
}

/** Holds: an element has exactly these children, in this order, each once (XML Signature section 4, with no room for anything else). */
function require_children(element: Element, required: readonly string[], optional: readonly string[] = []): void {
  const names = element_children(element).map((child) => (child.namespace === SIGNATURE ? child.local : '?'));
  const rest = names.slice(required.length);
  const exact =
    required.every((name, index) => names[index] === name) &&
    rest.every((name) => optional.includes(name)) &&
    new Set(rest).size === rest.length;
  if (!exact) untrusted(`the signature's ${element.local} is not built as a SAML signature is`);
}

/** A canonicalization from the allow-list, with its InclusiveNamespaces where the method has them. */
function canonicalization_of(method: Element): Canonicalization {
  const uri = attribute(method, 'Algorithm');
  const algorithm = canonicalization_algorithm(uri);
  if (algorithm === undefined) untrusted('the signature names a canonicalization or transform that is not allowed');
  const inside = element_children(method);
  if (inside.length === 0) return { algorithm };
  const list = optional_child(method, EXCLUSIVE_C14N, 'InclusiveNamespaces');
  if (algorithm !== 'exclusive' || inside.length > 1 || list === undefined || element_children(list).length > 0) {
    untrusted('the signature gives a canonicalization parameters that it does not have');
  }
  const prefixes = (attribute(list, 'PrefixList') ?? '').split(/[ \t\r\n]+/).filter((prefix) => prefix !== '');
  return { algorithm, inclusive_prefixes: prefixes.map((prefix) => (prefix === '#default' ? '' : prefix)) };
}

/**
 * The enveloped-signature transform has no parameters; identity providers on the library xml-crypto repeat in it the prefix list that belongs to the
 * canonicalization behind it. It changes nothing that is digested, so it may stand there.
 */
function is_idle_prefix_list(element: Element): boolean {
  const { local, namespace, children } = element;
  return local === 'InclusiveNamespaces' && (namespace === ENVELOPED || namespace === EXCLUSIVE_C14N) && children.length === 0;
}

/** Holds: the transforms are enveloped-signature, then at most one canonicalization, and nothing else (SAML core 5.4.4). */
function transforms_of(reference: Element): Canonicalization {
  const transforms = only_child(reference, SIGNATURE, 'Transforms');
  const steps = element_children(transforms);
  require_children(
    transforms,
    steps.map(() => 'Transform'),
  );
  const [enveloped, canonical, more] = steps;
  if (
    enveloped === undefined ||
    more !== undefined ||
    attribute(enveloped, 'Algorithm') !== ENVELOPED ||
    !element_children(enveloped).every(is_idle_prefix_list)
  ) {
    untrusted('the signature names transforms other than enveloped-signature and one canonicalization');
  }
  // XML Signature section 4.4.3.2: a node-set that reaches the digest is canonicalized with inclusive C14N 1.0.
  return canonical === undefined ? { algorithm: 'inclusive' } : canonicalization_of(canonical);
}

function value_of(element: Element, what: string): Buffer {
  const bytes = decode_base64(text_of(element));
  if (bytes === undefined || bytes.length === 0) untrusted(`the ${what} of the signature is not base64`);
  return bytes;
}

/** Holds: the one Reference names the signature's own parent by its ID, and the digest of that very element is the one that was signed. */
function check_reference(
  reference: Element,
  signature: Element,
  signed: Element,
  { allow_sha1, caps = MESSAGE_CAPS }: SignaturePolicy,
): string {
  require_children(reference, ['Transforms', 'DigestMethod', 'DigestValue']);
  const id = attribute(signed, 'ID');
  if (id === undefined || id === '' || attribute(reference, 'URI') !== `#${id}`) {
    untrusted('the signature refers to something other than the element that holds it');
  }
  const canonicalization = transforms_of(reference);
  const method = only_child(reference, SIGNATURE, 'DigestMethod');
  const uri = attribute(method, 'Algorithm');
  const algorithm = digest_algorithm(uri, allow_sha1);
  if (uri === undefined || algorithm === undefined || element_children(method).length > 0) {
    untrusted('the digest algorithm of the signature is not allowed', sha1_fix(uri));
  }
  const claimed = value_of(only_child(reference, SIGNATURE, 'DigestValue'), 'digest');
  const digest = hash(algorithm, canonicalize(signed, { ...canonicalization, without: signature, caps }), 'buffer');
  if (claimed.length !== digest.length || !timingSafeEqual(claimed, digest)) {
    untrusted(
      'the digest differs: the message was changed after it was signed, or signed before it was changed',
      'Look for whatever changes the message between the identity provider and here: a proxy, a template, a filter.',
    );
  }
  return uri;
}

/**
 * Verifies the enveloped signature of `signed`, its parent. Holds: keys come from the connection only (KeyInfo is never read), one SignedInfo,
 * one Reference, allowed algorithms, and the digest covers the nodes that are read afterwards. @throws Refusal, XmlFault
 */
export function verify_signature(signature: Element, signed: Element, policy: SignaturePolicy): SignatureEvidence {
  const { certificates, allow_sha1 } = policy;
  if (signature.parent !== signed) untrusted('the signature is not a child of what it signs');
  if (certificates.length === 0) untrusted('the connection has no certificate of the identity provider');
  require_children(signature, ['SignedInfo', 'SignatureValue'], ['KeyInfo']);
  const signed_info = only_child(signature, SIGNATURE, 'SignedInfo');
  require_children(signed_info, ['CanonicalizationMethod', 'SignatureMethod', 'Reference']);
  const canonicalization_method = only_child(signed_info, SIGNATURE, 'CanonicalizationMethod');
  const canonicalization = canonicalization_of(canonicalization_method);
  const method = only_child(signed_info, SIGNATURE, 'SignatureMethod');
  const uri = attribute(method, 'Algorithm');
  const algorithm = signature_algorithm(uri, allow_sha1);
  if (uri === undefined || algorithm === undefined || element_children(method).length > 0) {
    untrusted('the signature algorithm is not allowed', sha1_fix(uri));
  }
  const value = value_of(only_child(signature, SIGNATURE, 'SignatureValue'), 'value');
  const bytes = Buffer.from(canonicalize(signed_info, canonicalization), 'utf8');
  const signer = certificates.find(({ key }) => is_signed_by(algorithm, key, bytes, value));
  if (signer === undefined) {
    untrusted(
      'the signature was not made by any certificate of this connection',
      'The identity provider signs with another certificate than those that are known of it. Read its metadata again, or add the certificate that it signs with now.',
    );
  }
  const digest = check_reference(only_child(signed_info, SIGNATURE, 'Reference'), signature, signed, policy);
  return {
    fingerprint: signer.fingerprint,
    signature_algorithm: uri,
    digest_algorithm: digest,
    canonicalization: attribute(canonicalization_method, 'Algorithm') ?? '',
  };
}
