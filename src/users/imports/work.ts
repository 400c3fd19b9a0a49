import type { Act } from '../../audit/index.ts';
import { hash_token, type OrgId, random_token } from '../../kernel/index.ts';
import type { Tx } from '../../storage/index.ts';
import { fold_name } from '../fold.ts';
import type { UsersDeps } from '../record.ts';
import { attempt_row, read_import_row } from './attempt.ts';
import { type DoneRow, finish_row, type JobKey, waiting_rows, type WaitingRow } from './rows.ts';

const LEASE_MS = 15_000;
/** One turn: others want the background too, and a process that is told to end waits for it. */
const TURN_MS = 2000;
const BATCH = 100;
const MOST_FAILURES = 5;

interface Claimed extends JobKey {
  readonly dry_run: boolean;
  readonly act: Act;
  readonly lease: string;
}

interface Row {
  org_id: OrgId;
  id: string;
  dry_run: boolean | number;
  act: string;
}

/** Somebody else has the job by now. */
class LeaseLost extends Error {}
/** Carries nothing out of a unit of work that is not to be kept. */
class Rehearsed extends Error {}

/** Works on the oldest job that nobody works on, for one turn. Answers whether there was one. */
export async function work_on_imports(deps: UsersDeps): Promise<boolean> {
  const job = await claim(deps);
  if (job === undefined) return false;
  try {
    const done = await take_turn(deps, job);
    if (!done) await release(deps, job);
  } catch (error) {
    if (error instanceof LeaseLost) return true;
    await fail(deps, job);
    throw error;
  }
  return true;
}

/** The condition is the claim: of two processes one has it, until it is done or its time is over. */
async function claim({ storage, now }: UsersDeps): Promise<Claimed | undefined> {
  const at = now();
  const found = await storage.sql.get<Row>(
    `SELECT "org_id", "id", "dry_run", "act" FROM "import_jobs" WHERE "status" IN ('waiting', 'running') AND ("leased_until" IS NULL OR "leased_until" < ?)
     ORDER BY "created_at", "id" LIMIT 1`,
    [at],
  );
  if (found === undefined) return undefined;
  const lease = random_token(16);
  const claimed = await storage.write_once(
    `UPDATE "import_jobs" SET "status" = 'running', "lease" = ?, "leased_until" = ? WHERE "org_id" = ? AND "id" = ? AND "status" IN ('waiting', 'running')
     AND ("leased_until" IS NULL OR "leased_until" < ?)`,
    [lease, at + LEASE_MS, found.org_id, found.id, at],
  );
  if (claimed === 0) return undefined;
  // written by the one that took the file in
  return { org_id: found.org_id, job_id: found.id, dry_run: Boolean(found.dry_run), act: JSON.parse(found.act) as Act, lease };
}

async function release({ storage }: UsersDeps, { org_id, job_id, lease }: Claimed): Promise<void> {
  await storage.write_once(
    `UPDATE "import_jobs" SET "lease" = NULL, "leased_until" = NULL WHERE "org_id" = ? AND "id" = ? AND "lease" = ?`,
    [org_id, job_id, lease],
  );
}

async function fail({ storage, now }: UsersDeps, { org_id, job_id, lease }: Claimed): Promise<void> {
  await storage.write_once(
    `UPDATE "import_jobs" SET "failures" = "failures" + 1, "lease" = NULL, "leased_until" = ?,
       "status" = CASE WHEN "failures" + 1 >= ${MOST_FAILURES} THEN 'failed' ELSE "status" END,
       "finished_at" = CASE WHEN "failures" + 1 >= ${MOST_FAILURES} THEN CAST(? AS BIGINT) ELSE NULL END WHERE "org_id" = ? AND "id" = ? AND "lease" = ?`,
    [now() + 1000, now(), org_id, job_id, lease],
  );
}

/** Batch by batch, each a unit of work that marks its rows: one that is cut off never was. Answers whether the job is done. */
async function take_turn(deps: UsersDeps, job: Claimed): Promise<boolean> {
  const ends = deps.now() + TURN_MS;
  for (let after = ''; ; ) {
    const rows = await waiting_rows(deps.storage, job, after, BATCH);
    if (rows.length > 0) await (job.dry_run ? rehearse(deps, job, rows) : keep(deps, job, rows));
    if (rows.length < BATCH) {
      await finish(deps, job);
      return true;
    }
    after = rows.at(-1)?.id ?? after;
    if (deps.now() >= ends) return false;
  }
}

const keep = (deps: UsersDeps, job: Claimed, rows: readonly WaitingRow[]): Promise<void> =>
  deps.storage.transact(async (tx) => {
    await hold(deps, tx, job);
    await mark(deps, tx, job, await attempt_all(deps, tx, job, rows));
  });

/** Everything is done and nothing of it kept but what became of it. */
async function rehearse(deps: UsersDeps, job: Claimed, rows: readonly WaitingRow[]): Promise<void> {
  let done: readonly DoneRow[] = [];
  try {
    await deps.storage.transact(async (tx) => {
      done = await attempt_all(deps, tx, job, rows);
      throw new Rehearsed();
    });
  } catch (error) {
    if (!(error instanceof Rehearsed)) throw error;
  }
  await deps.storage.transact(async (tx) => {
    await hold(deps, tx, job);
    await mark(deps, tx, job, done);
  });
}

/** @throws LeaseLost */
async function hold({ now }: UsersDeps, tx: Tx, { org_id, job_id, lease }: Claimed): Promise<void> {
  const held = await tx.sql.run(
    `UPDATE "import_jobs" SET "leased_until" = ?, "failures" = 0 WHERE "org_id" = ? AND "id" = ? AND "lease" = ?`,
    [now() + LEASE_MS, org_id, job_id, lease],
  );
  if (held === 0) throw new LeaseLost();
}

async function attempt_all(deps: UsersDeps, tx: Tx, job: Claimed, rows: readonly WaitingRow[]): Promise<DoneRow[]> {
  const here = new Map<string, number>();
  const done: DoneRow[] = [];
  for (const { id, given } of rows) {
    const row = Number(id);
    const read = 'problem' in given ? { problems: [given.problem] } : read_import_row(given.value);
    if ('problems' in read) {
      done.push({ row, outcome: 'refused', id: null, user_name: null, problems: read.problems, name_hash: null });
      continue;
    }
    const { user_name } = read.row;
    const name_hash = hash_token(fold_name(user_name));
    const earlier = here.get(name_hash) ?? (await earlier_row(tx, job, id, name_hash));
    here.set(name_hash, Math.min(earlier ?? row, row));
    const attempted =
      earlier === undefined
        ? await attempt_row(deps, tx, job.org_id, read.row, job.act)
        : ({ status: 'failed', problems: [{ path: 'user_name', message: `is the same as in row ${earlier}` }] } as const);
    if (attempted.status === 'failed') done.push({ row, outcome: 'refused', id: null, user_name, problems: attempted.problems, name_hash });
    else done.push({ row, outcome: attempted.status, id: attempted.id, user_name, problems: [], name_hash });
  }
  return done;
}

async function earlier_row(tx: Tx, { org_id, job_id }: JobKey, id: string, name_hash: string): Promise<number | undefined> {
  const found = await tx.sql.get<{ id: string }>(
    `SELECT "id" FROM "import_rows" WHERE "org_id" = ? AND "job_id" = ? AND "name_hash" = ? AND "id" < ? ORDER BY "id" LIMIT 1`,
    [org_id, job_id, name_hash, id],
  );
  return found === undefined ? undefined : Number(found.id);
}

async function mark({ storage }: UsersDeps, tx: Tx, job: Claimed, rows: readonly DoneRow[]): Promise<void> {
  for (const row of rows) await finish_row(storage, tx, job, job.dry_run && row.outcome === 'created' ? { ...row, id: null } : row);
  const count = (outcome: DoneRow['outcome']): number => rows.filter((row) => row.outcome === outcome).length;
  await tx.sql.run(
    `UPDATE "import_jobs" SET "done" = "done" + ?, "created" = "created" + ?, "updated" = "updated" + ?, "unchanged" = "unchanged" + ?, "refused" = "refused" + ?
     WHERE "org_id" = ? AND "id" = ?`,
    [rows.length, count('created'), count('updated'), count('unchanged'), count('refused'), job.org_id, job.job_id],
  );
}

async function finish(deps: UsersDeps, job: Claimed): Promise<void> {
  const { org_id, job_id } = job;
  await deps.storage.transact(async (tx) => {
    await hold(deps, tx, job);
    await tx.sql.run(`UPDATE "import_rows" SET "name_hash" = NULL WHERE "org_id" = ? AND "job_id" = ? AND "name_hash" IS NOT NULL`, [
      org_id,
      job_id,
    ]);
    await tx.org(org_id).import_jobs.update({ id: job_id }, { status: 'done', lease: null, leased_until: null, finished_at: deps.now() });
    const row = await tx.org(org_id).import_jobs.find_one({ id: job_id });
    if (row === undefined) return;
    const { dry_run, total, created, updated, unchanged, refused } = row;
    await deps.record(tx, job.act, {
      type: 'user_import.finished',
      org_id,
      target: { kind: 'user_import', id: job_id },
      after: { dry_run, total, created, updated, unchanged, refused },
    });
  });
}
