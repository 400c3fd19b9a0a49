import { system_act } from '../../audit/index.ts';
import type { OutboundDeps } from './deps.ts';

/** One failure may be anything; so many in a row are told. */
const FAILING = 3;
/** A success is written down so often. */
const REMEMBERED_MS = 60_000;

type Deps = Pick<OutboundDeps, 'storage' | 'now' | 'record'>;

interface State {
  readonly name: string;
  readonly failures: number;
}

/** A request failed: counted until one succeeds. */
export async function target_failed({ storage, now, record }: Deps, id: string, error: string): Promise<void> {
  const at = now();
  await storage.transact(async (tx) => {
    const [state] = await tx.sql.all<State>(
      `UPDATE "scim_targets" SET "failures" = "failures" + 1, "failing_since" = COALESCE("failing_since", ?), "last_error" = ? WHERE "id" = ? RETURNING "name", "failures"`,
      [at, error, id],
    );
    if (state?.failures !== FAILING) return;
    const target = { kind: 'scim_target', id, name: state.name };
    await record(tx, system_act, { type: 'scim_target.failing', target, after: { last_error: error } });
  });
}

/** Requests succeed. */
export async function target_succeeded(
  deps: Deps,
  row: { readonly id: string; readonly failures: number; readonly last_success_at: number | null },
): Promise<void> {
  const { storage, now, record } = deps;
  const at = now();
  if (row.failures === 0 && row.last_success_at !== null && row.last_success_at > at - REMEMBERED_MS) return;
  await storage.transact(async (tx) => {
    // held, so that of several that succeed at once one tells
    await tx.sql.run(`UPDATE "scim_targets" SET "last_success_at" = ? WHERE "id" = ?`, [at, row.id]);
    const state = await tx.sql.get<State>(`SELECT "name", "failures" FROM "scim_targets" WHERE "id" = ?`, [row.id]);
    if (state === undefined || state.failures === 0) return;
    await tx.sql.run(`UPDATE "scim_targets" SET "failures" = 0, "failing_since" = NULL, "last_error" = NULL WHERE "id" = ?`, [row.id]);
    if (state.failures < FAILING) return;
    await record(tx, system_act, { type: 'scim_target.recovered', target: { kind: 'scim_target', id: row.id, name: state.name } });
  });
}

/** The target has asked for patience: nothing of what waits for it is tried before. */
export async function pause_target({ storage, now }: Deps, id: string, wait_ms: number): Promise<void> {
  const until = now() + wait_ms;
  await storage.write_once(
    `UPDATE "scim_targets" SET "paused_until" = ? WHERE "id" = ? AND ("paused_until" IS NULL OR "paused_until" < ?)`,
    [...[until, id, until]],
  );
  await storage.write_once(
    `UPDATE "outbox" SET "available_at" = ? WHERE "receiver" = ? AND "available_at" < ? AND "leased_until" IS NULL AND "done_at" IS NULL AND "dead_at" IS NULL`,
    [until, id, until],
  );
}
