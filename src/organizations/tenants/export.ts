import { is_own_client, type OrgId } from '../../kernel/index.ts';
import { contact_key } from './contact_side.ts';
import { every } from './every.ts';
import type { Item } from './plan.ts';
import type { TenantsDeps } from './deps.ts';

/** What a view says that nobody can set. */
const READ_ONLY = new Set([
  'id',
  'created_at',
  'updated_at',
  'service_provider',
  'trust',
  'txt_record',
  'verified_at',
  'last_checked_at',
  'last_error',
  'client_secret',
  'version',
  // of a SCIM target
  'secret_entered_at',
  'profile',
  'state',
  'failing_since',
  'paused_until',
  'last_success_at',
]);

/** The whole configuration as a tenants file has it. Secrets of connections read `***`, which keeps those that are there; apps come without theirs. */
export async function export_tenants(deps: TenantsDeps): Promise<Record<string, unknown>> {
  const organizations = await every(deps.organizations);
  const slugs = new Map(organizations.map((view) => [String(view['id']), String(view['slug'])]));
  const [resources, clients, roles] = [await every(deps.resources), await every(deps.clients), await every(deps.roles)];
  const with_slugs = (view: Item): Item => {
    const { organizations: ids } = view;
    return Array.isArray(ids) ? { ...view, organizations: ids.map((id) => slugs.get(String(id)) ?? id) } : view;
  };
  const targets = await every(deps.scim_targets);
  return {
    organizations: await Promise.all(organizations.map((view) => exported_organization(deps, view))),
    // Postern's own are as they are, unless somebody has switched one off
    clients: clients
      .filter((view) => !is_own_client(view['client_id']) || view['enabled'] === false)
      .map((view) => settable(with_slugs(view))),
    resources: resources.map(settable),
    roles: roles.map(settable),
    ...(targets.length > 0 && { scim_targets: targets.map((view) => settable(with_slugs(view))) }),
  };
}

async function exported_organization(deps: TenantsDeps, view: Item): Promise<Item> {
  const org_id = String(view['id']) as OrgId; // an id as the room itself shows it
  const [domains, connections, mappings] = [
    await every(deps.domains(org_id)),
    await every(deps.connections(org_id)),
    await every(deps.role_mappings(org_id)),
  ];
  const [contacts, sources] = [await every(deps.contacts(org_id)), await every(deps.signal_sources(org_id))];
  const names = new Map(connections.map(({ id, name }) => [id, name]));
  // one address is one contact in the file
  const by_address = new Map(contacts.map((contact) => [contact_key(contact), contact]));
  return {
    ...settable(view),
    domains: domains.map(({ domain, status }) => ({ domain, ...(status === 'verified' && { verified: true }) })),
    connections: connections.map(settable),
    role_mappings: mappings.map(settable),
    ...(contacts.length > 0 && { contacts: [...by_address.values()].map(settable) }),
    ...(sources.length > 0 && { signal_sources: sources.map((source) => exported_source(source, names.get(source['connection_id']))) }),
  };
}

/** Without what follows from the rest: it would be wrong in another installation. */
function exported_source({ issuer, configuration_url, jwks_uri, audience, events_url }: Item, connection: unknown): Item {
  return {
    ...{ connection, issuer },
    ...(configuration_url === null ? { jwks_uri } : { configuration_url }),
    ...(audience !== events_url && { audience }),
  };
}

/** Empty is what a field is without being said. */
const says_nothing = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0);

const settable = (view: Item): Item =>
  Object.fromEntries(Object.entries(view).filter(([name, value]) => !READ_ONLY.has(name) && !says_nothing(value)));
