import type { Tx } from '../../../storage/index.ts';
import type { About } from '../deps.ts';
import { id_of } from '../find_remote.ts';
import { wanted_group } from '../group.ts';
import type { Link } from '../links.ts';
import { wanted_person } from '../person.ts';
import { own, shows } from '../units.ts';
import type { Finding, StepContext } from './step.ts';

type Json = Readonly<Record<string, unknown>>;
type Context = Pick<StepContext, 'deps' | 'target' | 'run'>;

/** One of the target's, beside what we have. */
export interface Compared {
  /** Ours, that is there. */
  readonly met?: string;
  readonly finding?: Finding;
  readonly repair?: {
    readonly about: About;
    /** What is forgotten of the target, so that it is said again. */
    before(tx: Tx): Promise<unknown>;
  };
}

const NOTHING = async (): Promise<void> => {};

export async function compare_person(context: Context, resource: Json): Promise<Compared> {
  const { deps, target, run } = context;
  const link = await link_of(context, 'user', resource);
  if (link === undefined) return unknown_one(context, 'user', resource);
  if (run.org_id !== null && link.org_id !== run.org_id) return { met: link.id };
  const { id, org_id } = link;
  const about: About = { target_id: run.target_id, kind: 'user', id, org_id };
  const wanted = await wanted_person(deps, target, org_id, id);
  const attributes =
    wanted.standing === 'gone' ? ['active'] : [...wanted.units].flatMap(([unit, value]) => (shows(resource, unit, value) ? [] : [unit]));
  if (attributes.length === 0 || (await is_on_its_way(context, id))) return { met: id };
  return { met: id, finding: { kind: 'user', id, what: 'different', attributes }, repair: { about, before: (tx) => say_again(tx, about) } };
}

export async function compare_group(context: Context, resource: Json): Promise<Compared> {
  const { deps, target, run } = context;
  const link = await link_of(context, 'group', resource);
  if (link === undefined) return unknown_one(context, 'group', resource);
  if (run.org_id !== null && link.org_id !== run.org_id) return { met: link.id };
  const { id, org_id } = link;
  const about: About = { target_id: run.target_id, kind: 'group', id, org_id };
  const wanted = await wanted_group(deps, target, org_id, id);
  const renamed = wanted.standing === 'there' && own(resource, 'displayName') !== wanted.display_name;
  const members = target.can.lists_members ? members_of(resource) : undefined;
  const known = await deps.storage.sql.all<{ user_id: string; remote_id: string }>(
    `SELECT "user_id", "remote_id" FROM "scim_link_members" WHERE "target_id" = ? AND "group_id" = ?`,
    [run.target_id, id],
  );
  const believed = new Map(known.map(({ remote_id, user_id }) => [remote_id, user_id]));
  const lost = members === undefined ? [] : [...believed].filter(([remote_id]) => !members.has(remote_id)).map(([, user_id]) => user_id);
  const come =
    members === undefined
      ? []
      : await ours(
          context,
          [...members].filter((remote_id) => !believed.has(remote_id)),
        );
  const moved = lost.length + come.length > 0;
  const attributes = [...(renamed || wanted.standing === 'gone' ? ['displayName'] : []), ...(moved ? ['members'] : [])];
  if (attributes.length === 0 || (await is_on_its_way(context, id))) return { met: id };
  const before = async (tx: Tx): Promise<void> => {
    if (renamed) await say_again(tx, about);
    for (const user_id of lost)
      await tx.sql.run(`DELETE FROM "scim_link_members" WHERE "target_id" = ? AND "group_id" = ? AND "user_id" = ?`, [
        run.target_id,
        id,
        user_id,
      ]);
    for (const { id: user_id, remote_id } of come)
      await tx.sql.run(
        `INSERT INTO "scim_link_members" ("target_id", "group_id", "user_id", "remote_id") VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
        [run.target_id, id, user_id, remote_id],
      );
  };
  return { met: id, finding: { kind: 'group', id, what: 'different', attributes }, repair: { about, before } };
}

const say_again = (tx: Tx, { target_id, id }: About): Promise<number> =>
  tx.sql.run(`UPDATE "scim_links" SET "sent" = '{}' WHERE "target_id" = ? AND "id" = ?`, [target_id, id]);

/** Somebody there whom we have never told them of: perhaps one of ours, by externalId. Others are not ours to touch. */
async function unknown_one({ deps, target, run }: Context, kind: 'user' | 'group', resource: Json): Promise<Compared> {
  const external_id = own(resource, 'externalId');
  const remote_id = id_of(resource) ?? '';
  const table = kind === 'user' ? 'users' : 'groups';
  const row =
    typeof external_id === 'string' && external_id !== ''
      ? await deps.storage.sql.get<{ org_id: string }>(`SELECT "org_id" FROM "${table}" WHERE "id" = ?`, [external_id])
      : undefined;
  if (row === undefined || typeof external_id !== 'string' || !target.allows(row.org_id)) {
    // who was switched off there and is no more here is how it should be
    return own(resource, 'active') === false ? {} : { finding: { kind, id: remote_id, what: 'extra' } };
  }
  const about: About = { target_id: run.target_id, kind, id: external_id, org_id: row.org_id };
  return { finding: { kind, id: external_id, what: 'unlinked' }, repair: { about, before: NOTHING } };
}

async function link_of({ deps, run }: Context, kind: 'user' | 'group', resource: Json): Promise<Link | undefined> {
  const remote_id = id_of(resource);
  if (remote_id === undefined) return undefined;
  return deps.storage.gateway.scim_links.find_one({ target_id: run.target_id, kind, remote_id });
}

/** What is about to be said anyway is no drift. */
export async function is_on_its_way({ deps, run }: Context, id: string): Promise<boolean> {
  const row = await deps.storage.sql.get(
    `SELECT 1 AS "one" FROM "outbox" WHERE "order_key" = ? AND "done_at" IS NULL AND "dead_at" IS NULL LIMIT 1`,
    [`${run.target_id}/${id}`],
  );
  return row !== undefined;
}

/** Remote ids; undefined where the target does not tell. */
function members_of(resource: Json): ReadonlySet<string> | undefined {
  const members = own(resource, 'members');
  if (!Array.isArray(members)) return undefined;
  return new Set(members.map((member) => own(member, 'value')).filter((value): value is string => typeof value === 'string'));
}

async function ours({ deps, run }: Context, remote_ids: readonly string[]): Promise<{ id: string; remote_id: string }[]> {
  const found: { id: string; remote_id: string }[] = [];
  for (const remote_id of remote_ids) {
    const link = await deps.storage.gateway.scim_links.find_one({ target_id: run.target_id, kind: 'user', remote_id });
    if (link !== undefined) found.push({ id: link.id, remote_id });
  }
  return found;
}
