import type { OrgId } from '../kernel/index.ts';
import type { Storage, Tx } from '../storage/index.ts';
import { ids_of_person } from './ids_of_person.ts';
import { find_trace } from './trace.ts';
import type { TraceView } from './views.ts';

interface Row {
  id: string;
  org_id: string | null;
  actor: string;
  actor_id: string | null;
  target: string | null;
  target_id: string | null;
}

export interface Emptied {
  readonly events: number;
  readonly traces: number;
}

/**
 * Empties what the record holds of a person, in the caller's unit of work: names, what was before and after, from where, and the salt that blinds the digest
 * of all that. Type, time, ids and who else acted stay, and so does the digest: the chain verifies as before. The caller records `user.erased` with it.
 */
export async function erase_person(tx: Tx, org_id: OrgId, user_id: string): Promise<Emptied> {
  // asked for by their id alone: with the organization beside it, SQLite reads through everything that was recorded of that
  const all = await tx.sql.all<Row>(
    `SELECT "id", "org_id", "actor", "actor_id", "target", "target_id" FROM "audit_events" WHERE "target_id" = ? AND "salt" IS NOT NULL
     UNION SELECT "id", "org_id", "actor", "actor_id", "target", "target_id" FROM "audit_events" WHERE "actor_id" = ? AND "salt" IS NOT NULL`,
    [user_id, user_id],
  );
  const rows = all.filter((row) => row.org_id === org_id);
  for (const row of rows) {
    const own = row.actor_id === user_id || (row.target_id === user_id && kind_of(row.actor) === 'user');
    await tx.sql.run(
      `UPDATE "audit_events" SET "before" = NULL, "after" = NULL, "salt" = NULL, "actor" = ?, "target" = ?, "ip" = CASE WHEN ? THEN NULL ELSE "ip" END WHERE "id" = ?`,
      [
        own ? without_name(row.actor) : row.actor,
        row.target_id === user_id && row.target !== null ? without_name(row.target) : row.target,
        own,
        row.id,
      ],
    );
  }
  const traces = await tx.sql.run(`DELETE FROM "login_traces" WHERE "org_id" = ? AND "user_id" = ?`, [org_id, user_id]);
  // what was heard or given up; what still waits is heard, and swept a week later
  await tx.sql.run(
    `DELETE FROM "outbox" WHERE "org_id" = ? AND ("order_key" = "receiver" || '/' || ? OR "order_key" LIKE "receiver" || '/' || ? || '/%')
       AND ("done_at" IS NOT NULL OR "dead_at" IS NOT NULL)`,
    [org_id, user_id, user_id],
  );
  return { events: rows.length, traces };
}

const kind_of = (text: string): unknown => (JSON.parse(text) as { kind?: unknown }).kind; // written by record

function without_name(text: string): string {
  const { name: _name, ...rest } = JSON.parse(text) as Record<string, unknown>; // written by record
  return JSON.stringify(rest);
}

/** The sign-ins of a person as they may ask for them, with what the partner said; masked for whoever may not see that. */
export async function traces_of_person(
  deps: { readonly storage: Storage; readonly now: () => number },
  org_id: OrgId,
  user_id: string,
  { personal }: { readonly personal: boolean },
): Promise<TraceView[]> {
  const ids = await ids_of_person(deps.storage.sql, user_id);
  const rows = (await Promise.all(ids.map((id) => deps.storage.gateway.login_traces.find({ org_id, user_id: id })))).flat();
  const open = rows.filter((row) => row.expires_at > deps.now());
  return Promise.all(open.map((row) => find_trace(deps, row.id, { personal, org_id })));
}
