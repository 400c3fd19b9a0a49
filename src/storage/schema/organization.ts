import { EntitySchema, type EntitySchemaOptions } from 'typeorm';
import { bool, int, json, key, string, text, time } from '../columns.ts';

type ForeignKey = NonNullable<EntitySchemaOptions<unknown>['foreignKeys']>[number];

/** Rows of one organization: `org_id` is half of every key and the beginning of every unique index. Times are epoch milliseconds. */
export interface OrgOwned {
  org_id: string;
}

export const of_organization: ForeignKey = {
  target: 'organizations',
  columnNames: ['org_id'],
  referencedColumnNames: ['id'],
  onDelete: 'CASCADE',
};

export const within = (target: string, column: string, on_delete: 'CASCADE' | 'NO ACTION' = 'CASCADE'): ForeignKey => ({
  target,
  columnNames: ['org_id', column],
  referencedColumnNames: ['org_id', 'id'],
  onDelete: on_delete,
});

export interface DomainRow extends OrgOwned {
  /** The domain itself, lower case A-labels. */
  id: string;
  status: 'pending' | 'verified';
  /** The domain once verified: unique over all organizations. */
  verified_domain: string | null;
  txt_token: string;
  verified_at: number | null;
  last_checked_at: number | null;
  /** Why the last look did not prove it. */
  last_error: string | null;
  created_at: number;
  version: number;
}

export const domains = new EntitySchema<DomainRow>({
  name: 'domains',
  columns: {
    org_id: key(),
    id: key(),
    status: string(),
    verified_domain: string({ nullable: true }),
    txt_token: string(),
    verified_at: time({ nullable: true }),
    last_checked_at: time({ nullable: true }),
    last_error: string({ nullable: true }),
    created_at: time(),
    version: int(),
  },
  // the one unique index that spans organizations: a domain has one owner
  indices: [{ name: 'domains_verified', columns: ['verified_domain'], unique: true }],
  foreignKeys: [of_organization],
});

export type Protocol = 'saml' | 'oidc' | 'ldap';

export interface ConnectionRow extends OrgOwned {
  id: string;
  protocol: Protocol;
  name: string;
  enabled: boolean;
  /** The protocol's settings without secrets. */
  settings: Record<string, unknown>;
  /** Sealed JSON {setting: secret}. */
  sealed_secrets: string | null;
  /** What the partner published when last asked. */
  resolved: Record<string, unknown>;
  resolved_at: number | null;
  /** When the partner is to be asked again; null: it publishes nothing that is read. */
  refresh_at: number | null;
  /** How keeping that fresh goes: the last failure, and keys that wait for approval. No setting, and no part of a version. */
  upkeep: Record<string, unknown>;
  /** When the ends of certificates are to be looked at again, so that each is announced in time. */
  announce_at: number | null;
  /** When the first certificate that is still valid ends; null where the partner is not known by certificates. */
  certificates_end_at: number | null;
  attribute_mapping: Record<string, unknown> | null;
  provisioning: { jit: boolean; update_on_login: boolean; link_by: 'none' | 'verified_email' };
  created_at: number;
  updated_at: number;
  version: number;
}

export const connections = new EntitySchema<ConnectionRow>({
  name: 'connections',
  columns: {
    org_id: key(),
    id: key(),
    protocol: string(),
    name: string(),
    enabled: bool(),
    settings: json(),
    sealed_secrets: text({ nullable: true }),
    resolved: json(),
    resolved_at: time({ nullable: true }),
    refresh_at: time({ nullable: true }),
    upkeep: json(),
    announce_at: time({ nullable: true }),
    certificates_end_at: time({ nullable: true }),
    attribute_mapping: json({ nullable: true }),
    provisioning: json(),
    created_at: time(),
    updated_at: time(),
    version: int(),
  },
  // connection addresses carry no organization: the id alone finds its owner
  indices: [
    { name: 'connections_id', columns: ['id'], unique: true },
    // over all organizations: what the background tends
    { name: 'connections_refresh', columns: ['refresh_at'] },
    { name: 'connections_announce', columns: ['announce_at'] },
    { name: 'connections_certificates', columns: ['certificates_end_at'] },
  ],
  foreignKeys: [of_organization],
});

/** A path of another broker under which a partner's answers arrive here as well. */
export interface ConnectionAliasRow extends OrgOwned {
  /** The path itself: `/sso/acs/123`. */
  id: string;
  connection_id: string;
}

export const connection_aliases = new EntitySchema<ConnectionAliasRow>({
  name: 'connection_aliases',
  columns: { org_id: key(), id: key(), connection_id: string() },
  // an address carries no organization: it leads to one connection of the whole installation
  indices: [
    { name: 'connection_aliases_path', columns: ['id'], unique: true },
    { name: 'connection_aliases_connection', columns: ['org_id', 'connection_id'] },
  ],
  foreignKeys: [within('connections', 'connection_id')],
});

export interface ConnectionKeyRow extends OrgOwned {
  id: string;
  connection_id: string;
  use: 'signing' | 'encryption';
  state: 'current' | 'next' | 'retired';
  certificate_pem: string;
  sealed_private_key: string;
  created_at: number;
  expires_at: number | null;
}

export const connection_keys = new EntitySchema<ConnectionKeyRow>({
  name: 'connection_keys',
  columns: {
    org_id: key(),
    id: key(),
    connection_id: string(),
    use: string(),
    state: string(),
    certificate_pem: text(),
    sealed_private_key: text(),
    created_at: time(),
    expires_at: time({ nullable: true }),
  },
  indices: [
    { name: 'connection_keys_connection', columns: ['org_id', 'connection_id'] },
    // as above
    { name: 'connection_keys_expiry', columns: ['expires_at'] },
  ],
  foreignKeys: [within('connections', 'connection_id')],
});

export interface UserRow extends OrgOwned {
  id: string;
  user_name: string;
  /** `user_name` folded for comparison. */
  user_name_key: string;
  email: string | null;
  email_key: string | null;
  /** What is known of the address: said false by the partner, or not. Domain proof is looked at when read. */
  email_denied: boolean;
  given_name: string | null;
  family_name: string | null;
  display_name: string | null;
  active: boolean;
  external_id: string | null;
  attributes: Record<string, unknown>;
  /** SCIM attributes that have no column of their own. */
  scim: Record<string, unknown>;
  /** Who made this row first. */
  source: 'jit' | 'scim' | 'api' | 'import' | 'sync';
  /** The SCIM token that owns it, once one does. */
  scim_owner: string | null;
  /** Which source spoke last of each attribute that has a value; null: nobody knows. */
  written_by: Record<string, string> | null;
  /** Since when the person is in none of the groups whose people may sign in; null: may. */
  kept_out_at: number | null;
  last_login_at: number | null;
  created_at: number;
  updated_at: number;
  version: number;
}

export const users = new EntitySchema<UserRow>({
  name: 'users',
  columns: {
    org_id: key(),
    id: key(),
    user_name: string(),
    user_name_key: string(),
    email: string({ nullable: true }),
    email_key: string({ nullable: true }),
    email_denied: bool(),
    given_name: string({ nullable: true }),
    family_name: string({ nullable: true }),
    display_name: string({ nullable: true }),
    active: bool(),
    external_id: string({ nullable: true }),
    attributes: json(),
    scim: json(),
    source: string(),
    scim_owner: string({ nullable: true }),
    written_by: json({ nullable: true }),
    kept_out_at: time({ nullable: true }),
    last_login_at: time({ nullable: true }),
    created_at: time(),
    updated_at: time(),
    version: int(),
  },
  indices: [
    // a token's `sub` carries no organization: the id alone finds its owner
    { name: 'users_id', columns: ['id'], unique: true },
    { name: 'users_user_name', columns: ['org_id', 'user_name_key'], unique: true },
    { name: 'users_email', columns: ['org_id', 'email_key'] },
    { name: 'users_external_id', columns: ['org_id', 'external_id'] },
    // over all organizations: an operator finds a person whose organization is not known
    { name: 'users_user_name_anywhere', columns: ['user_name_key'] },
    { name: 'users_email_anywhere', columns: ['email_key'] },
    { name: 'users_order', columns: ['org_id', 'created_at', 'id'] },
    // counted, and read page by page, without the rows themselves
    { name: 'users_active', columns: ['org_id', 'active', 'created_at', 'id', 'user_name_key'] },
  ],
  foreignKeys: [of_organization],
});

export interface IdentityRow extends OrgOwned {
  id: string;
  user_id: string;
  connection_id: string;
  subject: string;
  last_login_at: number | null;
  created_at: number;
}

export const identities = new EntitySchema<IdentityRow>({
  name: 'identities',
  columns: {
    org_id: key(),
    id: key(),
    user_id: string(),
    connection_id: string(),
    subject: string(),
    last_login_at: time({ nullable: true }),
    created_at: time(),
  },
  indices: [
    { name: 'identities_subject', columns: ['org_id', 'connection_id', 'subject'], unique: true },
    // one subject of a connection per person: a second one is a conflict, never a merge
    { name: 'identities_user', columns: ['org_id', 'user_id', 'connection_id'], unique: true },
  ],
  foreignKeys: [within('users', 'user_id'), within('connections', 'connection_id')],
});

/** The id of somebody who turned out to be somebody else: tokens already out still name it. */
export interface UserAliasRow extends OrgOwned {
  /** The id that was, never given again. */
  id: string;
  user_id: string;
  created_at: number;
}

export const user_aliases = new EntitySchema<UserAliasRow>({
  name: 'user_aliases',
  columns: { org_id: key(), id: key(), user_id: string(), created_at: time() },
  indices: [
    // as of users: the id alone finds its owner
    { name: 'user_aliases_id', columns: ['id'], unique: true },
    { name: 'user_aliases_user', columns: ['org_id', 'user_id'] },
  ],
  foreignKeys: [within('users', 'user_id')],
});

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

export interface GroupRow extends OrgOwned {
  id: string;
  display_name: string;
  display_name_key: string;
  external_id: string | null;
  scim: Record<string, unknown>;
  source: 'login' | 'scim' | 'api' | 'sync';
  created_at: number;
  updated_at: number;
  version: number;
}

export const groups = new EntitySchema<GroupRow>({
  name: 'groups',
  columns: {
    org_id: key(),
    id: key(),
    display_name: string(),
    display_name_key: string(),
    external_id: string({ nullable: true }),
    scim: json(),
    source: string(),
    created_at: time(),
    updated_at: time(),
    version: int(),
  },
  indices: [
    { name: 'groups_name', columns: ['org_id', 'display_name_key'], unique: true },
    { name: 'groups_order', columns: ['org_id', 'created_at', 'id'] },
  ],
  foreignKeys: [of_organization],
});

export interface GroupMemberRow extends OrgOwned {
  group_id: string;
  user_id: string;
  /** Everyone who says so, each between spaces: ` api `, ` scim con_… `; a connection speaks by its sign-ins and its sync alike. */
  sources: string;
}

export const group_members = new EntitySchema<GroupMemberRow>({
  name: 'group_members',
  columns: { org_id: key(), group_id: key(), user_id: key(), sources: text() },
  indices: [{ name: 'group_members_user', columns: ['org_id', 'user_id'] }],
  foreignKeys: [within('groups', 'group_id'), within('users', 'user_id')],
});

export interface RoleMappingRow extends OrgOwned {
  id: string;
  group: string | null;
  attribute_name: string | null;
  attribute_value: string | null;
  /** Of the person, where neither a group nor one attribute says enough. */
  expression: string | null;
  role: string;
  /** Empty: every app. */
  client_id: string;
  created_at: number;
  updated_at: number;
  version: number;
}

export const role_mappings = new EntitySchema<RoleMappingRow>({
  name: 'role_mappings',
  columns: {
    org_id: key(),
    id: key(),
    group: string({ nullable: true }),
    attribute_name: string({ nullable: true }),
    attribute_value: string({ nullable: true }),
    expression: text({ nullable: true }),
    role: string(),
    client_id: string(),
    created_at: time(),
    updated_at: time(),
    version: int(),
  },
  foreignKeys: [of_organization],
});

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

export interface UserRoleRow extends OrgOwned {
  user_id: string;
  role: string;
  client_id: string;
}

/** Roles given by hand. */
export const user_roles = new EntitySchema<UserRoleRow>({
  name: 'user_roles',
  columns: { org_id: key(), user_id: key(), role: key(), client_id: key() },
  foreignKeys: [within('users', 'user_id')],
});

export interface SessionRow extends OrgOwned {
  id: string;
  user_id: string;
  connection_id: string;
  /** Hash of the issuer's session uid. */
  uid_hash: string;
  /** Epoch milliseconds. */
  auth_time: number;
  acr: string | null;
  amr: string[];
  /** Sealed JSON for logout at the partner. */
  sealed_upstream: string | null;
  /** Hash of the partner's session handle (SAML SessionIndex, OIDC sid), to find it when the partner logs out. */
  upstream_hash: string | null;
  ip: string | null;
  user_agent: string | null;
  created_at: number;
  expires_at: number;
}

export const sessions = new EntitySchema<SessionRow>({
  name: 'sessions',
  columns: {
    org_id: key(),
    id: key(),
    user_id: string(),
    connection_id: string(),
    uid_hash: string(),
    auth_time: time(),
    acr: string({ nullable: true }),
    amr: json(),
    sealed_upstream: text({ nullable: true }),
    upstream_hash: string({ nullable: true }),
    ip: string({ nullable: true }),
    user_agent: string({ nullable: true }),
    created_at: time(),
    expires_at: time(),
  },
  indices: [
    // the issuer's cookie carries no organization
    { name: 'sessions_uid', columns: ['uid_hash'], unique: true },
    { name: 'sessions_user', columns: ['org_id', 'user_id'] },
    { name: 'sessions_connection', columns: ['org_id', 'connection_id', 'upstream_hash'] },
    { name: 'sessions_expiry', columns: ['expires_at'] },
  ],
  foreignKeys: [within('users', 'user_id'), within('connections', 'connection_id')],
});

/** What an app was told of a sign-in: outlives the session for as long as its refresh tokens do. */
export interface AppGrantRow extends OrgOwned {
  /** Hash of the issuer's grant id. */
  grant_hash: string;
  session_id: string;
  user_id: string;
  connection_id: string;
  client_id: string;
  /** The `sub` that the app was told, where the person has another id since; null: the user id. */
  told_sub: string | null;
  /** The `sid` claim of this app. */
  sid: string;
  auth_time: number;
  acr: string | null;
  amr: string[];
  session_expires_at: number;
  created_at: number;
}

export const app_grants = new EntitySchema<AppGrantRow>({
  name: 'app_grants',
  columns: {
    org_id: key(),
    grant_hash: key(),
    session_id: string(),
    user_id: string(),
    connection_id: string(),
    client_id: string(),
    told_sub: string({ nullable: true }),
    sid: string(),
    auth_time: time(),
    acr: string({ nullable: true }),
    amr: json(),
    session_expires_at: time(),
    created_at: time(),
  },
  indices: [
    // the issuer's tokens carry no organization
    { name: 'app_grants_hash', columns: ['grant_hash'], unique: true },
    { name: 'app_grants_session', columns: ['org_id', 'session_id'] },
    { name: 'app_grants_user', columns: ['org_id', 'user_id'] },
    { name: 'app_grants_connection', columns: ['org_id', 'connection_id'] },
    { name: 'app_grants_client', columns: ['client_id'] },
  ],
  foreignKeys: [within('users', 'user_id'), within('connections', 'connection_id')],
});

/** What the partner is asked again with about somebody who is signed in: lives beside the session and outlives it like the apps' grants. */
export interface RecheckRow extends OrgOwned {
  session_id: string;
  user_id: string;
  connection_id: string;
  /** Sealed JSON of the connector. */
  sealed_kept: string;
  /** Not before; whoever moves it on is the one who asks. */
  ask_at: number;
  /** Since when the partner has given no answer. */
  failing_since: number | null;
  expires_at: number;
}

export const rechecks = new EntitySchema<RecheckRow>({
  name: 'rechecks',
  columns: {
    org_id: key(),
    session_id: key(),
    user_id: string(),
    connection_id: string(),
    sealed_kept: text(),
    ask_at: time(),
    failing_since: time({ nullable: true }),
    expires_at: time(),
  },
  indices: [
    { name: 'rechecks_user', columns: ['org_id', 'user_id'] },
    { name: 'rechecks_connection', columns: ['org_id', 'connection_id'] },
    { name: 'rechecks_expiry', columns: ['expires_at'] },
  ],
  foreignKeys: [within('users', 'user_id'), within('connections', 'connection_id')],
});

/** What a person has allowed a third-party app to see, until it is taken back. */
export interface ConsentRow extends OrgOwned {
  id: string;
  user_id: string;
  client_id: string;
  /** Scope names by resource; those of the issuer itself under the empty name. */
  scopes: Record<string, string[]>;
  /** Claims asked for one by one (OIDC Core 5.5). */
  claims: string[];
  created_at: number;
  updated_at: number;
}

export const consents = new EntitySchema<ConsentRow>({
  name: 'consents',
  columns: {
    org_id: key(),
    id: key(),
    user_id: string(),
    client_id: string(),
    scopes: json(),
    claims: json(),
    created_at: time(),
    updated_at: time(),
  },
  indices: [{ name: 'consents_app', columns: ['org_id', 'user_id', 'client_id'], unique: true }],
  foreignKeys: [within('users', 'user_id')],
});

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
