import type { EntityManager, EntitySchema, ObjectLiteral } from 'typeorm';
import { type Reads, ScopedRows, type Writes } from './rows.ts';
import * as console from './schema/console.ts';
import * as schema from './schema/index.ts';
import * as provisioning from './schema/provisioning.ts';
import { signal_streams } from './schema/signals.ts';

/** Tables of the installation. Those that the hot path reads go through prepared SQL as well. */
export const gateway_schemas = {
  organizations: schema.organizations,
  logos: schema.logos,
  clients: schema.clients,
  registration_tokens: schema.registration_tokens,
  resources: schema.resources,
  roles: schema.roles,
  signing_keys: schema.signing_keys,
  admin_keys: schema.admin_keys,
  console_sessions: console.console_sessions,
  second_factors: console.second_factors,
  recovery_codes: console.recovery_codes,
  event_hooks: schema.event_hooks,
  inline_hooks: schema.inline_hooks,
  scim_targets: provisioning.scim_targets,
  scim_links: provisioning.scim_links,
  scim_link_members: provisioning.scim_link_members,
  scim_runs: provisioning.scim_runs,
  signal_streams,
  offboardings: schema.offboardings,
  receipts: schema.receipts,
  receipt_entries: schema.receipt_entries,
  oidc_payloads: schema.oidc_payloads,
  login_attempts: schema.login_attempts,
  first_uses: schema.first_uses,
  audit_events: schema.audit_events,
  audit_chain: schema.audit_chain,
  outbox: schema.outbox,
  login_traces: schema.login_traces,
  idempotency_keys: schema.idempotency_keys,
  rate_limits: schema.rate_limits,
  versions: schema.versions,
};

type Schemas = typeof gateway_schemas;
type RowOf<S> = S extends EntitySchema<infer Row extends ObjectLiteral> ? Row : never;

export type GatewayStore = { readonly [Table in keyof Schemas]: Writes<RowOf<Schemas[Table]>> };
export type GatewayReads = { readonly [Table in keyof Schemas]: Reads<RowOf<Schemas[Table]>> };

export function open_gateway_store(manager: EntityManager): GatewayStore {
  const store: Record<string, unknown> = {};
  for (const [table, entity] of Object.entries(gateway_schemas)) {
    store[table] = new ScopedRows<ObjectLiteral>(manager, entity, {}); // rows are plain objects
  }
  return store as unknown as GatewayStore; // built from the same table of schemas as the type
}
