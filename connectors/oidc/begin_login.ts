import * as client from 'openid-client';
import type { Departure, Hint, Pending } from '../connector.ts';
import type { Party } from './configuration.ts';
import type { OidcConfig } from './settings.ts';

const random = (party: Party): string => Buffer.from(party.tools.random_bytes(32)).toString('base64url');

/** The way to the provider: code, PKCE with S256, state, nonce; and what its answer will be held against. */
export async function begin_login(party: Party, hint: Hint): Promise<Departure> {
  const { config, provider, tools } = party;
  const nonce = random(party);
  const code_verifier = random(party);
  const anew = hint.force_authn === true || hint.max_age === 0;
  const wanted = hint.acr_values !== undefined && hint.acr_values.length > 0 ? hint.acr_values : config.acr_values;
  const url = new URL(provider.authorization_endpoint);
  const parameters: Readonly<Record<string, string | undefined>> = {
    response_type: 'code',
    client_id: config.client_id,
    redirect_uri: tools.callback_url,
    scope: scopes_of(config).join(' '),
    state: hint.handle,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(code_verifier),
    code_challenge_method: 'S256',
    // whoever wants consent wants it for the refresh token (OIDC Core 11)
    prompt: anew ? (config.prompt === 'consent' ? 'login consent' : 'login') : config.prompt,
    // max_age makes auth_time mandatory in the answer (OIDC Core 3.1.2.1): without it nobody could tell whether the person was asked
    max_age: anew ? '0' : hint.max_age?.toString(),
    login_hint: hint.login_hint,
    acr_values: wanted.length === 0 ? undefined : wanted.join(' '),
    ui_locales: hint.ui_locales,
  };
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) url.searchParams.set(name, value);
  const pending: Pending = {
    // an answer is never taken to another provider, or for another client, than it was asked of
    issuer: provider.issuer,
    client_id: config.client_id,
    state: hint.handle,
    nonce,
    code_verifier,
    asked_at: tools.now(),
    force_authn: anew,
    ...(hint.max_age !== undefined && { max_age: hint.max_age }),
    // only what the app asked for is demanded; the connection's own values are a wish
    ...(hint.acr_values !== undefined && hint.acr_values.length > 0 && { acr_values: hint.acr_values }),
  };
  return { send: { method: 'GET', url: url.href }, pending };
}

const scopes_of = ({ scopes, keep_refresh_token }: OidcConfig): readonly string[] =>
  keep_refresh_token && !scopes.includes('offline_access') ? [...scopes, 'offline_access'] : scopes;
