import type { Provider } from 'oidc-provider';
import type { OrgId } from '../kernel/index.ts';
import { type ClaimsDeps, may_use } from './claims.ts';
import { type SignIn, sign_in_of_grant } from './sign_in.ts';

export const ADMIN_SCOPE = 'postern:admin';

/** Roles by which a person of the operators' organization may use the admin API, strongest first. Given by hand only. */
const ADMIN_ROLES = ['owner', 'operator', 'support'] as const;

/** Who speaks to the admin API with an access token of ours. */
export type AdminAccess =
  /** An app in its own name. */
  { readonly kind: 'client'; readonly client_id: string } | PersonAccess;

export interface PersonAccess {
  readonly kind: 'person';
  readonly client_id: string;
  readonly user_id: string;
  readonly name: string;
  readonly org_id: OrgId;
  readonly role: (typeof ADMIN_ROLES)[number];
}

/** The admin access that an opaque token gives at this moment; undefined when it gives none. */
export async function admin_access(provider: Provider, deps: ClaimsDeps, token: string): Promise<AdminAccess | undefined> {
  const [personal, own] = await Promise.all([provider.AccessToken.find(token), provider.ClientCredentials.find(token)]);
  const found = personal ?? own;
  if (found?.clientId === undefined || !found.isValid || !found.scopes.has(ADMIN_SCOPE)) return undefined;
  // bound to a key that a bearer has not shown (RFC 9449 section 7.2)
  if (found.isSenderConstrained()) return undefined;
  const client = await deps.directory.client(found.clientId);
  const registered = client?.metadata['scope'];
  if (client === undefined || typeof registered !== 'string' || !registered.split(' ').includes(ADMIN_SCOPE)) return undefined;
  const { client_id } = client;
  if (personal === undefined) return { kind: 'client', client_id };
  const sign_in = await sign_in_of_grant(deps.storage, personal.grantId ?? '');
  if (sign_in === undefined || sign_in.user.id !== personal.accountId || !(await may_use(deps, sign_in, client))) return undefined;
  if (personal.expiresWithSession === true && sign_in.session_expires_at <= deps.now()) return undefined;
  return person_access(deps, sign_in, client_id);
}

/** What the roles given by hand make of a person who is signed in; undefined when that is nothing. */
export async function person_access(
  deps: Pick<ClaimsDeps, 'storage'>,
  sign_in: SignIn,
  client_id: string,
): Promise<PersonAccess | undefined> {
  const { org_id, user } = sign_in;
  const given = await deps.storage.sql.all<{ role: string }>(
    `SELECT "role" FROM "user_roles" WHERE "org_id" = ? AND "user_id" = ? AND "client_id" IN ('', ?)`,
    [org_id, user.id, client_id],
  );
  const role = ADMIN_ROLES.find((name) => given.some((row) => row.role === name));
  return role === undefined ? undefined : { kind: 'person', client_id, user_id: user.id, name: user.user_name, org_id, role };
}

/** By this role a person looks after what is in use for their own organization, and for no other. Given by hand, as those above. */
const ORGANIZATION_ROLE = 'org_admin';

export interface OrganizationAccess {
  readonly org_id: OrgId;
  readonly user_id: string;
  readonly name: string;
}

/** What a person who is signed in may look after: a role that comes of a group or of anything else that their partner says counts for nothing here. */
export async function organization_access(
  { storage }: Pick<ClaimsDeps, 'storage'>,
  { org_id, user }: SignIn,
  client_id: string,
): Promise<OrganizationAccess | undefined> {
  const given = await storage.sql.get(
    `SELECT 1 AS "one" FROM "user_roles" WHERE "org_id" = ? AND "user_id" = ? AND "role" = ? AND "client_id" IN ('', ?)`,
    [org_id, user.id, ORGANIZATION_ROLE, client_id],
  );
  return given === undefined ? undefined : { org_id, user_id: user.id, name: user.user_name };
}
