import type { Act } from '../audit/index.ts';
import { Conflict, type OrgId } from '../kernel/index.ts';
import { require_delegable } from '../organizations/index.ts';
import type { Tx, UserRow } from '../storage/index.ts';
import { hold_user } from './find.ts';
import { change_members } from './members.ts';
import type { UsersDeps } from './record.ts';
import { settle_access } from './settle_access.ts';

/** Fields that the one who stays takes over where they have nothing. */
const FILLED = ['email', 'email_key', 'given_name', 'family_name', 'display_name', 'external_id', 'scim_owner'] as const;

/**
 * Two users turn out to be one person: what `id` has becomes `into`'s (identities, groups, roles, consents, sessions and the tokens of apps), and `id` is gone.
 * Its id is never given again; tokens that name it go on as long as they would have, and answer with it. All in one unit of work.
 * @throws NotFound | Conflict `merge_itself`, `merge_identities` when both have an identity at the same connection
 */
export async function merge_users(deps: UsersDeps, org_id: OrgId, id: string, into: string, act: Act): Promise<UserRow> {
  if (id === into) throw new Conflict('merge_itself', 'A user cannot be merged into itself.');
  return deps.storage.transact(async (tx) => {
    // in one order everywhere, so that two merges cannot wait for each other
    for (const held of [id, into].sort()) await hold_user(tx, org_id, held);
    const [gone, stays] = [await hold_user(tx, org_id, id), await hold_user(tx, org_id, into)];
    await require_apart(tx, org_id, id, into);
    // by a merge nobody is given what could not be given outright
    await require_delegable(tx.sql, act, await tx.org(org_id).user_roles.find({ user_id: id }));
    await move(tx, org_id, id, into);
    await tx.org(org_id).users.delete({ id });
    await tx.org(org_id).user_aliases.insert({ id, user_id: into, created_at: deps.now() });
    const filled = Object.fromEntries(
      FILLED.filter((field) => stays[field] === null && gone[field] !== null).map((field) => [field, gone[field]]),
    );
    const attributes = { ...gone.attributes, ...stays.attributes };
    const written_by = merged_words(gone, stays, Object.keys(filled));
    const changes = { ...filled, attributes, written_by, updated_at: deps.now(), version: stays.version + 1 };
    await tx.org(org_id).users.update({ id: into }, changes);
    await deps.record(tx, act, {
      type: 'user.merged',
      org_id,
      target: { kind: 'user', id: into, name: stays.user_name },
      before: { id, user_name: gone.user_name, external_id: gone.external_id },
      after: { ...filled, attributes },
    });
    await settle_access(deps, tx, org_id, [into], act);
    return { ...stays, ...changes };
  });
}

/** Of what was taken over from the one who is gone, who had said it there. */
function merged_words(gone: UserRow, stays: UserRow, filled: readonly string[]): Record<string, string> {
  const taken = Object.entries(gone.written_by ?? {}).filter(
    ([name]) => filled.includes(name) || (name.startsWith('attributes.') && !Object.hasOwn(stays.attributes, name.slice(11))),
  );
  return { ...Object.fromEntries(taken), ...stays.written_by };
}

async function require_apart(tx: Tx, org_id: OrgId, id: string, into: string): Promise<void> {
  const both = await tx.sql.get<{ connection_id: string }>(
    `SELECT a."connection_id" FROM "identities" a JOIN "identities" b ON b."org_id" = a."org_id" AND b."connection_id" = a."connection_id"
     WHERE a."org_id" = ? AND a."user_id" = ? AND b."user_id" = ?`,
    [org_id, id, into],
  );
  if (both !== undefined)
    throw new Conflict('merge_identities', 'Both users have an identity at the same connection: to the partner they are two people.', {
      detail: `connection ${both.connection_id}`,
    });
}

async function move(tx: Tx, org_id: OrgId, id: string, into: string): Promise<void> {
  const from_to = [into, org_id, id];
  // an app goes on calling them what it was told
  await tx.sql.run(`UPDATE "app_grants" SET "told_sub" = COALESCE("told_sub", "user_id") WHERE "org_id" = ? AND "user_id" = ?`, [
    org_id,
    id,
  ]);
  for (const table of ['identities', 'synced_people', 'sessions', 'app_grants', 'rechecks', 'user_aliases'])
    await tx.sql.run(`UPDATE "${table}" SET "user_id" = ? WHERE "org_id" = ? AND "user_id" = ?`, from_to);
  // held by everybody who held either
  for (const { group_id, sources } of await tx.org(org_id).group_members.find({ user_id: id }))
    for (const source of sources.trim().split(' ')) await change_members(tx, org_id, group_id, { add: [into] }, source);
  await tx.sql.run(
    `INSERT INTO "user_roles" ("org_id", "user_id", "role", "client_id") SELECT "org_id", ?, "role", "client_id" FROM "user_roles"
     WHERE "org_id" = ? AND "user_id" = ? ORDER BY "role", "client_id" ON CONFLICT DO NOTHING`,
    from_to,
  );
  await tx.sql.run(
    `UPDATE "consents" SET "user_id" = ? WHERE "org_id" = ? AND "user_id" = ?
     AND "client_id" NOT IN (SELECT "client_id" FROM "consents" WHERE "org_id" = ? AND "user_id" = ?)`,
    [...from_to, org_id, into],
  );
}
