import type { Act } from '../audit/index.ts';
import { type FieldProblem, InvalidInput, type OrgId } from '../kernel/index.ts';
import type { Tx } from '../storage/index.ts';
import type { UsersDeps } from './record.ts';
import { attempt_row, type NamedRow, read_import_row } from './imports/attempt.ts';
import type { ImportReport } from './schemas.ts';
import { fold_name } from './fold.ts';

type RowReport = ImportReport['rows'][number];

const MOST = 10_000;
/** Rows of one unit of work: others get their turn in between. */
const BATCH = 100;

/**
 * Makes and changes people row by row: a row whose `user_name` (or `email`, where it has none) is known changes that person, the fields that
 * it does not name stay. A wrong row is reported and changes nothing, the others are kept. With `dry_run` everything is done and nothing kept.
 * @throws InvalidInput 422 when `rows` is no list, or one that is too long
 */
export async function import_users(
  deps: UsersDeps,
  org_id: OrgId,
  rows: unknown,
  options: { readonly dry_run?: boolean | undefined },
  act: Act,
): Promise<ImportReport> {
  const dry_run = options.dry_run === true;
  const read = read_rows(rows);
  const reports: RowReport[] = [];
  for (let start = 0; start < read.length; start += BATCH) {
    const batch = read.slice(start, start + BATCH);
    reports.push(...(await unit_of_work(deps, dry_run, async (tx) => in_sequence(batch, (row) => attempt(deps, tx, org_id, row, act)))));
  }
  const count = (status: RowReport['status']): number => reports.filter((report) => report.status === status).length;
  return {
    dry_run,
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    failed: count('failed'),
    rows: reports,
  };
}

interface ReadRow {
  readonly number: number;
  readonly row?: NamedRow;
  readonly problems: readonly FieldProblem[];
}

/** Rows are counted from 1. */
function read_rows(rows: unknown): ReadRow[] {
  if (!Array.isArray(rows) || rows.length > MOST)
    throw new InvalidInput('invalid_body', 'Some fields are wrong.', {
      status: 422,
      fields: [{ path: 'users', message: `must be a list of at most ${MOST} people` }],
    });
  const first = new Map<string, number>();
  return rows.map((given: unknown, index): ReadRow => {
    const number = index + 1;
    const read = read_import_row(given);
    if ('problems' in read) return { number, problems: read.problems };
    const key = fold_name(read.row.user_name);
    const earlier = first.get(key);
    if (earlier !== undefined) return { number, problems: [{ path: 'user_name', message: `is the same as in row ${earlier}` }] };
    first.set(key, number);
    return { number, row: read.row, problems: [] };
  });
}

/** One row, kept as a whole or not at all. */
async function attempt(deps: UsersDeps, tx: Tx, org_id: OrgId, { number, row, problems }: ReadRow, act: Act): Promise<RowReport> {
  if (row === undefined) return { row: number, status: 'failed', problems: [...problems] };
  const done = await attempt_row(deps, tx, org_id, row, act);
  if (done.status !== 'failed') return { row: number, ...done, user_name: row.user_name };
  return { row: number, status: 'failed', user_name: row.user_name, problems: [...done.problems] };
}

async function in_sequence<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

/** Carries the result out of a unit of work that is not to be kept. */
class Rehearsed extends Error {}

async function unit_of_work<Result>(deps: UsersDeps, dry_run: boolean, work: (tx: Tx) => Promise<Result[]>): Promise<Result[]> {
  let results: Result[] = [];
  try {
    await deps.storage.transact(async (tx) => {
      results = await work(tx);
      if (dry_run) throw new Rehearsed();
    });
  } catch (error) {
    if (!(error instanceof Rehearsed)) throw error;
  }
  return results;
}
