import { z } from 'zod';
import { type Call, ConnectorError, type Tools } from '../connector.ts';
import { is_web_address, type OidcConfig } from './settings.ts';
import { published_issuer } from './tenants.ts';

/** What is known of a provider, vetted. */
export interface Provider {
  readonly issuer: string;
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly jwks_uri: string;
  readonly userinfo_endpoint?: string | undefined;
  readonly end_session_endpoint?: string | undefined;
  /** Those of ours that it has, or RS256 when it says nothing (OIDC Discovery 3 demands that it does). */
  readonly id_token_signing_alg_values_supported: readonly string[];
  readonly userinfo_signing_alg_values_supported: readonly string[];
  readonly token_endpoint_auth_methods_supported?: readonly string[] | undefined;
  readonly authorization_response_iss_parameter_supported?: boolean | undefined;
}

/** Asymmetric, and none of them broken. */
export const SIGNING_ALGS: readonly string[] = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

const endpoint = z.string().max(2048).refine(is_web_address);
const document = z.object({
  issuer: z.string(),
  authorization_endpoint: endpoint,
  token_endpoint: endpoint,
  jwks_uri: endpoint,
  userinfo_endpoint: endpoint.optional(),
  end_session_endpoint: endpoint.optional(),
  id_token_signing_alg_values_supported: z.array(z.string()).optional(),
  userinfo_signing_alg_values_supported: z.array(z.string()).optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
  authorization_response_iss_parameter_supported: z.boolean().optional(),
});

export const discovery_url = (issuer: string): string => `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;

/** Reads the discovery document. @throws ConnectorError with what to mend */
export async function discover(config: OidcConfig, tools: Pick<Tools, 'fetch'>, call?: Pick<Call, 'signal'>): Promise<Provider> {
  const url = discovery_url(config.issuer);
  const answer = await tools.fetch(url, { headers: { accept: 'application/json' }, ...(call !== undefined && { signal: call.signal }) });
  if (answer.status !== 200) {
    throw new ConnectorError(answer.status >= 500 ? 'unreachable' : 'misconfigured', `${url} answered ${answer.status}`, {
      fix: 'Check oidc.issuer: its discovery document must be at this address. Or give the endpoints in oidc.discovery.',
    });
  }
  return read_provider(answer.body, config);
}

/** @throws ConnectorError */
export function read_provider(body: Uint8Array, config: Pick<OidcConfig, 'issuer' | 'tenants'>): Provider {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    throw new ConnectorError('malformed', 'the discovery document is not JSON', { cause, fix: 'Check oidc.issuer.' });
  }
  const read = document.safeParse(json);
  if (!read.success) {
    const fields = [...new Set(read.error.issues.map((issue) => issue.path.join('.')))].join(', ');
    throw new ConnectorError('malformed', `the discovery document is wrong or incomplete: ${fields}`, {
      fix: 'Check oidc.issuer: there must be an OpenID Connect provider. Or give the endpoints in oidc.discovery.',
    });
  }
  if (read.data.issuer !== published_issuer(config)) {
    throw new ConnectorError('misconfigured', 'the discovery document names another issuer', {
      fix: `Set oidc.issuer to exactly what the provider calls itself: ${read.data.issuer.slice(0, 300)}`,
    });
  }
  return vetted(read.data);
}

/** The provider that the settings describe by themselves. */
export const explicit_provider = (config: OidcConfig): Provider | undefined =>
  config.endpoints === undefined ? undefined : vetted({ issuer: config.issuer, ...config.endpoints });

/** What `discover` answered before, from where it was kept. */
export function kept_provider(resolved: Readonly<Record<string, unknown>>, config: OidcConfig): Provider | undefined {
  const read = document.safeParse(resolved['provider']);
  return read.success && read.data.issuer === published_issuer(config) ? vetted(read.data) : undefined;
}

type Algs = 'id_token_signing_alg_values_supported' | 'userinfo_signing_alg_values_supported';
type Named = Omit<Provider, Algs> & Partial<Record<Algs, readonly string[] | undefined>>;

const trusted_algs = (named: readonly string[]): string[] => named.filter((alg) => SIGNING_ALGS.includes(alg));

/** @throws ConnectorError when it signs with nothing that can be trusted, or sends people where anybody can listen */
function vetted(named: Named): Provider {
  // plain http is for partners in an allowed private network: whether it is one, the egress sees at the token endpoint
  const in_clear = (['authorization_endpoint', 'end_session_endpoint'] as const).find((name) => named[name]?.startsWith('http:') === true);
  if (in_clear !== undefined && named.token_endpoint.startsWith('https:')) {
    throw new ConnectorError('misconfigured', `the ${in_clear} begins with http://`, { fix: 'Every endpoint must begin with https://.' });
  }
  const algs = trusted_algs(named.id_token_signing_alg_values_supported ?? ['RS256']);
  if (algs.length === 0) {
    throw new ConnectorError('untrusted', 'the provider signs ID tokens with no algorithm that can be trusted', {
      fix: 'Let the provider sign ID tokens with RS256 or ES256.',
    });
  }
  const for_userinfo = trusted_algs(named.userinfo_signing_alg_values_supported ?? algs);
  return { ...named, id_token_signing_alg_values_supported: algs, userinfo_signing_alg_values_supported: for_userinfo };
}
