import { EntitySchema } from 'typeorm';
import { bool, int, json, key, string, text, time } from '../columns.ts';
import { of_organization, type OrgOwned, within } from './owned.ts';

export const IMPORT_STATES = ['receiving', 'waiting', 'running', 'done', 'failed'] as const;
export const IMPORT_OUTCOMES = ['created', 'updated', 'unchanged', 'refused'] as const;
export type ImportOutcome = (typeof IMPORT_OUTCOMES)[number];

/** A file of people that is worked through in the background. */
export interface ImportJobRow extends OrgOwned {
  /** Time-ordered. */
  id: string;
  status: (typeof IMPORT_STATES)[number];
  format: string;
  dry_run: boolean;
  /** Who asked for it: what it does is their act. */
  act: Record<string, unknown>;
  total: number;
  done: number;
  created: number;
  updated: number;
  unchanged: number;
  refused: number;
  /** Whoever works on it. */
  lease: string | null;
  leased_until: number | null;
  /** Turns that broke off in a row. */
  failures: number;
  created_at: number;
  finished_at: number | null;
}

export const import_jobs = new EntitySchema<ImportJobRow>({
  name: 'import_jobs',
  columns: {
    org_id: key(),
    id: key(),
    status: string(),
    format: string(),
    dry_run: bool(),
    act: json(),
    total: int(),
    done: int(),
    created: int(),
    updated: int(),
    unchanged: int(),
    refused: int(),
    lease: string({ nullable: true }),
    leased_until: time({ nullable: true }),
    failures: int(),
    created_at: time(),
    finished_at: time({ nullable: true }),
  },
  indices: [
    { name: 'import_jobs_order', columns: ['org_id', 'created_at', 'id'] },
    // over all organizations: what the background works on, and sweeps
    { name: 'import_jobs_due', columns: ['status', 'created_at'] },
  ],
  foreignKeys: [of_organization],
});

export interface ImportRowRow extends OrgOwned {
  job_id: string;
  /** Its number in the file, with leading zeros. */
  id: string;
  /** Sealed JSON of the row, until it is done. */
  sealed_row: string | null;
  /** Of the name it is about, while the job is at work: the second of two is refused. */
  name_hash: string | null;
  outcome: ImportOutcome | null;
  user_id: string | null;
  /** Sealed JSON {user_name?, problems?}. */
  sealed_report: string | null;
}

export const import_rows = new EntitySchema<ImportRowRow>({
  name: 'import_rows',
  columns: {
    org_id: key(),
    job_id: key(),
    id: key(),
    sealed_row: text({ nullable: true }),
    name_hash: string({ nullable: true }),
    outcome: string({ nullable: true }),
    user_id: string({ nullable: true }),
    sealed_report: text({ nullable: true }),
  },
  indices: [
    { name: 'import_rows_name', columns: ['org_id', 'job_id', 'name_hash'] },
    { name: 'import_rows_user', columns: ['org_id', 'user_id'] },
  ],
  foreignKeys: [within('import_jobs', 'job_id')],
});
