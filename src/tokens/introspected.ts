import type { Configuration } from 'oidc-provider';
import type { OrgId } from '../kernel/index.ts';
import { app_is_open_to } from './directory.ts';
import type { IssuerDeps } from './issuer_deps.ts';
import { sign_in_of_grant } from './sign_in.ts';

type Deps = Pick<IssuerDeps, 'directory' | 'storage'>;

/** What every kind of token has, what token_claims put there, and what oidc-provider answers as `sid`. */
interface Held {
  readonly kind?: unknown;
  readonly clientId?: unknown;
  readonly grantId?: unknown;
  extra?: { readonly org_id?: OrgId; readonly org_slug?: string; readonly sid?: string };
  sid?: string | undefined;
}

type Policy = NonNullable<NonNullable<NonNullable<Configuration['features']>['introspection']>['allowedPolicy']>;

/** Whose token introspection tells about (RFC 7662), and what it says of it: the same claims for opaque access tokens and refresh tokens. */
export function introspection_policy(deps: Deps): Policy {
  return async (_ctx, client, token) => {
    // a public client proves nothing about itself, so it may look at its own tokens only
    if (client.clientAuthMethod === 'none' && token.clientId !== client.clientId) return false;
    const held = token as object as Held; // what its types leave out
    // whose it is comes first: the app may be closed to that organization by now
    await say_whose(held, deps);
    return is_in_force(held, deps);
  };
}

/** The token's own app is switched on, and open to the organization that the token says. */
async function is_in_force({ clientId, extra }: Held, { directory }: Deps): Promise<boolean> {
  const client = typeof clientId === 'string' ? await directory.client(clientId) : undefined;
  return client !== undefined && (typeof extra?.org_id !== 'string' || app_is_open_to(client, extra.org_id));
}

/** The last place before oidc-provider reads the token for its answer: a refresh token is stored without claims, and `sid` is read apart. */
async function say_whose(held: Held, { storage, directory }: Deps): Promise<void> {
  if (held.kind === 'RefreshToken' && typeof held.grantId === 'string') {
    const sign_in = await sign_in_of_grant(storage, held.grantId);
    if (sign_in === undefined) return;
    const slug = (await directory.organization(sign_in.org_id))?.slug;
    held.extra = {
      org_id: sign_in.org_id,
      ...(slug !== undefined && { org_slug: slug }),
      ...(sign_in.sid !== undefined && { sid: sign_in.sid }),
    };
  }
  if (typeof held.extra?.sid === 'string') held.sid = held.extra.sid;
}
