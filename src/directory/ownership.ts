import { Forbidden } from '../kernel/index.ts';
import { policy_of } from '../organizations/index.ts';
import type { Storage, Tx, UserRow } from '../storage/index.ts';
import type { Client } from './deps.ts';
import { uniqueness } from './refusals.ts';

/**
 * Which directory a person belongs to once this client has changed them: the first to change adopts, and whoever says another
 * externalId answers for it, because a first sign-in may be matched by it. @throws Forbidden when the directory of another connection owns them
 */
export async function owner_after(tx: Tx, client: Client, row: UserRow, external_id: string | null): Promise<string> {
  if (row.scim_owner === null) await require_adoptable(tx, client, row);
  if (row.scim_owner === null || row.scim_owner === client.token_id) return client.token_id;
  const owner = await tx.org(client.org_id).scim_tokens.find_one({ id: row.scim_owner });
  if (owner === undefined) return client.token_id;
  require_same(client, owner.connection_id);
  return external_id === row.external_id ? row.scim_owner : client.token_id;
}

/** @throws Forbidden */
export async function require_own(tx: Tx, client: Client, row: UserRow): Promise<void> {
  if (row.scim_owner === null) await require_adoptable(tx, client, row);
  const owner = row.scim_owner === null ? undefined : await tx.org(client.org_id).scim_tokens.find_one({ id: row.scim_owner });
  if (owner !== undefined) require_same(client, owner.connection_id);
}

/** Whom another source made is SCIM's to take over, unless the organization's policy says otherwise. */
async function require_adoptable(tx: Tx, client: Client, row: UserRow): Promise<void> {
  if (row.source === 'scim' || (await policy_of(tx, client.org_id)).on_conflict !== 'refuse') return;
  throw new Forbidden('managed_elsewhere', 'This user was made by another source, and the organization does not let SCIM take them over.');
}

/** A token without a connection speaks for all of them. */
function require_same(client: Client, connection_id: string | null): void {
  if (connection_id === null || client.connection_id === null || connection_id === client.connection_id) return;
  throw new Forbidden('managed_elsewhere', 'This user is managed by the directory of another connection.');
}

/** One externalId, one person of the directories. @throws Conflict `uniqueness` */
export async function require_free_external_id(
  storage: Pick<Storage, 'kind'>,
  tx: Tx,
  client: Client,
  external_id: string | null,
  own?: string,
): Promise<void> {
  if (external_id === null) return;
  // two that say the same at once wait for each other; on SQLite all writers do
  if (storage.kind === 'postgres')
    await tx.sql.get('SELECT pg_advisory_xact_lock(hashtextextended(?, 0)) IS NULL AS "locked"', [`${client.org_id} ${external_id}`]);
  const holder = await tx.sql.get<{ id: string }>(
    `SELECT u."id" FROM "users" u LEFT JOIN "scim_tokens" t ON t."org_id" = u."org_id" AND t."id" = u."scim_owner"
     WHERE u."org_id" = ? AND u."external_id" = ? AND u."scim_owner" IS NOT NULL AND u."id" <> ?
       AND (t."connection_id" IS NULL OR t."connection_id" = COALESCE(?, t."connection_id")) LIMIT 1`,
    [client.org_id, external_id, own ?? '', client.connection_id],
  );
  if (holder !== undefined) throw uniqueness('Another user of this directory has this externalId.');
}
