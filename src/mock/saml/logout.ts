import { randomBytes } from 'node:crypto';
import type { SigningKey } from './keys.ts';
import { ASSERTION, escape_xml, PROTOCOL, STATUS, xml_date } from './names.ts';
import { signed_query } from './sign.ts';

const new_id = (): string => `_${randomBytes(16).toString('hex')}`;

export interface LogoutAbout {
  readonly issuer: string;
  readonly destination: string;
  readonly now: number;
  readonly key: SigningKey;
}

const open = (about: LogoutAbout, kind: string, more: string): string =>
  `<samlp:${kind} xmlns:samlp="${PROTOCOL}" xmlns:saml="${ASSERTION}" ID="${new_id()}" Version="2.0" IssueInstant="${xml_date(about.now)}" Destination="${escape_xml(about.destination)}"${more}><saml:Issuer>${escape_xml(about.issuer)}</saml:Issuer>`;

/** XML of a LogoutRequest about one session of one person. */
export function logout_request_xml(about: LogoutAbout, name_id: string, name_id_format: string, session_index: string | undefined): string {
  const index = session_index === undefined ? '' : `<samlp:SessionIndex>${escape_xml(session_index)}</samlp:SessionIndex>`;
  return `${open(about, 'LogoutRequest', '')}<saml:NameID Format="${escape_xml(name_id_format)}">${escape_xml(name_id)}</saml:NameID>${index}</samlp:LogoutRequest>`;
}

export function logout_response_xml(about: LogoutAbout, in_response_to: string, complete: boolean): string {
  const second = complete ? '' : `<samlp:StatusCode Value="${STATUS}PartialLogout"></samlp:StatusCode>`;
  const code = `<samlp:StatusCode Value="${STATUS}${complete ? 'Success' : 'Responder'}">${second}</samlp:StatusCode>`;
  return `${open(about, 'LogoutResponse', ` InResponseTo="${escape_xml(in_response_to)}"`)}<samlp:Status>${code}</samlp:Status></samlp:LogoutResponse>`;
}

/** Where to send the browser with it, by the Redirect binding. */
export function logout_url(
  parameter: 'SAMLRequest' | 'SAMLResponse',
  xml: string,
  about: LogoutAbout,
  relay_state: string | undefined,
): string {
  return `${about.destination}${about.destination.includes('?') ? '&' : '?'}${signed_query(parameter, xml, relay_state, about.key)}`;
}
