import { EntitySchema } from 'typeorm';
import { json, key, string, text, time } from '../columns.ts';

export interface SigningKeyRow {
  /** The kid: never comes back. */
  id: string;
  alg: string;
  state: 'next' | 'current' | 'retired';
  public_jwk: Record<string, unknown>;
  sealed_private_jwk: string;
  created_at: number;
  /** When it became (or becomes) the signer, and when it leaves the JWKS. */
  current_at: number | null;
  retired_at: number | null;
  expires_at: number | null;
}

export const signing_keys = new EntitySchema<SigningKeyRow>({
  name: 'signing_keys',
  columns: {
    id: key(),
    alg: string(),
    state: string(),
    public_jwk: json(),
    sealed_private_jwk: text(),
    created_at: time(),
    current_at: time({ nullable: true }),
    retired_at: time({ nullable: true }),
    expires_at: time({ nullable: true }),
  },
});

export type AdminRole = 'owner' | 'operator' | 'support' | 'org_admin';

export interface AdminKeyRow {
  id: string;
  name: string;
  key_hash: string;
  role: AdminRole;
  organization_id: string | null;
  expires_at: number | null;
  last_used_at: number | null;
  created_at: number;
}

export const admin_keys = new EntitySchema<AdminKeyRow>({
  name: 'admin_keys',
  columns: {
    id: key(),
    name: string(),
    key_hash: string(),
    role: string(),
    organization_id: string({ nullable: true }),
    expires_at: time({ nullable: true }),
    last_used_at: time({ nullable: true }),
    created_at: time(),
  },
  indices: [
    { name: 'admin_keys_hash', columns: ['key_hash'], unique: true },
    { name: 'admin_keys_order', columns: ['created_at', 'id'] },
  ],
});
