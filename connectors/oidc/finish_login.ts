import * as client from 'openid-client';
import { type Call, type Callback, ConnectorError, type LoginOutcome, type Pending } from '../connector.ts';
import { check_id_token } from './check_id_token.ts';
import { kept_of } from './ask_again.ts';
import type { Claimed } from './claimed.ts';
import { groups_left_out } from './claims.ts';
import { configuration, key_issuer_of, type Party } from './configuration.ts';
import { as_connector_error, type CrossedCheck, check_of, held_before, is_of_id_token, refusal_of } from './faults.ts';
import { found_instead } from './found_instead.ts';
import { identity_of } from './identity.ts';
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

/** The provider's answer, verified whole: an identity, its refusal, or a fault. @throws ConnectorError */
export async function finish_login(party: Party, callback: Callback, pending: Pending, caller: Call): Promise<LoginOutcome> {
  const { config, keys, tools } = party;
  const { call, heard } = overheard(caller);
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
    const check = check_of(error);
    if (is_of_id_token(check)) note_held(held_before(error), party, call);
    return fail(check, fault, call, fault instanceof ConnectorError ? found_instead(check, fault.message, heard(), party) : undefined);
  }
  const { access_token, id_token } = tokens;
  const claims = tokens.claims();
  if (claims === undefined || id_token === undefined) throw new ConnectorError('malformed', 'the answer holds no ID token');
  note_held(['issuer', 'audience', 'nonce', 'signature'], party, call);
  const hashed = { at_hash: access_token, c_hash: url.searchParams.get('code') ?? '', s_hash: String(pending['state']) };
  check_id_token({ id_token, claims, key_issuer: await key_issuer_of(party, id_token, call), hashed }, config, tools.now(), call);
  const userinfo = await ask_userinfo(party, made, access_token, claims.sub, { call, heard });
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
  party: Party,
  made: client.Configuration,
  access_token: string,
  sub: string,
  { call, heard }: Overheard,
): Promise<client.UserInfoResponse | undefined> {
  if (!party.config.userinfo || party.provider.userinfo_endpoint === undefined) return undefined;
  try {
    // refuses another subject: a substituted access token brings somebody else's claims
    const answer = await client.fetchUserInfo(made, access_token, sub);
    call.check({ name: 'userinfo', ok: true, detail: `${Object.keys(answer).length} claims` });
    return answer;
  } catch (error) {
    const fault = as_connector_error(error);
    return fail(
      'userinfo',
      fault,
      call,
      fault instanceof ConnectorError ? found_instead('userinfo', fault.message, heard(), party) : undefined,
    );
  }
}

/** `found`: what the check says instead of the error, which the log has too. */
function fail(name: string, error: unknown, call: Call, found?: string): never {
  if (error instanceof ConnectorError)
    call.check({ name, ok: false, detail: found ?? error.message, ...(error.fix !== undefined && { fix: error.fix }) });
  throw error;
}

interface Overheard {
  readonly call: Call;
  heard(): Claimed;
}

/** What the caller hears, heard here too, for the words of a crossed check: nothing where nobody tries the connection. */
function overheard(caller: Call): Overheard {
  let claimed: Claimed = {};
  const hear = (said: Claimed): void => {
    claimed = { ...claimed, ...said };
    caller.hear?.({ ...said });
  };
  return { call: caller.hear === undefined ? caller : { ...caller, hear }, heard: () => claimed };
}

function note_held(held: readonly CrossedCheck[], { config, provider }: Party, call: Call): void {
  const details: Readonly<Partial<Record<CrossedCheck, string>>> = {
    issuer: provider.issuer,
    audience: config.client_id,
    nonce: 'the one of this sign-in',
    signature: `by a key of ${provider.jwks_uri}`,
  };
  call.check({ name: 'answer', ok: true, detail: 'a code for this sign-in, and an ID token for it' });
  for (const name of held) call.check({ name, ok: true, detail: details[name] ?? '' });
}
