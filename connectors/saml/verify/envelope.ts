import { attribute, type Element, optional_child, text_of } from '../xml/index.ts';
import { type Note, Refusal, refuse } from './refusal.ts';
import { is_ours, type Trust } from './trust.ts';
import { ASSERTION, ENTITY_FORMAT } from './vocabulary.ts';

/** Holds: Version is 2.0 and the ID is there. */
export function check_version(element: Element): string {
  const id = attribute(element, 'ID');
  if (attribute(element, 'Version') !== '2.0') throw new Refusal('malformed', `${element.local} is not of version 2.0`);
  if (id === undefined || id === '') throw new Refusal('malformed', `${element.local} has no ID`);
  return id;
}

/** Holds: the Issuer is the entity id of this connection's identity provider, exactly (SAML profiles 4.1.4.2). */
export function check_issuer(element: Element, trust: Trust, note: Note): string {
  const issuer = optional_child(element, ASSERTION, 'Issuer');
  const fix = `The identity provider's entity id must be ${trust.idp_entity_id}, or this connection must be given the other one.`;
  if (issuer === undefined) refuse(note, 'issuer', 'untrusted', `the ${element.local} names no Issuer`, fix);
  const format = attribute(issuer, 'Format');
  const value = text_of(issuer);
  if (value !== trust.idp_entity_id || (format !== undefined && format !== ENTITY_FORMAT)) {
    refuse(note, 'issuer', 'untrusted', `the ${element.local} was issued by ${value.slice(0, 200)}, not by ${trust.idp_entity_id}`, fix);
  }
  return value;
}

/** Holds: Destination is our ACS URL exactly, and is there when the response is signed (SAML bindings 3.5.5.2). */
export function check_destination(response: Element, signed: boolean, trust: Trust, note: Note): void {
  const destination = attribute(response, 'Destination');
  if (destination === undefined && !signed) {
    note({ name: 'destination', ok: true, detail: 'absent, and the response is not signed' });
    return;
  }
  if (destination === undefined || !is_ours(trust, destination)) {
    const detail = `the Destination is ${destination?.slice(0, 200) ?? 'absent'}, not ${trust.acs_url}`;
    refuse(note, 'destination', 'malformed', detail, `Set the assertion consumer service URL of this application to ${trust.acs_url}`);
  }
  note({ name: 'destination', ok: true, detail: destination });
}

/** Holds: the response answers the request that is pending, or, unsolicited, none at all. */
export function check_in_response_to(response: Element, trust: Trust, note: Note): void {
  const answers = attribute(response, 'InResponseTo');
  if (answers !== trust.in_response_to) {
    const detail =
      answers === undefined
        ? 'the response answers no request, but one is pending'
        : trust.in_response_to === undefined
          ? 'the response answers a request, but none is pending'
          : 'the response answers another request than the one that is pending';
    refuse(note, 'in_response_to', 'malformed', detail, 'Start the sign-in at the application, and answer each request once.');
  }
  note({ name: 'in_response_to', ok: true, detail: answers === undefined ? 'unsolicited' : 'answers the pending request' });
}
