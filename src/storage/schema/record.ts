import { EntitySchema } from 'typeorm';
import { int, json, key, string, text, time } from '../columns.ts';

export interface AuditEventRow {
  /** Time-ordered. */
  id: string;
  /** Null: the installation's own. */
  org_id: string | null;
  type: string;
  /** {kind: "admin_key"|"user"|"scim_token"|"setup_link"|"cli"|"system", id?, name?} */
  actor: Record<string, string>;
  /** The actor's id, or its kind where it has none: what a list is narrowed by. */
  actor_id: string | null;
  /** {kind, id, name?} */
  target: Record<string, string> | null;
  target_id: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  request_id: string | null;
  ip: string | null;
  at: number;
  /** Blinds the digest; null once what it covers was erased. */
  salt: string | null;
  /** Of everything personal in the row, with the salt; null until the row is in the chain. */
  digest: string | null;
  /** Place in the chain; null until the row is in it. */
  seq: number | null;
  /** Hash of this row and of the link before. */
  link: string | null;
}

export const audit_events = new EntitySchema<AuditEventRow>({
  name: 'audit_events',
  columns: {
    id: key(),
    org_id: string({ nullable: true }),
    type: string(),
    actor: json(),
    actor_id: string({ nullable: true }),
    target: json({ nullable: true }),
    target_id: string({ nullable: true }),
    before: json({ nullable: true }),
    after: json({ nullable: true }),
    request_id: string({ nullable: true }),
    ip: string({ nullable: true }),
    at: time(),
    salt: string({ nullable: true }),
    digest: string({ nullable: true }),
    seq: int({ nullable: true }),
    link: string({ nullable: true }),
  },
  indices: [
    { name: 'audit_events_seq', columns: ['seq'], unique: true },
    { name: 'audit_events_order', columns: ['at', 'id'] },
    { name: 'audit_events_org', columns: ['org_id', 'at', 'id'] },
    { name: 'audit_events_type', columns: ['type', 'at', 'id'] },
    { name: 'audit_events_actor', columns: ['actor_id', 'at', 'id'] },
    { name: 'audit_events_target', columns: ['target_id', 'at', 'id'] },
  ],
});

/** The end of the chain of audit events: one row. */
export interface AuditChainRow {
  id: string;
  seq: number;
  /** Sealed JSON {seq, link}: whoever rewrites the chain cannot rewrite this without the secret. */
  sealed_head: string;
}

export const audit_chain = new EntitySchema<AuditChainRow>({
  name: 'audit_chain',
  columns: { id: key(), seq: int(), sealed_head: text() },
});

/** What must leave Postern, committed with the change that causes it. */
export interface OutboxRow {
  /** Time-ordered. */
  id: string;
  org_id: string | null;
  kind: string;
  /** Deliveries of one key leave in order. */
  order_key: string;
  /** Whom it is for: one that is slow must not hold up the others. */
  receiver: string;
  sealed_payload: string;
  attempts: number;
  available_at: number;
  leased_until: number | null;
  done_at: number | null;
  dead_at: number | null;
  last_error: string | null;
  /** [{at, ms, answer?, error?}]: what was tried, the latest last. */
  tries: Record<string, unknown>[] | null;
  /** Of the attempts, those that the receiver put off: they are no failures. */
  put_off: number | null;
  created_at: number;
}

export const outbox = new EntitySchema<OutboxRow>({
  name: 'outbox',
  columns: {
    id: key(),
    org_id: string({ nullable: true }),
    kind: string(),
    order_key: string(),
    receiver: string(),
    sealed_payload: text(),
    attempts: int(),
    available_at: time(),
    leased_until: time({ nullable: true }),
    done_at: time({ nullable: true }),
    dead_at: time({ nullable: true }),
    last_error: string({ nullable: true }),
    tries: json({ nullable: true }),
    put_off: int({ nullable: true }),
    created_at: time(),
  },
  indices: [
    { name: 'outbox_due', columns: ['done_at', 'dead_at', 'available_at'] },
    { name: 'outbox_order', columns: ['order_key', 'id'] },
    { name: 'outbox_leased', columns: ['leased_until', 'receiver'] },
    { name: 'outbox_receiver', columns: ['receiver', 'created_at', 'id'] },
  ],
});

export interface LoginTraceRow {
  /** What the person saw. */
  id: string;
  /** A test sign-in makes no user and no session. */
  purpose: 'login' | 'test';
  org_id: string | null;
  connection_id: string | null;
  client_id: string | null;
  user_id: string | null;
  outcome: 'pending' | 'succeeded' | 'refused' | 'failed';
  code: string | null;
  /** [{at, name, ok, detail, fix?}] */
  steps: Record<string, unknown>[];
  /** Sealed JSON of what a partner said: shown masked by role. */
  sealed_personal: string | null;
  started_at: number;
  finished_at: number | null;
  expires_at: number;
}

export const login_traces = new EntitySchema<LoginTraceRow>({
  name: 'login_traces',
  columns: {
    id: key(),
    purpose: string(),
    org_id: string({ nullable: true }),
    connection_id: string({ nullable: true }),
    client_id: string({ nullable: true }),
    user_id: string({ nullable: true }),
    outcome: string(),
    code: string({ nullable: true }),
    steps: json(),
    sealed_personal: text({ nullable: true }),
    started_at: time(),
    finished_at: time({ nullable: true }),
    expires_at: time(),
  },
  indices: [
    { name: 'login_traces_order', columns: ['started_at', 'id'] },
    { name: 'login_traces_org', columns: ['org_id', 'started_at', 'id'] },
    { name: 'login_traces_user', columns: ['org_id', 'user_id'] },
    { name: 'login_traces_expiry', columns: ['expires_at'] },
  ],
});
