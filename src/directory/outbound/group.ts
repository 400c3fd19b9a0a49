import type { OutboundDeps } from './deps.ts';
import type { OpenTarget } from './open_target.ts';
import { is_sent } from './person.ts';

/** How a group should be at a target, at this moment. `as_is`: its organization is suspended, and its people are switched off already. */
export type WantedGroup =
  | { readonly standing: 'there'; readonly display_name: string }
  | { readonly standing: 'gone' }
  | { readonly standing: 'as_is' };

export async function wanted_group(
  { storage }: Pick<OutboundDeps, 'storage'>,
  target: OpenTarget,
  org_id: string,
  id: string,
): Promise<WantedGroup> {
  const { row, can } = target;
  const group = await storage.sql.get<{ display_name: string; status: string; slug: string }>(
    `SELECT g."display_name", o."status", o."slug" FROM "groups" g JOIN "organizations" o ON o."id" = g."org_id" WHERE g."org_id" = ? AND g."id" = ?`,
    [org_id, id],
  );
  if (group === undefined || !row.groups.send || !can.groups || !target.allows(org_id) || !is_sent(row, group.display_name))
    return { standing: 'gone' };
  if (group.status !== 'active') return { standing: 'as_is' };
  const display_name = row.groups.display_name.replaceAll('{org_slug}', group.slug).replaceAll('{display_name}', () => group.display_name);
  return { standing: 'there', display_name };
}
