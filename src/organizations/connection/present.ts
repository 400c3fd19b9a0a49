import { rfc3339 } from '../../kernel/index.ts';
import type { ConnectionKeyRow, ConnectionRow } from '../../storage/index.ts';
import type { OrganizationsDeps } from '../deps.ts';
import type { Body } from '../merge_patch.ts';
import { jwks_uri, partner_facing } from './addresses.ts';
import { present_certificates, present_jwks } from './keys.ts';
import type { ConnectionView } from './schema.ts';
import { masked, type StoredSettings } from './settings.ts';
import { present_trust } from './trust_view.ts';

/** A connection as the API shows it: secrets masked, our side beside it. */
export function present_connection(
  deps: Pick<OrganizationsDeps, 'issuer_url' | 'connector_types' | 'now'>,
  row: ConnectionRow,
  stored: StoredSettings,
  keys: readonly ConnectionKeyRow[],
): ConnectionView {
  const { issuer_url } = deps;
  const trust = present_trust(deps, row, stored);
  const with_jwks = row.protocol === 'oidc' && keys.length > 0;
  return {
    id: row.id,
    protocol: row.protocol,
    name: row.name,
    enabled: row.enabled,
    [row.protocol]: masked(stored),
    attribute_mapping: row.attribute_mapping,
    provisioning: row.provisioning,
    service_provider: {
      ...partner_facing(issuer_url, row),
      ...(keys.length > 0 && { certificates: present_certificates(keys, deps.now()) }),
      ...(with_jwks && { jwks_uri: jwks_uri(issuer_url, row.id), jwks: present_jwks(keys) }),
    },
    ...(trust !== undefined && { trust }),
    created_at: rfc3339(row.created_at),
    updated_at: rfc3339(row.updated_at),
  };
}

/** Without what changes by itself: days go by, partners are asked. What a version, a record of a change and a patch are about. */
export const lasting = ({ trust: _trust, ...view }: ConnectionView): Omit<ConnectionView, 'trust'> => view;

/** What can be set, as it is now. */
export const connection_body = (view: ConnectionView): Body => {
  const { id: _id, service_provider: _ours, trust: _trust, created_at: _made, updated_at: _changed, protocol: _protocol, ...body } = view;
  return body;
};
