import { is_own_client, type OrgId, parse_domain } from '../../kernel/index.ts';
import { contact_side } from './contact_side.ts';
import type { Check, TenantsDeps } from './deps.ts';
import { every } from './every.ts';
import type { TenantsFile } from './file.ts';
import { at, field, inner_side, type Place, type Rest } from './inner_side.ts';
import { type Item, type Items, type Planned, plan, type Side } from './plan.ts';
import { signal_source_side } from './signal_source_side.ts';

/** Every step, in an order in which nothing is missing: what is referred to comes first, and goes last. A list that the file does not have plans nothing. */
export async function plan_tenants(deps: TenantsDeps, file: TenantsFile): Promise<Planned> {
  const present = await every(deps.organizations);
  const ids = new Map(present.map((view) => [field(view, 'slug'), field(view, 'id') as OrgId])); // ids as the room itself shows them
  const planned: Planned[] = [await plan(organization_side(deps, file, present, ids))];
  if (file.resources !== undefined) planned.push(await plan(await resource_side(deps, file)));
  if (file.clients !== undefined) planned.push(await plan(await client_side(deps, file, present)));
  if (file.roles !== undefined) planned.push(await plan(await role_side(deps, file)));
  if (file.scim_targets !== undefined) planned.push(await plan(await target_side(deps, file, present)));
  const inner = await Promise.all(
    (file.organizations ?? []).map(async (organization, index) => {
      const { slug } = organization;
      const place = { deps, slug, known: ids.get(slug), org_id: () => ids.get(slug), path: `organizations.${index}` };
      return Promise.all([
        domain_side(place, organization.domains),
        connection_side(place, organization.connections),
        mapping_side(place, organization.role_mappings),
        contact_side(place, organization.contacts),
        signal_source_side(place, organization.signal_sources, organization.connections),
      ]);
    }),
  );
  // domains of all organizations, then their connections, then what names both
  for (const which of [0, 1, 2, 3, 4] as const) {
    for (const sides of inner) {
      const side = sides[which];
      if (side !== undefined) planned.push(await plan(side));
    }
  }
  const removals = planned.map((one) => one.removals);
  const [organizations = [], ...others] = removals;
  return {
    writes: planned.flatMap((one) => one.writes),
    // removed with its organization, what is in it needs no step of its own
    removals: [...others.reverse().flat(), ...(file.organizations === undefined ? [] : organizations)],
    problems: planned.flatMap((one) => one.problems),
  };
}

function organization_side(deps: TenantsDeps, file: TenantsFile, present: readonly Item[], ids: Map<string, OrgId>): Side {
  const bare = (file.organizations ?? []).map(
    ({ domains: _domains, connections: _connections, role_mappings: _mappings, contacts: _contacts, signal_sources: _sources, ...body }) =>
      body,
  );
  return {
    kind: 'organization',
    wanted: at('organizations', bare),
    present,
    id: 'id',
    key: (item) => field(item, 'slug'),
    label: (item) => field(item, 'slug'),
    items: () => deps.organizations,
    check: deps.check.organization,
    created: (view) => void ids.set(field(view, 'slug'), field(view, 'id') as OrgId), // as above
  };
}

function resource_side(deps: TenantsDeps, file: TenantsFile): Promise<Side> {
  return side_of(deps.resources, deps.check.resource, {
    kind: 'resource',
    wanted: at('resources', file.resources),
    key: (item) => field(item, 'identifier'),
    label: (item) => field(item, 'identifier'),
  });
}

/** Organizations are named as the file names them. */
function with_slugs(organizations: readonly Item[]): (item: Item) => Item {
  const slugs = new Map(organizations.map((view) => [field(view, 'id'), field(view, 'slug')]));
  return (item) => {
    const { organizations: list } = item;
    return Array.isArray(list) ? { ...item, organizations: list.map((id) => slugs.get(String(id)) ?? String(id)).sort() } : item;
  };
}

async function client_side(deps: TenantsDeps, file: TenantsFile, organizations: readonly Item[]): Promise<Side> {
  const by_slug = with_slugs(organizations);
  const side = await side_of(deps.clients, deps.check.client, {
    kind: 'client',
    wanted: at('clients', file.clients?.map(by_slug)),
    key: (item) => field(item, 'client_id'),
    label: (item) => field(item, 'client_id'),
  });
  // Postern's own apps are nobody's to remove for not being in the file; who names one means it
  const named = new Set(file.clients?.map((body) => field(body, 'client_id')));
  const theirs = side.present.filter(({ client_id }) => !is_own_client(client_id) || named.has(String(client_id)));
  return { ...side, present: theirs.map(by_slug) };
}

async function target_side(deps: TenantsDeps, file: TenantsFile, organizations: readonly Item[]): Promise<Side> {
  const by_slug = with_slugs(organizations);
  const name = (item: Item): string => field(item, 'name') || field(item, 'client_id');
  const side = await side_of(deps.scim_targets, deps.check.scim_target, {
    kind: 'SCIM target',
    wanted: at('scim_targets', file.scim_targets?.map(by_slug)),
    key: name,
    label: name,
    holds: (id, _path, value) => deps.target_holds(id, value),
  });
  return { ...side, present: side.present.map(by_slug) };
}

function role_side(deps: TenantsDeps, file: TenantsFile): Promise<Side> {
  return side_of(deps.roles, deps.check.role, {
    kind: 'role',
    wanted: at('roles', file.roles),
    key: (item) => JSON.stringify([field(item, 'name'), field(item, 'client_id')]),
    label: (item) => [field(item, 'name'), field(item, 'client_id')].filter((part) => part !== '').join(' for '),
  });
}

async function domain_side(place: Place, domains: readonly Item[] | undefined): Promise<Side | undefined> {
  if (domains === undefined) return undefined;
  const { deps } = place;
  const side = await inner_side(place, 'domains', (org_id) => deps.domains(org_id), domains, {
    kind: 'domain',
    key: (item) => field(item, 'domain'),
    label: (item) => field(item, 'domain'),
    check: deps.check.domain,
    replace: () => true,
  });
  // what is proven stays proven, whether or not the file says so
  const verified = (view: Item): Item => ({ ...view, ...(view['status'] === 'verified' && { verified: true }) });
  const wanted = side.wanted.map(({ path, body }) => ({ path, body: plainly(body) }));
  return { ...side, wanted, present: side.present.map(verified) };
}

function plainly({ verified, ...body }: Item): Item {
  const domain = parse_domain(field(body, 'domain').toLowerCase()) ?? body['domain'];
  return { ...body, domain, ...(verified !== undefined && verified !== false && { verified }) };
}

async function connection_side(place: Place, connections: readonly Item[] | undefined): Promise<Side | undefined> {
  if (connections === undefined) return undefined;
  const { deps } = place;
  return inner_side(place, 'connections', (org_id) => deps.connections(org_id), connections, {
    kind: 'connection',
    key: (item) => field(item, 'name'),
    label: (item) => field(item, 'name'),
    check: (body, there) => deps.check.connection(place.known, body, there),
    holds: async (id, path, value) => place.known !== undefined && deps.connection_holds(place.known, id, path, value),
  });
}

async function mapping_side(place: Place, mappings: readonly Item[] | undefined): Promise<Side | undefined> {
  if (mappings === undefined) return undefined;
  const { deps } = place;
  return inner_side(place, 'role_mappings', (org_id) => deps.role_mappings(org_id), mappings, {
    kind: 'role mapping',
    // a mapping is what it says: one that says something else is another
    key: (item) => JSON.stringify([item['group'] ?? null, attribute(item), item['role'] ?? null, item['client_id'] ?? null]),
    label: (item) => `${field(item, 'group') || attribute(item).join('=')} to ${field(item, 'role')}`,
    check: deps.check.role_mapping,
  });
}

function attribute(item: Item): unknown[] {
  const { attribute: given } = item;
  return typeof given === 'object' && given !== null && 'name' in given && 'value' in given ? [given.name, given.value] : [];
}

async function side_of(items: Items, check: Check, rest: Omit<Rest, 'check'> & Pick<Side, 'wanted'>): Promise<Side> {
  return { present: await every(items), id: 'id', items: () => items, check, ...rest };
}
