import { EntitySchema } from 'typeorm';
import { bool, int, json, key, string, text, time } from '../columns.ts';

export interface ClientRow {
  /** The client_id. */
  id: string;
  /** OIDC registration metadata without the secret, plus our own fields. */
  metadata: Record<string, unknown>;
  sealed_secret: string | null;
  /** Organization ids whose people may use this app; null: all. */
  organizations: string[] | null;
  enabled: boolean;
  /** Of the token by which an app that registered itself reads and changes its registration (RFC 7592). */
  registration_hash: string | null;
  created_at: number;
  updated_at: number;
  version: number;
}

export const clients = new EntitySchema<ClientRow>({
  name: 'clients',
  columns: {
    id: key(),
    metadata: json(),
    sealed_secret: text({ nullable: true }),
    organizations: json({ nullable: true }),
    enabled: bool(),
    registration_hash: string({ nullable: true }),
    created_at: time(),
    updated_at: time(),
    version: int(),
  },
  indices: [{ name: 'clients_order', columns: ['created_at', 'id'] }],
});

/** What lets an app register itself (RFC 7591 section 3). */
export interface RegistrationTokenRow {
  id: string;
  name: string;
  token_hash: string;
  /** Apps registered with it are for this organization alone; null: for all. */
  organization_id: string | null;
  /** Registrations left; null: any number. */
  uses_left: number | null;
  expires_at: number | null;
  created_at: number;
}

export const registration_tokens = new EntitySchema<RegistrationTokenRow>({
  name: 'registration_tokens',
  columns: {
    id: key(),
    name: string(),
    token_hash: string(),
    organization_id: string({ nullable: true }),
    uses_left: int({ nullable: true }),
    expires_at: time({ nullable: true }),
    created_at: time(),
  },
  indices: [
    { name: 'registration_tokens_hash', columns: ['token_hash'], unique: true },
    { name: 'registration_tokens_order', columns: ['created_at', 'id'] },
  ],
});

export interface ResourceRow {
  id: string;
  /** The resource indicator, an absolute URI (RFC 8707). */
  identifier: string;
  name: string;
  scopes: string[];
  access_token_format: 'jwt' | 'opaque';
  access_token_signing_alg: 'RS256' | 'ES256' | 'EdDSA';
  access_token_ttl_seconds: number;
  created_at: number;
  updated_at: number;
  version: number;
}

export const resources = new EntitySchema<ResourceRow>({
  name: 'resources',
  columns: {
    id: key(),
    identifier: string(),
    name: string(),
    scopes: json(),
    access_token_format: string(),
    access_token_signing_alg: string(),
    access_token_ttl_seconds: int(),
    created_at: time(),
    updated_at: time(),
    version: int(),
  },
  indices: [
    { name: 'resources_identifier', columns: ['identifier'], unique: true },
    { name: 'resources_order', columns: ['created_at', 'id'] },
  ],
});

export interface RoleRow {
  id: string;
  name: string;
  description: string | null;
  /** The app this role is for; empty: every app. */
  client_id: string;
  /** Whether an organization's own administrator may map and give it. */
  delegable: boolean;
  created_at: number;
  updated_at: number;
  version: number;
}

export const roles = new EntitySchema<RoleRow>({
  name: 'roles',
  columns: {
    id: key(),
    name: string(),
    description: string({ nullable: true }),
    client_id: string(),
    delegable: bool(),
    created_at: time(),
    updated_at: time(),
    version: int(),
  },
  indices: [
    { name: 'roles_name', columns: ['client_id', 'name'], unique: true },
    { name: 'roles_order', columns: ['created_at', 'id'] },
  ],
});
