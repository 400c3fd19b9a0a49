import type { Configuration, JWKS, KoaContextWithOIDC } from 'oidc-provider';
import { Provider } from 'oidc-provider';
import { make_find_account, type SignedInAccount } from './account.ts';
import { make_adapter } from './adapter.ts';
import { say_in_the_words_of_the_app } from './app_claims.ts';
import { CLAIMS_BY_SCOPE } from './claims.ts';
import { certificate_methods, endpoint_aliases, mutual_tls } from './client_certificate.ts';
import { client_metadata, ISSUER_SCOPES, OWN_METADATA } from './client_metadata.ts';
import { DPOP_ALGS } from './dpop_proof.ts';
import { device_confirm, device_done, device_input, render_error, signed_out } from './faces.ts';
import { make_load_grant } from './grants.ts';
import { make_token_hook, type TokenHook } from './hook_claims.ts';
import { introspection_policy } from './introspected.ts';
import type { IssuerDeps } from './issuer_deps.ts';
import { SIGNING_ALGS } from './keys.ts';
import { make_logout_source } from './logout.ts';
import { keep_offline_access, make_extra_params, make_policy } from './policy.ts';
import { make_resource_info } from './resources.ts';
import { actor_of, add_token_exchange } from './token_exchange.ts';

const algs = [...SIGNING_ALGS];
const request_algs = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;

/** It does not know it any more: ours, in `front_channel_logout.ts`. */
const FRONT_CHANNEL = { frontchannel_logout_supported: true, frontchannel_logout_session_supported: true };

/** oidc-provider as this issuer: our adapter, our sign-in, our pages; nothing implicit, nothing unsigned. */
export function make_provider(deps: IssuerDeps, jwks: JWKS): Provider {
  const https = deps.issuer.startsWith('https:');
  const token_hook = make_token_hook(deps.ask_token_hook);
  const claims_deps = { storage: deps.storage, directory: deps.directory, now: deps.now, recheck: deps.recheck, token_hook };
  const cookie = { httpOnly: true, sameSite: 'lax' as const, secure: https, signed: true, overwrite: true };
  const find_account = make_find_account(claims_deps);
  const resource_info = make_resource_info(deps.directory);
  const configuration: Configuration = {
    adapter: make_adapter({
      storage: deps.storage,
      clock: deps,
      find_client: async (id) => {
        const client = await deps.directory.client(id);
        return client === undefined ? undefined : client_metadata(client);
      },
    }),
    jwks,
    findAccount: find_account,
    loadExistingGrant: make_load_grant(claims_deps),
    interactions: { policy: make_policy(deps.directory), url: (_ctx, interaction) => `/login/${interaction.uid}` },
    extraParams: make_extra_params(deps.directory),
    extraTokenClaims: (ctx, token) => token_claims(ctx, token, deps, token_hook),
    // its own room answers there
    discovery: { registration_endpoint: `${deps.issuer}/register`, ...FRONT_CHANNEL, ...endpoint_aliases(deps.client_certificates) },
    extraClientMetadata: { properties: OWN_METADATA },
    claims: CLAIMS_BY_SCOPE,
    scopes: ISSUER_SCOPES,
    conformIdTokenClaims: false,
    responseTypes: ['code'],
    subjectTypes: ['public'],
    clientAuthMethods: [
      'client_secret_basic',
      'client_secret_post',
      'client_secret_jwt',
      'private_key_jwt',
      'none',
      ...certificate_methods(deps.client_certificates),
    ],
    pkce: { required: (_ctx, client) => client['require_pkce'] !== false },
    // FAPI 2.0 section 5.3.2.1: no rotation, for its refresh tokens are bound to the app's key
    rotateRefreshToken: (ctx) => ctx.oidc.client?.['profile'] !== 'fapi2',
    issueRefreshToken: async (_ctx, client, source) => client.grantTypeAllowed('refresh_token') && source.scopes.has('offline_access'),
    expiresWithSession: async (_ctx, source) => !source.scopes.has('offline_access'),
    clientBasedCORS: (_ctx, origin, client) => (client.redirectUris ?? []).some((uri) => URL.parse(uri)?.origin === origin),
    cookies: {
      keys: [...deps.cookie_keys],
      names: {
        session: https ? '__Host-postern_session' : 'postern_session',
        interaction: https ? '__Secure-postern_login' : 'postern_login',
        resume: https ? '__Secure-postern_resume' : 'postern_resume',
      },
      long: { ...cookie, path: '/' },
      short: cookie,
    },
    routes: {
      authorization: '/authorize',
      token: '/token',
      userinfo: '/userinfo',
      jwks: '/jwks',
      introspection: '/introspect',
      revocation: '/revoke',
      pushed_authorization_request: '/par',
      end_session: '/logout',
      device_authorization: '/device/authorization',
      code_verification: '/device',
      registration: '/register',
    },
    ttl: {
      AuthorizationCode: 60,
      AccessToken: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? 3600,
      ClientCredentials: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? 600,
      IdToken: 3600,
      DeviceCode: 600,
      Interaction: deps.login_seconds,
      Session: (ctx) => session_seconds(ctx, deps),
      Grant: deps.refresh_absolute_seconds,
      RefreshToken: (_ctx, token, client) => {
        // one that is not rotated is never renewed, so it has no idle time
        if (client['profile'] === 'fapi2') return deps.refresh_absolute_seconds;
        // the grant's own end is the absolute one: rotation never moves it
        const left =
          token.iiat === undefined
            ? deps.refresh_absolute_seconds
            : token.iiat + deps.refresh_absolute_seconds - Math.floor(deps.now() / 1000);
        return Math.max(1, Math.min(deps.refresh_idle_seconds, left));
      },
    },
    enabledJWA: {
      idTokenSigningAlgValues: algs,
      userinfoSigningAlgValues: algs,
      authorizationSigningAlgValues: algs,
      introspectionSigningAlgValues: algs,
      requestObjectSigningAlgValues: [...request_algs],
      clientAuthSigningAlgValues: [...request_algs, 'HS256'],
      dPoPSigningAlgValues: [...DPOP_ALGS],
    },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      claimsParameter: { enabled: true },
      clientCredentials: { enabled: true },
      deviceFlow: {
        enabled: true,
        userCodeInputSource: (ctx, _form, _out, error) => device_input(ctx, error),
        userCodeConfirmSource: (ctx, _form, client, _info, code) => device_confirm(ctx, client.clientName ?? client.clientId, code),
        successSource: (ctx) => device_done(ctx),
      },
      dPoP: { enabled: true },
      // keys are objects that sign, ours or those of a KMS
      externalSigningSupport: { enabled: true, ack: 'experimental-01' },
      fapi: { enabled: true, profile: (_ctx, client) => (client['profile'] === 'fapi2' ? '2.0' : undefined) },
      mTLS: mutual_tls(deps.client_certificates, deps.now),
      introspection: { enabled: true, allowedPolicy: introspection_policy(deps) },
      jwtIntrospection: { enabled: true },
      jwtResponseModes: { enabled: true },
      jwtUserinfo: { enabled: true },
      pushedAuthorizationRequests: { enabled: true },
      requestObjects: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: (_ctx, _client, one_of) => (one_of?.length === 1 ? one_of : (one_of ?? [])),
        getResourceServerInfo: resource_info,
        useGrantedResource: () => true,
      },
      // RFC 7009 section 2.1: an app revokes its own tokens
      revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      rpInitiatedLogout: { enabled: true, logoutSource: make_logout_source(deps), postLogoutSuccessSource: (ctx) => signed_out(ctx) },
    },
    fetch: deps.fetch,
    renderError: render_error(deps),
  };
  const provider = new Provider(deps.issuer, configuration);
  provider.proxy = true;
  say_in_the_words_of_the_app(provider);
  add_token_exchange(provider, { ...deps, resource_info, find_account });
  keep_offline_access(provider.OIDCContext as unknown as { prototype: object }); // a class, whose type does not say so
  return provider;
}

/** Access tokens say which organization their person belongs to, and who acts for them; an app's own tokens belong to none. */
async function token_claims(
  ctx: KoaContextWithOIDC,
  token: object,
  deps: IssuerDeps,
  token_hook: TokenHook,
): Promise<Record<string, unknown> | undefined> {
  const account = ctx.oidc.account as SignedInAccount | undefined; // find_account makes no other
  if (account === undefined) return undefined;
  const { org_id, sid } = account.sign_in;
  const organization = await deps.directory.organization(org_id);
  const act = actor_of(ctx);
  const { AuthorizationCode: code, RefreshToken: refresh, DeviceCode: device } = ctx.oidc.entities;
  // asked once for the ID token as well: what the grant allows, not what this token is for
  const scope = (code ?? refresh ?? device)?.scope ?? ('scope' in token ? String(token.scope) : '');
  const client_id = ctx.oidc.client?.clientId ?? '';
  const extra = await token_hook(ctx, { sign_in: account.sign_in, client_id, scopes: scope.split(' ') });
  return {
    ...extra,
    org_id,
    ...(organization !== undefined && { org_slug: organization.slug }),
    ...(sid !== undefined && { sid }),
    ...(act !== undefined && { act }),
  };
}

/** The issuer's session lives as long as the sign-in behind it. */
function session_seconds(ctx: KoaContextWithOIDC, deps: IssuerDeps): number {
  const account = ctx.oidc.account as SignedInAccount | undefined; // as above
  if (account === undefined) return deps.session_seconds;
  return Math.max(1, Math.floor((account.sign_in.session_expires_at - deps.now()) / 1000));
}
