import { system_act } from '../audit/index.ts';
import type { OrgId } from '../kernel/index.ts';
import { read_people_policy } from '../organizations/index.ts';
import { erase_user } from './erase_user.ts';
import type { UsersDeps } from './record.ts';

const DAY_MS = 86_400_000;
/** People of one turn: each is a unit of work of its own. */
const AT_ONCE = 50;

/**
 * Erases people who were deactivated so many days ago and whom nobody has touched since: as many as the organization says, else as the setting does; 0: nobody.
 * Called by a timer. Answers how many.
 */
export async function erase_inactive(deps: UsersDeps, default_days: number): Promise<number> {
  const { storage } = deps;
  const organizations = await storage.sql.all<{ id: OrgId; people_policy: string | null }>(
    `SELECT "id", "people_policy" FROM "organizations"${default_days === 0 ? ' WHERE "people_policy" IS NOT NULL' : ''} ORDER BY "id"`,
  );
  let erased = 0;
  for (const { id: org_id, people_policy } of organizations) {
    const policy = people_policy === null ? {} : read_people_policy(JSON.parse(people_policy));
    const days = policy.erase_inactive_days ?? default_days;
    if (days === 0) continue;
    const before = deps.now() - days * DAY_MS;
    const people = await storage.sql.all<{ id: string }>(
      `SELECT "id" FROM "users" WHERE "org_id" = ? AND "active" = ? AND "updated_at" < ? ORDER BY "created_at" LIMIT ${AT_ONCE - erased}`,
      [org_id, false, before],
    );
    for (const { id } of people) {
      // whoever was let in again meanwhile stays
      const gone = await erase_user(deps, org_id, id, system_act, (row) => !row.active && row.updated_at < before);
      if (gone !== undefined) erased += 1;
    }
    if (erased >= AT_ONCE) return erased;
  }
  return erased;
}
