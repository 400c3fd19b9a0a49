import { decodeProtectedHeader } from 'jose';
import type { IDToken, UserInfoResponse } from 'openid-client';
import type { Identity } from '../connector.ts';
import { attributes_of, email_verified, texts } from './claims.ts';
import { printable } from './faults.ts';

/** A session keeps the ID token for the partner's logout; larger than this no partner would take it back. */
const LARGEST_HINT = 32_768;
const MOST_AUDIENCES = 20;

/** Who a verified ID token says this is. */
export function identity_of(claims: IDToken, userinfo: UserInfoResponse | undefined, id_token: string): Identity {
  const verified = email_verified(claims, userinfo);
  const { sub, auth_time, acr, amr, sid } = claims;
  return {
    subject: sub,
    attributes: attributes_of(claims, userinfo),
    ...(verified !== undefined && { email_verified: verified }),
    ...(typeof auth_time === 'number' && { authenticated_at: auth_time * 1000 }),
    ...(typeof acr === 'string' && { acr }),
    ...(Array.isArray(amr) && { amr: texts(amr) }),
    decoded: decoded(claims, id_token),
    session: { ...(id_token.length <= LARGEST_HINT && { id_token }), ...(typeof sid === 'string' && { sid }) },
  };
}

/** What the ID token says of itself and of the sign-in, for people to read: nothing of the person. */
function decoded({ iss, aud, iat, exp, auth_time, acr }: IDToken, id_token: string): Record<string, unknown> {
  const { alg, kid, typ } = decodeProtectedHeader(id_token);
  const moment = (seconds: number): string => new Date(seconds * 1000).toISOString();
  return {
    issuer: iss,
    audience: texts([aud].flat()).slice(0, MOST_AUDIENCES).map(printable),
    issued_at: moment(iat),
    expires_at: moment(exp),
    ...(typeof auth_time === 'number' && { authenticated_at: moment(auth_time) }),
    ...(typeof acr === 'string' && { acr: printable(acr) }),
    algorithm: alg,
    ...(typeof kid === 'string' && { key_id: printable(kid) }),
    ...(typeof typ === 'string' && { type: printable(typ) }),
  };
}
