import type { Hint } from '../connector.ts';
import type { SamlConfig } from './settings.ts';
import { ASSERTION, BINDINGS, NAME_ID, PROTOCOL } from './vocabulary.ts';
import { xml_element, xml_text, xml_time } from './write_xml.ts';

export interface AuthnRequest {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly issued_at: number;
  readonly destination: string;
  readonly issuer: string;
  readonly acs_url: string;
  readonly force_authn: boolean;
  readonly contexts: readonly string[];
}

/** Whom the app expects. Only something that looks like an address is said to be one. */
function subject(login_hint: string): string {
  const format = /^[^\s@]+@[^\s@]+$/.test(login_hint) ? NAME_ID.email : NAME_ID.unspecified;
  return xml_element('saml:Subject', {}, xml_element('saml:NameID', { Format: format }, xml_text(login_hint)));
}

/** The request of the Web Browser SSO profile (SAML core 3.4.1, profiles 4.1.4.1). IsPassive and Scoping are never sent. */
export function authn_request(request: AuthnRequest, config: SamlConfig, hint: Hint): string {
  const contexts = request.contexts.map((context) => xml_element('saml:AuthnContextClassRef', {}, xml_text(context)));
  return xml_element(
    'samlp:AuthnRequest',
    {
      'xmlns:samlp': PROTOCOL,
      'xmlns:saml': ASSERTION,
      ID: request.id,
      Version: '2.0',
      IssueInstant: xml_time(request.issued_at),
      Destination: request.destination,
      ForceAuthn: request.force_authn ? 'true' : undefined,
      ProtocolBinding: BINDINGS.post,
      AssertionConsumerServiceURL: request.acs_url,
    },
    xml_element('saml:Issuer', {}, xml_text(request.issuer)),
    hint.login_hint !== undefined && config.send_login_hint ? subject(hint.login_hint) : undefined,
    xml_element('samlp:NameIDPolicy', { Format: config.name_id_format, AllowCreate: 'true' }),
    contexts.length > 0 ? xml_element('samlp:RequestedAuthnContext', { Comparison: comparison(config, hint) }, ...contexts) : undefined,
  );
}

/** What the app asks for, else what the connection does. */
export function requested_contexts(config: SamlConfig, hint: Hint): readonly string[] {
  return hint.acr_values !== undefined && hint.acr_values.length > 0 ? hint.acr_values : (config.authn_context ?? []);
}

/** OIDC has equality only. */
function comparison(config: SamlConfig, hint: Hint): string {
  return hint.acr_values !== undefined && hint.acr_values.length > 0 ? 'exact' : config.authn_context_comparison;
}
