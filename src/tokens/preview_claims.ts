import { type OrgId, NotFound } from '../kernel/index.ts';
import { in_the_words_of } from './app_claims.ts';
import { type ClaimsDeps, claims_of } from './claims.ts';
import type { SignIn } from './sign_in.ts';

/** What an app would be told of a person. */
export interface PreviewedClaims {
  readonly id_token: Readonly<Record<string, unknown>>;
  readonly userinfo: Readonly<Record<string, unknown>>;
}

/**
 * The claims of a sign-in that does not take place: by the person as they are now, and the app as it is registered. What hooks add is not in it.
 * @throws NotFound when there is no such person or app
 */
export async function preview_claims(
  deps: ClaimsDeps,
  {
    org_id,
    user_id,
    client_id,
    scopes,
  }: { readonly org_id: OrgId; readonly user_id: string; readonly client_id: string; readonly scopes: ReadonlySet<string> },
): Promise<PreviewedClaims> {
  const client = await deps.directory.registered_client(client_id);
  if (client === undefined) throw new NotFound('client');
  const user = await deps.storage.org(org_id).users.find_one({ id: user_id });
  if (user === undefined) throw new NotFound('user');
  const identities = await deps.storage.org(org_id).identities.find({ user_id });
  const newest = identities.sort((a, b) => (b.last_login_at ?? 0) - (a.last_login_at ?? 0))[0];
  const now = deps.now();
  const sign_in: SignIn = {
    ...{ org_id, user, session_id: '', connection_id: newest?.connection_id ?? 'the connection of the sign-in' },
    ...{ auth_time: newest?.last_login_at ?? now, acr: undefined, amr: [], sid: 'of the session' },
    ...{ session_expires_at: now, recheck_at: undefined },
  };
  const words = async (use: string): Promise<Record<string, unknown>> => {
    const claims = await claims_of(deps, sign_in, client_id, use, scopes);
    return in_the_words_of(client.metadata, claims, claims);
  };
  return { id_token: { ...(await words('id_token')), aud: client_id }, userinfo: await words('userinfo') };
}
