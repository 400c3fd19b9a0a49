export type Protocol = 'saml' | 'oidc' | 'ldap';

export interface RoutedOrganization {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
}

export interface RoutedConnection {
  readonly id: string;
  readonly org_id: string;
  readonly protocol: Protocol;
  readonly name: string;
  readonly enabled: boolean;
}

type Answer<Value> = Value | Promise<Value>;

/** What routing must know of the configuration, as it is at this moment. */
export interface RoutingDirectory {
  organization_view(id: string): Answer<RoutedOrganization | undefined>;
  organization_named(id_or_slug: string): Answer<{ readonly id: string } | undefined>;
  connections_of(org_id: string): Answer<readonly RoutedConnection[]>;
  connection_view(id: string): Answer<RoutedConnection | undefined>;
  /** Only of a proven domain, in lower case A-labels. */
  organization_of_domain(domain: string): Answer<RoutedOrganization | undefined>;
}
