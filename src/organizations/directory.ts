import type { Subscriber } from '../audit/index.ts';
import { type OrgId, parse_connection_id, parse_org_id } from '../kernel/index.ts';
import type { ConnectionRow, EventHookRow, InlineHookRow, Storage } from '../storage/index.ts';
import { make_cache } from './cache.ts';
import { type ClientSecrets, open_secrets } from './client/index.ts';
import { hook_secrets } from './hooks/index.ts';
import { type ReadyMapping, ready_mapping } from './role_match.ts';

export interface DirectoryOrganization {
  readonly id: OrgId;
  readonly slug: string;
  readonly name: string;
  readonly active: boolean;
  readonly branding: Readonly<Record<string, string>>;
}

/** A connection without its secrets, and without those settings that are documents. */
export interface DirectoryConnection
  extends Pick<ConnectionRow, 'id' | 'protocol' | 'name' | 'enabled' | 'attribute_mapping' | 'provisioning' | 'settings'> {
  readonly org_id: OrgId;
}

export interface DirectoryClient {
  readonly client_id: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly secret: string | undefined;
  /** The one before, and when it ends (epoch milliseconds). */
  readonly previous_secret?: ClientSecrets['previous'];
  readonly organizations: readonly string[] | null;
  readonly first_party: boolean;
}

export interface DirectoryResource {
  readonly identifier: string;
  readonly scopes: readonly string[];
  readonly access_token_format: 'jwt' | 'opaque';
  readonly access_token_signing_alg: 'RS256' | 'ES256' | 'EdDSA';
  readonly access_token_ttl_seconds: number;
}

/** An endpoint that is asked while a person waits. */
export interface DirectoryInlineHook extends Pick<InlineHookRow, 'id' | 'version' | 'url' | 'on_failure' | 'timeout_ms'> {
  /** Those that sign at this moment, newest first. */
  secrets(now: number): readonly string[];
}

/** The configuration as every sign-in reads it: from memory, at most a second behind another process. */
export interface Directory {
  organization(id: string): Promise<DirectoryOrganization | undefined>;
  organization_view(id: string): Promise<DirectoryOrganization | undefined>;
  organization_named(id_or_slug: string): Promise<DirectoryOrganization | undefined>;
  /** Only of a proven domain, in lower case A-labels. */
  organization_of_domain(domain: string): Promise<DirectoryOrganization | undefined>;
  connection(id: string): Promise<DirectoryConnection | undefined>;
  connection_view(id: string): Promise<DirectoryConnection | undefined>;
  /** The id of the connection that another broker's path leads to. */
  connection_at(path: string): Promise<string | undefined>;
  /** In the order in which they were made. */
  connections_of(org_id: string): Promise<readonly DirectoryConnection[]>;
  /** Domains that this organization has proven. */
  verified_domains(org_id: OrgId): Promise<ReadonlySet<string>>;
  role_mappings(org_id: OrgId): Promise<readonly ReadyMapping[]>;
  /** An app that is enabled. */
  client(client_id: string): Promise<DirectoryClient | undefined>;
  /** An app, enabled or not: what is still to be told to it. */
  registered_client(client_id: string): Promise<DirectoryClient | undefined>;
  /** Does this app, enabled or not, want to hear of the end of sessions? */
  wants_logout(client_id: string): Promise<boolean>;
  resource(identifier: string): Promise<DirectoryResource | undefined>;
  /** Those that are enabled: what the record asks at every change. */
  event_hooks(): Promise<readonly Subscriber[]>;
  /** Those that are enabled for this organization, in the order in which they were made. */
  inline_hooks(point: InlineHookRow['point'], org_id: string): Promise<readonly DirectoryInlineHook[]>;
}

/** Entries of each kind in memory, however many there are in the database. */
const KEPT = 5000;
/** Names come from whoever asks: longer ones are of nothing, and are not remembered. */
const MAX_NAME = 1024;
/** No text that is stored holds a NUL, and PostgreSQL does not even take one to look for. */
const is_name = (text: string): boolean => text.length <= MAX_NAME && !text.includes('\0');
/** Longer paths are nobody's. */
const MAX_ALIAS = 255;
/** Of a setting in memory: what is longer is a document for the connector, not for a sign-in. */
const MAX_SETTING = 2048;

export function make_directory(storage: Storage): Directory {
  const organizations = make_cache(KEPT, (id) => load_organization(storage, id));
  const slugs = make_cache(KEPT, (slug) => id_of(storage, `SELECT "id" FROM "organizations" WHERE "slug" = ?`, slug));
  const domains = make_cache(KEPT, (domain) =>
    id_of(storage, `SELECT "org_id" AS "id" FROM "domains" WHERE "verified_domain" = ?`, domain),
  );
  const aliases = make_cache(KEPT, (path) =>
    id_of(storage, `SELECT "connection_id" AS "id" FROM "connection_aliases" WHERE "id" = ?`, path),
  );
  const connections = make_cache(KEPT, (id) => load_connection(storage, id));
  const connections_of = make_cache(KEPT, (org_id) => load_connections(storage, org_id));
  const verified = make_cache(KEPT, async (org_id) => {
    const rows = await storage.org(org_id as OrgId).domains.find({ status: 'verified' }); // only ever asked with one: see below
    return new Set(rows.map((row) => row.id));
  });
  const mappings = make_cache(KEPT, async (org_id) => {
    const rows = await storage.org(org_id as OrgId).role_mappings.find({}); // as above
    return rows.map(ready_mapping);
  });
  const clients = make_cache(KEPT, (id) => load_client(storage, id));
  const resources = make_cache(KEPT, (identifier) => storage.gateway.resources.find_one({ identifier }));
  const event_hooks = make_cache(1, async () => (await storage.gateway.event_hooks.find({ enabled: true })).map(subscriber));
  const inline_hooks = make_cache(1, () => storage.gateway.inline_hooks.find({ enabled: true }));
  const caches = [
    organizations,
    slugs,
    domains,
    connections,
    connections_of,
    verified,
    mappings,
    clients,
    resources,
    event_hooks,
    inline_hooks,
  ];
  storage.on_config_change(() => {
    for (const cache of caches) cache.drop();
  });

  const organization = async (id: string) => (parse_org_id(id) === undefined ? undefined : organizations.get(id));
  const connection = async (id: string) => (parse_connection_id(id) === undefined ? undefined : connections.get(id));
  const named = async (cache: typeof slugs, name: string) => {
    const id = is_name(name) ? await cache.get(name) : undefined;
    return id === undefined ? undefined : organization(id);
  };
  const client = async (id: string) => (is_name(id) ? clients.get(id) : undefined);
  return {
    organization,
    organization_view: organization,
    organization_named: (name) => (parse_org_id(name) === undefined ? named(slugs, name) : organization(name)),
    organization_of_domain: (domain) => named(domains, domain),
    connection,
    connection_view: connection,
    connection_at: async (path) => (path.length > MAX_ALIAS ? undefined : aliases.get(path)),
    connections_of: async (org_id) => (parse_org_id(org_id) === undefined ? [] : connections_of.get(org_id)),
    verified_domains: (org_id) => verified.get(org_id),
    role_mappings: (org_id) => mappings.get(org_id),
    async client(id) {
      const found = await client(id);
      return found?.enabled === true ? found : undefined;
    },
    registered_client: client,
    wants_logout: async (id) => typeof (await client(id))?.metadata['backchannel_logout_uri'] === 'string',
    resource: async (identifier) => (is_name(identifier) ? resources.get(identifier) : undefined),
    event_hooks: () => event_hooks.get(''),
    async inline_hooks(point, org_id) {
      const all = await inline_hooks.get('');
      return all
        .filter((row) => row.point === point && (row.organizations === null || row.organizations.includes(org_id)))
        .sort((a, b) => a.created_at - b.created_at || (a.id < b.id ? -1 : 1))
        .map((row) => inline_hook(storage, row));
    },
  };
}

const subscriber = ({ id, events, organizations }: EventHookRow): Subscriber => ({ id, events, organizations });

const inline_hook = (
  storage: Storage,
  { id, version, url, on_failure, timeout_ms, sealed_secrets }: InlineHookRow,
): DirectoryInlineHook => ({
  ...{ id, version, url, on_failure, timeout_ms },
  secrets: (now) => hook_secrets(storage.seal, id, sealed_secrets, now),
});

async function id_of(storage: Storage, statement: string, name: string): Promise<string | undefined> {
  return (await storage.sql.get<{ id: string }>(statement, [name]))?.id;
}

async function load_organization(storage: Storage, id: string): Promise<DirectoryOrganization | undefined> {
  const row = await storage.gateway.organizations.find_one({ id });
  if (row === undefined) return undefined;
  const { slug, name, branding } = row;
  return { id: row.id as OrgId, slug, name, active: row.status === 'active', branding }; // the id of a row
}

async function load_connection(storage: Storage, id: string): Promise<DirectoryConnection | undefined> {
  const org_id = await id_of(storage, `SELECT "org_id" AS "id" FROM "connections" WHERE "id" = ?`, id);
  const row = org_id === undefined ? undefined : await storage.org(org_id as OrgId).connections.find_one({ id }); // the owner in its row
  return row === undefined ? undefined : view_of(row);
}

async function load_connections(storage: Storage, org_id: string): Promise<DirectoryConnection[]> {
  const rows = await storage.org(org_id as OrgId).connections.find({}); // its shape was checked
  return rows.sort((a, b) => a.created_at - b.created_at || (a.id < b.id ? -1 : 1)).map(view_of);
}

function view_of(row: ConnectionRow): DirectoryConnection {
  const { id, protocol, name, enabled, attribute_mapping, provisioning } = row;
  const settings = Object.fromEntries(Object.entries(row.settings).filter(([, value]) => JSON.stringify(value).length <= MAX_SETTING));
  return { id, org_id: row.org_id as OrgId, protocol, name, enabled, attribute_mapping, provisioning, settings }; // the owner in its row
}

async function load_client(storage: Storage, id: string): Promise<(DirectoryClient & { readonly enabled: boolean }) | undefined> {
  const row = await storage.gateway.clients.find_one({ id });
  if (row === undefined) return undefined;
  const secrets = row.sealed_secret === null ? undefined : open_secrets(storage.seal, row.id, row.sealed_secret);
  return {
    client_id: row.id,
    metadata: row.metadata,
    secret: secrets?.current,
    previous_secret: secrets?.previous,
    organizations: row.organizations,
    first_party: row.metadata['first_party'] !== false,
    enabled: row.enabled,
  };
}
