import type { OrgId } from '../../kernel/index.ts';
import type { SqlValue, Storage, Tx } from '../../storage/index.ts';
import type { GivenRow } from './given.ts';
import type { ReportedRow } from './report.ts';

/** One job of one organization. */
export interface JobKey {
  readonly org_id: OrgId;
  readonly job_id: string;
}

/** Sorts as its number does. */
export const row_id = (number: number): string => String(number).padStart(7, '0');

const context_of = ({ org_id, job_id }: JobKey, id: string): string => `import_row/${org_id}/${job_id}/${id}`;

/** Rows of one statement. */
const CHUNK = 100;

/** Keeps rows as they came, in their order, from `first` on. */
export async function keep_rows(
  { seal }: Pick<Storage, 'seal'>,
  tx: Tx,
  job: JobKey,
  first: number,
  rows: readonly GivenRow[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += CHUNK) {
    const values = rows.slice(start, start + CHUNK).map((row, index): SqlValue[] => {
      const id = row_id(first + start + index);
      return [job.org_id, job.job_id, id, seal.seal(JSON.stringify(row), context_of(job, id))];
    });
    await tx.sql.run(
      `INSERT INTO "import_rows" ("org_id", "job_id", "id", "sealed_row") VALUES ${values.map(() => '(?, ?, ?, ?)').join(', ')}`,
      values.flat(),
    );
  }
}

export interface WaitingRow {
  readonly id: string;
  readonly given: GivenRow;
}

/** The next rows that nobody has done, behind `after`. */
export async function waiting_rows(
  storage: Pick<Storage, 'seal' | 'sql'>,
  job: JobKey,
  after: string,
  most: number,
): Promise<WaitingRow[]> {
  const rows = await storage.sql.all<{ id: string; sealed_row: string }>(
    `SELECT "id", "sealed_row" FROM "import_rows" WHERE "org_id" = ? AND "job_id" = ? AND "id" > ? AND "sealed_row" IS NOT NULL ORDER BY "id" LIMIT ${most}`,
    [job.org_id, job.job_id, after],
  );
  // sealed by keep_rows
  return rows.map(({ id, sealed_row }) => ({ id, given: JSON.parse(storage.seal.open(sealed_row, context_of(job, id))) as GivenRow }));
}

export interface DoneRow extends ReportedRow {
  readonly name_hash: string | null;
}

/** What became of a row; what it said is not kept any longer. */
export async function finish_row({ seal }: Pick<Storage, 'seal'>, tx: Tx, job: JobKey, done: DoneRow): Promise<void> {
  const id = row_id(done.row);
  const { user_name, problems } = done;
  await tx.sql.run(
    `UPDATE "import_rows" SET "sealed_row" = NULL, "name_hash" = ?, "outcome" = ?, "user_id" = ?, "sealed_report" = ? WHERE "org_id" = ? AND "job_id" = ? AND "id" = ?`,
    [
      done.name_hash,
      done.outcome,
      done.id,
      seal.seal(JSON.stringify({ user_name, problems }), `${context_of(job, id)}/report`),
      job.org_id,
      job.job_id,
      id,
    ],
  );
}

interface Reported {
  readonly user_name: string | null;
  readonly problems: ReportedRow['problems'];
}

/** What became of the rows, in their order. */
export async function* reported_rows(
  storage: Pick<Storage, 'seal' | 'org'>,
  job: JobKey,
  outcome: ReportedRow['outcome'] | undefined,
  after: number,
): AsyncGenerator<ReportedRow> {
  for (let last = row_id(after); ; ) {
    const query = storage.org(job.org_id).import_rows.query();
    query.andWhere('row.job_id = :job_id AND row.id > :last AND row.outcome IS NOT NULL', { job_id: job.job_id, last });
    if (outcome !== undefined) query.andWhere('row.outcome = :outcome', { outcome });
    const rows = await query.orderBy('row.id', 'ASC').limit(1000).getMany();
    for (const row of rows) {
      if (row.outcome === null) continue;
      const { user_name, problems }: Reported =
        row.sealed_report === null
          ? { user_name: null, problems: [] }
          : (JSON.parse(storage.seal.open(row.sealed_report, `${context_of(job, row.id)}/report`)) as Reported); // sealed by finish_row
      yield { row: Number(row.id), outcome: row.outcome, id: row.user_id, user_name, problems };
    }
    const end = rows.at(-1);
    if (rows.length < 1000 || end === undefined) return;
    last = end.id;
  }
}

/** Empties what the reports say of somebody, and what they say of nobody known: a refused row names whoever it likes. */
export async function forget_rows({ seal }: Pick<Storage, 'seal'>, tx: Tx, org_id: OrgId, words: readonly string[]): Promise<void> {
  const ids = words.filter((word) => word.startsWith('usr_'));
  for (const id of ids)
    await tx.sql.run(`UPDATE "import_rows" SET "sealed_report" = NULL WHERE "org_id" = ? AND "user_id" = ?`, [org_id, id]);
  const wanted = words.map((word) => JSON.stringify(word.toLowerCase()).slice(1, -1)).filter((word) => word.length > 2);
  const refused = await tx.sql.all<{ job_id: string; id: string; sealed_report: string }>(
    `SELECT "job_id", "id", "sealed_report" FROM "import_rows" WHERE "org_id" = ? AND "outcome" = 'refused' AND "sealed_report" IS NOT NULL`,
    [org_id],
  );
  for (const { job_id, id, sealed_report } of refused) {
    const text = seal.open(sealed_report, `${context_of({ org_id, job_id }, id)}/report`).toLowerCase();
    if (!wanted.some((word) => text.includes(word))) continue;
    await tx.sql.run(`UPDATE "import_rows" SET "sealed_report" = NULL WHERE "org_id" = ? AND "job_id" = ? AND "id" = ?`, [
      org_id,
      job_id,
      id,
    ]);
  }
}
