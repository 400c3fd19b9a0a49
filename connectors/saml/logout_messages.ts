import { ASSERTION, PROTOCOL, status_code } from './vocabulary.ts';
import { xml_element, xml_text, xml_time } from './write_xml.ts';

interface Header {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly issued_at: number;
  readonly destination: string;
  readonly issuer: string;
}

/** A partner that takes longer is answered by nothing anyway. */
const PATIENCE_MS = 5 * 60_000;

const header = ({ id, issued_at, destination }: Header) => ({
  'xmlns:samlp': PROTOCOL,
  'xmlns:saml': ASSERTION,
  ID: id,
  Version: '2.0',
  IssueInstant: xml_time(issued_at),
  Destination: destination,
});

/** SAML core 3.7.1: whose session ended, exactly as the assertion named them. `session` is what `session_of` kept. */
export function logout_request(about: Header, session: Readonly<Record<string, string>>): string {
  const name_id = {
    NameQualifier: session['name_qualifier'],
    SPNameQualifier: session['sp_name_qualifier'],
    Format: session['name_id_format'],
  };
  return xml_element(
    'samlp:LogoutRequest',
    { ...header(about), NotOnOrAfter: xml_time(about.issued_at + PATIENCE_MS) },
    xml_element('saml:Issuer', {}, xml_text(about.issuer)),
    xml_element('saml:NameID', name_id, xml_text(session['name_id'] ?? '')),
    session['session_index'] === undefined ? undefined : xml_element('samlp:SessionIndex', {}, xml_text(session['session_index'])),
  );
}

/** SAML core 3.7.2. When something did not end, the second code says PartialLogout. */
export function logout_response(about: Header, in_response_to: string, ended: boolean): string {
  const code = ended
    ? xml_element('samlp:StatusCode', { Value: status_code('Success') })
    : xml_element(
        'samlp:StatusCode',
        { Value: status_code('Responder') },
        xml_element('samlp:StatusCode', { Value: status_code('PartialLogout') }),
      );
  return xml_element(
    'samlp:LogoutResponse',
    { ...header(about), InResponseTo: in_response_to },
    xml_element('saml:Issuer', {}, xml_text(about.issuer)),
    xml_element('samlp:Status', {}, code),
  );
}
