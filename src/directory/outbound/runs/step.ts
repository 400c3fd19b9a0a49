import type { ScimRunRow, SqlValue, Tx } from '../../../storage/index.ts';
import type { OutboundDeps } from '../deps.ts';
import type { OpenTarget } from '../open_target.ts';
import type { Remote } from '../remote.ts';

/** What a step has of its run: its own until the lease ends. */
export interface Leased extends ScimRunRow {
  readonly lease: string;
}

export interface StepContext {
  readonly deps: OutboundDeps;
  readonly run: Leased;
  readonly target: OpenTarget;
  readonly remote: Remote;
}

export interface Finding {
  readonly kind: 'user' | 'group';
  /** Of ours; for `extra`, the target's own. */
  readonly id: string;
  readonly what: 'create' | 'update' | 'deactivate' | 'delete' | 'missing' | 'different' | 'extra' | 'unlinked';
  /** Names of attributes, never what is in them. */
  readonly attributes?: readonly string[];
}

/** More are counted, and not listed. */
const LISTED = 500;

/** What a step adds to its run. */
export interface Progress {
  readonly place: Readonly<Record<string, unknown>>;
  readonly seen?: number;
  readonly total?: number;
  readonly last_delivery?: string | null;
  readonly findings?: readonly Finding[];
  /** Found without being listed. */
  readonly unchanged?: number;
  readonly wait_ms?: number;
  readonly done?: boolean;
}

/** Somebody else has the run. */
export class LostLease extends Error {}

/** Writes how far the run is, in the unit of work of what was done for it. @throws LostLease */
export async function write_progress(tx: Pick<Tx, 'sql'>, run: Leased, progress: Progress, now: number): Promise<void> {
  const { findings = [], unchanged = 0 } = progress;
  const counts = { ...run.counts };
  for (const { what } of findings) counts[what] = (counts[what] ?? 0) + 1;
  if (unchanged > 0) counts['unchanged'] = (counts['unchanged'] ?? 0) + unchanged;
  const listed = [...run.findings, ...findings].slice(0, LISTED);
  const done = progress.done === true;
  const values: SqlValue[] = [
    JSON.stringify(progress.place),
    run.seen + (progress.seen ?? 0),
    progress.total ?? run.total,
    progress.last_delivery ?? run.last_delivery,
    JSON.stringify(counts),
    JSON.stringify(listed),
    now + (progress.wait_ms ?? 0),
    done ? 'done' : 'running',
    done ? now : null,
  ];
  const written = await tx.sql.run(
    `UPDATE "scim_runs" SET "place" = ?, "seen" = ?, "total" = ?, "last_delivery" = ?, "counts" = ?, "findings" = ?, "next_at" = ?, "status" = ?,
     "finished_at" = ?, "failures" = 0, "error" = NULL, "leased_until" = NULL, "lease" = NULL WHERE "id" = ? AND "lease" = ? AND "status" = 'running'`,
    [...values, run.id, run.lease],
  );
  if (written === 0) throw new LostLease('another process goes on with this run');
}
