import type { TestBroker } from './broker.ts';

type Api = Pick<TestBroker, 'api'>;

export interface Tenant {
  readonly org_id: string;
  readonly slug: string;
  readonly domain: string;
}

/** An organization with one proven domain. */
export async function add_organization({ api }: Api, slug: string, name = slug, domain = `${slug}.example`): Promise<Tenant> {
  const { id } = await api<{ id: string }>('POST', '/organizations', { slug, name });
  await api('POST', `/organizations/${id}/domains`, { domain, verified: true });
  return { org_id: id, slug, domain };
}

/** A connection of the organization; answers its id. */
export async function add_connection({ api }: Api, { org_id }: Tenant, body: Readonly<Record<string, unknown>>): Promise<Connected> {
  return api<Connected>('POST', `/organizations/${org_id}/connections`, { name: 'Test', enabled: true, ...body });
}

export interface Connected {
  readonly id: string;
  readonly service_provider: Readonly<Record<string, string>>;
}

/** What a mock OIDC provider is connected by. */
export const oidc_settings = (mock: { issuer: string; client_id: string; client_secret: string }) => ({
  protocol: 'oidc',
  oidc: { issuer: mock.issuer, client_id: mock.client_id, client_secret: mock.client_secret },
});

/** What a mock SAML identity provider is connected by. */
export const saml_settings = (mock: { metadata_url: string }) => ({ protocol: 'saml', saml: { metadata_url: mock.metadata_url } });

/** What a mock directory is connected by. */
export const ldap_settings = (mock: {
  urls: readonly string[];
  ca_pem: string;
  bind_dn: string;
  bind_password: string;
  base_dn: string;
}) => ({
  protocol: 'ldap',
  ldap: { urls: mock.urls, ca_pem: mock.ca_pem, bind_dn: mock.bind_dn, bind_password: mock.bind_password, base_dn: mock.base_dn },
});

/** An app of the vendor. */
export function add_client(
  { api }: Api,
  body: Readonly<Record<string, unknown>> = {},
): Promise<{ client_id: string; client_secret: string }> {
  return api('POST', '/clients', {
    client_name: 'Test app',
    redirect_uris: ['http://127.0.0.1:9/callback'],
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
    ...body,
  });
}
