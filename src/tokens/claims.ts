import type { Storage } from '../storage/index.ts';
import { app_is_open_to, type IssuerClient, type IssuerDirectory } from './directory.ts';
import type { SignedInUser, SignIn } from './sign_in.ts';

/** Which claims each scope brings, in the ID token and in userinfo alike. */
export const CLAIMS_BY_SCOPE = {
  openid: ['sub', 'org_id', 'org_slug', 'idp', 'auth_time', 'amr', 'acr', 'sid'],
  profile: ['name', 'given_name', 'family_name', 'preferred_username', 'updated_at', 'org_name'],
  email: ['email', 'email_verified'],
  groups: ['groups'],
  roles: ['roles'],
};

export interface ClaimsDeps {
  readonly storage: Storage;
  readonly directory: IssuerDirectory;
  readonly now: () => number;
}

/** Access has not ended: the person, the organization and the connection are all in order, and the app may be used by this organization. */
export async function may_use(deps: ClaimsDeps, sign_in: SignIn, client: IssuerClient | undefined): Promise<boolean> {
  if (!sign_in.user.active) return false;
  if (client !== undefined && !app_is_open_to(client, sign_in.org_id)) return false;
  const [organization, connection] = await Promise.all([
    deps.directory.organization(sign_in.org_id),
    deps.directory.connection(sign_in.connection_id),
  ]);
  return organization?.active === true && connection?.enabled === true && connection.org_id === sign_in.org_id;
}

/** Every claim that the given scopes may show of this sign-in. */
export async function claims_of(
  deps: ClaimsDeps,
  sign_in: SignIn,
  client_id: string,
  use: string,
  scopes: ReadonlySet<string>,
): Promise<Record<string, unknown>> {
  const { user } = sign_in;
  const organization = await deps.directory.organization(sign_in.org_id);
  const claims: Record<string, unknown> = { sub: user.id, org_id: sign_in.org_id, org_slug: organization?.slug };
  if (use === 'id_token') {
    claims['idp'] = sign_in.connection_id;
    claims['auth_time'] = Math.floor(sign_in.auth_time / 1000);
    claims['amr'] = sign_in.amr;
    if (sign_in.acr !== undefined) claims['acr'] = sign_in.acr;
    if (sign_in.sid !== undefined) claims['sid'] = sign_in.sid;
  }
  if (scopes.has('profile')) Object.assign(claims, profile_claims(sign_in, organization?.name));
  if (scopes.has('email') && user.email !== null) {
    claims['email'] = user.email;
    claims['email_verified'] = !user.email_denied && (await deps.directory.verified_domains(sign_in.org_id)).has(domain_of(user.email));
  }
  if (scopes.has('groups') || scopes.has('roles')) {
    const groups = await groups_of(deps.storage, sign_in);
    if (scopes.has('groups')) claims['groups'] = groups;
    if (scopes.has('roles')) claims['roles'] = await roles_of(deps, sign_in, client_id, new Set(groups));
  }
  return claims;
}

function profile_claims({ user }: SignIn, org_name: string | undefined): Record<string, unknown> {
  const name = user.display_name ?? ([user.given_name, user.family_name].filter((part) => part !== null).join(' ') || user.user_name);
  return {
    name,
    ...(user.given_name !== null && { given_name: user.given_name }),
    ...(user.family_name !== null && { family_name: user.family_name }),
    preferred_username: user.user_name,
    updated_at: Math.floor(user.updated_at / 1000),
    org_name,
  };
}

const domain_of = (email: string): string => email.slice(email.lastIndexOf('@') + 1).toLowerCase();

/** Whoever may have roles. */
type Holder = Pick<SignIn, 'org_id'> & { readonly user: Pick<SignedInUser, 'id' | 'attributes' | 'user_name' | 'email'> };

async function groups_of(storage: Storage, sign_in: Holder): Promise<string[]> {
  const rows = await storage.sql.all<{ display_name: string }>(
    `SELECT g."display_name" FROM "group_members" m JOIN "groups" g ON g."org_id" = m."org_id" AND g."id" = m."group_id"
     WHERE m."org_id" = ? AND m."user_id" = ? ORDER BY g."display_name"`,
    [sign_in.org_id, sign_in.user.id],
  );
  return rows.map((row) => row.display_name);
}

export interface RolesDeps {
  readonly storage: Storage;
  readonly directory: Pick<IssuerDirectory, 'role_mappings'>;
}

/** The roles of a person in an app, as its tokens have them, whether or not they are signed in. */
export async function roles_in_app(deps: RolesDeps, holder: Holder, client_id: string): Promise<string[]> {
  return roles_of(deps, holder, client_id, new Set(await groups_of(deps.storage, holder)));
}

/** Roles given by hand and roles mapped from groups and attributes, for this app. */
async function roles_of(deps: RolesDeps, sign_in: Holder, client_id: string, groups: ReadonlySet<string>): Promise<string[]> {
  const given = await deps.storage.sql.all<{ role: string }>(
    `SELECT "role" FROM "user_roles" WHERE "org_id" = ? AND "user_id" = ? AND "client_id" IN ('', ?)`,
    [sign_in.org_id, sign_in.user.id, client_id],
  );
  const roles = new Set(given.map((row) => row.role));
  for (const mapping of await deps.directory.role_mappings(sign_in.org_id)) {
    if (mapping.client_id !== '' && mapping.client_id !== client_id) continue;
    const { attributes, user_name, email } = sign_in.user;
    if (mapping.matches({ groups, attributes, user_name, email })) roles.add(mapping.role);
  }
  return [...roles].sort();
}
