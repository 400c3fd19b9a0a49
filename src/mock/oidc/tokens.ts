import { createHash, createHmac } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import type { Person } from '../people.ts';
import { type Granted, type MockProvider, random } from './provider.ts';

const HOUR_S = 3600;
/** https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference#groups-overage-claim */
const OVERAGE = {
  groups: undefined,
  _claim_names: { groups: 'src1' },
  _claim_sources: { src1: { endpoint: 'https://graph.windows.net/tenant/users/person/getMemberObjects' } },
};

/** What the provider says of a person, in the ID token and in userinfo alike. */
export function claims_of(person: Person, { switches }: MockProvider): Record<string, unknown> {
  const claims: Record<string, unknown> = {
    sub: person.id,
    preferred_username: person.username,
    name: person.display_name,
    given_name: person.given_name,
    family_name: person.family_name,
    groups: person.groups,
    ...Object.fromEntries(Object.entries(person.attributes).map(([name, values]) => [name, values.length === 1 ? values[0] : values])),
  };
  if (person.email !== undefined && !switches.is_on('no_email')) {
    claims['email'] = person.email;
    if (!switches.is_on('email_silent'))
      claims['email_verified'] = switches.is_on('email_unverified') ? false : (person.email_verified ?? true);
  }
  return claims;
}

export async function make_id_token(provider: MockProvider, granted: Granted, access_token: string): Promise<string> {
  const { switches, issuer } = provider;
  if (switches.is_on('replay') && provider.last_id_token !== undefined) return provider.last_id_token;
  const now = Math.floor(provider.now() / 1000) + (switches.is_on('clock_skew') ? 600 : 0) - (switches.is_on('expired') ? 2 * HOUR_S : 0);
  const authenticated = Math.floor(granted.session.at / 1000) - (switches.is_on('old_authentication') ? HOUR_S : 0);
  const claims: Record<string, unknown> = {
    ...claims_of(granted.person, provider),
    ...(switches.is_on('groups_overage') && OVERAGE),
    iss: switches.is_on('wrong_issuer') ? 'https://somebody-else.example' : issuer,
    aud: switches.is_on('wrong_audience')
      ? 'another-client'
      : switches.is_on('second_audience')
        ? [granted.client_id, 'another-client']
        : granted.client_id,
    ...(switches.is_on('second_audience') && { azp: 'another-client' }),
    iat: now,
    exp: now + HOUR_S,
    ...(!switches.is_on('no_auth_time') && { auth_time: authenticated }),
    sid: granted.session.sid,
    amr: ['pwd'],
    ...(granted.acr !== undefined && { acr: granted.acr }),
    ...(granted.nonce !== undefined &&
      !switches.is_on('no_nonce') && { nonce: switches.is_on('wrong_nonce') ? 'another-nonce' : granted.nonce }),
    at_hash: half_hash(switches.is_on('wrong_at_hash') ? 'another-token' : access_token),
    ...(switches.is_on('empty_subject') && { sub: '' }),
  };
  const token = await sign(provider, claims);
  provider.last_id_token = token;
  return token;
}

async function sign(provider: MockProvider, claims: Record<string, unknown>): Promise<string> {
  const { switches, key, other_key } = provider;
  const header = { alg: 'RS256', kid: key.kid, ...(switches.is_on('access_token_type') && { typ: 'at+jwt' }) };
  if (switches.is_on('unsigned')) return `${encoded({ alg: 'none' })}.${encoded(claims)}.`;
  if (switches.is_on('hs256')) {
    const content = `${encoded({ alg: 'HS256', kid: key.kid })}.${encoded(claims)}`;
    return `${content}.${createHmac('sha256', JSON.stringify(key.public_jwk)).update(content).digest('base64url')}`;
  }
  const unknown = switches.is_on('unknown_key') || switches.is_on('new_key');
  const token = await new SignJWT(claims)
    .setProtectedHeader({ ...header, ...(unknown && { kid: other_key.kid }) })
    .sign(unknown ? other_key.private_key : key.private_key);
  if (!switches.is_on('bad_signature')) return token;
  const [head = '', , signature = ''] = token.split('.');
  return `${head}.${encoded({ ...claims, sub: 'somebody-else' })}.${signature}`;
}

/** A logout token (OpenID Connect Back-Channel Logout 1.0, 2.4); what is named replaces or adds a claim, undefined takes one out. */
export function make_logout_token(
  provider: MockProvider,
  about: Readonly<Record<string, unknown>>,
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const now = Math.floor(provider.now() / 1000);
  const claims = {
    iss: provider.issuer,
    aud: provider.client_id,
    iat: now,
    exp: now + 120,
    jti: random(),
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    ...about,
  };
  const { private_key, kid } = provider.switches.is_on('unknown_key') ? provider.other_key : provider.key;
  const left = JSON.parse(JSON.stringify(claims)) as JWTPayload; // the claims above, without those that are undefined
  return new SignJWT(left).setProtectedHeader({ alg: 'RS256', kid, typ: 'logout+jwt', ...header }).sign(private_key);
}

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const half_hash = (token: string): string => createHash('sha256').update(token).digest().subarray(0, 16).toString('base64url');
