import type { Context } from 'koa';
import type { Actor } from '../audit/index.ts';
import { type RateLimits, state_of } from '../http/index.ts';
import { type OrgId, same_secret, Unauthenticated } from '../kernel/index.ts';
import type { AdminRole } from '../storage/index.ts';
import type { AdminKeys } from './admin_keys.ts';

/** Who asks, and what that may be. An `org_admin` sees one organization. */
export type Caller =
  | { readonly role: Exclude<AdminRole, 'org_admin'>; readonly actor: Actor }
  | { readonly role: 'org_admin'; readonly organization_id: OrgId; readonly actor: Actor };

/** The only organization that there is for this caller; undefined: all are. */
export const bound_to = (who: Caller): OrgId | undefined => (who.role === 'org_admin' ? who.organization_id : undefined);

export interface IdentifyDeps {
  /** The key of the settings: of role owner, in no row. */
  readonly first_key: string | undefined;
  readonly admin_keys: Pick<AdminKeys, 'identify'>;
  /** An opaque access token of our own with the scope `postern:admin`, when its person or app may use this API at all. */
  readonly identify_token: (token: string) => Promise<Caller | undefined>;
  /** The session of the console that a browser's request has; absent: there is no console. @throws Forbidden when another page made the request */
  readonly identify_session?: ((ctx: Context) => Promise<Caller | undefined>) | undefined;
  readonly rate_limits: Pick<RateLimits, 'check' | 'count'>;
}

/** @throws Unauthenticated | TooMany. Only refused credentials count. */
export async function identify(deps: IdentifyDeps, ctx: Context): Promise<Caller> {
  const { ip } = state_of(ctx);
  // whoever brings a key is not asked for a cookie
  const at_the_console = ctx.get('authorization') === '' ? await deps.identify_session?.(ctx) : undefined;
  if (at_the_console !== undefined) return at_the_console;
  await deps.rate_limits.check('credential', ip);
  // RFC 6750 section 2.1; what our keys and tokens cannot contain need not be looked for
  const secret = /^bearer +([\x21-\x7e]{1,1024})$/i.exec(ctx.get('authorization'))?.[1];
  const caller = secret === undefined ? undefined : await caller_of(deps, secret);
  if (caller !== undefined) return caller;
  await deps.rate_limits.count('credential', ip);
  if (secret === undefined) {
    ctx.set('www-authenticate', 'Bearer');
    throw new Unauthenticated('credentials_required', 'Send an admin key: Authorization: Bearer <key>.');
  }
  ctx.set('www-authenticate', 'Bearer error="invalid_token"');
  throw new Unauthenticated('invalid_credentials', 'This key or token is unknown, expired, or not for the admin API.');
}

async function caller_of(deps: IdentifyDeps, secret: string): Promise<Caller | undefined> {
  if (deps.first_key !== undefined && same_secret(deps.first_key, secret)) {
    return { role: 'owner', actor: { kind: 'admin_key', id: 'first', name: 'POSTERN_ADMIN_KEY' } };
  }
  const key = await deps.admin_keys.identify(secret);
  if (key !== undefined) {
    const { id, name, role, organization_id } = key;
    const actor: Actor = { kind: 'admin_key', id, name };
    if (role !== 'org_admin') return { role, actor };
    return organization_id === undefined ? undefined : { role, organization_id, actor };
  }
  return deps.identify_token(secret);
}
