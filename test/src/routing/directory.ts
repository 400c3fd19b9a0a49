import type { OrgId } from '../../../src/kernel/index.ts';
import type { RoutedConnection, RoutedOrganization, RoutingDirectory } from '../../../src/routing/directory.ts';

interface Tenant {
  readonly id: OrgId;
  readonly slug: string;
  readonly name?: string;
  readonly active?: boolean;
  /** Proven ones. */
  readonly domains?: readonly string[];
  readonly connections?: readonly (Partial<RoutedConnection> & { readonly id: string })[];
}

/** A configuration in memory; `asked` is what was looked up, in order. */
export function directory_of(tenants: readonly Tenant[]): RoutingDirectory & { readonly asked: string[] } {
  const asked: string[] = [];
  const view = ({ id, slug, name, active }: Tenant): RoutedOrganization => ({ id, name: name ?? slug, active: active ?? true });
  const connections_of = ({ id, connections }: Tenant): RoutedConnection[] =>
    (connections ?? []).map((connection) => ({ org_id: id, protocol: 'saml', name: connection.id, enabled: true, ...connection }));
  const look = <Value>(what: string, value: Value): Value => {
    asked.push(what);
    return value;
  };
  const found = (tenant: Tenant | undefined): RoutedOrganization | undefined => (tenant === undefined ? undefined : view(tenant));
  return {
    asked,
    organization_view: (id) => look(`organization ${id}`, found(tenants.find((one) => one.id === id))),
    organization_named: (name) => look(`name ${name}`, found(tenants.find((one) => one.id === name || one.slug === name))),
    connections_of: async (id) => look(`connections ${id}`, tenants.filter((one) => one.id === id).flatMap(connections_of)),
    connection_view: async (id) =>
      look(
        `connection ${id}`,
        tenants.flatMap(connections_of).find((one) => one.id === id),
      ),
    organization_of_domain: async (domain) => look('domain', found(tenants.find((one) => one.domains?.includes(domain) === true))),
  };
}
