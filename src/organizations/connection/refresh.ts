import { ConnectorError } from '../../../connectors/connector.ts';
import type { OrgId } from '../../kernel/index.ts';
import type { ConnectionRow } from '../../storage/index.ts';
import type { OrganizationsDeps } from '../deps.ts';
import { same } from '../merge_patch.ts';
import { stored_settings } from './settings.ts';

const HOUR_MS = 3_600_000;
const AGE_MS = 24 * HOUR_MS;
/** Until a process that died while it asked is taken for dead. */
const CLAIM_MS = HOUR_MS / 6;
const AT_ONCE = 20;
const ROUNDS = 10;

/** When the partner is to be asked again: before a day is over, not all at once. Null where nothing was published. */
export function refresh_time(
  deps: Pick<OrganizationsDeps, 'now' | 'random_bytes'>,
  resolved: Readonly<Record<string, unknown>>,
): number | null {
  return Object.keys(resolved).length === 0 ? null : deps.now() + jittered(deps, AGE_MS);
}

/** 60 to 95 percent: before a sign-in finds it too old. */
const jittered = (deps: Pick<OrganizationsDeps, 'random_bytes'>, length: number): number =>
  Math.round(length * (0.6 + (0.35 * (deps.random_bytes(1)[0] ?? 0)) / 255));

/**
 * Asks the partners again whose metadata or discovery document is a day old. A partner that is down keeps what it last said, and is asked again
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
  if (row !== undefined) await refresh(deps, org_id, row);
}

async function refresh(deps: OrganizationsDeps, org_id: OrgId, row: ConnectionRow): Promise<void> {
  const { id, version } = row;
  try {
    const type = deps.connector_types[row.protocol];
    const { settings, secrets } = stored_settings(deps.storage, row);
    const read = type.parse({ ...settings, ...secrets });
    if (!read.ok)
      throw new ConnectorError('misconfigured', `settings are no longer valid: ${read.errors.map((error) => error.path).join(', ')}`);
    const resolved = { ...(await type.resolve?.(read.config, { fetch: deps.egress.fetch, now: deps.now })) };
    const changes = { resolved, resolved_at: deps.now(), refresh_at: refresh_time(deps, resolved) };
    await deps.storage.transact(async (tx) => {
      if (!same(said(resolved), said(row.resolved))) await tx.config_changed();
      // whoever changed the connection meanwhile has asked as well
      await tx.org(org_id).connections.update({ id, version }, changes);
    });
  } catch (error) {
    await deps.storage.write_once(`UPDATE "connections" SET "refresh_at" = ? WHERE "org_id" = ? AND "id" = ? AND "version" = ?`, [
      deps.now() + jittered(deps, HOUR_MS),
      org_id,
      id,
      version,
    ]);
    deps.log('warn', 'what a partner publishes could not be read again; the last good one stays', { connection_id: id, error });
  }
}

/** What was read, without the times of reading (`fetched_at`), which are no news. */
const said = (resolved: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(resolved).filter(([name]) => !name.endsWith('_at')));
