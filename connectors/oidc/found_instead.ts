import type { Claimed } from './claimed.ts';
import type { Party } from './configuration.ts';
import type { CrossedCheck } from './faults.ts';

const MOST_VALUES = 2;

/** What a crossed check found, beside what it looked for; undefined where that says no more. Of what nobody verified: for the eyes of whoever tries the connection. */
export function found_instead(
  check: CrossedCheck | 'userinfo',
  message: string,
  { id_token, userinfo }: Claimed,
  { config, provider, tools }: Party,
): string | undefined {
  if (id_token === undefined) return undefined;
  const { header, claims } = id_token;
  const claim = (name: string): string => text_of(claims[name]);
  switch (check) {
    case 'issuer':
      return `the ID token is of ${claim('iss')}, not of ${provider.issuer}`;
    case 'audience':
      return claims['azp'] === undefined || claims['azp'] === config.client_id
        ? `the ID token is for ${claim('aud')}, not for ${config.client_id}`
        : `the ID token is for ${claim('aud')}, issued to ${claim('azp')} (azp), not to ${config.client_id}`;
    case 'nonce':
      return `the nonce of the ID token, ${claim('nonce')}, is not the one of this sign-in`;
    case 'clock':
      return `the ID token was issued at ${claim('iat')} and ends at ${claim('exp')}; our clock says ${new Date(tools.now()).toISOString()}`;
    case 'signature':
      return `${message} (alg ${text_of(header['alg'])}, kid ${text_of(header['kid'])}; keys of ${provider.jwks_uri})`;
    case 'userinfo':
      return userinfo === undefined || userinfo['sub'] === claims['sub']
        ? undefined
        : `userinfo is about ${text_of(userinfo['sub'])}, the ID token about ${claim('sub')} (sub)`;
    default:
      return undefined;
  }
}

/** As a whole, or not at all: whoever may not see a value is shown the check without it, and a part would not be recognized. */
function text_of(value: unknown): string {
  if (value === undefined) return 'none';
  const all: unknown[] = Array.isArray(value) ? value : [value];
  if (!all.every((one) => typeof one === 'string')) return 'a value that is no text';
  const shown = all.slice(0, MOST_VALUES);
  const more = all.length - shown.length;
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more`;
}
