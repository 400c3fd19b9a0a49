import type { IDToken } from 'openid-client';
import type { Pending } from '../connector.ts';
import { texts } from './claims.ts';

/** What the app demanded of the authentication and did not get (OIDC Core 3.1.3.7, 12 and 13); undefined when nothing is missing. */
export function unmet(pending: Pending, claims: IDToken, skew: number, now: number): string | undefined {
  const { auth_time: at, acr } = claims;
  if (pending['force_authn'] === true || pending['max_age'] !== undefined) {
    if (typeof at !== 'number') return 'the provider does not say when the person authenticated (auth_time)';
    const since = pending['force_authn'] === true ? Number(pending['asked_at']) / 1000 : now / 1000 - Number(pending['max_age']);
    if (at + skew < Math.floor(since)) return `the person authenticated ${Math.floor(now / 1000 - at)} seconds ago: too long`;
  }
  const wanted = texts(pending['acr_values']);
  if (wanted.length > 0 && !(typeof acr === 'string' && wanted.includes(acr))) {
    return `the provider did not authenticate in a requested context (acr ${typeof acr === 'string' ? acr.slice(0, 100) : 'absent'})`;
  }
  return undefined;
}
