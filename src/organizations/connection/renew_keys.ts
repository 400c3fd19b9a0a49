import type { OrgId } from '../../kernel/index.ts';
import type { ConnectionKeyRow, Tx } from '../../storage/index.ts';
import { system_act } from '../../audit/index.ts';
import type { OrganizationsDeps } from '../deps.ts';
import { make_key } from './keys.ts';

const DAY_MS = 86_400_000;
/** A next key is published this long before the current one ends: partners read our metadata daily, people less often. */
const AHEAD_MS = 90 * DAY_MS;
/** From then on the next key signs, so that the last days have no surprise. */
const SWITCH_MS = 14 * DAY_MS;
/** What was encrypted for a retired key can still be read for this long after its end. */
const KEEP_MS = 30 * DAY_MS;
const AT_ONCE = 10;

/** Renews the keys of connections before their certificates end: publish, then sign, then retire, then forget. */
export async function renew_keys(deps: OrganizationsDeps, now: number): Promise<void> {
  const ending = await deps.storage.sql.all<Ending>(
    // one that has its successor waits for the switch and would be found again and again
    `SELECT "org_id", "id", "connection_id", "use", "successors" FROM (
       SELECT k.*, (SELECT COUNT(*) FROM "connection_keys" n
         WHERE n."org_id" = k."org_id" AND n."connection_id" = k."connection_id" AND n."use" = k."use" AND n."state" = 'next') AS "successors"
       FROM "connection_keys" k WHERE k."expires_at" < ? AND k."state" = 'current') due
     WHERE "successors" = 0 OR "expires_at" < ? LIMIT ${AT_ONCE}`,
    [now + AHEAD_MS, now + SWITCH_MS],
  );
  for (const { org_id, id, connection_id, use, successors } of ending) {
    const fresh = Number(successors) > 0 ? undefined : await make_key(deps, { org_id, connection_id, use, state: 'next' });
    await deps.storage.transact(async (tx) => {
      await tx.config_changed(); // its row lock lets one process at a time
      await advance(deps, tx, { org_id, id, fresh }, now);
    });
  }
  await deps.storage.write_once(`DELETE FROM "connection_keys" WHERE "state" = 'retired' AND "expires_at" < ?`, [now - KEEP_MS]);
}

interface Ending extends Pick<ConnectionKeyRow, 'id' | 'connection_id' | 'use'> {
  readonly org_id: OrgId;
  readonly successors: number | string;
}

async function advance(
  deps: OrganizationsDeps,
  tx: Tx,
  { org_id, id, fresh }: { readonly org_id: OrgId; readonly id: string; readonly fresh: ConnectionKeyRow | undefined },
  now: number,
): Promise<void> {
  const keys = tx.org(org_id).connection_keys;
  const current = await keys.find_one({ id });
  if (current?.state !== 'current') return;
  const { connection_id, use, expires_at } = current;
  const connection = await tx.org(org_id).connections.find_one({ id: connection_id });
  const published = (await keys.find({ connection_id, use, state: 'next' })).at(0);
  const next = published ?? fresh;
  if (connection === undefined || next === undefined) return;
  // one that nobody has seen yet does not sign, unless there is no time left
  const ends = expires_at !== null && expires_at < (published === undefined ? now : now + SWITCH_MS);
  if (published !== undefined && !ends) return;
  if (published === undefined) await keys.insert(next);
  if (ends) {
    await keys.update({ id: next.id }, { state: 'current' });
    await keys.update({ id }, { state: 'retired' });
  }
  // opened connectors hold the keys of their version
  await tx.org(org_id).connections.update({ id: connection_id }, { version: Number(connection.version) + 1, updated_at: now });
  await deps.record(tx, system_act, {
    type: ends ? 'connection.key_switched' : 'connection.key_published',
    org_id,
    target: { kind: 'connection', id: connection_id, name: connection.name },
    after: { use, kid: next.id },
  });
}
