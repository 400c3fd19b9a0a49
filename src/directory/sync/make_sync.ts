import { system_act } from '../../audit/index.ts';
import type { OrgId } from '../../kernel/index.ts';
import type { Tx } from '../../storage/index.ts';
import type { SyncDeps } from './deps.ts';
import { forget_problems } from './forget.ts';
import { run_sync } from './run.ts';
import { begin_run, make_sync_runs, type SyncRuns } from './runs.ts';

export interface DirectorySync {
  /** @see SyncRuns */
  runs(org_id: OrgId, connection_id: string): SyncRuns;
  /** Starts what is due, a few at a time in each process; called by a timer. */
  tick(): Promise<void>;
  /** Takes what the runs say of somebody out of them, within the caller's unit of work. */
  forget(tx: Tx, org_id: OrgId, words: readonly string[]): Promise<void>;
  /** How many runs of this process ended in which way. */
  outcomes(): ReadonlyMap<string, number>;
  /** Ends what is under way: nothing half done is kept, and the next process goes on. */
  stop(): Promise<void>;
}

/** Directories that one process reads at the same time. */
const AT_ONCE = 4;
const LONGEST_MS = 3_600_000;

interface Due {
  org_id: OrgId;
  id: string;
}

/** Reads partners' directories when their time has come, each in exactly one process. */
export function make_directory_sync(given: Omit<SyncDeps, 'observe'>): DirectorySync {
  const ended = new Map<string, number>();
  const deps: SyncDeps = { ...given, observe: (outcome) => void ended.set(outcome, (ended.get(outcome) ?? 0) + 1) };
  const stopping = new AbortController();
  const going = new Set<Promise<unknown>>();
  const under_way = (work: Promise<unknown>): void => {
    const whole: Promise<unknown> = work
      .catch((error: unknown) => deps.log('error', 'a sync could not be written down', { error }))
      .finally(() => going.delete(whole));
    going.add(whole);
  };
  const start = async ({ id }: Due): Promise<void> => {
    const connection = await deps.connection(id);
    if (connection === undefined) return;
    const act = { actor: { ...system_act.actor, name: 'directory sync' } };
    const begun = await begin_run(deps, connection, { dry_run: false, act, due: true });
    if (begun === undefined) return;
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(LONGEST_MS)]);
    under_way(run_sync(deps, begun.run, { let_pass: false, signal }));
  };
  return {
    outcomes: () => ended,
    forget: forget_problems,
    runs: make_sync_runs(deps, { under_way, signal: stopping.signal }),
    async tick() {
      const free = AT_ONCE - going.size;
      if (free <= 0 || stopping.signal.aborted) return;
      const now = deps.now();
      const due = await deps.storage.sql.all<Due>(
        `SELECT s."org_id", s."connection_id" AS "id" FROM "connection_syncs" s JOIN "organizations" o ON o."id" = s."org_id" AND o."status" = 'active'
         WHERE s."due_at" <= ? AND (s."lease" IS NULL OR s."lease_until" < ?) ORDER BY s."due_at" LIMIT ${AT_ONCE}`,
        [now, now],
      );
      for (const one of due.slice(0, free)) await start(one);
    },
    async stop() {
      stopping.abort();
      await Promise.all(going);
    },
  };
}
