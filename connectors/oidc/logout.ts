import { createLocalJWKSet, decodeProtectedHeader, type JWK, jwtVerify } from 'jose';
import { z } from 'zod';
import { type Call, type Callback, ConnectorError, type Departure, type LogoutMessage } from '../connector.ts';
import type { Party } from './configuration.ts';
import { printable } from './faults.ts';
import { token_issuers } from './tenants.ts';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
/** A logout token is sent when it is made. */
const OLDEST_S = 5 * 60;
const LONGEST_IN_ADDRESS = 4096;

const logout_claims = z.object({
  iat: z.number(),
  jti: z.string().min(1).max(512),
  sub: z.string().min(1).max(255).optional(),
  sid: z.string().min(1).max(512).optional(),
  events: z.record(z.string(), z.unknown()),
});

/** RP-initiated logout at the provider, where it has it; its answer comes back to our logout address. */
export function begin_logout(
  { config, provider, tools }: Party,
  session: Readonly<Record<string, string>>,
  handle: string,
): Departure | undefined {
  const { id_token } = session;
  if (provider.end_session_endpoint === undefined || id_token === undefined) return undefined;
  const fields = { id_token_hint: id_token, client_id: config.client_id, post_logout_redirect_uri: tools.logout_url, state: handle };
  const url = new URL(provider.end_session_endpoint);
  // servers refuse long addresses; every provider takes a form as well (RP-Initiated Logout 1.0, 2)
  if (id_token.length > LONGEST_IN_ADDRESS) return { send: { method: 'POST', url: url.href, fields }, pending: {} };
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
  return { send: { method: 'GET', url: url.href }, pending: {} };
}

/** A logout token (OpenID Connect Back-Channel Logout 1.0, 2.6), or the browser on its way back. @throws ConnectorError */
export async function receive_logout(party: Party, callback: Callback, call: Call): Promise<LogoutMessage> {
  if (callback.method === 'GET')
    return { kind: 'answer', handle: callback.parameters['state'], complete: true, detail: 'back from the provider' };
  const token = callback.parameters['logout_token'];
  if (token === undefined || callback.repeated.includes('logout_token'))
    throw new ConnectorError('malformed', 'there must be one logout_token');
  const claims = await verified(party, token, call);
  if (!Object.hasOwn(claims.events, EVENT)) throw new ConnectorError('malformed', 'the token is not about back-channel logout');
  if (claims.sub === undefined && claims.sid === undefined)
    throw new ConnectorError('malformed', 'the logout token names neither a subject nor a session');
  return {
    kind: 'request',
    ...(claims.sub !== undefined && { subject: claims.sub }),
    ...(claims.sid !== undefined && { session: { sid: claims.sid } }),
    once: { key: `logout_token ${claims.jti}`, expires_at: (claims.iat + 2 * OLDEST_S) * 1000 },
  };
}

async function verified({ config, provider, keys, tools }: Party, token: string, call: Call): Promise<z.output<typeof logout_claims>> {
  try {
    const { kid, typ, crit } = decodeProtectedHeader(token);
    if (crit !== undefined) throw new ConnectorError('malformed', 'the logout token demands an extension (crit)');
    // an ID token of the same provider must not pass for a logout token, nor any other kind
    if (typ !== undefined && !/^(application\/)?(logout\+)?jwt$/i.test(typ))
      throw new ConnectorError('malformed', 'the token is not a logout token');
    const set = createLocalJWKSet({ keys: [...(await keys.keys(kid, call))] as JWK[] }); // vetted by the key store
    const { payload } = await jwtVerify(token, set, {
      issuer: token_issuers(config),
      audience: config.client_id,
      algorithms: [...provider.id_token_signing_alg_values_supported],
      clockTolerance: config.clock_skew_seconds,
      maxTokenAge: OLDEST_S,
      currentDate: new Date(tools.now()),
    });
    if ('nonce' in payload) throw new ConnectorError('malformed', 'a logout token must not hold a nonce');
    return logout_claims.parse(payload);
  } catch (cause) {
    if (cause instanceof ConnectorError) throw cause;
    throw new ConnectorError('untrusted', `the logout token cannot be trusted: ${printable(cause instanceof Error ? cause.message : '')}`, {
      cause,
    });
  }
}
