import { LoginRefused, type OrgId, parse_email } from '../kernel/index.ts';
import type { PeoplePolicy } from '../organizations/index.ts';
import type { Tx, UserRow } from '../storage/index.ts';
import { type RawUser, read_user } from '../users/index.ts';

export interface Stranger {
  readonly org_id: OrgId;
  readonly connection_id: string;
  readonly subject: string;
  /** An address by which this sign-in may be joined to an account; undefined when it may not. */
  readonly joining_email: string | undefined;
  /** The person has said that the account they would be joined to is theirs. */
  readonly confirmed?: boolean;
}

/** Before a sign-in is joined to an account that another source made, the person is asked. */
export class LinkQuestion extends Error {
  readonly email: string;

  constructor(email: string) {
    super('the person is asked whether the account is theirs');
    this.email = email;
  }
}

/**
 * The account that a first sign-in belongs to, if there already is one: made by SCIM under this very subject, else, where the
 * connection says so, with the same proven address. Never of another organization.
 * @throws LinkQuestion where the organization has the person asked; LoginRefused `link_refused` with several candidates or one that is bound to another subject of this connection
 */
export async function meet(
  tx: Tx,
  stranger: Stranger,
  policy: PeoplePolicy,
): Promise<{ user: UserRow; by: 'external_id' | 'email' } | undefined> {
  const ways = policy.match_by ?? ['external_id', 'verified_email'];
  let found: { readonly by: 'external_id' | 'email'; readonly candidates: readonly RawUser[] } | undefined;
  for (const way of ways) {
    // by the subject of this very connection they would not be a stranger
    if (found !== undefined || way === 'subject') continue;
    const candidates = way === 'external_id' ? await made_by_scim(tx, stranger) : await with_email(tx, stranger);
    if (candidates.length > 0) found = { by: way === 'external_id' ? 'external_id' : 'email', candidates };
  }
  if (found === undefined) return undefined;
  const { by } = found;
  const [first, second] = found.candidates;
  if (first === undefined) return undefined;
  if (second !== undefined) throw refused(`several accounts match by ${by}`);
  const user = read_user(first);
  if (by === 'email' && policy.on_conflict === 'refuse')
    throw refused(`user ${user.id} was made by another source, and on_conflict is refuse`);
  const bound = await tx.org(stranger.org_id).identities.find_one({ user_id: user.id, connection_id: stranger.connection_id });
  if (bound !== undefined) throw refused(`user ${user.id} is bound to another subject of this connection`);
  if (by === 'email' && policy.on_conflict === 'ask' && stranger.confirmed !== true) throw new LinkQuestion(stranger.joining_email ?? '');
  return { user, by };
}

/** A token without a connection, or one that is gone, speaks for all of them, which is only safe while there is a single one. */
function made_by_scim(tx: Tx, { org_id, connection_id, subject }: Stranger): Promise<RawUser[]> {
  return tx.sql.all<RawUser>(
    `SELECT u.* FROM "users" u LEFT JOIN "scim_tokens" t ON t."org_id" = u."org_id" AND t."id" = u."scim_owner"
     WHERE u."org_id" = ? AND u."external_id" = ? AND u."scim_owner" IS NOT NULL AND (t."connection_id" = ?
       OR (t."connection_id" IS NULL AND (SELECT COUNT(*) FROM "connections" c WHERE c."org_id" = u."org_id") = 1)) LIMIT 2`,
    [org_id, subject, connection_id],
  );
}

/** Whose own partner denied the address is no candidate: it was never proven theirs. */
async function with_email(tx: Tx, { org_id, joining_email }: Stranger): Promise<RawUser[]> {
  const key = joining_email === undefined ? undefined : parse_email(joining_email)?.key;
  if (key === undefined) return [];
  return tx.sql.all<RawUser>(`SELECT u.* FROM "users" u WHERE u."org_id" = ? AND u."email_key" = ? AND u."email_denied" = ? LIMIT 2`, [
    org_id,
    key,
    false,
  ]);
}

const refused = (detail: string): LoginRefused =>
  new LoginRefused('link_refused', 'This sign-in could not be linked to an existing account.', { detail });
