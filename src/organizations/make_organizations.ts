import type { Connector } from '../../connectors/connector.ts';
import { NotFound, type OrgId, parse_org_id } from '../kernel/index.ts';
import { type ClientCollection, make_client_collection } from './client/index.ts';
import type { Collection } from './collection.ts';
import {
  announce_endings,
  type ConnectionCollection,
  ending_soon,
  make_connection_collection,
  refresh_connections,
  renew_keys,
  run_checks,
} from './connection/index.ts';
import { make_connectors } from './connectors.ts';
import { type ContactView, make_contact_collection } from './contact.ts';
import type { OrganizationsDeps } from './deps.ts';
import { type Directory, make_directory } from './directory.ts';
import { type DomainCollection, make_domain_collection } from './domain.ts';
import { type HealthView, organization_health } from './health/index.ts';
import {
  type EventHookCollection,
  type InlineHookCollection,
  make_event_hook_collection,
  make_inline_hook_collection,
} from './hooks/index.ts';
import { make_organization_collection, type OrganizationView } from './organization.ts';
import {
  make_registration,
  make_registration_token_collection,
  type Registration,
  type RegistrationTokenCollection,
} from './registration/index.ts';
import { make_resource_collection, type ResourceView } from './resource.ts';
import { make_role_collection, type RoleView } from './role.ts';
import { make_role_mapping_collection, type RoleMappingView } from './role_mapping.ts';
import { make_scim_target_collection, type ScimTargetCollection } from './scim_target/index.ts';
import { make_signal_source_collection, type SignalSourceCollection } from './signal_source.ts';
import { make_setup_link_collection, make_setup_visits, type SetupLinkCollection, type SetupVisits } from './setup_links/index.ts';

/** A collection whose items can change. */
export type Editable<View> = Collection<View> & Required<Pick<Collection<View>, 'update'>>;

export interface Organizations {
  readonly directory: Directory;
  readonly organizations: Editable<OrganizationView>;
  domains(org_id: OrgId): DomainCollection;
  connections(org_id: OrgId): ConnectionCollection;
  role_mappings(org_id: OrgId): Editable<RoleMappingView>;
  contacts(org_id: OrgId): Editable<ContactView>;
  /** Transmitters of the partner's that may end sessions. */
  signal_sources(org_id: OrgId): SignalSourceCollection;
  /** What is missing or soon will be; asks no partner. @throws NotFound */
  health(org_id: OrgId): Promise<HealthView>;
  setup_links(org_id: OrgId): SetupLinkCollection;
  /** What the portal does with a link. */
  readonly setup_visits: SetupVisits;
  readonly clients: ClientCollection;
  /** Tokens by which apps register themselves. */
  readonly registration_tokens: RegistrationTokenCollection;
  readonly registration: Registration;
  readonly resources: Editable<ResourceView>;
  readonly roles: Editable<RoleView>;
  readonly event_hooks: EventHookCollection;
  readonly inline_hooks: InlineHookCollection;
  readonly scim_targets: ScimTargetCollection;
  /** Where everything that is of one organization starts. @throws NotFound */
  require_organization(id_or_slug: string): Promise<{ readonly id: OrgId; readonly slug: string; readonly name: string }>;
  /** Opened once per version of the connection, whether enabled or not. @throws NotFound | Misconfigured */
  connector(connection_id: string): Promise<Connector>;
  /** Renews keys, asks partners again for what they publish, closes what was replaced; called by a timer. */
  tend(now: number): Promise<void>;
  /** Connections whose first certificate ends within 60 days, the soonest first, a bounded number: for metrics. */
  ending_soon(now: number): Promise<readonly { readonly id: string; readonly ends_at: number }[]>;
  close(): Promise<void>;
}

export function make_organizations(deps: OrganizationsDeps): Organizations {
  const { storage } = deps;
  const connectors = make_connectors(deps);
  const clients = make_client_collection(deps);
  const connections = (org_id: OrgId): ConnectionCollection => make_connection_collection(deps, org_id, (row) => run_checks(deps, row));
  return {
    directory: make_directory(storage),
    organizations: make_organization_collection(deps),
    domains: (org_id) => make_domain_collection(deps, org_id),
    connections,
    role_mappings: (org_id) => make_role_mapping_collection(deps, org_id),
    contacts: (org_id) => make_contact_collection(deps, org_id),
    signal_sources: (org_id) => make_signal_source_collection(deps, org_id),
    health: (org_id) => organization_health({ storage, now: deps.now, connections }, org_id),
    setup_links: (org_id) => make_setup_link_collection(deps, org_id, (id, act) => connections(org_id).update(id, { enabled: true }, act)),
    setup_visits: make_setup_visits(deps),
    clients,
    registration_tokens: make_registration_token_collection(deps),
    registration: make_registration(deps, clients),
    resources: make_resource_collection(deps),
    roles: make_role_collection(deps),
    event_hooks: make_event_hook_collection(deps),
    inline_hooks: make_inline_hook_collection(deps),
    scim_targets: make_scim_target_collection(deps),
    async require_organization(id_or_slug) {
      const row = await storage.sql.get<{ id: OrgId; slug: string; name: string }>(
        `SELECT "id", "slug", "name" FROM "organizations" WHERE "${parse_org_id(id_or_slug) === undefined ? 'slug' : 'id'}" = ?`,
        [id_or_slug],
      );
      if (row === undefined) throw new NotFound('organization');
      return { id: row.id, slug: row.slug, name: row.name };
    },
    connector: (connection_id) => connectors.get(connection_id),
    async tend(now) {
      await Promise.all([renew_keys(deps, now), refresh_connections(deps, now), connectors.tend(now)]);
      await announce_endings(deps, now);
    },
    ending_soon: (now) => ending_soon(storage, now),
    close: () => connectors.close(),
  };
}
