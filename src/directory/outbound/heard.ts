import type { Heard } from '../../audit/index.ts';
import { forget_target } from '../../organizations/index.ts';
import type { ScimTargetRow, Tx } from '../../storage/index.ts';
import { fold_name } from '../../users/index.ts';
import type { About, OutboundDeps } from './deps.ts';
import { accounts_of, groups_there } from './accounts.ts';
import { enqueue } from './enqueue.ts';
import { list_of, openness } from './open_target.ts';
import { start_run } from './start_run.ts';

type Deps = Pick<OutboundDeps, 'append_latest' | 'now'>;

/** A target that is switched on, and whose people it may be told of. */
interface Listening {
  readonly row: Pick<ScimTargetRow, 'id' | 'client_id' | 'people' | 'roles'>;
  allows(org_id: string): boolean;
}

/**
 * What the record tells is what targets may have to hear: in the unit of work of the change, so that neither is ever there without the other. What is
 * said is looked up when it is delivered; here it is only found whom it is about.
 */
export async function heard(deps: Deps, tx: Tx, event: Heard): Promise<void> {
  const [what] = event.type.split('.', 1);
  if (what === 'scim_target') return about_target(deps, tx, event);
  if (what === 'client') return about_client(deps, tx, event);
  const { org_id } = event;
  if (org_id === null || !LISTENED.has(what ?? '')) return;
  const targets = await listening(tx);
  if (targets.length === 0) return;
  if (what === 'user') return about_user(deps, tx, targets, org_id, event);
  if (what === 'group') return about_group(deps, tx, targets, org_id, event);
  // what concerns everybody of an organization at once
  // whoever is just being told to a target when their organization goes is found by that as well
  if (event.type === 'organization.updated' && !CONCERNS_PEOPLE.some((name) => name in (event.after ?? {}))) return;
  if (event.type === 'organization.created') return;
  for (const { row, allows } of targets) if (allows(org_id)) await start_run(tx, { target_id: row.id, org_id, at: deps.now() });
}

const LISTENED: ReadonlySet<string> = new Set(['user', 'group', 'role_mapping', 'organization']);
const CONCERNS_PEOPLE = ['status', 'slug', 'name'];

async function listening(tx: Tx): Promise<Listening[]> {
  const rows = await tx.sql.all<Listening['row'] & { organizations: string | null }>(
    `SELECT "id", "client_id", "people", "roles", "organizations" FROM "scim_targets" WHERE "enabled" = ?`,
    [true],
  );
  const found: Listening[] = [];
  for (const { organizations, ...row } of rows) {
    const ids = list_of(organizations);
    const allows = await openness(tx.sql, { client_id: row.client_id, organizations: ids === null ? null : [...ids] });
    if (allows !== undefined) found.push({ row, allows });
  }
  return found;
}

/** A sign-in, or the end of one, changes nothing of a person. */
const OF_SESSIONS: ReadonlySet<string> = new Set(['user.sessions_ended']);

async function about_user(deps: Deps, tx: Tx, targets: readonly Listening[], org_id: string, event: Heard): Promise<void> {
  const id = event.target?.id;
  if (id === undefined || OF_SESSIONS.has(event.type)) return;
  const merged = event.type === 'user.merged' ? string_in(event.before, 'id') : undefined;
  const about: About[] = [];
  for (const { row, allows } of targets) {
    for (const person of merged === undefined ? [id] : [id, merged]) {
      if (allows(org_id) || (await is_there(tx, row.id, person))) about.push({ target_id: row.id, kind: 'user', id: person, org_id });
    }
    if (event.type === 'user.groups_changed' && allows(org_id)) {
      const names = [...texts_in(event.before, 'left'), ...texts_in(event.after, 'joined')];
      for (const group of await groups_named(tx, org_id, names)) about.push({ target_id: row.id, kind: 'group', id: group, org_id });
    }
  }
  await enqueue(deps, tx, about, { urgent: ENDS_ACCESS.has(event.type) });
}

const ENDS_ACCESS: ReadonlySet<string> = new Set(['user.deactivated', 'user.deleted', 'user.erased', 'user.merged']);

/** More of them are an organization's matter. */
const FEW = 200;

async function about_group(deps: Deps, tx: Tx, targets: readonly Listening[], org_id: string, event: Heard): Promise<void> {
  const id = event.target?.id;
  if (id === undefined) return;
  const moved = [...texts_in(event.before, 'removed'), ...texts_in(event.after, 'added')];
  const renamed = event.type === 'group.deleted' || 'display_name' in (event.after ?? {});
  const gives_roles = await is_mapped(tx, org_id, [event.target?.name, string_in(event.before, 'display_name')]);
  const about: About[] = [];
  for (const { row, allows } of targets) {
    if (!allows(org_id)) continue;
    about.push({ target_id: row.id, kind: 'group', id, org_id });
    if (row.people !== 'in_groups' && !(gives_roles && (row.roles !== 'none' || row.people === 'with_role'))) continue;
    if (moved.length <= FEW && !renamed)
      about.push(...moved.map((person) => ({ target_id: row.id, kind: 'user' as const, id: person, org_id })));
    else await start_run(tx, { target_id: row.id, org_id, at: deps.now() });
  }
  await enqueue(deps, tx, about);
}

async function is_mapped(tx: Tx, org_id: string, names: readonly (string | undefined)[]): Promise<boolean> {
  for (const name of names) {
    if (name === undefined) continue;
    const found = await tx.sql.get(
      `SELECT 1 AS "one" FROM "role_mappings" WHERE "org_id" = ? AND ("group" = ? OR "expression" IS NOT NULL) LIMIT 1`,
      [org_id, name],
    );
    if (found !== undefined) return true;
  }
  return false;
}

async function groups_named(tx: Tx, org_id: string, names: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) {
    const key = fold_name(name);
    const row = await tx.sql.get<{ id: string }>(`SELECT "id" FROM "groups" WHERE "org_id" = ? AND "display_name_key" = ?`, [org_id, key]);
    if (row !== undefined) ids.push(row.id);
  }
  return ids;
}

const is_there = async (tx: Tx, target_id: string, id: string): Promise<boolean> =>
  (await tx.sql.get(`SELECT 1 AS "one" FROM "scim_links" WHERE "target_id" = ? AND "id" = ?`, [target_id, id])) !== undefined;

/** Switched on, or changed while it is: everybody is looked at. */
async function about_target(deps: Deps, tx: Tx, event: Heard): Promise<void> {
  const id = event.target?.id;
  if (id === undefined || (event.type !== 'scim_target.created' && event.type !== 'scim_target.updated')) return;
  const changed = Object.keys(event.after ?? {}).some((name) => !SAYS_NOTHING.has(name));
  const row = await tx.gateway.scim_targets.find_one({ id });
  if (row?.enabled === true && changed) await start_run(tx, { target_id: id, org_id: null, at: deps.now() });
}

const SAYS_NOTHING: ReadonlySet<string> = new Set([
  'name',
  'state',
  'last_error',
  'failing_since',
  'last_success_at',
  'paused_until',
  'updated_at',
]);

/** Who may use an app is who is told to its targets. */
async function about_client(deps: Deps, tx: Tx, event: Heard): Promise<void> {
  const client_id = event.target?.id;
  if (client_id === undefined) return;
  const gone = event.type === 'client.deleted';
  if (!gone && !('organizations' in (event.after ?? {}))) return;
  for (const row of await tx.gateway.scim_targets.find({ client_id })) {
    if (gone) {
      await forget_target(tx, row.id);
      await tx.gateway.scim_targets.delete({ id: row.id });
      continue;
    }
    if (!row.enabled) continue;
    const allows = await openness(tx.sql, row);
    for (const org_id of await organizations_there(tx, row.id)) {
      if (allows?.(org_id) === true) continue;
      // before the answer leaves: they may not use it any more
      await enqueue(deps, tx, await accounts_of(tx, { org_id }, row.id), { urgent: true });
      await enqueue(deps, tx, await groups_there(tx, org_id, row.id));
    }
    await start_run(tx, { target_id: row.id, org_id: null, at: deps.now() });
  }
}

async function organizations_there(tx: Tx, target_id: string): Promise<string[]> {
  const rows = await tx.sql.all<{ org_id: string }>(`SELECT DISTINCT "org_id" FROM "scim_links" WHERE "target_id" = ?`, [target_id]);
  return rows.map(({ org_id }) => org_id);
}

const string_in = (values: object | null, name: string): string | undefined => {
  const value = named(values, name);
  return typeof value === 'string' ? value : undefined;
};

const texts_in = (values: object | null, name: string): readonly string[] => {
  const value = named(values, name);
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
};

const named = (values: object | null, name: string): unknown => Object.entries(values ?? {}).find(([key]) => key === name)?.[1];
