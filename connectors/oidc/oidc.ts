import { type Call, ConnectorError, type ConnectorType } from '../connector.ts';
import { begin_login } from './begin_login.ts';
import type { Party } from './configuration.ts';
import { finish_login } from './finish_login.ts';
import { type KeyStore, make_key_store } from './key_store.ts';
import { begin_logout, receive_logout } from './logout.ts';
import { own_jwks } from './own_keys.ts';
import { ask_again } from './ask_again.ts';
import { preflight } from './preflight.ts';
import { discover, explicit_provider, kept_provider, type Provider } from './provider.ts';
import { type OidcConfig, parse_settings } from './settings.ts';

const MINUTE_MS = 60_000;

/** OpenID Connect providers: authorization code flow with PKCE, everything in the answer verified. */
export const oidc: ConnectorType<OidcConfig> = {
  protocol: 'oidc',
  parse(settings) {
    const read = parse_settings(settings);
    if (!read.ok) return read;
    try {
      explicit_provider(read.config);
    } catch (fault) {
      if (!(fault instanceof ConnectorError)) throw fault;
      return { ok: false, errors: [{ path: 'oidc.discovery', message: fault.fix ?? fault.message }] };
    }
    return read;
  },
  secrets: ['client_secret'],
  // the stored secret is for the provider that it was entered for
  endpoints: ['issuer', 'discovery'],
  async resolve(config, tools) {
    return config.endpoints === undefined ? { provider: await discover(config, tools) } : {};
  },
  open(config, tools, resolved) {
    let provider: Promise<Provider> | undefined;
    let keys: KeyStore | undefined;
    const known = explicit_provider(config) ?? kept_provider(resolved, config);
    // what was never read is read when it is first needed; a failure is not kept
    const find = async (call: Call): Promise<Provider> => {
      if (known !== undefined) return known;
      provider ??= discover(config, tools, call);
      return provider.catch((error: unknown) => {
        provider = undefined;
        throw error;
      });
    };
    const party = async (call: Call): Promise<Party> => {
      const found = await find(call);
      keys ??= make_key_store(found.jwks_uri, tools);
      return { config, provider: found, keys, tools };
    };
    return {
      kind: 'redirect',
      begin: async (hint, call) => begin_login(await party(call), hint),
      handle_of: ({ parameters, repeated }) => (repeated.includes('state') ? undefined : parameters['state']),
      finish: async (callback, pending, call) => finish_login(await party(call), callback, pending, call),
      logout: {
        begin: async (session, handle, call) => begin_logout(await party(call), session, handle),
        receive: async (callback, call) => receive_logout(await party(call), callback, call),
      },
      ...(config.keep_refresh_token && {
        recheck: {
          every: config.recheck_minutes * MINUTE_MS,
          grace: config.recheck_grace_minutes * MINUTE_MS,
          ask: async (kept, call) => ask_again(await party(call), kept, call),
        },
      }),
      metadata: async () => ({ content_type: 'application/jwk-set+json', body: await own_jwks(tools) }),
      preflight: (call) => preflight(config, tools, call),
    };
  },
};
