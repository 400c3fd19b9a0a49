import { randomBytes } from 'node:crypto';
import type { Person } from '../people.ts';
import type { Switches } from '../switches.ts';
import { encrypt_element } from './encrypt.ts';
import type { SigningKey } from './keys.ts';
import { PERSISTENT, TRANSIENT } from './names.ts';
import type { SignInRequest } from './requests.ts';
import { type Answer, assertion_xml, response_xml } from './response.ts';
import { sign_element, type SignOptions } from './sign.ts';

const HOUR_MS = 3_600_000;
const KERBEROS = 'urn:oasis:names:tc:SAML:2.0:ac:classes:Kerberos';
const AHEAD_MS = 10 * 60_000;
const SHORT_MS = 10 * 60_000;

const new_id = (): string => `_${randomBytes(16).toString('hex')}`;

/** What the mock says of a person, under the names that directories use. */
export function attributes_of(person: Person): Record<string, readonly string[]> {
  const one = (value: string | undefined): readonly string[] => (value === undefined ? [] : [value]);
  const all: Record<string, readonly string[]> = {
    uid: [person.username],
    mail: one(person.email),
    givenName: one(person.given_name),
    sn: one(person.family_name),
    displayName: one(person.display_name),
    groups: person.groups,
    ...person.attributes,
  };
  return Object.fromEntries(Object.entries(all).filter(([, values]) => values.length > 0));
}

export interface Signed {
  /** XML of the response. */
  readonly xml: string;
  readonly name_id: string;
}

export interface Saying {
  readonly issuer: string;
  readonly key: SigningKey;
  readonly other_key: SigningKey;
  readonly switches: Switches;
  readonly now: number;
  readonly authenticated_at: number;
  readonly session_index: string;
  readonly sign: 'assertion' | 'response' | 'both';
  readonly name_id_format: string | undefined;
  readonly encryption_certificate: string | undefined;
}

/** The response about a person, as the switches want it. */
export function make_answer(person: Person, request: SignInRequest, saying: Saying): Signed {
  const { switches } = saying;
  const on = (name: string): boolean => switches.is_on(name);
  const elsewhere = 'https://elsewhere.example/acs';
  const issued_at = saying.now + (on('clock_skew') ? AHEAD_MS : 0) - (on('expired') ? HOUR_MS : 0);
  const { mail, ...without_mail } = attributes_of(person);
  const attributes = on('no_attributes') ? {} : on('no_email') || mail === undefined ? without_mail : { mail, ...without_mail };
  const answer: Answer = {
    response_id: new_id(),
    assertion_id: new_id(),
    issuer: on('wrong_issuer') ? 'https://somebody-else.example/idp' : saying.issuer,
    destination: on('wrong_destination') ? elsewhere : request.acs_url,
    recipient: on('wrong_recipient') ? elsewhere : request.acs_url,
    audience: on('wrong_audience') ? 'https://another-app.example' : request.sp,
    in_response_to: on('wrong_in_response_to') ? new_id() : on('no_in_response_to') ? undefined : request.id,
    name_id: on('transient_name_id') ? new_id() : person.id,
    name_id_format: on('transient_name_id') ? TRANSIENT : (saying.name_id_format ?? PERSISTENT),
    attributes,
    issued_at,
    authenticated_at: on('old_authentication') ? issued_at - HOUR_MS : Math.min(saying.authenticated_at, issued_at),
    authn_context: on('other_context') ? KERBEROS : request.context,
    session_index: saying.session_index,
    session_ends_at: on('short_session') ? issued_at + SHORT_MS : undefined,
  };
  return { xml: signed_response(answer, saying), name_id: answer.name_id };
}

function signed_response(answer: Answer, saying: Saying): string {
  const on = (name: string): boolean => saying.switches.is_on(name);
  const key = on('unknown_key') ? saying.other_key : saying.key;
  const sign = on('sign_both') ? 'both' : on('sign_response_only') ? 'response' : saying.sign;
  const options: SignOptions = on('sha1')
    ? { signature_algorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1', digest_algorithm: 'http://www.w3.org/2000/09/xmldsig#sha1' }
    : {};
  let assertion = assertion_xml(answer);
  if (on('no_name_id')) assertion = assertion.replace(/<saml:NameID.*?<\/saml:NameID>/s, '');
  if (!on('unsigned') && sign !== 'response') assertion = sign_element(assertion, 'Assertion', key, options);
  if (on('encrypt') && saying.encryption_certificate !== undefined)
    assertion = encrypt_element(assertion, saying.encryption_certificate, 'saml:EncryptedAssertion');
  const response = response_xml(answer, assertion);
  const signed = !on('unsigned') && sign !== 'assertion' ? sign_element(response, 'Response', key, options) : response;
  // changed where it hurts: whom it is about, or what was encrypted
  return on('bad_signature') ? signed.replace(/(<saml:NameID[^>]*>|<xenc:CipherValue>)./, '$1x') : signed;
}
