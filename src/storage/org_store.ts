import type { EntityManager, EntitySchema } from 'typeorm';
import type { OrgId } from '../kernel/index.ts';
import { type Reads, ScopedRows, type Writes } from './rows.ts';
import * as schema from './schema/index.ts';
import { import_jobs, import_rows } from './schema/imports.ts';
import { user_emails } from './schema/user_emails.ts';
import { scim_requests } from './schema/scim_requests.ts';
import { signal_sources } from './schema/signals.ts';

/** Every table of an organization, by the name under which the store offers it. */
export const org_schemas = {
  domains: schema.domains,
  connections: schema.connections,
  connection_aliases: schema.connection_aliases,
  connection_keys: schema.connection_keys,
  users: schema.users,
  identities: schema.identities,
  user_aliases: schema.user_aliases,
  synced_people: schema.synced_people,
  connection_syncs: schema.connection_syncs,
  sync_runs: schema.sync_runs,
  groups: schema.groups,
  group_members: schema.group_members,
  role_mappings: schema.role_mappings,
  contacts: schema.contacts,
  user_roles: schema.user_roles,
  sessions: schema.sessions,
  app_grants: schema.app_grants,
  rechecks: schema.rechecks,
  consents: schema.consents,
  scim_tokens: schema.scim_tokens,
  scim_requests,
  signal_sources,
  user_emails,
  import_jobs,
  import_rows,
  setup_links: schema.setup_links,
};

type Schemas = typeof org_schemas;
type RowOf<S> = S extends EntitySchema<infer Row extends schema.OrgOwned> ? Row : never;

/** The only door to an organization's tables, for writing. */
export type OrgStore = { readonly [Table in keyof Schemas]: Writes<RowOf<Schemas[Table]>, 'org_id'> };
/** The same, for reading. */
export type OrgReads = { readonly [Table in keyof Schemas]: Reads<RowOf<Schemas[Table]>> };

export function open_org_store(manager: EntityManager, org_id: OrgId): OrgStore {
  const store: Record<string, unknown> = {};
  for (const [table, entity] of Object.entries(org_schemas)) {
    // each entity has org_id: OrgOwned says so
    store[table] = new ScopedRows<schema.OrgOwned, 'org_id'>(manager, entity, { org_id });
  }
  return store as unknown as OrgStore; // built from the same table of schemas as the type
}
