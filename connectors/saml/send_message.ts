import type { ConnectionKey, Departure } from '../connector.ts';
import type { Binding } from './partner.ts';
import { redirect_query, sign_enveloped } from './sign.ts';

export interface Outgoing {
  readonly parameter: 'SAMLRequest' | 'SAMLResponse';
  readonly xml: string;
  readonly binding: Binding;
  readonly location: string;
  readonly relay_state: string | undefined;
  /** Absent: not signed. */
  readonly key: ConnectionKey | undefined;
}

/** How the browser carries a message of ours to the partner. */
export function send_message({ parameter, xml, binding, location, relay_state, key }: Outgoing): Departure['send'] {
  if (binding === 'redirect') {
    const query = redirect_query(parameter, xml, relay_state, key);
    return { method: 'GET', url: `${location}${location.includes('?') ? '&' : '?'}${query}` };
  }
  const message = key === undefined ? xml : sign_enveloped(xml, key);
  const fields = { [parameter]: Buffer.from(message, 'utf8').toString('base64') };
  return { method: 'POST', url: location, fields: relay_state === undefined ? fields : { ...fields, RelayState: relay_state } };
}
