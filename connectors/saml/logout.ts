import { createHash } from 'node:crypto';
import { ConnectorError, type Logout, type LogoutMessage, type Tools } from '../connector.ts';
import { as_connector_error } from './faults.ts';
import type { LivePartner, Party } from './live_partner.ts';
import { logout_request, logout_response } from './logout_messages.ts';
import type { OwnKeys } from './own_keys.ts';
import { choose_endpoint } from './partner.ts';
import { type LogoutElement, receive_logout } from './receive_logout.ts';
import { send_message } from './send_message.ts';
import type { SamlConfig } from './settings.ts';
import { read_logout_subject } from './verify/index.ts';
import { PROTOCOL, status_code, status_word } from './vocabulary.ts';
import { attribute, children_named, only_child, optional_child, text_of, XmlFault } from './xml/index.ts';

interface Parts {
  readonly config: SamlConfig;
  readonly tools: Tools;
  readonly partner: LivePartner;
  readonly keys: OwnKeys;
  readonly entity_id: string;
}

const DAY_MS = 86_400_000;

/** The ID of our request, made from the handle that nobody else can guess: the answer is known by it without anything being kept. */
const request_id = (handle: string): string => `_${createHash('sha256').update(`logout ${handle}`).digest('hex')}`;

/** Single logout, both directions, by Redirect and POST, signed (SAML profiles 4.4). */
export function make_logout(parts: Parts): Logout {
  const { tools, partner, keys, entity_id, config } = parts;
  return {
    async begin(session, handle, call) {
      const party = await partner.current(call.signal);
      const target = choose_endpoint(party.logout, config.sso_binding);
      if (target === undefined || session['name_id'] === undefined) return undefined;
      const { binding, endpoint } = target;
      const id = request_id(handle);
      const xml = logout_request({ id, issued_at: tools.now(), destination: endpoint.location, issuer: entity_id }, session);
      const key = await keys.signing();
      const send = send_message({ parameter: 'SAMLRequest', xml, binding, location: endpoint.location, relay_state: handle, key });
      return { send, pending: { request_id: id } };
    },

    async receive(callback, call) {
      const party = await partner.current(call.signal);
      const held = { party, config, destination: tools.logout_url, now: tools.now() };
      const message = receive_logout(callback, held, call);
      try {
        return message.parameter === 'SAMLResponse' ? read_answer(message) : await read_request(message, party, parts);
      } catch (fault) {
        if (fault instanceof XmlFault) throw new ConnectorError('malformed', fault.message);
        throw as_connector_error(fault);
      }
    },
  };
}

/** The answer to ours. Holds: it answers the request that this handle belongs to. */
function read_answer({ element, relay_state }: LogoutElement): LogoutMessage {
  const answered = attribute(element, 'InResponseTo');
  if (relay_state === undefined || answered !== request_id(relay_state))
    throw new ConnectorError('malformed', 'the LogoutResponse answers no request of ours');
  const code = only_child(only_child(element, PROTOCOL, 'Status'), PROTOCOL, 'StatusCode');
  const second = optional_child(code, PROTOCOL, 'StatusCode');
  const codes = [attribute(code, 'Value') ?? '', second === undefined ? '' : (attribute(second, 'Value') ?? '')].filter(
    (one) => one !== '',
  );
  const complete = codes[0] === status_code('Success') && codes[1] !== status_code('PartialLogout');
  return { kind: 'answer', handle: relay_state, complete, detail: codes.map((one) => status_word(one).slice(0, 200)).join(' / ') };
}

/** A request of the partner. Works without cookies: whose session it is says the message. */
async function read_request({ element, id, binding, relay_state }: LogoutElement, party: Party, parts: Parts): Promise<LogoutMessage> {
  const { tools, keys, entity_id, config } = parts;
  const once = {
    key: `logout/${createHash('sha256').update(`${party.entity_id}\n${id}`).digest('base64url')}`,
    expires_at: tools.now() + DAY_MS,
  };
  const name_id = read_logout_subject(element, await keys.decryption(), entity_id);
  const indexes = children_named(element, PROTOCOL, 'SessionIndex').map(text_of);
  const [index, more] = indexes;
  // Several sessions at once: all of this person at this partner. Too many end rather than too few.
  const session_index = index !== undefined && more === undefined ? { session_index: index } : {};
  const send_answer = async (ended: boolean) => {
    const target = choose_endpoint(party.logout, binding);
    if (target === undefined)
      throw new ConnectorError('misconfigured', 'the identity provider has no address for the answer to its logout');
    const location = target.endpoint.response_location ?? target.endpoint.location;
    const xml = logout_response(
      { id: `_${Buffer.from(tools.random_bytes(16)).toString('hex')}`, issued_at: tools.now(), destination: location, issuer: entity_id },
      id,
      ended,
    );
    return send_message({ parameter: 'SAMLResponse', xml, binding: target.binding, location, relay_state, key: await keys.signing() });
  };
  const answer = choose_endpoint(party.logout, binding) === undefined ? {} : { answer: send_answer };
  // With an attribute as the subject the NameID only names the session.
  if (config.subject_attribute !== undefined)
    return { kind: 'request', session: { name_id: name_id.value, ...session_index }, once, ...answer };
  const session = Object.keys(session_index).length > 0 && { session: session_index };
  return { kind: 'request', subject: name_id.value, ...session, once, ...answer };
}
