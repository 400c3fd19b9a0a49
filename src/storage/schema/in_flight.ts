import { EntitySchema } from 'typeorm';
import { int, json, key, string, text, time } from '../columns.ts';

/** What the OIDC issuer keeps: one generic table; ids hashed, payloads sealed. */
export interface OidcPayloadRow {
  kind: string;
  id_hash: string;
  payload: string;
  grant_hash: string | null;
  uid_hash: string | null;
  user_code_hash: string | null;
  account_id: string | null;
  client_id: string | null;
  consumed_at: number | null;
  expires_at: number;
}

export const oidc_payloads = new EntitySchema<OidcPayloadRow>({
  name: 'oidc_payloads',
  columns: {
    kind: key(),
    id_hash: key(),
    payload: text(),
    grant_hash: string({ nullable: true }),
    uid_hash: string({ nullable: true }),
    user_code_hash: string({ nullable: true }),
    account_id: string({ nullable: true }),
    client_id: string({ nullable: true }),
    consumed_at: time({ nullable: true }),
    expires_at: time(),
  },
  indices: [
    { name: 'oidc_payloads_grant', columns: ['grant_hash'] },
    { name: 'oidc_payloads_uid', columns: ['uid_hash'] },
    { name: 'oidc_payloads_user_code', columns: ['user_code_hash'] },
    { name: 'oidc_payloads_account', columns: ['account_id'] },
    { name: 'oidc_payloads_client', columns: ['client_id'] },
    { name: 'oidc_payloads_expiry', columns: ['expires_at'] },
  ],
});

/** One sign-in in flight: single use, bound to the browser by cookie. */
export interface LoginAttemptRow {
  /** The uid in `/login/{uid}`. */
  id: string;
  purpose: 'login' | 'test' | 'logout';
  browser_hash: string;
  handle_hash: string | null;
  org_id: string | null;
  connection_id: string | null;
  client_id: string | null;
  reference: string;
  /** What the app asked for. */
  request: Record<string, unknown>;
  /** Sealed JSON of the connector's `pending`. */
  sealed_pending: string | null;
  /** Sealed JSON of the verified outcome, once the partner has answered. */
  sealed_result: string | null;
  /** What was looked at so far: becomes the login trace. */
  steps: Record<string, unknown>[];
  answered_at: number | null;
  finished_at: number | null;
  started_at: number;
  expires_at: number;
}

export const login_attempts = new EntitySchema<LoginAttemptRow>({
  name: 'login_attempts',
  columns: {
    id: key(),
    purpose: string(),
    browser_hash: string(),
    handle_hash: string({ nullable: true }),
    org_id: string({ nullable: true }),
    connection_id: string({ nullable: true }),
    client_id: string({ nullable: true }),
    reference: string(),
    request: json(),
    sealed_pending: text({ nullable: true }),
    sealed_result: text({ nullable: true }),
    steps: json(),
    answered_at: time({ nullable: true }),
    finished_at: time({ nullable: true }),
    started_at: time(),
    expires_at: time(),
  },
  indices: [
    { name: 'login_attempts_handle', columns: ['handle_hash'], unique: true },
    { name: 'login_attempts_expiry', columns: ['expires_at'] },
  ],
});

/** Things that may be used once: a row is the use. */
export interface FirstUseRow {
  scope: string;
  key_hash: string;
  expires_at: number;
}

export const first_uses = new EntitySchema<FirstUseRow>({
  name: 'first_uses',
  columns: { scope: key(), key_hash: key(), expires_at: time() },
  indices: [{ name: 'first_uses_expiry', columns: ['expires_at'] }],
});

export interface IdempotencyRow {
  scope: string;
  key_hash: string;
  request_hash: string;
  /** Null while the first request is still at work. */
  status: number | null;
  sealed_answer: string | null;
  expires_at: number;
}

export const idempotency_keys = new EntitySchema<IdempotencyRow>({
  name: 'idempotency_keys',
  columns: {
    scope: key(),
    key_hash: key(),
    request_hash: string(),
    status: int({ nullable: true }),
    sealed_answer: text({ nullable: true }),
    expires_at: time(),
  },
  indices: [{ name: 'idempotency_keys_expiry', columns: ['expires_at'] }],
});

/** What several processes count together. Names and order of the columns are those of rate-limiter-flexible, which writes here on PostgreSQL. */
export interface RateLimitRow {
  /** Limit and hash of what is limited. */
  key: string;
  points: number;
  expire: number | null;
}

export const rate_limits = new EntitySchema<RateLimitRow>({
  name: 'rate_limits',
  columns: { key: key(), points: int(), expire: time({ nullable: true }) },
  indices: [{ name: 'rate_limits_expiry', columns: ['expire'] }],
});

/** Counters that every process watches to know when its cache is stale. */
export interface VersionRow {
  name: string;
  version: number;
}

export const versions = new EntitySchema<VersionRow>({
  name: 'versions',
  columns: { name: key(), version: int() },
});
