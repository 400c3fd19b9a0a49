import type { OrgId } from '../../kernel/index.ts';
import type { ConnectionRow, Tx } from '../../storage/index.ts';
import { is_object } from '../merge_patch.ts';

/** By then every process has heard of the change: none reads with the old mapping. */
const HEARD_MS = 2000;

/** A connection that was made or changed is soon read, from the beginning, where its settings say that it is read at all; a run under way has lost it. */
export async function write_sync_schedule(
  tx: Tx,
  org_id: OrgId,
  row: Pick<ConnectionRow, 'id' | 'protocol' | 'enabled' | 'settings'>,
  at: number,
): Promise<void> {
  if (row.protocol !== 'ldap') return;
  const { sync } = row.settings;
  const wanted = row.enabled && is_object(sync) && sync['enabled'] === true;
  await tx.sql.run(
    `INSERT INTO "connection_syncs" ("org_id", "connection_id", "due_at") VALUES (?, ?, ?)
     ON CONFLICT ("org_id", "connection_id") DO UPDATE SET "due_at" = excluded."due_at", "lease" = NULL, "lease_until" = NULL, "cursor" = NULL`,
    [org_id, row.id, wanted ? at + HEARD_MS : null],
  );
}
