import { EntitySchema } from 'typeorm';
import { bool, int, json, key, string, text, time } from '../columns.ts';
import { of_organization, type OrgOwned, within } from './owned.ts';

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
