import { ASSERTION, escape_xml, PASSWORD_CONTEXT, PERSISTENT, PROTOCOL, STATUS, xml_date } from './names.ts';

/** Everything that a response of the mock says, true or not. Times are epoch milliseconds. */
export interface Answer {
  readonly response_id: string;
  readonly assertion_id: string;
  readonly issuer: string;
  readonly response_issuer?: string | undefined;
  readonly destination?: string | undefined;
  readonly recipient: string;
  readonly audience: string;
  readonly in_response_to?: string | undefined;
  readonly name_id: string;
  readonly name_id_format?: string | undefined;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  readonly issued_at: number;
  readonly lifetime_ms?: number | undefined;
  readonly authenticated_at?: number | undefined;
  readonly authn_context?: string | undefined;
  readonly session_index?: string | undefined;
  readonly session_ends_at?: number | undefined;
}

const attribute = (name: string, value: string | undefined): string => (value === undefined ? '' : ` ${name}="${escape_xml(value)}"`);

/** The assertion alone, with its own namespace declarations. */
export function assertion_xml(answer: Answer): string {
  const ends = xml_date(answer.issued_at + (answer.lifetime_ms ?? 5 * 60_000));
  const attributes = Object.entries(answer.attributes).map(
    ([name, values]) =>
      `<saml:Attribute Name="${escape_xml(name)}">${values.map((value) => `<saml:AttributeValue>${escape_xml(value)}</saml:AttributeValue>`).join('')}</saml:Attribute>`,
  );
  return `<saml:Assertion xmlns:saml="${ASSERTION}" ID="${escape_xml(answer.assertion_id)}" Version="2.0" IssueInstant="${xml_date(answer.issued_at)}"><saml:Issuer>${escape_xml(answer.issuer)}</saml:Issuer><saml:Subject><saml:NameID Format="${escape_xml(answer.name_id_format ?? PERSISTENT)}">${escape_xml(answer.name_id)}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData Recipient="${escape_xml(answer.recipient)}" NotOnOrAfter="${ends}"${attribute('InResponseTo', answer.in_response_to)}></saml:SubjectConfirmationData></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${xml_date(answer.issued_at - 5000)}" NotOnOrAfter="${ends}"><saml:AudienceRestriction><saml:Audience>${escape_xml(answer.audience)}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="${xml_date(answer.authenticated_at ?? answer.issued_at)}"${attribute('SessionIndex', answer.session_index)}${attribute('SessionNotOnOrAfter', answer.session_ends_at === undefined ? undefined : xml_date(answer.session_ends_at))}><saml:AuthnContext><saml:AuthnContextClassRef>${escape_xml(answer.authn_context ?? PASSWORD_CONTEXT)}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>${attributes.length === 0 ? '' : `<saml:AttributeStatement>${attributes.join('')}</saml:AttributeStatement>`}</saml:Assertion>`;
}

export interface ResponseStatus {
  readonly code: string;
  readonly second?: string;
  readonly message?: string;
}

/** A response around an assertion, plain or encrypted; around none with a status other than Success. */
export function response_xml(
  answer: Omit<Answer, 'recipient' | 'audience'>,
  content: string,
  status: ResponseStatus = { code: 'Success' },
): string {
  const second = status.second === undefined ? '' : `<samlp:StatusCode Value="${STATUS}${escape_xml(status.second)}"></samlp:StatusCode>`;
  const message = status.message === undefined ? '' : `<samlp:StatusMessage>${escape_xml(status.message)}</samlp:StatusMessage>`;
  return `<samlp:Response xmlns:samlp="${PROTOCOL}" xmlns:saml="${ASSERTION}" ID="${escape_xml(answer.response_id)}" Version="2.0" IssueInstant="${xml_date(answer.issued_at)}"${attribute('Destination', answer.destination)}${attribute('InResponseTo', answer.in_response_to)}><saml:Issuer>${escape_xml(answer.response_issuer ?? answer.issuer)}</saml:Issuer><samlp:Status><samlp:StatusCode Value="${STATUS}${escape_xml(status.code)}">${second}</samlp:StatusCode>${message}</samlp:Status>${content}</samlp:Response>`;
}
