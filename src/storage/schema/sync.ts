import { EntitySchema } from 'typeorm';
import { bool, json, key, string, text, time } from '../columns.ts';
import { type OrgOwned, within } from './owned.ts';

/** Whom a pull sync has read from a partner's directory. */
export interface SyncedPersonRow extends OrgOwned {
  connection_id: string;
  /** The id that never changes there. */
  subject: string;
  user_id: string;
  /** Whether the last whole run saw them. */
  present: boolean;
}

export const synced_people = new EntitySchema<SyncedPersonRow>({
  name: 'synced_people',
  columns: { org_id: key(), connection_id: key(), subject: key(), user_id: string(), present: bool() },
  indices: [{ name: 'synced_people_user', columns: ['org_id', 'user_id'] }],
  foreignKeys: [within('users', 'user_id'), within('connections', 'connection_id')],
});

/** When a connection's directory is read next, and who reads it now. */
export interface ConnectionSyncRow extends OrgOwned {
  connection_id: string;
  /** Null: the directory is not read by itself. */
  due_at: number | null;
  /** Of the run under way: whoever holds another has lost it. */
  lease: string | null;
  lease_until: number | null;
  /** How far the directory's own clock was at the last whole run; null: read everything. */
  cursor: string | null;
  /** When everything was read last. */
  full_at: number | null;
}

export const connection_syncs = new EntitySchema<ConnectionSyncRow>({
  name: 'connection_syncs',
  columns: {
    org_id: key(),
    connection_id: key(),
    due_at: time({ nullable: true }),
    lease: string({ nullable: true }),
    lease_until: time({ nullable: true }),
    cursor: string({ nullable: true }),
    full_at: time({ nullable: true }),
  },
  // over all organizations: what the background reads next
  indices: [{ name: 'connection_syncs_due', columns: ['due_at'] }],
  foreignKeys: [within('connections', 'connection_id')],
});

/** One reading of a partner's directory, and what came of it. */
export interface SyncRunRow extends OrgOwned {
  id: string;
  connection_id: string;
  status: 'running' | 'finished' | 'failed' | 'stopped';
  dry_run: boolean;
  /** Everything was read, not only what had changed. */
  whole: boolean;
  /** {seen, created, updated, deactivated, unchanged, conflicts} */
  counts: Record<string, number>;
  /** What was not done and why, the first of them: {subject, problem}. */
  problems: { subject: string; problem: string }[];
  error: string | null;
  /** {losing, of, percent} when the brake held. */
  brake: Record<string, number> | null;
  started_at: number;
  finished_at: number | null;
}

export const sync_runs = new EntitySchema<SyncRunRow>({
  name: 'sync_runs',
  columns: {
    org_id: key(),
    id: key(),
    connection_id: string(),
    status: string(),
    dry_run: bool(),
    whole: bool(),
    counts: json(),
    problems: json(),
    error: text({ nullable: true }),
    brake: json({ nullable: true }),
    started_at: time(),
    finished_at: time({ nullable: true }),
  },
  indices: [{ name: 'sync_runs_connection', columns: ['org_id', 'connection_id', 'started_at', 'id'] }],
  foreignKeys: [within('connections', 'connection_id')],
});
