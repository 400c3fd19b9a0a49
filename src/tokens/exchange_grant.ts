import { errors, type Grant, type Provider } from 'oidc-provider';
import { hash_token } from '../kernel/index.ts';
import type { IssuerDeps } from './issuer_deps.ts';
import type { Subject } from './subject_token.ts';

/** The grant under which the tokens that one app gets for another's live: one for each sign-in, ended with it. @throws errors.InvalidGrant once that has ended */
export async function exchange_grant(
  provider: Provider,
  { storage, now }: IssuerDeps,
  about: { readonly subject: Subject; readonly client_id: string; readonly resource: string | undefined; readonly scope: string },
): Promise<Grant> {
  const { subject, client_id, resource, scope } = about;
  const { user } = subject.sign_in;
  const id = `exchange.${hash_token(JSON.stringify([subject.client_id, subject.sid, client_id, user.id]))}`;
  const grant = (await provider.Grant.find(id)) ?? new provider.Grant({ accountId: user.id, clientId: client_id });
  grant.jti = id;
  if (resource === undefined) grant.addOIDCScope(scope);
  else grant.addResourceScope(resource, scope);
  // made from the first app's own row, under its lock: nothing is exchanged after the end of the sign-in
  const lock = storage.kind === 'postgres' ? ' FOR SHARE' : '';
  const tied = await storage.write_once(
    `INSERT INTO "app_grants" ("org_id", "grant_hash", "session_id", "user_id", "connection_id", "client_id", "sid", "auth_time", "acr", "amr", "session_expires_at", "created_at")
     SELECT "org_id", ?, "session_id", "user_id", "connection_id", ?, "sid", "auth_time", "acr", "amr", "session_expires_at", CAST(? AS bigint)
     FROM "app_grants" WHERE "client_id" = ? AND "user_id" = ? AND "sid" = ? LIMIT 1${lock}
     ON CONFLICT ("grant_hash") DO UPDATE SET "session_id" = excluded."session_id", "session_expires_at" = excluded."session_expires_at"`,
    [hash_token(id), client_id, now(), subject.client_id, user.id, subject.sid],
  );
  if (tied === 0) throw new errors.InvalidGrant('subject_token is not valid');
  await grant.save();
  return grant;
}
