import { createHash } from 'node:crypto';
import { errors, type Provider } from 'oidc-provider';
import { hash_token, same_secret } from '../kernel/index.ts';
import { may_use } from './claims.ts';
import type { IssuerDeps } from './issuer_deps.ts';
import { sign_in_of_grant_hash, type SignIn } from './sign_in.ts';

/** What a page of ours came back with, and what it had begun with. */
export interface OwnCode {
  readonly code: string;
  readonly code_verifier: string;
  readonly redirect_uri: string;
  readonly nonce: string;
}

/** Signing in to our own pages: the same codes as for every app, taken here instead of at the token endpoint, so that no token has to be kept. */
export interface OwnSignIns<Access> {
  /** Takes a code, once; answers the hash of its grant. Undefined when it is no good. */
  redeem(given: OwnCode): Promise<string | undefined>;
  /** What whoever holds this grant may do at this moment; undefined once the sign-in has ended. */
  access(grant_hash: string): Promise<Access | undefined>;
  /** Ends the sign-in that the grant rests on. */
  end(grant_hash: string): Promise<void>;
}

type Deps = Pick<IssuerDeps, 'storage' | 'directory' | 'now' | 'end_access'>;

/** `worth`: what a living sign-in may do there. */
export function make_own_sign_ins<Access>(
  provider: () => Provider,
  deps: Deps,
  client_id: string,
  worth: (sign_in: SignIn) => Promise<Access | undefined>,
): OwnSignIns<Access> {
  return {
    redeem: (given) => redeem(provider(), client_id, given),
    async access(grant_hash) {
      const sign_in = await living(deps, client_id, grant_hash);
      const client = await deps.directory.client(client_id);
      if (sign_in === undefined || client === undefined || !(await may_use(deps, sign_in, client))) return undefined;
      return worth(sign_in);
    },
    async end(grant_hash) {
      const sign_in = await sign_in_of_grant_hash(deps.storage, grant_hash);
      if (sign_in === undefined) return;
      const { org_id, session_id } = sign_in;
      await deps.storage.transact((tx) => deps.end_access(tx, { org_id, session_id }));
    },
  };
}

/** RFC 6749 section 4.1.3, RFC 7636 section 4.6. */
async function redeem(provider: Provider, client_id: string, given: OwnCode): Promise<string | undefined> {
  const code = await provider.AuthorizationCode.find(given.code);
  if (code?.clientId !== client_id || code.grantId === undefined) return undefined;
  try {
    // used up before anything else is looked at: whoever shows it a second time ends what the first made of it
    await code.consume();
  } catch (error) {
    if (error instanceof errors.InvalidGrant) return undefined;
    throw error;
  }
  const challenge = createHash('sha256').update(given.code_verifier).digest('base64url');
  const good =
    !code.isExpired &&
    code.redirectUri === given.redirect_uri &&
    code.codeChallengeMethod === 'S256' &&
    same_secret(code.codeChallenge ?? '', challenge) &&
    same_secret(code.nonce ?? '', given.nonce);
  return good ? hash_token(code.grantId) : undefined;
}

/** The sign-in to this very app, while its session and its grant are there. */
async function living({ storage, now }: Deps, client_id: string, grant_hash: string): Promise<SignIn | undefined> {
  const sign_in = await sign_in_of_grant_hash(storage, grant_hash);
  if (sign_in === undefined || sign_in.session_expires_at <= now()) return undefined;
  const there = await storage.sql.get(
    `SELECT 1 AS "one" FROM "sessions" s WHERE s."org_id" = ? AND s."id" = ?
     AND EXISTS (SELECT 1 FROM "oidc_payloads" WHERE "kind" = 'Grant' AND "id_hash" = ?)
     AND EXISTS (SELECT 1 FROM "app_grants" g WHERE g."grant_hash" = ? AND g."client_id" = ?)`,
    [sign_in.org_id, sign_in.session_id, grant_hash, grant_hash, client_id],
  );
  return there === undefined ? undefined : sign_in;
}
