import { EntitySchema } from 'typeorm';
import { json, key, string, text, time } from '../columns.ts';
import { type OrgOwned, within } from './owned.ts';

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
