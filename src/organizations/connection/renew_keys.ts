import type { OrgId } from '../../kernel/index.ts';
import type { ConnectionKeyRow, Tx } from '../../storage/index.ts';
import { system_act } from '../../audit/index.ts';
import type { OrganizationsDeps } from '../deps.ts';
import { make_key } from './keys.ts';

const DAY_MS = 86_400_000;
/** A next key is published this long before the current one ends: partners read our metadata daily, people less often. */
const AHEAD_MS = 90 * DAY_MS;
/** From then on the next key signs, so that the last days have no surprise… */
const SWITCH_MS = 14 * DAY_MS;
/** …if partners had this long to see it. */
const SEEN_MS = 7 * DAY_MS;
/** What was encrypted for a retired key can still be read for this long after its end. */
const KEEP_MS = 30 * DAY_MS;
const AT_ONCE = 50;

interface Ending extends Pick<ConnectionKeyRow, 'id' | 'connection_id' | 'use'> {
  readonly org_id: OrgId;
  /** Of the next key, where there is one. */
  readonly published_at: number | string | null;
}

/** Renews the keys of connections before their certificates end: publish, then sign, then retire, then forget. */
export async function renew_keys(deps: OrganizationsDeps, now: number): Promise<void> {
  const ending = await deps.storage.sql.all<Ending>(
    // one that has its successor waits for the switch and would be found again and again
    `SELECT "org_id", "id", "connection_id", "use", "published_at" FROM (
       SELECT k.*, (SELECT MIN(n."created_at") FROM "connection_keys" n
         WHERE n."org_id" = k."org_id" AND n."connection_id" = k."connection_id" AND n."use" = k."use" AND n."state" = 'next') AS "published_at"
       FROM "connection_keys" k WHERE k."expires_at" < ? AND k."state" = 'current') due
     WHERE "published_at" IS NULL OR ("expires_at" < ? AND ("published_at" < ? OR "expires_at" < ?)) LIMIT ${AT_ONCE}`,
    [now + AHEAD_MS, now + SWITCH_MS, now - SEEN_MS, now],
  );
  for (const { org_id, id, connection_id, use, published_at } of ending) {
    // takes a moment, so never inside a unit of work
    const fresh = published_at === null ? await make_key(deps, { org_id, connection_id, use, state: 'next' }) : undefined;
    await deps.storage.transact(async (tx) => {
      await tx.config_changed(); // its row lock lets one process at a time
      await advance(deps, tx, { org_id, id, fresh }, now);
    });
  }
  await deps.storage.write_once(`DELETE FROM "connection_keys" WHERE "state" = 'retired' AND "expires_at" < ?`, [now - KEEP_MS]);
}

/** Publishes `fresh`, or lets the published one sign; does nothing when another process was first. */
async function advance(
  deps: OrganizationsDeps,
  tx: Tx,
  { org_id, id, fresh }: { readonly org_id: OrgId; readonly id: string; readonly fresh: ConnectionKeyRow | undefined },
  now: number,
): Promise<void> {
  const keys = tx.org(org_id).connection_keys;
  const current = await keys.find_one({ id });
  if (current?.state !== 'current') return;
  const { connection_id, use } = current;
  const connection = await tx.org(org_id).connections.find_one({ id: connection_id });
  const published = (await keys.find({ connection_id, use, state: 'next' })).at(0);
  if (connection === undefined) return;
  const switching = fresh === undefined;
  const next = switching ? published : fresh;
  if (next === undefined || (!switching && published !== undefined)) return;
  if (switching) {
    await keys.update({ id: next.id }, { state: 'current' });
    await keys.update({ id }, { state: 'retired' });
  } else await keys.insert(next);
  // opened connectors hold the keys of their version
  await tx
    .org(org_id)
    .connections.update({ id: connection_id }, { version: Number(connection.version) + 1, updated_at: now, announce_at: now });
  await deps.record(tx, system_act, {
    type: switching ? 'connection.key_switched' : 'connection.key_published',
    org_id,
    target: { kind: 'connection', id: connection_id, name: connection.name },
    after: { use, kid: next.id },
  });
}
