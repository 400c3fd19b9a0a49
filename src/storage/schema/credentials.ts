import { EntitySchema } from 'typeorm';
import { bool, int, json, key, string, time } from '../columns.ts';
import { of_organization, type OrgOwned } from './owned.ts';

export interface ScimTokenRow extends OrgOwned {
  id: string;
  token_hash: string;
  name: string;
  connection_id: string | null;
  dialect: string;
  /** Who an `auto` token turned out to speak for. */
  detected_dialect: string | null;
  /** Networks that it may be used from; null: any. */
  ip_ranges: string[] | null;
  expires_at: number | null;
  last_used_at: number | null;
  /** When somebody was last told that it has long been silent; what was used since then may be told again. */
  silence_told_at: number | null;
  created_at: number;
}

export const scim_tokens = new EntitySchema<ScimTokenRow>({
  name: 'scim_tokens',
  columns: {
    org_id: key(),
    id: key(),
    token_hash: string(),
    name: string(),
    connection_id: string({ nullable: true }),
    dialect: string(),
    detected_dialect: string({ nullable: true }),
    ip_ranges: json({ nullable: true }),
    expires_at: time({ nullable: true }),
    last_used_at: time({ nullable: true }),
    silence_told_at: time({ nullable: true }),
    created_at: time(),
  },
  indices: [{ name: 'scim_tokens_hash', columns: ['org_id', 'token_hash'], unique: true }],
  foreignKeys: [of_organization],
});

export interface SetupLinkRow extends OrgOwned {
  id: string;
  token_hash: string;
  name: string;
  steps: string[];
  /** The vendor has the last word before anybody can sign in. */
  requires_approval: boolean;
  /** `open` may have expired meanwhile: the clock says so, not the row. */
  status: 'open' | 'finished' | 'revoked';
  approval: 'none' | 'requested' | 'approved';
  /** Where the partner got to: ids, never a secret. */
  draft: Record<string, unknown>;
  opened_at: number | null;
  progressed_at: number | null;
  finished_at: number | null;
  revoked_at: number | null;
  expires_at: number;
  created_at: number;
  /** Of two people on one link, the second to write has seen what the first wrote, or is told. */
  version: number;
}

export const setup_links = new EntitySchema<SetupLinkRow>({
  name: 'setup_links',
  columns: {
    org_id: key(),
    id: key(),
    token_hash: string(),
    name: string(),
    steps: json(),
    requires_approval: bool(),
    status: string(),
    approval: string(),
    draft: json(),
    opened_at: time({ nullable: true }),
    progressed_at: time({ nullable: true }),
    finished_at: time({ nullable: true }),
    revoked_at: time({ nullable: true }),
    expires_at: time(),
    created_at: time(),
    version: int(),
  },
  // the link carries no organization
  indices: [{ name: 'setup_links_token', columns: ['token_hash'], unique: true }],
  foreignKeys: [of_organization],
});
