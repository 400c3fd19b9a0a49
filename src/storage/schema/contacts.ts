import { EntitySchema } from 'typeorm';
import { int, json, key, string, time } from '../columns.ts';
import { of_organization, type OrgOwned } from './owned.ts';

/** What Postern writes to people of an organization about. */
export const NOTICES = ['certificate', 'own_key', 'scim_silent', 'sync_stopped'] as const;
export type Notice = (typeof NOTICES)[number];

/** Somebody at the partner who is told when something wants attention. */
export interface ContactRow extends OrgOwned {
  id: string;
  email: string;
  name: string | null;
  /** Null: all. */
  notices: Notice[] | null;
  /** Of the pages' languages; null: the default. */
  language: string | null;
  created_at: number;
  updated_at: number;
  version: number;
}

export const contacts = new EntitySchema<ContactRow>({
  name: 'contacts',
  columns: {
    org_id: key(),
    id: key(),
    email: string(),
    name: string({ nullable: true }),
    notices: json({ nullable: true }),
    language: string({ nullable: true }),
    created_at: time(),
    updated_at: time(),
    version: int(),
  },
  foreignKeys: [of_organization],
});
