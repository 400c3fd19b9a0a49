import type { OrgId } from '../kernel/index.ts';

export type Protocol = 'saml' | 'oidc' | 'ldap';

export interface RoutedOrganization {
  readonly id: OrgId;
  readonly name: string;
  readonly active: boolean;
}

export interface RoutedConnection {
  readonly id: string;
  readonly org_id: OrgId;
  readonly protocol: Protocol;
  readonly name: string;
  readonly enabled: boolean;
}

type Answer<Value> = Value | Promise<Value>;

/** What routing must know of the configuration, as it is at this moment. */
export interface RoutingDirectory {
  organization_view(id: OrgId): Answer<RoutedOrganization | undefined>;
  organization_named(id_or_slug: string): Answer<{ readonly id: OrgId } | undefined>;
  connections_of(org_id: OrgId): Answer<readonly RoutedConnection[]>;
  connection_view(id: string): Answer<RoutedConnection | undefined>;
  /** Only of a proven domain, in lower case A-labels. */
  organization_of_domain(domain: string): Answer<RoutedOrganization | undefined>;
}
