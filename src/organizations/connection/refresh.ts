import { ConnectorError } from '../../../connectors/connector.ts';
import { system_act } from '../../audit/index.ts';
import { NotFound, type OrgId } from '../../kernel/index.ts';
import type { ConnectionRow } from '../../storage/index.ts';
import type { OrganizationsDeps } from '../deps.ts';
import { same } from '../merge_patch.ts';
import { read_upkeep, settle_keys, type Upkeep } from './key_changes.ts';
import type { Resolved } from './prepare.ts';
import { stored_settings } from './settings.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const AGE_MS = 24 * HOUR_MS;
/** However short the partner wants its answer to be kept. */
const SHORTEST_MS = 5 * MINUTE_MS;
/** Until a process that died while it asked is taken for dead. */
const CLAIM_MS = HOUR_MS / 6;
/** What another process has just asked is not asked again. */
const JUST_NOW_MS = MINUTE_MS;
const AT_ONCE = 20;
const ROUNDS = 10;

type RefreshDeps = Pick<OrganizationsDeps, 'now' | 'random_bytes' | 'connector_types'>;

/** When the partner is to be asked again: before a day is over, or before what it said has ended, not all at once. Null where nothing was published. */
export function refresh_time(
  deps: RefreshDeps,
  { protocol, config, resolved }: { readonly protocol: ConnectionRow['protocol']; readonly config: unknown; readonly resolved: Resolved },
): number | null {
  if (Object.keys(resolved).length === 0) return null;
  const now = deps.now();
  const { trust } = deps.connector_types[protocol];
  const until = trust?.valid_until(config, resolved);
  const wanted = Math.min(AGE_MS, trust?.cache_for(resolved) ?? AGE_MS, until === undefined ? AGE_MS : until - now);
  return now + jittered(deps, Math.max(wanted, SHORTEST_MS));
}

/** 60 to 95 percent: before a sign-in finds it too old. */
const jittered = (deps: Pick<OrganizationsDeps, 'random_bytes'>, length: number): number =>
  Math.round(length * (0.6 + (0.35 * (deps.random_bytes(1)[0] ?? 0)) / 255));

/**
 * Asks the partners again whose metadata or discovery document is due. A partner that is down keeps what it last said, and is asked again
 * in an hour. One process asks for each: the claim is one conditional statement.
 */
export async function refresh_connections(deps: OrganizationsDeps, now: number): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const due = await deps.storage.sql.all<Due>(
      `SELECT "org_id", "id", "refresh_at" FROM "connections" WHERE "refresh_at" <= ? ORDER BY "refresh_at" LIMIT ${AT_ONCE}`,
      [now],
    );
    await Promise.all(due.map((one) => claim(deps, one, now)));
    if (due.length < AT_ONCE) return;
  }
}

interface Due {
  readonly org_id: OrgId;
  readonly id: string;
  readonly refresh_at: number;
}

async function claim(deps: OrganizationsDeps, { org_id, id, refresh_at }: Due, now: number): Promise<void> {
  const claimed = await deps.storage.write_once(
    `UPDATE "connections" SET "refresh_at" = ? WHERE "org_id" = ? AND "id" = ? AND "refresh_at" = ? AND "enabled" = ?`,
    [now + CLAIM_MS, org_id, id, refresh_at, true],
  );
  const row = claimed === 1 ? await deps.storage.org(org_id).connections.find_one({ id }) : undefined;
  if (row !== undefined)
    await refresh(deps, org_id, row).catch((error: unknown) => {
      // a fault of the partner is noted in the row and in the log
      if (!(error instanceof ConnectorError)) deps.log('error', 'a partner could not be asked again', { connection_id: id, error });
    });
}

/** Asks now, unless somebody just has: for a connector that met a key which it does not know. @throws ConnectorError | NotFound */
export async function refresh_now(deps: OrganizationsDeps, org_id: OrgId, id: string, signal?: AbortSignal): Promise<Resolved> {
  const row = await deps.storage.org(org_id).connections.find_one({ id });
  if (row === undefined) throw new NotFound('connection');
  const just_read = row.resolved_at !== null && row.resolved_at > deps.now() - JUST_NOW_MS && Object.keys(row.resolved).length > 0;
  return just_read ? row.resolved : refresh(deps, org_id, row, signal);
}

/** Asks, keeps what may be used, and records other keys. @throws ConnectorError, once it is noted */
async function refresh(deps: OrganizationsDeps, org_id: OrgId, row: ConnectionRow, signal?: AbortSignal): Promise<Resolved> {
  const type = deps.connector_types[row.protocol];
  try {
    const { settings, secrets } = stored_settings(deps.storage, row);
    const read = type.parse({ ...settings, ...secrets });
    if (!read.ok)
      throw new ConnectorError('misconfigured', `settings are no longer valid: ${read.errors.map((error) => error.path).join(', ')}`);
    const fetch: typeof deps.egress.fetch = (url, request) =>
      deps.egress.fetch(url, { ...(signal !== undefined && { signal }), ...request });
    const fresh = { ...(await type.resolve?.(read.config, { fetch, now: deps.now })) };
    return await keep(deps, org_id, { row, fresh, config: read.config });
  } catch (error) {
    await note_failure(deps, org_id, row, error);
    throw error;
  }
}

interface Asked {
  readonly row: ConnectionRow;
  readonly fresh: Resolved;
  readonly config: unknown;
}

async function keep(deps: OrganizationsDeps, org_id: OrgId, { row, fresh, config }: Asked): Promise<Resolved> {
  const { id, version, protocol } = row;
  const type = deps.connector_types[protocol];
  return deps.storage.transact(async (tx) => {
    // its row lock lets one process at a time decide what is news; what is none need not disturb anybody
    if (!same(said(fresh), said(row.resolved))) await tx.config_changed();
    const now = await tx.org(org_id).connections.find_one({ id });
    // whoever changed the connection meanwhile has asked as well
    if (now === undefined || Number(now.version) !== Number(version)) return now?.resolved ?? fresh;
    const { resolved, changed, held } = settle_keys(type, config, now.resolved, fresh);
    const before = read_upkeep(now.upkeep).waiting;
    const known = held !== undefined && before !== undefined && same(said(before.resolved), said(fresh));
    const upkeep: Upkeep =
      held === undefined ? {} : { waiting: { found_at: known ? before.found_at : deps.now(), resolved: { ...fresh } } };
    const refresh_at = now.enabled ? refresh_time(deps, { protocol, config, resolved: { ...resolved } }) : now.refresh_at;
    const announce = changed === undefined ? {} : { announce_at: deps.now() };
    await tx
      .org(org_id)
      .connections.update({ id, version }, { resolved: { ...resolved }, resolved_at: deps.now(), refresh_at, upkeep, ...announce });
    const news = changed ?? (known ? undefined : held);
    if (news !== undefined)
      await deps.record(tx, system_act, {
        type: changed === undefined ? 'connection.keys_waiting' : 'connection.keys_changed',
        org_id,
        target: { kind: 'connection', id, name: row.name },
        after: { ...news },
      });
    return resolved;
  });
}

async function note_failure(deps: OrganizationsDeps, org_id: OrgId, row: ConnectionRow, error: unknown): Promise<void> {
  const message = (error instanceof ConnectorError ? `${error.reason}: ${error.message}` : 'an error of ours; the log has it').slice(
    0,
    500,
  );
  const { waiting } = read_upkeep(row.upkeep);
  const upkeep: Upkeep = { error: { at: deps.now(), message }, ...(waiting !== undefined && { waiting }) };
  await deps.storage.write_once(
    `UPDATE "connections" SET "refresh_at" = ?, "upkeep" = ? WHERE "org_id" = ? AND "id" = ? AND "version" = ?`,
    [row.enabled ? deps.now() + jittered(deps, HOUR_MS) : null, JSON.stringify(upkeep), org_id, row.id, row.version],
  );
  deps.log('warn', 'what a partner publishes could not be read again; the last good one stays', { connection_id: row.id, error });
}

/** What was read, without the times of reading (`fetched_at`), which are no news. */
export const said = (resolved: Resolved): Record<string, unknown> =>
  Object.fromEntries(Object.entries(resolved).filter(([name]) => !name.endsWith('_at')));
