import { hash_token, type OrgId } from '../kernel/index.ts';
import type { SqlValue, Storage, UserRow } from '../storage/index.ts';

/** Who is signed in, how, and whose user that is: what every claim is made from. Times are epoch milliseconds. */
export interface SignIn {
  readonly org_id: OrgId;
  readonly session_id: string;
  readonly connection_id: string;
  readonly auth_time: number;
  readonly acr: string | undefined;
  readonly amr: readonly string[];
  /** Only of an app's grant. */
  readonly sid: string | undefined;
  readonly session_expires_at: number;
  /** When the partner is to be asked again; undefined where it is not asked. */
  readonly recheck_at: number | undefined;
  readonly user: SignedInUser;
}

export type SignedInUser = Pick<
  UserRow,
  'id' | 'user_name' | 'email' | 'email_denied' | 'given_name' | 'family_name' | 'display_name' | 'updated_at'
> & {
  readonly active: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
};

interface Joined {
  org_id: OrgId;
  session_id: string;
  connection_id: string;
  auth_time: number | string;
  acr: string | null;
  amr: string;
  sid: string | null;
  session_expires_at: number | string;
  recheck_at: number | string | null;
  user_id: string;
  user_name: string;
  email: string | null;
  email_denied: number | boolean;
  given_name: string | null;
  family_name: string | null;
  display_name: string | null;
  active: number | boolean;
  attributes: string;
  updated_at: number | string;
}

const USER = `u."id" AS "user_id", u."user_name", u."email", u."email_denied", u."given_name", u."family_name", u."display_name", (u."active" AND u."kept_out_at" IS NULL) AS "active", u."attributes", u."updated_at"`;

/** The sign-in behind the issuer's session; undefined once it has ended. */
export function sign_in_of_session(storage: Storage, session_uid: string): Promise<SignIn | undefined> {
  return load(
    storage,
    `SELECT s."org_id", s."id" AS "session_id", s."connection_id", s."auth_time", s."acr", s."amr", NULL AS "sid", s."expires_at" AS "session_expires_at", NULL AS "recheck_at", ${USER}
     FROM "sessions" s JOIN "users" u ON u."org_id" = s."org_id" AND u."id" = s."user_id" WHERE s."uid_hash" = ?`,
    [hash_token(session_uid)],
  );
}

/** The sign-in behind an app's tokens; undefined once access has ended. */
export const sign_in_of_grant = (storage: Storage, grant_id: string): Promise<SignIn | undefined> =>
  sign_in_of_grant_hash(storage, hash_token(grant_id));

/** The same for whoever kept only the hash. */
export function sign_in_of_grant_hash(storage: Storage, grant_hash: string): Promise<SignIn | undefined> {
  return load(
    storage,
    `SELECT g."org_id", g."session_id", g."connection_id", g."auth_time", g."acr", g."amr", g."sid", g."session_expires_at", r."ask_at" AS "recheck_at", ${USER}
     FROM "app_grants" g JOIN "users" u ON u."org_id" = g."org_id" AND u."id" = g."user_id"
     LEFT JOIN "rechecks" r ON r."org_id" = g."org_id" AND r."session_id" = g."session_id" WHERE g."grant_hash" = ?`,
    [grant_hash],
  );
}

/** The sign-in of this person behind this app's `sid`; undefined once access has ended. */
export function sign_in_of_app(
  storage: Storage,
  { client_id, user_id, sid }: { readonly client_id: string; readonly user_id: string; readonly sid: string },
): Promise<SignIn | undefined> {
  return load(
    storage,
    `SELECT g."org_id", g."session_id", g."connection_id", g."auth_time", g."acr", g."amr", g."sid", g."session_expires_at", NULL AS "recheck_at", ${USER}
     FROM "app_grants" g JOIN "users" u ON u."org_id" = g."org_id" AND u."id" = g."user_id" WHERE g."client_id" = ? AND (g."user_id" = ? OR g."told_sub" = ?) AND g."sid" = ? LIMIT 1`,
    [client_id, user_id, user_id, sid],
  );
}

async function load(storage: Storage, statement: string, values: readonly SqlValue[]): Promise<SignIn | undefined> {
  const row = await storage.sql.get<Joined>(statement, values);
  if (row === undefined) return undefined;
  return {
    org_id: row.org_id,
    session_id: row.session_id,
    connection_id: row.connection_id,
    auth_time: Number(row.auth_time),
    acr: row.acr ?? undefined,
    amr: JSON.parse(row.amr) as string[], // written by this room
    sid: row.sid ?? undefined,
    session_expires_at: Number(row.session_expires_at),
    recheck_at: row.recheck_at === null ? undefined : Number(row.recheck_at),
    user: {
      id: row.user_id,
      user_name: row.user_name,
      email: row.email,
      email_denied: Boolean(row.email_denied),
      given_name: row.given_name,
      family_name: row.family_name,
      display_name: row.display_name,
      active: Boolean(row.active),
      attributes: JSON.parse(row.attributes) as Record<string, unknown>, // a JSON column
      updated_at: Number(row.updated_at),
    },
  };
}
