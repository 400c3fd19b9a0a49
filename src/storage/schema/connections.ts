import { EntitySchema } from 'typeorm';
import { bool, int, json, key, string, text, time } from '../columns.ts';
import { of_organization, type OrgOwned, within } from './owned.ts';

export interface DomainRow extends OrgOwned {
  /** The domain itself, lower case A-labels. */
  id: string;
  status: 'pending' | 'verified';
  /** The domain once verified: unique over all organizations. */
  verified_domain: string | null;
  txt_token: string;
  verified_at: number | null;
  last_checked_at: number | null;
  /** Why the last look did not prove it. */
  last_error: string | null;
  created_at: number;
  version: number;
}

export const domains = new EntitySchema<DomainRow>({
  name: 'domains',
  columns: {
    org_id: key(),
    id: key(),
    status: string(),
    verified_domain: string({ nullable: true }),
    txt_token: string(),
    verified_at: time({ nullable: true }),
    last_checked_at: time({ nullable: true }),
    last_error: string({ nullable: true }),
    created_at: time(),
    version: int(),
  },
  // the one unique index that spans organizations: a domain has one owner
  indices: [{ name: 'domains_verified', columns: ['verified_domain'], unique: true }],
  foreignKeys: [of_organization],
});

export type Protocol = 'saml' | 'oidc' | 'ldap';

export interface ConnectionRow extends OrgOwned {
  id: string;
  protocol: Protocol;
  name: string;
  enabled: boolean;
  /** The protocol's settings without secrets. */
  settings: Record<string, unknown>;
  /** Sealed JSON {setting: secret}. */
  sealed_secrets: string | null;
  /** What the partner published when last asked. */
  resolved: Record<string, unknown>;
  resolved_at: number | null;
  /** When the partner is to be asked again; null: it publishes nothing that is read. */
  refresh_at: number | null;
  /** How keeping that fresh goes: the last failure, and keys that wait for approval. No setting, and no part of a version. */
  upkeep: Record<string, unknown>;
  /** When the ends of certificates are to be looked at again, so that each is announced in time. */
  announce_at: number | null;
  /** When the first certificate that is still valid ends; null where the partner is not known by certificates. */
  certificates_end_at: number | null;
  attribute_mapping: Record<string, unknown> | null;
  provisioning: { jit: boolean; update_on_login: boolean; link_by: 'none' | 'verified_email' };
  created_at: number;
  updated_at: number;
  version: number;
}

export const connections = new EntitySchema<ConnectionRow>({
  name: 'connections',
  columns: {
    org_id: key(),
    id: key(),
    protocol: string(),
    name: string(),
    enabled: bool(),
    settings: json(),
    sealed_secrets: text({ nullable: true }),
    resolved: json(),
    resolved_at: time({ nullable: true }),
    refresh_at: time({ nullable: true }),
    upkeep: json(),
    announce_at: time({ nullable: true }),
    certificates_end_at: time({ nullable: true }),
    attribute_mapping: json({ nullable: true }),
    provisioning: json(),
    created_at: time(),
    updated_at: time(),
    version: int(),
  },
  // connection addresses carry no organization: the id alone finds its owner
  indices: [
    { name: 'connections_id', columns: ['id'], unique: true },
    // over all organizations: what the background tends
    { name: 'connections_refresh', columns: ['refresh_at'] },
    { name: 'connections_announce', columns: ['announce_at'] },
    { name: 'connections_certificates', columns: ['certificates_end_at'] },
  ],
  foreignKeys: [of_organization],
});

/** A path of another broker under which a partner's answers arrive here as well. */
export interface ConnectionAliasRow extends OrgOwned {
  /** The path itself: `/sso/acs/123`. */
  id: string;
  connection_id: string;
}

export const connection_aliases = new EntitySchema<ConnectionAliasRow>({
  name: 'connection_aliases',
  columns: { org_id: key(), id: key(), connection_id: string() },
  // an address carries no organization: it leads to one connection of the whole installation
  indices: [
    { name: 'connection_aliases_path', columns: ['id'], unique: true },
    { name: 'connection_aliases_connection', columns: ['org_id', 'connection_id'] },
  ],
  foreignKeys: [within('connections', 'connection_id')],
});

export interface ConnectionKeyRow extends OrgOwned {
  id: string;
  connection_id: string;
  use: 'signing' | 'encryption';
  state: 'current' | 'next' | 'retired';
  certificate_pem: string;
  sealed_private_key: string;
  created_at: number;
  expires_at: number | null;
}

export const connection_keys = new EntitySchema<ConnectionKeyRow>({
  name: 'connection_keys',
  columns: {
    org_id: key(),
    id: key(),
    connection_id: string(),
    use: string(),
    state: string(),
    certificate_pem: text(),
    sealed_private_key: text(),
    created_at: time(),
    expires_at: time({ nullable: true }),
  },
  indices: [
    { name: 'connection_keys_connection', columns: ['org_id', 'connection_id'] },
    // as above
    { name: 'connection_keys_expiry', columns: ['expires_at'] },
  ],
  foreignKeys: [within('connections', 'connection_id')],
});
