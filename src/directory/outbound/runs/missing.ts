import type { About } from '../deps.ts';
import { wanted_group } from '../group.ts';
import { wanted_person } from '../person.ts';
import { type Compared, is_on_its_way } from './compare.ts';
import type { StepContext } from './step.ts';

/** Somebody of ours whom the target should have, and who stood on none of its pages. */
export async function find_missing(context: Pick<StepContext, 'deps' | 'target' | 'run'>, about: About): Promise<Compared | undefined> {
  const { deps, target, run } = context;
  const { kind, id, org_id, target_id } = about;
  const link = await deps.storage.gateway.scim_links.find_one({ target_id, id });
  if (link?.seen_by === run.id) return undefined;
  const wanted =
    kind === 'user'
      ? (await wanted_person(deps, target, org_id, id)).standing === 'active'
      : (await wanted_group(deps, target, org_id, id)).standing === 'there';
  if (!wanted || (await is_on_its_way(context, id))) return undefined;
  const column = kind === 'group' ? 'group_id' : 'user_id';
  return {
    finding: { kind, id, what: 'missing' },
    repair: {
      about,
      async before(tx) {
        await tx.sql.run(`UPDATE "scim_links" SET "remote_id" = NULL, "sent" = '{}' WHERE "target_id" = ? AND "id" = ?`, [target_id, id]);
        await tx.sql.run(`DELETE FROM "scim_link_members" WHERE "target_id" = ? AND "${column}" = ?`, [target_id, id]);
      },
    },
  };
}
