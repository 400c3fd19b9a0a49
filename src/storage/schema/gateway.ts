import { EntitySchema } from 'typeorm';
import { bool, int, json, key, string, text, time } from '../columns.ts';

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

export interface ClientRow {
  /** The client_id. */
  id: string;
  /** OIDC registration metadata without the secret, plus our own fields. */
  metadata: Record<string, unknown>;
  sealed_secret: string | null;
  /** Organization ids whose people may use this app; null: all. */
  organizations: string[] | null;
  enabled: boolean;
  /** Of the token by which an app that registered itself reads and changes its registration (RFC 7592). */
  registration_hash: string | null;
  created_at: number;
  updated_at: number;
  version: number;
}

export const clients = new EntitySchema<ClientRow>({
  name: 'clients',
  columns: {
    id: key(),
    metadata: json(),
    sealed_secret: text({ nullable: true }),
    organizations: json({ nullable: true }),
    enabled: bool(),
    registration_hash: string({ nullable: true }),
    created_at: time(),
    updated_at: time(),
    version: int(),
  },
  indices: [{ name: 'clients_order', columns: ['created_at', 'id'] }],
});

/** What lets an app register itself (RFC 7591 section 3). */
export interface RegistrationTokenRow {
  id: string;
  name: string;
  token_hash: string;
  /** Apps registered with it are for this organization alone; null: for all. */
  organization_id: string | null;
  /** Registrations left; null: any number. */
  uses_left: number | null;
  expires_at: number | null;
  created_at: number;
}

export const registration_tokens = new EntitySchema<RegistrationTokenRow>({
  name: 'registration_tokens',
  columns: {
    id: key(),
    name: string(),
    token_hash: string(),
    organization_id: string({ nullable: true }),
    uses_left: int({ nullable: true }),
    expires_at: time({ nullable: true }),
    created_at: time(),
  },
  indices: [
    { name: 'registration_tokens_hash', columns: ['token_hash'], unique: true },
    { name: 'registration_tokens_order', columns: ['created_at', 'id'] },
  ],
});

export interface ResourceRow {
  id: string;
  /** The resource indicator, an absolute URI (RFC 8707). */
  identifier: string;
  name: string;
  scopes: string[];
  access_token_format: 'jwt' | 'opaque';
  access_token_signing_alg: 'RS256' | 'ES256' | 'EdDSA';
  access_token_ttl_seconds: number;
  created_at: number;
  updated_at: number;
  version: number;
}

export const resources = new EntitySchema<ResourceRow>({
  name: 'resources',
  columns: {
    id: key(),
    identifier: string(),
    name: string(),
    scopes: json(),
    access_token_format: string(),
    access_token_signing_alg: string(),
    access_token_ttl_seconds: int(),
    created_at: time(),
    updated_at: time(),
    version: int(),
  },
  indices: [
    { name: 'resources_identifier', columns: ['identifier'], unique: true },
    { name: 'resources_order', columns: ['created_at', 'id'] },
  ],
});

export interface RoleRow {
  id: string;
  name: string;
  description: string | null;
  /** The app this role is for; empty: every app. */
  client_id: string;
  /** Whether an organization's own administrator may map and give it. */
  delegable: boolean;
  created_at: number;
  updated_at: number;
  version: number;
}

export const roles = new EntitySchema<RoleRow>({
  name: 'roles',
  columns: {
    id: key(),
    name: string(),
    description: string({ nullable: true }),
    client_id: string(),
    delegable: bool(),
    created_at: time(),
    updated_at: time(),
    version: int(),
  },
  indices: [
    { name: 'roles_name', columns: ['client_id', 'name'], unique: true },
    { name: 'roles_order', columns: ['created_at', 'id'] },
  ],
});

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

/** An endpoint of the vendor that hears of what happens. */
export interface EventHookRow {
  id: string;
  url: string;
  /** Types and `thing.*`; null: all. */
  events: string[] | null;
  /** Ids; null: all, and the installation's own events. */
  organizations: string[] | null;
  description: string | null;
  enabled: boolean;
  /** Why Postern itself switched it off. */
  disabled_reason: string | null;
  /** Sealed JSON [{secret, until}]: newest first, the older one signs until then. */
  sealed_secrets: string;
  created_at: number;
  updated_at: number;
  version: number;
}

export const event_hooks = new EntitySchema<EventHookRow>({
  name: 'event_hooks',
  columns: {
    id: key(),
    url: text(),
    events: json({ nullable: true }),
    organizations: json({ nullable: true }),
    description: string({ nullable: true }),
    enabled: bool(),
    disabled_reason: string({ nullable: true }),
    sealed_secrets: text(),
    created_at: time(),
    updated_at: time(),
    version: int(),
  },
  indices: [{ name: 'event_hooks_order', columns: ['created_at', 'id'] }],
});

/** An endpoint of the vendor that is asked before something goes on. */
export interface InlineHookRow {
  id: string;
  point: 'before_user_created' | 'before_token' | 'after_login';
  url: string;
  /** Ids; null: all. */
  organizations: string[] | null;
  on_failure: 'fail_open' | 'fail_closed';
  timeout_ms: number;
  description: string | null;
  enabled: boolean;
  /** As of an event hook. */
  sealed_secrets: string;
  created_at: number;
  updated_at: number;
  version: number;
}

export const inline_hooks = new EntitySchema<InlineHookRow>({
  name: 'inline_hooks',
  columns: {
    id: key(),
    point: string(),
    url: text(),
    organizations: json({ nullable: true }),
    on_failure: string(),
    timeout_ms: int(),
    description: string({ nullable: true }),
    enabled: bool(),
    sealed_secrets: text(),
    created_at: time(),
    updated_at: time(),
    version: int(),
  },
  indices: [{ name: 'inline_hooks_order', columns: ['created_at', 'id'] }],
});

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
    { name: 'login_traces_expiry', columns: ['expires_at'] },
  ],
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
