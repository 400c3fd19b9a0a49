import * as client from 'openid-client';
import { type Call, type Callback, ConnectorError, type Identity, type LoginOutcome, type Pending } from '../connector.ts';
import { check_id_token } from './check_id_token.ts';
import { attributes_of, email_verified, texts } from './claims.ts';
import { configuration, type Party } from './configuration.ts';
import { as_connector_error, refusal_of } from './faults.ts';

const OF_THE_ANSWER = ['code', 'state', 'iss', 'error', 'error_description', 'error_uri', 'session_state'];

/** The provider's answer, verified whole: an identity, its refusal, or a fault. @throws ConnectorError */
export async function finish_login(party: Party, callback: Callback, pending: Pending, call: Call): Promise<LoginOutcome> {
  const { config, provider, tools } = party;
  const twice = callback.repeated.find((name) => OF_THE_ANSWER.includes(name));
  if (twice !== undefined) throw new ConnectorError('malformed', `the parameter ${twice} came more than once`);
  const url = new URL(tools.callback_url);
  for (const name of OF_THE_ANSWER) {
    const value = callback.parameters[name];
    if (value !== undefined) url.searchParams.set(name, value);
  }
  const made = await configuration(party, call);
  let tokens: client.TokenEndpointResponse & client.TokenEndpointResponseHelpers;
  try {
    tokens = await client.authorizationCodeGrant(made, url, {
      expectedState: String(pending['state']),
      expectedNonce: String(pending['nonce']),
      pkceCodeVerifier: String(pending['code_verifier']),
      idTokenExpected: true,
    });
  } catch (error) {
    if (error instanceof client.AuthorizationResponseError) {
      call.check({ name: 'answer', ok: false, detail: `the provider answered ${error.error.slice(0, 100)}` });
      return refusal_of(error.error, error.error_description);
    }
    return fail('answer', as_connector_error(error), call);
  }
  const claims = tokens.claims();
  if (claims === undefined || tokens.id_token === undefined) throw new ConnectorError('malformed', 'the answer holds no ID token');
  call.check({ name: 'signature', ok: true, detail: `ID token of ${provider.issuer}, for ${config.client_id}` });
  check_id_token({ id_token: tokens.id_token, access_token: tokens.access_token, claims }, config, tools.now(), call);
  const userinfo = await ask_userinfo(party, made, tokens.access_token, claims.sub, call);
  const refused = unmet(pending, claims, config.clock_skew_seconds, tools.now());
  if (refused !== undefined) {
    call.check({ name: 'authentication', ok: false, detail: refused });
    return { ok: false, reason: 'authentication_context', detail: refused };
  }
  return { ok: true, identity: identity_of(claims, userinfo, tokens.id_token) };
}

async function ask_userinfo(
  { config, provider }: Party,
  made: client.Configuration,
  access_token: string,
  sub: string,
  call: Call,
): Promise<client.UserInfoResponse | undefined> {
  if (!config.userinfo || provider.userinfo_endpoint === undefined) return undefined;
  try {
    // refuses another subject: a substituted access token brings somebody else's claims
    const answer = await client.fetchUserInfo(made, access_token, sub);
    call.check({ name: 'userinfo', ok: true, detail: `${Object.keys(answer).length} claims` });
    return answer;
  } catch (error) {
    return fail('userinfo', as_connector_error(error), call);
  }
}

function fail(name: string, error: unknown, call: Call): never {
  if (error instanceof ConnectorError)
    call.check({ name, ok: false, detail: error.message, ...(error.fix !== undefined && { fix: error.fix }) });
  throw error;
}

/** What the app demanded of the authentication and did not get. */
function unmet(pending: Pending, claims: client.IDToken, skew: number, now: number): string | undefined {
  const at = claims.auth_time;
  if (pending['force_authn'] === true || pending['max_age'] !== undefined) {
    if (typeof at !== 'number') return 'the provider does not say when the person authenticated (auth_time)';
    const since = pending['force_authn'] === true ? Number(pending['asked_at']) / 1000 : now / 1000 - Number(pending['max_age']);
    if (at + skew < Math.floor(since)) return `the person authenticated ${Math.floor(now / 1000 - at)} seconds ago: too long`;
  }
  const wanted = texts(pending['acr_values']);
  const acr = acr_of(claims);
  if (wanted.length > 0 && !(acr !== undefined && wanted.includes(acr))) {
    return `the provider did not authenticate in a requested context (acr ${acr?.slice(0, 100) ?? 'absent'})`;
  }
  return undefined;
}

const acr_of = ({ acr }: client.IDToken): string | undefined => (typeof acr === 'string' ? acr : undefined);

function identity_of(claims: client.IDToken, userinfo: client.UserInfoResponse | undefined, id_token: string): Identity {
  const verified = email_verified(claims, userinfo);
  const sid = claims['sid'];
  const acr = acr_of(claims);
  return {
    subject: claims.sub,
    attributes: attributes_of(claims, userinfo),
    ...(verified !== undefined && { email_verified: verified }),
    ...(typeof claims.auth_time === 'number' && { authenticated_at: claims.auth_time * 1000 }),
    ...(acr !== undefined && { acr }),
    ...(Array.isArray(claims.amr) && { amr: texts(claims.amr) }),
    session: { id_token, ...(typeof sid === 'string' && { sid }) },
  };
}
