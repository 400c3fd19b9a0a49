import { LoginRefused, type OrgId, parse_domain, parse_email } from '../kernel/index.ts';
import type { Decision, RouteRequest } from './decision.ts';
import type { RoutedOrganization, RoutingDirectory } from './directory.ts';

/**
 * Where this sign-in goes: explicit connection, else explicit organization, else the domain of a hint, else what was typed, else ask.
 * @throws LoginRefused `organization_unknown` when an explicit name is of nothing this app may use: unknown and foreign alike
 */
export async function route(request: RouteRequest, directory: RoutingDirectory): Promise<Decision> {
  if (request.connection !== undefined) return by_connection(request, request.connection, directory);
  if (request.organization !== undefined) return by_organization(request, request.organization, directory);
  const hinted = [request.login_hint, request.domain_hint].filter((hint) => hint !== undefined);
  for (const hint of hinted) {
    const organization = await organization_behind(hint, request, directory);
    if (organization !== undefined) return enter(organization.id, request.login_hint, directory);
  }
  return by_typed(request, hinted, directory);
}

async function by_connection(request: RouteRequest, id: string, directory: RoutingDirectory): Promise<Decision> {
  const connection = await directory.connection_view(id);
  if (connection === undefined || !may_use(request, connection.org_id)) throw unknown();
  if (request.organization !== undefined) {
    const named = await directory.organization_named(request.organization);
    if (named?.id !== connection.org_id) throw unknown();
  }
  const organization = await directory.organization_view(connection.org_id);
  if (organization === undefined) throw unknown();
  const { org_id } = connection;
  if (!organization.active || !connection.enabled) return { kind: 'unavailable', org_id };
  return { kind: 'connection', org_id, connection_id: connection.id, ...hint_of(request.login_hint ?? request.typed) };
}

async function by_organization(request: RouteRequest, id_or_slug: string, directory: RoutingDirectory): Promise<Decision> {
  const named = await directory.organization_named(id_or_slug);
  if (named === undefined || !may_use(request, named.id)) throw unknown();
  const organization = await directory.organization_view(named.id);
  if (organization === undefined) throw unknown();
  if (!organization.active) return { kind: 'unavailable', org_id: organization.id };
  return enter(organization.id, request.login_hint ?? request.typed, directory);
}

async function by_typed(request: RouteRequest, hinted: readonly string[], directory: RoutingDirectory): Promise<Decision> {
  const typed = request.typed?.trim();
  if (typed !== undefined) {
    const organization = await organization_behind(typed, request, directory);
    if (organization !== undefined) return enter(organization.id, typed, directory);
    const problem = domain_behind(typed) === undefined ? 'invalid_identifier' : 'unknown_identifier';
    return { kind: 'ask', problem, typed: typed.slice(0, 320) };
  }
  const [hint] = hinted;
  if (hint !== undefined && domain_behind(hint) !== undefined) return { kind: 'ask', problem: 'unknown_identifier', typed: hint };
  const remembered = await remembered_of(request, directory);
  const prefill = request.login_hint === undefined ? {} : { typed: request.login_hint.slice(0, 320) };
  return { kind: 'ask', ...prefill, ...(remembered !== undefined && { remembered }) };
}

async function remembered_of(request: RouteRequest, directory: RoutingDirectory): Promise<{ org_id: OrgId; name: string } | undefined> {
  if (request.remembered_org === undefined || !may_use(request, request.remembered_org)) return undefined;
  const organization = await directory.organization_view(request.remembered_org);
  return organization?.active === true ? { org_id: organization.id, name: organization.name } : undefined;
}

/**
 * One lookup, whatever comes of it: unknown, unproven, suspended and closed to this app cannot be told apart,
 * neither by the answer nor by the work behind it.
 */
async function organization_behind(
  identifier: string,
  request: RouteRequest,
  directory: RoutingDirectory,
): Promise<RoutedOrganization | undefined> {
  const domain = domain_behind(identifier);
  if (domain === undefined) return undefined;
  const organization = await directory.organization_of_domain(domain);
  return organization?.active === true && may_use(request, organization.id) ? organization : undefined;
}

/** The domain of an address, or the domain that the text is. */
const domain_behind = (identifier: string): string | undefined =>
  identifier.includes('@') ? parse_email(identifier)?.domain : parse_domain(identifier);

const may_use = (request: RouteRequest, org_id: OrgId): boolean =>
  request.client.organizations === null || request.client.organizations.includes(org_id);

async function enter(org_id: OrgId, login_hint: string | undefined, directory: RoutingDirectory): Promise<Decision> {
  const connections = (await directory.connections_of(org_id)).filter((connection) => connection.enabled && connection.org_id === org_id);
  const [first, second] = connections;
  if (first === undefined) return { kind: 'unavailable', org_id };
  if (second === undefined) return { kind: 'connection', org_id, connection_id: first.id, ...hint_of(login_hint) };
  return {
    kind: 'choose_connection',
    org_id,
    connections: connections.map(({ id, name, protocol }) => ({ id, name, protocol })),
    ...hint_of(login_hint),
  };
}

/** A bare domain says nothing of the person. */
const hint_of = (text: string | undefined): { login_hint?: string } =>
  text === undefined || text.length > 320 || (!text.includes('@') && parse_domain(text) !== undefined) ? {} : { login_hint: text };

const unknown = (): LoginRefused =>
  new LoginRefused('organization_unknown', 'There is no such organization or connection for this app.', { status: 400 });
