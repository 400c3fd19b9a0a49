import * as client from 'openid-client';
import { type Call, ConnectorError, type Rechecked } from '../connector.ts';
import { check_id_token } from './check_id_token.ts';
import { configuration, key_issuer_of, type Party } from './configuration.ts';
import { as_connector_error, printable } from './faults.ts';

type Kept = Readonly<Record<string, string>>;

/** RFC 6749 section 5.2, and what OIDC Core 3.1.2.6 has for the same thing: the person has to come by, or may not. */
const NO = new Set([
  'invalid_grant',
  'access_denied',
  'login_required',
  'consent_required',
  'interaction_required',
  'account_selection_required',
]);
/** RFC 6749 sets no limit; nobody needs more. */
const LONGEST = 32_768;

/** What asks the provider again later; undefined when it gave nothing to ask with. */
export function kept_of({ config, provider }: Party, sub: string, refresh_token: string | undefined, call: Call): Kept | undefined {
  if (refresh_token === undefined || refresh_token.length > LONGEST) {
    const detail = refresh_token === undefined ? 'the provider gave none' : 'longer than anything that is kept';
    call.check({ name: 'refresh_token', ok: false, detail, fix: NONE_GIVEN });
    return undefined;
  }
  call.check({ name: 'refresh_token', ok: true, detail: 'kept, to ask the provider again' });
  return { refresh_token, sub, issuer: provider.issuer, client_id: config.client_id };
}

const NONE_GIVEN =
  'Allow the scope offline_access, and refresh tokens, for this client at the provider; some give one only with oidc.prompt "consent". Until then the session is not checked again.';

/** Has the provider renew what it gave at the sign-in: whether it still stands by this person (OIDC Core 12). @throws ConnectorError */
export async function ask_again(party: Party, kept: Kept, call: Call): Promise<Rechecked> {
  const { config, provider, keys, tools } = party;
  const { refresh_token = '', sub = '' } = kept;
  // a secret of one provider is never shown to another
  if (kept['issuer'] !== provider.issuer || kept['client_id'] !== config.client_id)
    return { ok: false, detail: 'the connection speaks to another provider, or as another client, than the person signed in with' };
  try {
    const tokens = await client.refreshTokenGrant(await configuration(party, call), refresh_token);
    const claims = tokens.claims();
    if (claims !== undefined && tokens.id_token !== undefined) {
      const key_issuer = await key_issuer_of(party, tokens.id_token, call);
      check_id_token(
        { id_token: tokens.id_token, claims, key_issuer, hashed: { at_hash: tokens.access_token } },
        config,
        tools.now(),
        call,
      );
      if (claims.sub !== sub) throw new ConnectorError('untrusted', 'the renewed ID token is about somebody else');
    }
    return { ok: true, kept: { ...kept, refresh_token: next_token(tokens.refresh_token) ?? refresh_token } };
  } catch (error) {
    if (error instanceof client.ResponseBodyError && error.status < 500 && NO.has(error.error))
      return { ok: false, detail: printable([error.error, error.error_description].filter((part) => part !== undefined).join(': ')) };
    const fault = as_connector_error(error);
    if (fault instanceof ConnectorError && fault.reason === 'untrusted') keys.doubt();
    throw fault;
  }
}

const next_token = (given: string | undefined): string | undefined => (given !== undefined && given.length <= LONGEST ? given : undefined);
