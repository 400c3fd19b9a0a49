import * as client from 'openid-client';
import { type Call, type Callback, ConnectorError, type Identity, type LoginOutcome, type Pending } from '../connector.ts';
import { check_id_token } from './check_id_token.ts';
import { kept_of } from './ask_again.ts';
import { attributes_of, email_verified, groups_left_out, texts } from './claims.ts';
import { configuration, key_issuer_of, type Party } from './configuration.ts';
import { as_connector_error, check_of, refusal_of } from './faults.ts';
import { unmet } from './unmet.ts';

const OF_THE_ANSWER = [
  'code',
  'state',
  'iss',
  'error',
  'error_description',
  'error_uri',
  'session_state',
  'response',
  'id_token',
  'access_token',
];
/** RFC 6749 sets no limit; nobody needs more. */
const LONGEST = 8192;
/** A session keeps the ID token for the partner's logout; larger than this no partner would take it back. */
const LARGEST_HINT = 32_768;

/** The provider's answer, verified whole: an identity, its refusal, or a fault. @throws ConnectorError */
export async function finish_login(party: Party, callback: Callback, pending: Pending, call: Call): Promise<LoginOutcome> {
  const { config, provider, keys, tools } = party;
  const url = answer_url(party, callback, pending, call);
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
    const fault = as_connector_error(error);
    if (fault instanceof ConnectorError && fault.reason === 'untrusted') keys.doubt();
    return fail(check_of(error), fault, call);
  }
  const { access_token, id_token } = tokens;
  const claims = tokens.claims();
  if (claims === undefined || id_token === undefined) throw new ConnectorError('malformed', 'the answer holds no ID token');
  call.check({ name: 'signature', ok: true, detail: `ID token of ${provider.issuer}, for ${config.client_id}` });
  const hashed = { at_hash: access_token, c_hash: url.searchParams.get('code') ?? '', s_hash: String(pending['state']) };
  check_id_token({ id_token, claims, key_issuer: await key_issuer_of(party, id_token, call), hashed }, config, tools.now(), call);
  const userinfo = await ask_userinfo(party, made, access_token, claims.sub, call);
  const refused = unmet(pending, claims, config.clock_skew_seconds, tools.now());
  if (refused !== undefined) {
    call.check({ name: 'authentication', ok: false, detail: refused });
    return { ok: false, reason: 'authentication_context', detail: refused };
  }
  if (groups_left_out(claims)) {
    call.check({ name: 'groups', ok: false, detail: 'too many for the ID token: the provider left them out', fix: TOO_MANY_GROUPS });
  }
  const recheck = config.keep_refresh_token ? kept_of(party, claims.sub, tokens.refresh_token, call) : undefined;
  return { ok: true, identity: { ...identity_of(claims, userinfo, id_token), ...(recheck !== undefined && { recheck }) } };
}

const TOO_MANY_GROUPS = 'Let the provider send only the groups that are assigned to this application, or app roles instead.';

/** The answer as it may be read: nothing twice, nothing endless, for the provider that was asked. @throws ConnectorError */
function answer_url({ config, provider, tools }: Party, callback: Callback, pending: Pending, call: Call): URL {
  const refuse = (reason: 'malformed' | 'expired', detail: string): never => fail('answer', new ConnectorError(reason, detail), call);
  if (pending['issuer'] !== provider.issuer || pending['client_id'] !== config.client_id)
    return refuse('expired', 'the connection was changed since the person left for the provider');
  const twice = callback.repeated.find((name) => OF_THE_ANSWER.includes(name));
  if (twice !== undefined) return refuse('malformed', `the parameter ${twice} came more than once`);
  const url = new URL(tools.callback_url);
  for (const name of OF_THE_ANSWER) {
    const value = Object.hasOwn(callback.parameters, name) ? callback.parameters[name] : undefined;
    if (value === undefined) continue;
    if (value.length > LONGEST) return refuse('malformed', `the parameter ${name} is too long`);
    url.searchParams.set(name, value);
  }
  const { searchParams: answer } = url;
  if (!answer.has('error') && !/^[\x20-\x7e]+$/.test(answer.get('code') ?? ''))
    return refuse('malformed', 'there is no code in the answer, or not one of RFC 6749');
  return url;
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

function identity_of(claims: client.IDToken, userinfo: client.UserInfoResponse | undefined, id_token: string): Identity {
  const verified = email_verified(claims, userinfo);
  const { sub, auth_time, acr, amr, sid } = claims;
  return {
    subject: sub,
    attributes: attributes_of(claims, userinfo),
    ...(verified !== undefined && { email_verified: verified }),
    ...(typeof auth_time === 'number' && { authenticated_at: auth_time * 1000 }),
    ...(typeof acr === 'string' && { acr }),
    ...(Array.isArray(amr) && { amr: texts(amr) }),
    session: { ...(id_token.length <= LARGEST_HINT && { id_token }), ...(typeof sid === 'string' && { sid }) },
  };
}
