import { type Call, type Callback, ConnectorError } from '../connector.ts';
import { as_connector_error } from './faults.ts';
import type { Party } from './live_partner.ts';
import type { Binding } from './partner.ts';
import type { SamlConfig } from './settings.ts';
import { usable_certificates } from './usable_certificates.ts';
import { open_redirect, open_signed_post, parse_date_time } from './verify/index.ts';
import { ASSERTION, PROTOCOL } from './vocabulary.ts';
import { attribute, type Element, optional_child, text_of, XmlFault } from './xml/index.ts';

const MOST_AGE_MS = 10 * 60_000;

export interface LogoutElement {
  readonly parameter: 'SAMLRequest' | 'SAMLResponse';
  readonly binding: Binding;
  readonly element: Element;
  readonly id: string;
  readonly relay_state: string | undefined;
}

interface Held {
  readonly party: Party;
  readonly config: SamlConfig;
  readonly destination: string;
  readonly now: number;
}

function malformed(message: string, fix?: string): never {
  throw new ConnectorError('malformed', message, fix === undefined ? {} : { fix });
}

/** Which of the two messages this is. Holds: exactly one, and nothing twice. */
function parameter_of({ parameters, repeated }: Callback): 'SAMLRequest' | 'SAMLResponse' {
  const there = (['SAMLRequest', 'SAMLResponse'] as const).filter((name) => parameters[name] !== undefined && parameters[name] !== '');
  const [parameter, more] = there;
  if (parameter === undefined) malformed('there is neither SAMLRequest nor SAMLResponse');
  if (more !== undefined) malformed('there are both SAMLRequest and SAMLResponse');
  if (repeated.some((name) => ['SAMLRequest', 'SAMLResponse', 'RelayState', 'SigAlg', 'Signature'].includes(name)))
    malformed('a parameter occurs more than once');
  return parameter;
}

interface Opened {
  readonly element: Element;
  readonly relay_state: string | undefined;
}

/** The query as it was sent; where only its parameters are known, as most senders encode it. */
function query_of({ query, parameters }: Callback): string {
  if (query !== undefined) return query;
  return Object.entries(parameters)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
}

/** The root of the message, its signature verified. Holds: a logout message is signed, on either binding (SAML profiles 4.4.4.1). */
function open_message(callback: Callback, parameter: 'SAMLRequest' | 'SAMLResponse', held: Held, call: Call): Opened {
  const certificates = usable_certificates(held.party, held.config, held.now, call);
  const root = { namespace: PROTOCOL, local: parameter === 'SAMLRequest' ? 'LogoutRequest' : 'LogoutResponse' };
  const { allow_sha1 } = held.config;
  const signed_by = (fingerprint: string, algorithm: string): void =>
    call.check({ name: 'signature', ok: true, detail: `${root.local} signed by certificate ${fingerprint} with ${algorithm}` });
  if (callback.method === 'GET') {
    const { element, evidence } = open_redirect(query_of(callback), certificates, { parameter, allow_sha1, root });
    signed_by(evidence.fingerprint, evidence.signature_algorithm);
    return { element, relay_state: evidence.relay_state };
  }
  const { element, evidence } = open_signed_post(callback.parameters[parameter] ?? '', certificates, { allow_sha1, root });
  signed_by(evidence.fingerprint, evidence.signature_algorithm);
  return { element, relay_state: callback.parameters['RelayState'] };
}

function time_of(element: Element, name: string): number | undefined {
  const text = attribute(element, name);
  if (text === undefined) return undefined;
  return parse_date_time(text) ?? malformed(`${name} of the logout message is not a date and time with a zone`);
}

/** Holds: from this partner, for this address, and of now (SAML core 3.2). */
function check_header(element: Element, { party, config, destination, now }: Held, call: Call): string {
  const id = attribute(element, 'ID');
  if (attribute(element, 'Version') !== '2.0' || id === undefined || id === '')
    malformed('the logout message is not of version 2.0, or has no ID');
  const issuer = optional_child(element, ASSERTION, 'Issuer');
  if (issuer === undefined || text_of(issuer) !== party.entity_id) {
    const message = `the logout message was not issued by ${party.entity_id}`;
    call.check({ name: 'issuer', ok: false, detail: message });
    throw new ConnectorError('untrusted', message);
  }
  if (attribute(element, 'Destination') !== destination) {
    const detail = `the Destination is ${attribute(element, 'Destination')?.slice(0, 200) ?? 'absent'}, not ${destination}`;
    const fix = `Set the single logout URL of this application to ${destination}`;
    call.check({ name: 'destination', ok: false, detail, fix });
    malformed(detail, fix);
  }
  const skew = config.clock_skew_seconds * 1000;
  const issued = time_of(element, 'IssueInstant') ?? malformed('the logout message has no IssueInstant');
  const ends = time_of(element, 'NotOnOrAfter');
  const late = issued + MOST_AGE_MS + skew <= now || (ends !== undefined && ends + skew <= now);
  if (late || issued > now + skew) {
    const detail = `the logout message was issued ${Math.round(Math.abs(now - issued) / 1000)} s ${issued > now ? 'ahead of' : 'behind'} our clock`;
    call.check({ name: 'clock', ok: false, detail, fix: 'Set the clock of the identity provider by NTP.' });
    throw new ConnectorError('expired', detail);
  }
  return id;
}

/** Opens a logout message of the partner: signed by it, for us, of now. What it says is read from the element. @throws ConnectorError */
export function receive_logout(callback: Callback, held: Held, call: Call): LogoutElement {
  const parameter = parameter_of(callback);
  try {
    const { element, relay_state } = open_message(callback, parameter, held, call);
    const id = check_header(element, held, call);
    return { parameter, binding: callback.method === 'GET' ? 'redirect' : 'post', element, id, relay_state };
  } catch (fault) {
    if (fault instanceof XmlFault) malformed(fault.message);
    throw as_connector_error(fault);
  }
}
