import type { Account, FindAccount, KoaContextWithOIDC } from 'oidc-provider';
import { hash_token } from '../kernel/index.ts';
import { CLAIMS_BY_SCOPE, type ClaimsDeps, claims_of, may_use } from './claims.ts';
import { type TokenHook, with_extra } from './hook_claims.ts';
import type { IssuerDeps } from './issuer_deps.ts';
import { type SignIn, sign_in_of_grant, sign_in_of_session } from './sign_in.ts';

export interface SignedInAccount extends Account {
  readonly sign_in: SignIn;
}

/**
 * oidc-provider asks who an account is: at the authorization endpoint by the session, everywhere else by the token's grant.
 * Undefined means that access has ended, whatever the token says.
 */
export function make_find_account(deps: ClaimsDeps & Pick<IssuerDeps, 'recheck'> & { readonly token_hook: TokenHook }): FindAccount {
  return async (ctx, sub, token) => {
    const sign_in = token === undefined ? await current_sign_in(deps, ctx) : await granted_sign_in(deps, token);
    if (sign_in === undefined || !(await is_of(deps, sign_in, sub))) return undefined;
    // a token's own app, whoever shows it
    const client_id = (token !== undefined && 'clientId' in token ? token.clientId : undefined) ?? ctx.oidc.client?.clientId;
    const client = client_id === undefined ? undefined : await deps.directory.client(client_id);
    if (token !== undefined && client === undefined) return undefined;
    // at the authorization endpoint the organization's right to the app is the policy's question, with an answer of its own
    if (!(await may_use(deps, sign_in, token === undefined ? undefined : client))) return undefined;
    if (token?.kind === 'RefreshToken' && ctx.oidc.route === 'token' && is_due(sign_in, deps.now()) && !(await deps.recheck(sign_in)))
      return undefined;
    const account: SignedInAccount = {
      accountId: sub,
      sign_in,
      async claims(use, scope, claims) {
        const said = { ...(await claims_of(deps, sign_in, client_id ?? '', use, scopes_for(scope, claims))), sub };
        if (use !== 'id_token') return said;
        return with_extra(said, await deps.token_hook(ctx, { sign_in, client_id: client_id ?? '', scopes: scope.split(' ') }));
      },
    };
    return account;
  };
}

/** The account of a token: the person's id, or one that they had before they turned out to be this person. */
async function is_of({ storage }: ClaimsDeps, { org_id, user }: SignIn, sub: string): Promise<boolean> {
  if (user.id === sub) return true;
  const alias = await storage.sql.get(`SELECT 1 AS "one" FROM "user_aliases" WHERE "org_id" = ? AND "id" = ? AND "user_id" = ?`, [
    org_id,
    sub,
    user.id,
  ]);
  return alias !== undefined;
}

const is_due = ({ recheck_at }: SignIn, now: number): boolean => recheck_at !== undefined && recheck_at <= now;

/** The session's sign-in; right after a login it is first tied to the session that oidc-provider has just made or renewed. */
async function current_sign_in(deps: ClaimsDeps, ctx: KoaContextWithOIDC): Promise<SignIn | undefined> {
  const { session, result } = ctx.oidc;
  if (session === undefined) return undefined;
  const fresh = signed_in_session(result);
  if (fresh !== undefined) {
    const uid_hash = hash_token(session.uid);
    await deps.storage.transact(async (tx) => {
      // ended before it began: what it would take over stays where it can be ended
      const alive = await tx.sql.get(`SELECT "id" FROM "sessions" WHERE "uid_hash" IN (?, ?) AND "id" = ?`, [
        unbound(fresh),
        uid_hash,
        fresh,
      ]);
      if (alive === undefined) return;
      // signed in anew within a session: its apps go on under the new sign-in
      await tx.sql.run(
        `UPDATE "app_grants" SET "session_id" = ? WHERE "session_id" IN (SELECT "id" FROM "sessions" WHERE "uid_hash" = ?)`,
        [fresh, uid_hash],
      );
      await tx.sql.run(`DELETE FROM "rechecks" WHERE "session_id" IN (SELECT "id" FROM "sessions" WHERE "uid_hash" = ? AND "id" <> ?)`, [
        uid_hash,
        fresh,
      ]);
      await tx.sql.run(`DELETE FROM "sessions" WHERE "uid_hash" = ? AND "id" <> ?`, [uid_hash, fresh]);
      await tx.sql.run(`UPDATE "sessions" SET "uid_hash" = ? WHERE "uid_hash" = ?`, [uid_hash, unbound(fresh)]);
    });
  }
  const sign_in = await sign_in_of_session(deps.storage, session.uid);
  return sign_in !== undefined && sign_in.session_expires_at > deps.now() ? sign_in : undefined;
}

async function granted_sign_in(deps: ClaimsDeps, token: object): Promise<SignIn | undefined> {
  if (!('grantId' in token) || typeof token.grantId !== 'string') return undefined;
  const sign_in = await sign_in_of_grant(deps.storage, token.grantId);
  if (sign_in === undefined) return undefined;
  const bound_to_session = 'expiresWithSession' in token && token.expiresWithSession === true;
  return bound_to_session && sign_in.session_expires_at <= deps.now() ? undefined : sign_in;
}

/** What a session row's `uid_hash` holds until the issuer's session is known. */
export const unbound = (session_id: string): string => `unbound:${session_id}`;

/** The session made by the login that has just ended, from the interaction's result. */
function signed_in_session(result: unknown): string | undefined {
  if (typeof result !== 'object' || result === null || !('signed_in' in result)) return undefined;
  return typeof result.signed_in === 'string' ? result.signed_in : undefined;
}

/** The scopes granted, and those whose claims were asked for one by one (OIDC Core 5.5). */
function scopes_for(scope: string, claims: Readonly<Record<string, unknown>>): Set<string> {
  const scopes = new Set(scope.split(' '));
  for (const [name, names] of Object.entries(CLAIMS_BY_SCOPE)) {
    if (names.some((claim) => Object.hasOwn(claims, claim))) scopes.add(name);
  }
  return scopes;
}
