import type { SqlValue, Storage } from '../../storage/index.ts';
import { marks } from '../../users/index.ts';
import type { About } from './deps.ts';

/** One person who comes into a group there, or leaves it. */
export interface Move {
  readonly user_id: string;
  readonly remote_id: string;
  readonly what: 'add' | 'remove';
}

/** The next who are in the group here and not there, or the other way round, after a person: set arithmetic on what the target has confirmed. */
export async function next_moves(
  { sql }: Pick<Storage, 'sql'>,
  { target_id, id, org_id }: About,
  what: Move['what'],
  after: string,
  limit: number,
): Promise<Move[]> {
  const rows =
    what === 'remove'
      ? await sql.all<Omit<Move, 'what'>>(
          `SELECT t."user_id", t."remote_id" FROM "scim_link_members" t WHERE t."target_id" = ? AND t."group_id" = ? AND t."user_id" > ?
           AND NOT EXISTS (SELECT 1 FROM "group_members" m WHERE m."org_id" = ? AND m."group_id" = t."group_id" AND m."user_id" = t."user_id")
           ORDER BY t."user_id" LIMIT ${limit}`,
          [target_id, id, after, org_id],
        )
      : await sql.all<Omit<Move, 'what'>>(
          `SELECT m."user_id", l."remote_id" FROM "group_members" m
           JOIN "scim_links" l ON l."target_id" = ? AND l."id" = m."user_id" AND l."org_id" = m."org_id" AND l."remote_id" IS NOT NULL
           WHERE m."org_id" = ? AND m."group_id" = ? AND m."user_id" > ?
           AND NOT EXISTS (SELECT 1 FROM "scim_link_members" t WHERE t."target_id" = l."target_id" AND t."group_id" = m."group_id" AND t."user_id" = m."user_id")
           ORDER BY m."user_id" LIMIT ${limit}`,
          [target_id, org_id, id, after],
        );
  return rows.map((row) => ({ ...row, what }));
}

/** Everybody who should be in the group there. */
export const all_members = ({ sql }: Pick<Storage, 'sql'>, { target_id, id, org_id }: About): Promise<Omit<Move, 'what'>[]> =>
  sql.all(
    `SELECT m."user_id", l."remote_id" FROM "group_members" m
     JOIN "scim_links" l ON l."target_id" = ? AND l."id" = m."user_id" AND l."org_id" = m."org_id" AND l."remote_id" IS NOT NULL
     WHERE m."org_id" = ? AND m."group_id" = ? ORDER BY m."user_id"`,
    [target_id, org_id, id],
  );

const BATCH = 200;

/** The target has confirmed these. */
export async function confirm_moves(
  storage: Storage,
  { target_id, id }: Pick<About, 'target_id' | 'id'>,
  moves: readonly Move[],
): Promise<void> {
  await storage.transact(async ({ sql }) => {
    for (let start = 0; start < moves.length; start += BATCH) {
      const batch = moves.slice(start, start + BATCH);
      const gone = batch.filter(({ what }) => what === 'remove').map(({ user_id }) => user_id);
      if (gone.length > 0)
        await sql.run(`DELETE FROM "scim_link_members" WHERE "target_id" = ? AND "group_id" = ? AND "user_id" IN (${marks(gone)})`, [
          ...[target_id, id, ...gone],
        ]);
      const come = batch.filter(({ what }) => what === 'add');
      if (come.length === 0) continue;
      const values = come.flatMap(({ user_id, remote_id }): SqlValue[] => [target_id, id, user_id, remote_id]);
      await sql.run(
        `INSERT INTO "scim_link_members" ("target_id", "group_id", "user_id", "remote_id") VALUES ${come.map(() => '(?, ?, ?, ?)').join(', ')} ON CONFLICT DO NOTHING`,
        values,
      );
    }
  });
}

/** What the target is known to have of a group, replaced by what it shows. */
export async function believe_members(
  storage: Storage,
  about: Pick<About, 'target_id' | 'id'>,
  members: readonly Omit<Move, 'what'>[],
): Promise<void> {
  await storage.transact(({ sql }) =>
    sql.run(`DELETE FROM "scim_link_members" WHERE "target_id" = ? AND "group_id" = ?`, [about.target_id, about.id]),
  );
  await confirm_moves(
    storage,
    about,
    members.map((member) => ({ ...member, what: 'add' })),
  );
}
