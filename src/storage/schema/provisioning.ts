import { EntitySchema } from 'typeorm';
import { bool, int, json, key, string, text, time } from '../columns.ts';

/** Where the people of an app are told to it by SCIM. Of the installation, like the app itself. Times are epoch milliseconds. */
export interface ScimTargetRow {
  id: string;
  name: string;
  client_id: string;
  base_url: string;
  /** How we say who we are, without its secret. */
  auth: { entered_at: number } & ({ method: 'token' } | { method: 'oauth'; token_url: string; client_id: string; scope: string | null });
  /** The token, or the client secret. */
  sealed_secret: string;
  enabled: boolean;
  /** Ids; null: all that may use the app. */
  organizations: string[] | null;
  people: 'all' | 'in_groups' | 'with_role';
  /** SCIM attribute path -> where its value is taken from. */
  mapping: Record<string, string | { value: string }>;
  groups: { send: boolean; prefixes: string[]; names: string[]; display_name: string };
  roles: 'roles' | 'entitlements' | 'none';
  on_delete: 'delete' | 'deactivate';
  adopt: 'external_id' | 'name';
  preset: string;
  /** What the operator says of the target's limits. */
  capabilities: Record<string, unknown>;
  /** What the target itself has said of its limits, and what it turned out not to do. No setting, and no part of a version; so is all that follows. */
  learned: Record<string, unknown>;
  /** The target has asked for patience. */
  paused_until: number | null;
  /** In a row, until one succeeds. */
  failures: number;
  failing_since: number | null;
  last_error: string | null;
  last_success_at: number | null;
  created_at: number;
  updated_at: number;
  version: number;
}

export const scim_targets = new EntitySchema<ScimTargetRow>({
  name: 'scim_targets',
  columns: {
    id: key(),
    name: string(),
    client_id: string(),
    base_url: text(),
    auth: json(),
    sealed_secret: text(),
    enabled: bool(),
    organizations: json({ nullable: true }),
    people: string(),
    mapping: json(),
    groups: json(),
    roles: string(),
    on_delete: string(),
    adopt: string(),
    preset: string(),
    capabilities: json(),
    learned: json(),
    paused_until: time({ nullable: true }),
    failures: int(),
    failing_since: time({ nullable: true }),
    last_error: text({ nullable: true }),
    last_success_at: time({ nullable: true }),
    created_at: time(),
    updated_at: time(),
    version: int(),
  },
  indices: [
    { name: 'scim_targets_name', columns: ['name'], unique: true },
    { name: 'scim_targets_client', columns: ['client_id'] },
    { name: 'scim_targets_order', columns: ['created_at', 'id'] },
  ],
});

/** Who a person or a group of ours is at a target. Outlives them and their organization until the target has heard that they are gone. */
export interface ScimLinkRow {
  target_id: string;
  /** Of ours. */
  id: string;
  kind: 'user' | 'group';
  org_id: string;
  /** Null: asked for, the answer is not known. */
  remote_id: string | null;
  /** Attribute path -> hash of the value that the target has confirmed. */
  sent: Record<string, string>;
  active: boolean;
  /** The run that saw it at the target last. */
  seen_by: string | null;
  created_at: number;
  updated_at: number;
}

export const scim_links = new EntitySchema<ScimLinkRow>({
  name: 'scim_links',
  columns: {
    target_id: key(),
    id: key(),
    kind: string(),
    org_id: string(),
    remote_id: string({ nullable: true }),
    sent: json(),
    active: bool(),
    seen_by: string({ nullable: true }),
    created_at: time(),
    updated_at: time(),
  },
  indices: [
    // two of ours are never one of theirs
    { name: 'scim_links_remote', columns: ['target_id', 'kind', 'remote_id'], unique: true },
    { name: 'scim_links_org', columns: ['org_id', 'target_id', 'kind', 'id'] },
    { name: 'scim_links_local', columns: ['id'] },
  ],
});

/** Which members a target has confirmed of a group: what is still to be said is the difference. */
export interface ScimLinkMemberRow {
  target_id: string;
  group_id: string;
  user_id: string;
  /** The person there. */
  remote_id: string;
}

export const scim_link_members = new EntitySchema<ScimLinkMemberRow>({
  name: 'scim_link_members',
  columns: { target_id: key(), group_id: key(), user_id: key(), remote_id: string() },
  indices: [{ name: 'scim_link_members_user', columns: ['target_id', 'user_id'] }],
});

/** Something done with everybody of a target: a load, or a comparison. */
export interface ScimRunRow {
  /** Time-ordered. */
  id: string;
  target_id: string;
  kind: 'load' | 'drift_check';
  /** Only this organization's; null: all. */
  org_id: string | null;
  dry_run: boolean;
  repair: boolean;
  status: 'running' | 'done' | 'failed';
  /** Where it got to: `{phase, after}`. */
  place: Record<string, unknown>;
  total: number;
  seen: number;
  /** The outbox row that was appended last: what waits up to it is not done. */
  last_delivery: string | null;
  counts: Record<string, number>;
  /** The first of what was found. */
  findings: Record<string, unknown>[];
  error: string | null;
  actor: Record<string, string>;
  /** Not before; a failed step waits. */
  next_at: number;
  failures: number;
  leased_until: number | null;
  lease: string | null;
  created_at: number;
  finished_at: number | null;
}

export const scim_runs = new EntitySchema<ScimRunRow>({
  name: 'scim_runs',
  columns: {
    id: key(),
    target_id: string(),
    kind: string(),
    org_id: string({ nullable: true }),
    dry_run: bool(),
    repair: bool(),
    status: string(),
    place: json(),
    total: int(),
    seen: int(),
    last_delivery: string({ nullable: true }),
    counts: json(),
    findings: json(),
    error: text({ nullable: true }),
    actor: json(),
    next_at: time(),
    failures: int(),
    leased_until: time({ nullable: true }),
    lease: string({ nullable: true }),
    created_at: time(),
    finished_at: time({ nullable: true }),
  },
  indices: [
    { name: 'scim_runs_order', columns: ['target_id', 'created_at', 'id'] },
    { name: 'scim_runs_due', columns: ['status', 'next_at'] },
  ],
});
