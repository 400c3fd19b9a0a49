import { errors, type Grant, type KoaContextWithOIDC } from 'oidc-provider';
import { hash_token, random_token } from '../kernel/index.ts';
import type { SignedInAccount } from './account.ts';
import type { ClaimsDeps } from './claims.ts';
import { type Consent, consent_of } from './consents.ts';
import type { SignIn } from './sign_in.ts';

/**
 * The grant under which an app's tokens live. First-party apps meet no consent page: they are granted what they ask for,
 * within their registration. Others get what the person consented to.
 */
export function make_load_grant(deps: ClaimsDeps): (ctx: KoaContextWithOIDC) => Promise<Grant | undefined> {
  return async (ctx) => {
    const { session, client, account } = ctx.oidc;
    if (session === undefined || client === undefined || account === undefined) return undefined;
    const { sign_in } = account as SignedInAccount; // find_account makes no other
    const known = ctx.oidc.result?.consent?.grantId ?? session.grantIdFor(client.clientId);
    let grant = known === undefined ? undefined : await ctx.oidc.provider.Grant.find(known);
    if (grant !== undefined && (grant.accountId !== account.accountId || grant.clientId !== client.clientId)) grant = undefined;
    const registered = await deps.directory.client(client.clientId);
    if (registered === undefined) return undefined;
    const allowed = registered.first_party ? undefined : await consent_of(deps.storage, about(sign_in, client.clientId));
    if (grant === undefined) {
      if (!registered.first_party && allowed === undefined) return undefined;
      grant = new ctx.oidc.provider.Grant({ accountId: account.accountId, clientId: client.clientId });
      grant.jti = random_token();
    }
    const is_new = grant.jti !== known;
    const widened = registered.first_party ? widen(ctx, grant) : allowed !== undefined && add_allowed(grant, allowed);
    session.ensureClientContainer(client.clientId);
    await remember_grant(deps, sign_in, {
      grant_id: grant.jti,
      sub: account.accountId,
      client_id: client.clientId,
      sid: session.sidFor(client.clientId) ?? random_token(16),
    });
    if (is_new || widened) await grant.save();
    return grant;
  };
}

interface App {
  readonly grant_id: string;
  readonly client_id: string;
  /** As the app is told: an id that the person had before, in a session that began under it. */
  readonly sub: string;
  readonly sid: string;
}

/**
 * Ties the grant to the sign-in, so that its tokens say who, when and how, and end with it: made from the session as it is at this
 * moment, under its lock, so that no grant comes after the end of its session.
 * @throws errors.LoginRequired when the session has ended since it was looked at, or the app was switched off by a process not yet heard from
 */
async function remember_grant(deps: ClaimsDeps, sign_in: SignIn, app: App): Promise<void> {
  const { storage } = deps;
  const remembered = await storage.write_once(
    `INSERT INTO "app_grants" ("org_id", "grant_hash", "session_id", "user_id", "connection_id", "client_id", "told_sub", "sid", "auth_time", "acr", "amr", "session_expires_at", "created_at")
     SELECT s."org_id", ?, s."id", s."user_id", s."connection_id", c."id", NULLIF(?, s."user_id"), ?, s."auth_time", s."acr", s."amr", s."expires_at", CAST(? AS bigint)
     FROM "sessions" s, "clients" c WHERE s."org_id" = ? AND s."id" = ? AND c."id" = ? AND c."enabled" = ?${storage.kind === 'postgres' ? ' FOR SHARE OF s' : ''}
     ON CONFLICT ("grant_hash") DO UPDATE SET "session_id" = excluded."session_id", "connection_id" = excluded."connection_id",
       "auth_time" = excluded."auth_time", "acr" = excluded."acr", "amr" = excluded."amr", "session_expires_at" = excluded."session_expires_at"`,
    [hash_token(app.grant_id), app.sub, app.sid, deps.now(), sign_in.org_id, sign_in.session_id, app.client_id, true],
  );
  if (remembered === 0) throw new errors.LoginRequired('the session has ended');
}

const about = (sign_in: SignIn, client_id: string) => ({ org_id: sign_in.org_id, user_id: sign_in.user.id, client_id });

/** Adds what the person has allowed this app before: asked once, in whatever browser. */
function add_allowed(grant: Grant, { scopes, claims }: Consent): boolean {
  const before = JSON.stringify([grant.openid, grant.resources]);
  for (const [resource, names] of Object.entries(scopes)) {
    if (resource === '') grant.addOIDCScope(names.join(' '));
    else grant.addResourceScope(resource, names.join(' '));
  }
  if (claims.length > 0) grant.addOIDCClaims(claims);
  return JSON.stringify([grant.openid, grant.resources]) !== before;
}

/** Adds what this request asks for and the grant does not have yet. */
function widen(ctx: KoaContextWithOIDC, grant: Grant): boolean {
  let changed = false;
  const asked = [...ctx.oidc.requestParamOIDCScopes];
  const had = new Set(grant.getOIDCScope().split(' '));
  if (asked.some((scope) => !had.has(scope))) {
    grant.addOIDCScope(asked.join(' '));
    changed = true;
  }
  const claims = [...ctx.oidc.requestParamClaims];
  const had_claims = new Set(grant.getOIDCClaims());
  if (claims.some((claim) => !had_claims.has(claim))) {
    grant.addOIDCClaims(claims);
    changed = true;
  }
  for (const [identifier, resource] of Object.entries(ctx.oidc.resourceServers ?? {})) {
    const wanted = [...ctx.oidc.requestParamScopes].filter((scope) => resource.scopes.has(scope));
    const had_scopes = new Set(grant.getResourceScope(identifier).split(' '));
    if (wanted.some((scope) => !had_scopes.has(scope))) {
      grant.addResourceScope(identifier, wanted.join(' '));
      changed = true;
    }
  }
  return changed;
}
