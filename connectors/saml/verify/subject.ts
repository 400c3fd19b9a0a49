import type { KeyObject } from 'node:crypto';
import {
  attribute,
  children_named,
  type Element,
  element_children,
  optional_child,
  read_document,
  text_of,
  XmlFault,
  MESSAGE_CAPS,
} from '../xml/index.ts';
import { type Clock, optional_time } from './clock.ts';
import { decrypt, undecryptable } from './decrypt.ts';
import { decode_utf8 } from './message.ts';
import { type Note, Refusal, refuse } from './refusal.ts';
import { is_ours, type Trust } from './trust.ts';
import type { NameId } from './verdict.ts';
import { ASSERTION, BEARER } from './vocabulary.ts';

function name_id_of(element: Element): NameId {
  const value = text_of(element);
  if (value.trim() === '')
    throw new Refusal('malformed', 'the NameID is empty', 'Configure a NameID at the identity provider that every person has.');
  const format = attribute(element, 'Format');
  const name_qualifier = attribute(element, 'NameQualifier');
  const sp_name_qualifier = attribute(element, 'SPNameQualifier');
  return {
    value,
    ...(format === undefined ? {} : { format }),
    ...(name_qualifier === undefined ? {} : { name_qualifier }),
    ...(sp_name_qualifier === undefined ? {} : { sp_name_qualifier }),
  };
}

/** Decrypts an EncryptedID of a subject that a signature already covers. */
function decrypted_name_id(container: Element, trust: Pick<Trust, 'decryption_keys' | 'audience'>): NameId {
  const { bytes, ok } = decrypt(container, trust.decryption_keys, trust.audience);
  let found: NameId | undefined;
  try {
    const { root } = read_document(decode_utf8(bytes), MESSAGE_CAPS, container.scope);
    if (root.local === 'NameID' && root.namespace === ASSERTION) found = name_id_of(root);
  } catch (fault) {
    if (!(fault instanceof XmlFault || fault instanceof Refusal)) throw fault;
  }
  return ok && found !== undefined ? found : undecryptable();
}

/** Why this confirmation does not confirm; undefined when it does. Holds: Method, Recipient, NotOnOrAfter, NotBefore and InResponseTo hold together, on one. */
function flaw(
  confirmation: Element,
  trust: Trust,
  clock: Clock,
): { name: string; detail: string; fix?: string; expired_by?: number } | undefined {
  if (attribute(confirmation, 'Method') !== BEARER) return { name: 'subject_confirmation', detail: 'the method is not bearer' };
  const data = optional_child(confirmation, ASSERTION, 'SubjectConfirmationData');
  if (data === undefined) return { name: 'subject_confirmation', detail: 'the bearer confirmation has no SubjectConfirmationData' };
  const recipient = attribute(data, 'Recipient');
  if (!is_ours(trust, recipient)) {
    const detail = `the Recipient is ${recipient?.slice(0, 200) ?? 'absent'}, not ${trust.acs_url}`;
    return { name: 'recipient', detail, fix: `Set the assertion consumer service URL of this application to ${trust.acs_url}` };
  }
  const ends = optional_time(data, 'NotOnOrAfter');
  if (ends === undefined) return { name: 'subject_confirmation', detail: 'the bearer confirmation has no NotOnOrAfter' };
  const begins = optional_time(data, 'NotBefore');
  if (clock.has_ended(ends) || (begins !== undefined && !clock.has_begun(begins))) {
    const by = Math.round(Math.abs(clock.now - (clock.has_ended(ends) ? ends : (begins ?? ends))) / 1000);
    return {
      name: 'clock',
      expired_by: by,
      detail: `the bearer confirmation is outside its time by ${by} s`,
      fix: 'Set the clock of the identity provider by NTP.',
    };
  }
  const answers = attribute(data, 'InResponseTo');
  if (answers === trust.in_response_to) return undefined;
  const detail = answers === undefined ? 'the bearer confirmation answers no request' : 'the bearer confirmation answers another request';
  return { name: 'in_response_to', detail, fix: 'Start the sign-in at the application, and answer each request once.' };
}

/** The subject of a verified assertion: who it is, and until when its confirmations hold. @throws Refusal, XmlFault */
export function read_subject(
  subject: Element,
  trust: Trust,
  clock: Clock,
  note: Note,
): { readonly name_id: NameId; readonly confirmed_until: number } {
  for (const { local, namespace } of element_children(subject)) {
    const known = namespace === ASSERTION && (local === 'NameID' || local === 'EncryptedID' || local === 'SubjectConfirmation');
    if (!known) throw new Refusal('malformed', 'Subject holds an element that does not belong there');
  }
  const plain = optional_child(subject, ASSERTION, 'NameID');
  const encrypted = optional_child(subject, ASSERTION, 'EncryptedID');
  if ((plain === undefined) === (encrypted === undefined)) {
    throw new Refusal('malformed', 'the subject has not exactly one NameID', 'Configure a NameID at the identity provider.');
  }
  const confirmations = children_named(subject, ASSERTION, 'SubjectConfirmation');
  const flaws = confirmations.map((confirmation) => flaw(confirmation, trust, clock));
  if (!flaws.includes(undefined)) {
    const first = flaws.find((found) => found?.name !== 'subject_confirmation') ?? flaws[0];
    const { name, detail, fix, expired_by } = first ?? { name: 'subject_confirmation', detail: 'the subject has no confirmation' };
    refuse(note, name, expired_by === undefined ? 'malformed' : 'expired', detail, fix, expired_by);
  }
  note({ name: 'recipient', ok: true, detail: trust.acs_url });
  const ends = confirmations.map((confirmation) => {
    const data = optional_child(confirmation, ASSERTION, 'SubjectConfirmationData');
    return data === undefined ? 0 : (optional_time(data, 'NotOnOrAfter') ?? 0);
  });
  const name_id = plain !== undefined ? name_id_of(plain) : encrypted !== undefined ? decrypted_name_id(encrypted, trust) : undecryptable();
  return { name_id, confirmed_until: Math.max(...ends) };
}

/** Whom a verified LogoutRequest is about (SAML core 3.7.1). @throws Refusal, XmlFault */
export function read_logout_subject(request: Element, decryption_keys: readonly KeyObject[], audience: string): NameId {
  const plain = optional_child(request, ASSERTION, 'NameID');
  const encrypted = optional_child(request, ASSERTION, 'EncryptedID');
  if ((plain === undefined) === (encrypted === undefined)) throw new Refusal('malformed', 'the logout request has not exactly one NameID');
  if (plain !== undefined) return name_id_of(plain);
  return encrypted === undefined ? undecryptable() : decrypted_name_id(encrypted, { decryption_keys, audience });
}
