import { type Act, ERASED, erase_person, ids_of_person } from '../audit/index.ts';
import { NotFound, type OrgId, parse_user_id, rfc3339 } from '../kernel/index.ts';
import type { Tx, UserRow } from '../storage/index.ts';
import type { UsersDeps } from './record.ts';
import type { Erasure } from './schemas.ts';
import { remove_user } from './write.ts';

/**
 * Removes a person and everything that says who they were, also from the record, which keeps that something happened. Of somebody who was removed before,
 * what the record still holds. All in one unit of work.
 * @throws NotFound for somebody of whom nothing is known here
 */
export async function erase_user(deps: UsersDeps, org_id: OrgId, id: string, act: Act): Promise<Erasure>;
/** The same for somebody who is there and of whom this is true, seen within the unit of work. */
export async function erase_user(
  deps: UsersDeps,
  org_id: OrgId,
  id: string,
  act: Act,
  only_if: (row: UserRow) => boolean,
): Promise<Erasure | undefined>;
export async function erase_user(
  deps: UsersDeps,
  org_id: OrgId,
  id: string,
  act: Act,
  only_if?: (row: UserRow) => boolean,
): Promise<Erasure | undefined> {
  if (parse_user_id(id) === undefined) throw new NotFound('user');
  await deps.forget?.prepare();
  return deps.storage.transact(async (tx) => {
    await tx.sql.run(`UPDATE "users" SET "version" = "version" WHERE "org_id" = ? AND "id" = ?`, [org_id, id]);
    const row = await tx.org(org_id).users.find_one({ id });
    if (only_if !== undefined && (row === undefined || !only_if(row))) return undefined;
    const words = await words_of(tx, org_id, id);
    const ids = await ids_of_person(tx.sql, id);
    if (row !== undefined) await remove_user(deps, tx, row, act);
    let [events, traces] = [0, 0];
    for (const one of ids) {
      const emptied = await erase_person(tx, org_id, one);
      [events, traces] = [events + emptied.events, traces + emptied.traces];
    }
    if (row === undefined && events === 0) throw new NotFound('user');
    await deps.forget?.within(tx, org_id, words);
    await deps.record(tx, act, { type: ERASED, org_id, target: { kind: 'user', id }, after: { events, traces } });
    return { user_id: id, erased_at: rfc3339(deps.now()), events, traces };
  });
}

const NAMING = ['name', 'user_name', 'email', 'external_id'];

/** What names this person and nobody else: as they are, and as the record calls them. */
async function words_of(tx: Tx, org_id: OrgId, id: string): Promise<string[]> {
  const row = await tx.org(org_id).users.find_one({ id });
  const identities = await tx.org(org_id).identities.find({ user_id: id });
  const events = await tx.sql.all<{ target: string | null; before: string | null; after: string | null }>(
    `SELECT "target", "before", "after" FROM "audit_events" WHERE "org_id" = ? AND "target_id" = ? AND "salt" IS NOT NULL`,
    [org_id, id],
  );
  const told = events.flatMap(({ target, before, after }) =>
    [target, before, after].flatMap((text) => {
      const fields = JSON.parse(text ?? '{}') as Record<string, unknown>; // written by record
      return NAMING.map((name) => fields[name]);
    }),
  );
  const words = [id, row?.user_name, row?.email, row?.external_id, ...identities.map(({ subject }) => subject), ...told];
  return [...new Set(words.filter((word): word is string => typeof word === 'string' && word !== ''))];
}
