import { decodeProtectedHeader } from 'jose';
import * as client from 'openid-client';
import { type Call, ConnectorError, type Tools } from '../connector.ts';
import type { KeyStore } from './key_store.ts';
import { claims_reader } from './claimed.ts';
import { take_code } from './take_code.ts';
import { own_signing_key } from './own_keys.ts';
import type { Provider } from './provider.ts';
import type { AuthMethod, OidcConfig } from './settings.ts';

/** Everything that is known of one connection's provider. */
export interface Party {
  readonly config: OidcConfig;
  readonly provider: Provider;
  readonly keys: KeyStore;
  readonly tools: Tools;
}

/**
 * openid-client for one sign-in: signatures always verified (it would not, for what comes from the token endpoint), against keys that were vetted,
 * over the guarded egress, within this call's deadline.
 */
export async function configuration(party: Party, call: Call): Promise<client.Configuration> {
  const { config, provider, tools } = party;
  const metadata = {
    ...provider,
    id_token_signing_alg_values_supported: [...provider.id_token_signing_alg_values_supported],
    userinfo_signing_alg_values_supported: [...provider.userinfo_signing_alg_values_supported],
  } as client.ServerMetadata; // vetted by provider.ts
  const about_us = {
    [client.clockTolerance]: config.clock_skew_seconds,
    // it reads the system's clock: this brings it to ours
    // eslint-disable-next-line no-restricted-syntax -- for the difference alone
    [client.clockSkew]: Math.round((tools.now() - Date.now()) / 1000),
    ...(config.client_secret !== undefined && { client_secret: config.client_secret }),
  };
  const how = await authentication(party);
  const made =
    config.tenants === undefined
      ? new client.Configuration(metadata, config.client_id, about_us, how)
      : await of_many_tenants(config, metadata, about_us, how);
  made[client.customFetch] = guarded(party, call);
  // whether plain http may be used is the egress's decision, and it was asked
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out
  client.allowInsecureRequests(made);
  client.enableNonRepudiationChecks(made);
  made.timeout = 0;
  return made;
}

/** Entra ID's issuer is a template, whose tenant openid-client takes from the token: which one it may be, `check_id_token` knows. It learns of the template by discovery only; nothing is fetched. */
const of_many_tenants = (
  config: OidcConfig,
  metadata: client.ServerMetadata,
  about_us: Partial<client.ClientMetadata>,
  how: client.ClientAuth,
): Promise<client.Configuration> =>
  client.discovery(new URL(config.issuer), config.client_id, about_us, how, { [client.customFetch]: async () => Response.json(metadata) });

async function authentication({ config, provider, tools }: Party): Promise<client.ClientAuth> {
  const method = config.auth_method ?? supported(provider);
  if (method === 'client_secret_post') return client.ClientSecretPost(config.client_secret);
  if (method === 'client_secret_basic') return client.ClientSecretBasic(config.client_secret);
  if (method === 'client_secret_jwt') return client.ClientSecretJwt(config.client_secret);
  const { key, kid } = await own_signing_key(tools);
  return client.PrivateKeyJwt({ key, kid });
}

/** OIDC Discovery 3: basic where nothing is said. */
function supported({ token_endpoint_auth_methods_supported: methods }: Provider): AuthMethod {
  return methods === undefined || methods.includes('client_secret_basic') || !methods.includes('client_secret_post')
    ? 'client_secret_basic'
    : 'client_secret_post';
}

/** The guarded egress in the shape of fetch. The key set is answered from what was vetted; a key that a token names is looked for before it is needed. */
function guarded(party: Party, call: Call): client.CustomFetch {
  const { config, provider, keys, tools } = party;
  const reader = claims_reader(config.client_secret);
  return async (url, options) => {
    if (url === provider.jwks_uri) return Response.json({ keys: await keys.keys(undefined, call) });
    const method = options.method === 'POST' ? 'POST' : 'GET';
    const { body } = options;
    if (url === provider.token_endpoint && !is_refresh(body)) await take_code(tools, body, call);
    const answer = await tools.fetch(url, {
      method,
      headers: options.headers,
      ...(body !== undefined && body !== null && { body: sent(body) }),
      signal: call.signal,
    });
    if (answer.status === 200)
      call.hear?.({
        ...(url === provider.token_endpoint && reader.tokens(answer.body, presented_in(body))),
        ...(url === provider.userinfo_endpoint && reader.userinfo(answer.body)),
      });
    if (url === provider.token_endpoint && answer.status === 200) await keys.keys(kid_of(answer.body), call);
    // a challenge would hide the error that the body names
    const { 'www-authenticate': _challenge, ...headers } = answer.headers;
    const empty = answer.status === 204 || answer.status === 304 || answer.body.length === 0;
    return new Response(empty ? null : new Uint8Array(answer.body), { status: within(answer.status), headers });
  };
}

const is_refresh = (body: client.FetchBody): boolean =>
  body instanceof URLSearchParams && body.get('grant_type') === 'refresh_token' && !body.has('code');

/** What was presented for the tokens and is nobody's to see. */
const presented_in = (body: client.FetchBody): string[] =>
  body instanceof URLSearchParams ? ['code', 'code_verifier', 'client_assertion'].flatMap((name) => body.get(name) ?? []) : [];

/** A status that Response can carry. */
const within = (status: number): number => (status >= 200 && status <= 599 ? status : 502);

function sent(body: client.FetchBody): string | Uint8Array {
  if (typeof body === 'string') return body;
  if (body instanceof URLSearchParams) return body.toString();
  if (body instanceof Uint8Array) return body;
  throw new ConnectorError('malformed', 'a request of an unknown kind was not sent');
}

/** The key id in the header of the ID token; believed by nobody, used to ask for the key in time. */
function kid_of(body: Uint8Array): string | undefined {
  try {
    const answer = JSON.parse(Buffer.from(body).toString('utf8')) as { id_token?: unknown }; // looked at below
    return typeof answer.id_token === 'string' ? decodeProtectedHeader(answer.id_token).kid : undefined;
  } catch {
    return undefined;
  }
}

/** What the key that signed a token says of whose it is (Entra ID); undefined where it says nothing. */
export async function key_issuer_of({ keys }: Party, id_token: string, call: Call): Promise<unknown> {
  const { kid } = decodeProtectedHeader(id_token);
  return (await keys.keys(kid, call)).find((key) => key.kid === kid)?.['issuer'];
}
