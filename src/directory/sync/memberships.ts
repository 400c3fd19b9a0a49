import { hold_group, batches, fold_name, held_by, marks } from '../../users/index.ts';
import type { OrgId } from '../../kernel/index.ts';
import type { Tx } from '../../storage/index.ts';
import { apply_change, type Changing } from '../apply_change.ts';

/** Who is to leave which groups, once the whole directory was read. */
export type Leaving = Map<string, Set<string>>;

interface Held {
  user_id: string;
  group_id: string;
  display_name_key: string;
}

/**
 * Puts people into the groups that the directory names, and notes which they are to leave. Leaving waits for the end of the run: a list of groups that was cut
 * short must not end anybody's access. Answers whose groups changed or will.
 */
export async function follow_groups(
  work: Changing,
  connection_id: string,
  wanted: ReadonlyMap<string, readonly string[]>,
  leaving: Leaving,
): Promise<Set<string>> {
  const { tx, org_id } = work;
  const held = new Map<string, Held[]>();
  for (const row of await held_memberships(tx, org_id, connection_id, [...wanted.keys()])) {
    const list = held.get(row.user_id);
    if (list === undefined) held.set(row.user_id, [row]);
    else list.push(row);
  }
  const changed = new Set<string>();
  const joining = new Map<string, { readonly name: string; readonly people: string[] }>();
  for (const [user_id, names] of wanted) {
    const present = held.get(user_id) ?? [];
    const keys = new Map(names.map((name) => [fold_name(name), name]));
    const going = present.filter((membership) => !keys.has(membership.display_name_key)).map(({ group_id }) => group_id);
    if (going.length > 0) leaving.set(user_id, new Set(going));
    // the same person may come twice: the second time is what counts
    else leaving.delete(user_id);
    for (const { display_name_key } of present) keys.delete(display_name_key);
    if (going.length + keys.size > 0) changed.add(user_id);
    for (const [key, name] of keys) {
      const group = joining.get(key);
      if (group === undefined) joining.set(key, { name, people: [user_id] });
      else group.people.push(user_id);
    }
  }
  // in one order everywhere, so that two cannot wait for each other
  for (const [key, { name, people }] of [...joining].sort(([a], [b]) => (a < b ? -1 : 1))) await join(work, key, name, people);
  return changed;
}

async function join(work: Changing, display_name_key: string, display_name: string, people: readonly string[]): Promise<void> {
  const { tx, org_id } = work;
  const found = await tx.org(org_id).groups.find_one({ display_name_key });
  const members = { keep: true, add: new Set(people), remove: new Set<string>() };
  if (found === undefined) {
    await apply_change(work, { kind: 'create_group', fields: { display_name, external_id: null }, members });
    return;
  }
  const row = await hold_group(tx, org_id, found.id);
  await apply_change(work, {
    kind: 'change_group',
    row,
    fields: { display_name: row.display_name, external_id: row.external_id },
    members,
  });
}

/** Takes people out of the groups that they are to leave. */
export async function leave_groups(work: Changing, leaving: ReadonlyMap<string, ReadonlySet<string>>): Promise<void> {
  const { tx, org_id } = work;
  const by_group = new Map<string, Set<string>>();
  for (const [user_id, groups] of leaving)
    for (const id of groups) {
      const people = by_group.get(id);
      if (people === undefined) by_group.set(id, new Set([user_id]));
      else people.add(user_id);
    }
  for (const [id, remove] of [...by_group].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if ((await tx.org(org_id).groups.find_one({ id })) === undefined) continue;
    const row = await hold_group(tx, org_id, id);
    const fields = { display_name: row.display_name, external_id: row.external_id };
    await apply_change(work, { kind: 'change_group', row, fields, members: { keep: true, add: new Set<string>(), remove } });
  }
}

/** The groups in which this connection holds these people. */
export async function held_memberships(tx: Tx, org_id: OrgId, connection_id: string, user_ids: readonly string[]): Promise<Held[]> {
  const all: Held[] = [];
  for (const batch of batches(user_ids))
    all.push(
      ...(await tx.sql.all<Held>(
        `SELECT m."user_id", m."group_id", g."display_name_key" FROM "group_members" m JOIN "groups" g ON g."org_id" = m."org_id" AND g."id" = m."group_id"
         WHERE m."org_id" = ? AND m."user_id" IN (${marks(batch)}) AND m."sources" LIKE ?`,
        [org_id, ...batch, `%${held_by(connection_id)}%`],
      )),
    );
  return all;
}
