import { children_named, type Element, optional_child, type XmlDocument, XmlFault } from '../xml/index.ts';
import { Clock, required_time } from './clock.ts';
import { check_conditions } from './conditions.ts';
import { decrypt, undecryptable } from './decrypt.ts';
import { check_destination, check_in_response_to, check_issuer, check_version } from './envelope.ts';
import { open_message, read_message } from './message.ts';
import { type Note, Refusal, refuse } from './refusal.ts';
import { verify_signature } from './signature.ts';
import { read_attributes, read_authentication, values_by_name } from './statements.ts';
import { read_status } from './status.ts';
import { require_assertion, require_decrypted_assertion, require_response } from './structure.ts';
import { read_subject } from './subject.ts';
import type { Trust } from './trust.ts';
import type { SignatureEvidence, Verdict, VerifiedAssertion } from './verdict.ts';
import { ASSERTION, SIGNATURE, SUCCESS } from './vocabulary.ts';

/** Skew is at most this: an id is remembered so long, whatever the connection's skew is set to meanwhile. */
const MAX_SKEW = 180_000;

/** Verifies the Signature in an element when there is one. Every signature that is there must hold. */
function verify_own_signature(element: Element, trust: Trust, note: Note): SignatureEvidence | undefined {
  const [signature] = children_named(element, SIGNATURE, 'Signature');
  if (signature === undefined) return undefined;
  try {
    const evidence = verify_signature(signature, element, trust);
    const detail = `${element.local} signed by certificate ${evidence.fingerprint} with ${evidence.signature_algorithm}`;
    note({ name: 'signature', ok: true, detail });
    return evidence;
  } catch (fault) {
    if (!(fault instanceof Refusal || fault instanceof XmlFault)) throw fault;
    refuse(note, 'signature', 'untrusted', `${element.local}: ${fault.message}`, fault instanceof Refusal ? fault.fix : undefined);
  }
}

/** Holds: what the connection wants signed is signed; the assertion is covered by a signature in any case. */
function require_signed(
  trust: Trust,
  note: Note,
  response: SignatureEvidence | undefined,
  assertion: SignatureEvidence | undefined,
): SignatureEvidence {
  const cover = assertion ?? response;
  const fix = 'Sign the assertion at the identity provider, and the response where this connection wants it.';
  if (cover === undefined) refuse(note, 'signature', 'untrusted', 'neither the response nor the assertion is signed', fix);
  const want = trust.want_signed;
  if ((want === 'assertion' || want === 'both') && assertion === undefined)
    refuse(note, 'signature', 'untrusted', 'the assertion is not signed', fix);
  if ((want === 'response' || want === 'both') && response === undefined)
    refuse(note, 'signature', 'untrusted', 'the response is not signed', fix);
  return cover;
}

interface Opened {
  readonly assertion: Element;
  readonly encryption: string | undefined;
}

/** The assertion as it was sent, or decrypted. A failure to decrypt and a failure to read what was decrypted are one and the same. */
function open_assertion(found: Element, document: XmlDocument, trust: Trust, note: Note): Opened {
  if (found.local === 'Assertion') {
    if (trust.want_encrypted)
      refuse(note, 'encryption', 'untrusted', 'the assertion is not encrypted', 'Encrypt assertions for this application.');
    require_assertion(found);
    return { assertion: found, encryption: undefined };
  }
  const { bytes, ok, algorithm } = decrypt(found, trust.decryption_keys, trust.audience);
  let decrypted: XmlDocument | undefined;
  try {
    decrypted = read_message(bytes, undefined, found.scope);
    require_decrypted_assertion(decrypted, document);
  } catch (fault) {
    if (!(fault instanceof Refusal || fault instanceof XmlFault)) throw fault;
    decrypted = undefined;
  }
  if (!ok || decrypted === undefined) undecryptable();
  note({ name: 'encryption', ok: true, detail: `decrypted, ${algorithm}` });
  return { assertion: decrypted.root, encryption: algorithm };
}

/** Everything that the assertion has to say, once it is known who signed it. */
function read_assertion(
  { assertion, encryption }: Opened,
  evidence: SignatureEvidence,
  trust: Trust,
  clock: Clock,
  note: Note,
): VerifiedAssertion {
  const id = check_version(assertion);
  const issuer = check_issuer(assertion, trust, note);
  note({ name: 'issuer', ok: true, detail: issuer });
  const issued = required_time(assertion, 'IssueInstant');
  clock.require_fresh(issued, 'IssueInstant of the Assertion');
  const subject = optional_child(assertion, ASSERTION, 'Subject');
  const conditions = optional_child(assertion, ASSERTION, 'Conditions');
  if (subject === undefined || conditions === undefined) throw new Refusal('malformed', 'the assertion has no Subject or no Conditions');
  const ends = check_conditions(conditions, trust.audience, clock, note);
  const { name_id, confirmed_until } = read_subject(subject, trust, clock, note);
  const authentication = read_authentication(assertion, clock);
  clock.note_difference(issued);
  const attribute_names = read_attributes(assertion);
  return {
    id,
    issuer,
    name_id,
    attributes: values_by_name(attribute_names),
    attribute_names,
    ...authentication,
    not_on_or_after: Math.min(issued + clock.max_age, ends ?? Number.POSITIVE_INFINITY, confirmed_until) + MAX_SKEW,
    signed_by: evidence.fingerprint,
    algorithms: {
      signature: evidence.signature_algorithm,
      digest: evidence.digest_algorithm,
      canonicalization: evidence.canonicalization,
      ...(encryption === undefined ? {} : { encryption }),
    },
    encrypted: encryption !== undefined,
  };
}

function verify(message_base64: string, trust: Trust, note: Note): Verdict {
  const document = open_message(message_base64);
  const { response, assertion: found } = require_response(document);
  check_version(response);
  const clock = new Clock(trust, note);
  check_issuer(response, trust, note);
  const response_evidence = verify_own_signature(response, trust, note);
  check_destination(response, response_evidence !== undefined, trust, note);
  check_in_response_to(response, trust, note);
  clock.require_fresh(required_time(response, 'IssueInstant'), 'IssueInstant of the Response');
  const status = read_status(response);
  note({
    name: 'status',
    ok: status.status === SUCCESS,
    detail: [status.status, status.second].filter((code) => code !== undefined).join(' / '),
  });
  if (status.status !== SUCCESS) return { kind: 'status', ...status, in_response_to: trust.in_response_to };
  if (found === undefined) refuse(note, 'structure', 'malformed', 'the response says success but holds no assertion');
  const opened = open_assertion(found, document, trust, note);
  const assertion_evidence = verify_own_signature(opened.assertion, trust, note);
  const evidence = require_signed(trust, note, response_evidence, assertion_evidence);
  return { kind: 'assertion', assertion: read_assertion(opened, evidence, trust, clock, note) };
}

/**
 * Verifies the SAMLResponse of the POST binding, base64 as it came, against a connection. Answers what the assertion says, read from the
 * nodes that were digested, or the IdP's own refusal. Consuming the request and remembering the assertion id is the caller's. @throws Refusal
 * @see https://docs.oasis-open.org/security/saml/v2.0/saml-profiles-2.0-os.pdf section 4.1.4
 */
export function verify_response(message_base64: string, trust: Trust, note: Note): Verdict {
  let noted_failure = false;
  const watch: Note = (check) => {
    if (!check.ok) noted_failure = true;
    note(check);
  };
  try {
    return verify(message_base64, trust, watch);
  } catch (fault) {
    const refusal = fault instanceof XmlFault ? new Refusal('malformed', fault.message) : fault;
    if (!(refusal instanceof Refusal)) throw refusal;
    if (!noted_failure) {
      const name = refusal.reason === 'malformed' ? 'message' : 'signature';
      note({ name, ok: false, detail: refusal.message, ...(refusal.fix === undefined ? {} : { fix: refusal.fix }) });
    }
    throw refusal;
  }
}
