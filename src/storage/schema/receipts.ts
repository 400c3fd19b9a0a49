import { EntitySchema } from 'typeorm';
import { int, json, key, string, text, time } from '../columns.ts';

/** Proof that access ended: outlives the person and the organization. */
export interface ReceiptRow {
  /** Time-ordered. */
  id: string;
  org_id: string;
  /** Null: of more than one person. */
  user_id: string | null;
  /** The type of event that ended it: `user.deactivated`. */
  reason: string;
  actor: Record<string, string>;
  request_id: string | null;
  created_at: number;
  /** When every app had been told, or given up. */
  completed_at: number | null;
}

export const receipts = new EntitySchema<ReceiptRow>({
  name: 'receipts',
  columns: {
    id: key(),
    org_id: string(),
    user_id: string({ nullable: true }),
    reason: string(),
    actor: json(),
    request_id: string({ nullable: true }),
    created_at: time(),
    completed_at: time({ nullable: true }),
  },
  indices: [
    { name: 'receipts_org', columns: ['org_id', 'created_at', 'id'] },
    { name: 'receipts_open', columns: ['completed_at'] },
  ],
});

/** One session, one app's tokens, or one account at an app that ended. */
export interface ReceiptEntryRow {
  receipt_id: string;
  /** The session's id, the hash of the grant, or `target/user`. */
  id: string;
  org_id: string;
  user_id: string;
  kind: 'session' | 'app' | 'signal' | 'account';
  session_id: string;
  client_id: string | null;
  /** Tokens of the app that ended. */
  tokens: number;
  /** The outbox row of the back-channel logout, null when the app wants none; of the security event; or of what a SCIM target is told. */
  delivery_id: string | null;
  outcome: 'ended' | 'pending' | 'told' | 'given_up';
  tries: number;
  error: string | null;
  at: number;
}

export const receipt_entries = new EntitySchema<ReceiptEntryRow>({
  name: 'receipt_entries',
  columns: {
    receipt_id: key(),
    id: key(),
    org_id: string(),
    user_id: string(),
    kind: string(),
    session_id: string(),
    client_id: string({ nullable: true }),
    tokens: int(),
    delivery_id: string({ nullable: true }),
    outcome: string(),
    tries: int(),
    error: text({ nullable: true }),
    at: time(),
  },
  indices: [
    { name: 'receipt_entries_user', columns: ['org_id', 'user_id'] },
    { name: 'receipt_entries_outcome', columns: ['outcome', 'receipt_id'] },
  ],
});
