import type { Tools } from '../../../connectors/connector.ts';
import type { ConnectionRow, Protocol } from '../../storage/index.ts';

/** Our side of a connection: addresses from the configured issuer, never from a request. */
export type Addresses = Pick<Tools, 'callback_url' | 'logout_url' | 'entity_id'>;

export function addresses_of(issuer_url: string, protocol: Protocol, connection_id: string): Addresses {
  const base = issuer_url.replace(/\/$/, '');
  const of = (path: string): string => `${base}/${protocol}/${connection_id}/${path}`;
  if (protocol === 'saml') return { callback_url: of('acs'), logout_url: of('slo'), entity_id: of('metadata') };
  if (protocol === 'oidc') return { callback_url: of('callback'), logout_url: of('backchannel-logout'), entity_id: '' };
  // a directory never calls us
  return { callback_url: '', logout_url: '', entity_id: '' };
}

/** What the partner types in. */
export function partner_facing(issuer_url: string, row: Pick<ConnectionRow, 'protocol' | 'id' | 'settings'>): Record<string, string> {
  const { callback_url, logout_url, entity_id } = addresses_of(issuer_url, row.protocol, row.id);
  if (row.protocol === 'oidc') return { redirect_uri: callback_url, backchannel_logout_uri: logout_url };
  if (row.protocol !== 'saml') return {};
  const own = row.settings['sp_entity_id'];
  return { entity_id: typeof own === 'string' ? own : entity_id, acs_url: callback_url, metadata_url: entity_id, slo_url: logout_url };
}

/** Where an OIDC partner reads the keys that prove who we are. */
export const jwks_uri = (issuer_url: string, connection_id: string): string =>
  `${issuer_url.replace(/\/$/, '')}/oidc/${connection_id}/jwks`;
