import { EntitySchema } from 'typeorm';
import { int, key, string, text, time } from '../columns.ts';
import { of_organization, type OrgOwned } from './owned.ts';

/** What a directory asked of us and what became of it: written off the hot path, kept for a while. */
export interface ScimRequestRow extends OrgOwned {
  /** Time-ordered. */
  id: string;
  /** Null: a token that is none of this organization. */
  token_id: string | null;
  token_name: string | null;
  dialect: string | null;
  method: string;
  /** Without query, and without ids that are none of ours. */
  path: string;
  status: number;
  error_code: string | null;
  duration_ms: number;
  /** Ids of who and what was changed, between spaces. */
  resource_ids: string;
  /** How many changes were kept. */
  changes: number;
  /** Whose request was done again. */
  replay_of: string | null;
  /** Of what is sealed, as it stands in the row. */
  bytes: number;
  /** Sealed JSON: query, headers, body, what was understood, what changed, the error in words. Null: it spoke of somebody who was erased. */
  sealed_request: string | null;
  created_at: number;
}

export const scim_requests = new EntitySchema<ScimRequestRow>({
  name: 'scim_requests',
  columns: {
    org_id: key(),
    id: key(),
    token_id: string({ nullable: true }),
    token_name: string({ nullable: true }),
    dialect: string({ nullable: true }),
    method: string(),
    path: string(),
    status: int(),
    error_code: string({ nullable: true }),
    duration_ms: int(),
    resource_ids: text(),
    changes: int(),
    replay_of: string({ nullable: true }),
    bytes: int(),
    sealed_request: text({ nullable: true }),
    created_at: time(),
  },
  indices: [
    { name: 'scim_requests_order', columns: ['org_id', 'created_at', 'id'] },
    // over all organizations: what is swept
    { name: 'scim_requests_age', columns: ['created_at'] },
  ],
  foreignKeys: [of_organization],
});
