import { type Caps, children_named, type Element, MESSAGE_CAPS, read_document, XmlFault } from '../xml/index.ts';
import { decode_message, decode_utf8, MAX_LOGOUT, read_message } from './message.ts';
import { type RedirectOptions, type RedirectSignature, verify_redirect_signature } from './redirect.ts';
import { Refusal } from './refusal.ts';
import { verify_signature } from './signature.ts';
import type { TrustedCertificate } from './trust.ts';
import type { SignatureEvidence } from './verdict.ts';
import { SIGNATURE } from './vocabulary.ts';

export interface EnvelopedOptions {
  /** Default false. */
  readonly allow_sha1?: boolean;
  /** Default MESSAGE_CAPS; METADATA_CAPS for metadata. */
  readonly caps?: Caps;
  /** The root that is expected; any other is refused. */
  readonly root?: { readonly namespace: string; readonly local: string };
}

export interface VerifiedElement {
  /** The root: read from it and from nowhere else. */
  readonly element: Element;
  readonly evidence: SignatureEvidence;
}

/** Verifies a document whose root element carries its own enveloped signature: metadata, logout messages by POST. @throws Refusal */
export function verify_enveloped(
  xml: Uint8Array | string,
  certificates: readonly TrustedCertificate[],
  options: EnvelopedOptions = {},
): VerifiedElement {
  const caps = options.caps ?? MESSAGE_CAPS;
  const text = typeof xml === 'string' ? xml : decode_utf8(xml);
  try {
    const { root } = read_document(text, caps);
    const { root: expected } = options;
    if (expected !== undefined && (root.local !== expected.local || root.namespace !== expected.namespace)) {
      throw new Refusal('malformed', `the document is not a ${expected.local}`);
    }
    const [signature, second] = children_named(root, SIGNATURE, 'Signature');
    if (signature === undefined) throw new Refusal('untrusted', 'the document is not signed');
    if (second !== undefined) throw new Refusal('malformed', 'the document holds more than one signature');
    return { element: root, evidence: verify_signature(signature, root, { certificates, allow_sha1: options.allow_sha1 ?? false, caps }) };
  } catch (fault) {
    if (fault instanceof XmlFault) throw new Refusal('malformed', `the document is not acceptable XML: ${fault.message}`);
    throw fault;
  }
}

/** A logout message by POST, base64, whose root carries its own signature. Holds: strict base64, and small enough to be verified where it arrives. @throws Refusal */
export function open_signed_post(encoded: string, certificates: readonly TrustedCertificate[], options: EnvelopedOptions): VerifiedElement {
  return verify_enveloped(decode_message(encoded, MAX_LOGOUT), certificates, options);
}

/** A Redirect message whose signature is in the query, over the query as it was sent. @throws Refusal */
export function open_redirect(
  query: string,
  certificates: readonly TrustedCertificate[],
  { parameter, allow_sha1, root: expected }: Pick<EnvelopedOptions, 'allow_sha1' | 'root'> & Pick<RedirectOptions, 'parameter'>,
): { readonly element: Element; readonly evidence: RedirectSignature } {
  const evidence = verify_redirect_signature(query, certificates, { parameter, ...(allow_sha1 !== undefined && { allow_sha1 }) });
  const { root } = read_message(evidence.message);
  if (expected !== undefined && (root.local !== expected.local || root.namespace !== expected.namespace))
    throw new Refusal('malformed', `the message is not a ${expected.local}`);
  return { element: root, evidence };
}
