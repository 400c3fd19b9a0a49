import type { ScimLinkRow, SqlValue, Storage, Tx } from '../../storage/index.ts';

type Key = Pick<ScimLinkRow, 'target_id' | 'id'>;

export type Link = Pick<ScimLinkRow, 'target_id' | 'id' | 'kind' | 'org_id' | 'remote_id' | 'sent' | 'active'>;

export const find_link = ({ gateway }: Pick<Storage, 'gateway'>, target_id: string, id: string): Promise<Link | undefined> =>
  gateway.scim_links.find_one({ target_id, id });

/** Before the target is asked to make somebody: if we die before its answer, they are looked for, and not forgotten. */
export async function intend({ write_once }: Storage, link: Omit<Link, 'remote_id' | 'sent' | 'active'>, at: number): Promise<void> {
  await write_once(
    `INSERT INTO "scim_links" ("target_id", "id", "kind", "org_id", "remote_id", "sent", "active", "created_at", "updated_at")
     VALUES (?, ?, ?, ?, NULL, '{}', ?, ?, ?) ON CONFLICT DO NOTHING`,
    [link.target_id, link.id, link.kind, link.org_id, false, at, at],
  );
}

/** Who of theirs it is; false when that is somebody else of ours already. */
export const bind = async (storage: Storage, { target_id, id }: Key, kind: Link['kind'], remote_id: string, at: number): Promise<boolean> =>
  (await storage.write_once(
    `UPDATE "scim_links" SET "remote_id" = ?, "updated_at" = ? WHERE "target_id" = ? AND "id" = ?
     AND NOT EXISTS (SELECT 1 FROM "scim_links" o WHERE o."target_id" = ? AND o."kind" = ? AND o."remote_id" = ? AND o."id" <> ?)`,
    [remote_id, at, target_id, id, target_id, kind, remote_id, id],
  )) === 1;

/** The target has confirmed it. */
export const confirm = (
  { write_once }: Pick<Storage, 'write_once'>,
  { target_id, id }: Key,
  sent: Readonly<Record<string, string>>,
  active: boolean,
  at: number,
): Promise<number> =>
  write_once(`UPDATE "scim_links" SET "sent" = ?, "active" = ?, "updated_at" = ? WHERE "target_id" = ? AND "id" = ?`, [
    ...[JSON.stringify(sent), active, at, target_id, id],
  ]);

/** The target does not know it any more under the id that we have: it is looked for anew. */
export async function lose(storage: Storage, { target_id, id }: Key, kind: Link['kind']): Promise<void> {
  const key: SqlValue[] = [target_id, id];
  await storage.write_once(`UPDATE "scim_links" SET "remote_id" = NULL, "sent" = '{}' WHERE "target_id" = ? AND "id" = ?`, key);
  const column = kind === 'group' ? 'group_id' : 'user_id';
  await storage.write_once(`DELETE FROM "scim_link_members" WHERE "target_id" = ? AND "${column}" = ?`, key);
}

/** It is not there any more, and should not be. */
export async function unlink(tx: Tx, { target_id, id }: Key): Promise<void> {
  for (const column of ['group_id', 'user_id'])
    await tx.sql.run(`DELETE FROM "scim_link_members" WHERE "target_id" = ? AND "${column}" = ?`, [target_id, id]);
  await tx.sql.run(`DELETE FROM "scim_links" WHERE "target_id" = ? AND "id" = ?`, [target_id, id]);
}
