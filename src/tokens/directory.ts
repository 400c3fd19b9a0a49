import type { PreviousSecret } from './client_secrets.ts';
import type { OrgId } from '../kernel/index.ts';
import type { ReadyMapping } from '../organizations/index.ts';

/** What the issuer must know of the configuration, as cached by the organizations room. Every answer is of this moment. */
export interface IssuerDirectory {
  /** An enabled app: its registration metadata and its secret. */
  client(client_id: string): Promise<IssuerClient | undefined>;
  /** An app, enabled or not: what is still to be told to it. */
  registered_client(client_id: string): Promise<IssuerClient | undefined>;
  organization(
    id: OrgId,
  ): Promise<{ readonly id: OrgId; readonly slug: string; readonly name: string; readonly active: boolean } | undefined>;
  organization_named(id_or_slug: string): Promise<{ readonly id: OrgId; readonly active: boolean } | undefined>;
  /** The connection's organization and whether it may be used; undefined when there is none. */
  connection(connection_id: string): Promise<{ readonly org_id: OrgId; readonly enabled: boolean } | undefined>;
  /** Domains that this organization has proven, lower case. */
  verified_domains(id: OrgId): Promise<ReadonlySet<string>>;
  role_mappings(id: OrgId): Promise<readonly ReadyMapping[]>;
  resource(identifier: string): Promise<IssuerResource | undefined>;
}

export interface IssuerClient {
  readonly client_id: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly secret: string | undefined;
  readonly previous_secret?: PreviousSecret | undefined;
  /** Organizations whose people may use it; null: all. */
  readonly organizations: readonly string[] | null;
  readonly first_party: boolean;
}

export interface IssuerResource {
  readonly identifier: string;
  readonly scopes: readonly string[];
  readonly access_token_format: 'jwt' | 'opaque';
  readonly access_token_signing_alg: 'RS256' | 'ES256' | 'EdDSA';
  readonly access_token_ttl_seconds: number;
}

/** May people of this organization use this app? */
export const app_is_open_to = (client: IssuerClient, org_id: OrgId): boolean =>
  client.organizations === null || client.organizations.includes(org_id);
