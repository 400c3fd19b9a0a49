import { EntitySchema } from 'typeorm';
import { int, json, key, string, text, time } from '../columns.ts';

/** Rows that belong to the installation, not to one organization. Times are epoch milliseconds. */
export interface OrganizationRow {
  id: string;
  slug: string;
  name: string;
  external_id: string | null;
  metadata: Record<string, unknown>;
  status: 'active' | 'suspended';
  /** {accent?, logo?, logo_dark?, locale?, support_contact?, support_url?, privacy_url?, terms_url?, password_reset_url?} */
  branding: Record<string, string>;
  /** Which source says what of its people; null: as it is without being said. */
  people_policy: Record<string, unknown> | null;
  created_at: number;
  updated_at: number;
  version: number;
}

export const organizations = new EntitySchema<OrganizationRow>({
  name: 'organizations',
  columns: {
    id: key(),
    slug: string(),
    name: string(),
    external_id: string({ nullable: true }),
    metadata: json(),
    status: string(),
    branding: json(),
    people_policy: json({ nullable: true }),
    created_at: time(),
    updated_at: time(),
    version: int(),
  },
  indices: [
    { name: 'organizations_slug', columns: ['slug'], unique: true },
    { name: 'organizations_name', columns: ['name'] },
    { name: 'organizations_order', columns: ['created_at', 'id'] },
  ],
});

/** A picture that a branding names, under the hash of its bytes. */
export interface LogoRow {
  id: string;
  content_type: string;
  /** Base64. */
  data: string;
  /** When somebody last sent it. */
  kept_at: number;
}

export const logos = new EntitySchema<LogoRow>({
  name: 'logos',
  columns: { id: key(), content_type: string(), data: text(), kept_at: time() },
  indices: [{ name: 'logos_kept', columns: ['kept_at'] }],
});
