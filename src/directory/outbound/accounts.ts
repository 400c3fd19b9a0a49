import type { Tx } from '../../storage/index.ts';
import type { About } from './deps.ts';

/** Accounts that people have at targets, of a person or of a whole organization: those that are switched on, and those of which nothing is confirmed. */
export function accounts_of(
  tx: Pick<Tx, 'sql'>,
  whose: { readonly org_id: string; readonly user_id?: string },
  target_id?: string,
): Promise<About[]> {
  const { org_id, user_id } = whose;
  return tx.sql.all<About>(
    `SELECT l."target_id", l."kind", l."id", l."org_id" FROM "scim_links" l JOIN "scim_targets" t ON t."id" = l."target_id"
     WHERE l."org_id" = ? AND l."kind" = 'user' AND (l."active" = ? OR l."sent" = '{}')
     ${user_id === undefined ? '' : 'AND l."id" = ?'} ${target_id === undefined ? '' : 'AND l."target_id" = ?'} ORDER BY l."target_id", l."id"`,
    [org_id, true, ...(user_id === undefined ? [] : [user_id]), ...(target_id === undefined ? [] : [target_id])],
  );
}

export const groups_there = (tx: Pick<Tx, 'sql'>, org_id: string, target_id?: string): Promise<About[]> =>
  tx.sql.all<About>(
    `SELECT "target_id", "kind", "id", "org_id" FROM "scim_links" WHERE "org_id" = ? AND "kind" = 'group' ${target_id === undefined ? '' : 'AND "target_id" = ?'} ORDER BY "id"`,
    [org_id, ...(target_id === undefined ? [] : [target_id])],
  );
