import type { Act } from '../../audit/index.ts';
import { Conflict, NotFound, type OrgId } from '../../kernel/index.ts';
import type { Collection } from '../../organizations/index.ts';
import { type ImportJobRow, type ImportOutcome, time_ordered_id, type Tx } from '../../storage/index.ts';
import type { UsersDeps } from '../record.ts';
import { type CsvOptions, read_csv } from './csv.ts';
import { type GivenRow, type ImportFormat, in_batches, invalid_file, text_of } from './given.ts';
import { read_ndjson } from './ndjson.ts';
import { report_header, report_line, type ReportFormat } from './report.ts';
import { forget_rows, keep_rows, reported_rows } from './rows.ts';
import { present_import, type UserImportView } from './views.ts';
import { work_on_imports } from './work.ts';

export interface ImportFile extends CsvOptions {
  readonly format: ImportFormat;
  readonly charset?: string | undefined;
  readonly body: AsyncIterable<Uint8Array>;
  readonly dry_run?: boolean | undefined;
}

/** Files of people of one organization. */
export interface UserImportsOf extends Pick<Collection<UserImportView>, 'list' | 'get' | 'remove'> {
  /** Takes a file in; the work begins within a second. @throws InvalidInput 413, 415, 422 for a file that cannot be read: then nothing of it is kept */
  begin(file: ImportFile, act: Act): Promise<UserImportView>;
  /** Removes all of them: the organization goes. */
  clear(): Promise<void>;
  /** What became of each row that is done. @throws NotFound */
  report(id: string, options: { readonly format: ReportFormat; readonly outcome?: ImportOutcome | undefined }): Promise<string>;
}

/** By organization. */
export interface UserImports {
  (org_id: OrgId): UserImportsOf;
  /** One turn of work; called by a timer. Answers whether there was any. */
  work(): Promise<boolean>;
  /** Removes what is too old, in small batches; called by a timer. */
  trim(): Promise<void>;
  /** Empties what the reports say of somebody, within the caller's unit of work. */
  forget(tx: Tx, org_id: OrgId, words: readonly string[]): Promise<void>;
}

export interface UserImportsDeps extends UsersDeps {
  /** How long a job and its report are kept. */
  readonly days: number;
  /** The people that a SCIM bulk request would make, as rows. @throws InvalidInput */
  readonly read_bulk: (body: unknown) => readonly GivenRow[];
}

const BATCH = 500;
const MOST_UNFINISHED = 20;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export function make_user_imports(deps: UserImportsDeps): UserImports {
  const { storage, now } = deps;
  const of = (org_id: OrgId): UserImportsOf => {
    const require_job = async (id: string): Promise<ImportJobRow> => {
      const row = await storage.org(org_id).import_jobs.find_one({ id });
      if (row === undefined) throw new NotFound('user import');
      return row;
    };
    return {
      async begin(file, act) {
        const id = time_ordered_id('imp', now());
        const { format, dry_run = false } = file;
        const counts = { total: 0, done: 0, created: 0, updated: 0, unchanged: 0, refused: 0, failures: 0 };
        await storage.transact(async (tx) => {
          await require_room(tx, org_id);
          await tx.org(org_id).import_jobs.insert({
            ...{ id, status: 'receiving', format, dry_run, act: { ...act }, ...counts },
            ...{ lease: null, leased_until: null, created_at: now(), finished_at: null },
          });
        });
        try {
          const total = await take_in(deps, { org_id, job_id: id }, rows_of(deps, file));
          if (total === 0) throw invalid_file('The file has no rows.');
          await storage.transact(async (tx) => {
            await tx.org(org_id).import_jobs.update({ id }, { status: 'waiting', total });
            const target = { kind: 'user_import', id } as const;
            await deps.record(tx, act, { type: 'user_import.started', org_id, target, after: { format, dry_run, total } });
          });
        } catch (error) {
          await remove_job(deps, org_id, id);
          throw error;
        }
        return present_import(await require_job(id));
      },
      async list(request) {
        const { data, next } = await storage.org(org_id).import_jobs.page({ ...request, descending: true });
        return { data: data.map(present_import), next };
      },
      get: async (id) => ({ view: present_import(await require_job(id)), version: 1 }),
      async remove(id, act) {
        const { status, total, done } = await require_job(id);
        await storage.transact(async (tx) => {
          if ((await stop(tx.sql, org_id, id)) === 0) throw new NotFound('user import');
          const target = { kind: 'user_import', id } as const;
          await deps.record(tx, act, { type: 'user_import.removed', org_id, target, before: { status, total, done } });
        });
        await remove_job(deps, org_id, id);
      },
      async clear() {
        for (const { id } of await storage.org(org_id).import_jobs.find({})) await remove_job(deps, org_id, id);
      },
      async report(id, { format, outcome }) {
        const job = { org_id, job_id: (await require_job(id)).id };
        const lines = [report_header(format)];
        for await (const row of reported_rows(storage, job, outcome, 0)) lines.push(report_line(format, row));
        return lines.join('');
      },
    };
  };
  return Object.assign(of, {
    work: () => work_on_imports(deps),
    trim: () => trim(deps),
    forget: (tx: Tx, org_id: OrgId, words: readonly string[]) => forget_rows(storage, tx, org_id, words),
  });
}

async function* rows_of({ read_bulk }: UserImportsDeps, file: ImportFile): AsyncGenerator<GivenRow> {
  const text = text_of(file.body, file.charset);
  if (file.format === 'csv') yield* read_csv(text, file);
  else if (file.format === 'ndjson') yield* read_ndjson(text);
  else {
    const parts: string[] = [];
    for await (const part of text) parts.push(part);
    yield* read_bulk(json_of(parts.join('')));
  }
}

function json_of(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (cause) {
    throw invalid_file('The file is no JSON.', '', cause);
  }
}

async function take_in(
  { storage }: UserImportsDeps,
  job: { org_id: OrgId; job_id: string },
  rows: AsyncIterable<GivenRow>,
): Promise<number> {
  let total = 0;
  for await (const batch of in_batches(rows, BATCH)) {
    await storage.transact((tx) => keep_rows(storage, tx, job, total + 1, batch));
    total += batch.length;
  }
  return total;
}

/** One organization does not fill the disk, nor hold up the others. @throws Conflict */
async function require_room({ sql }: Tx, org_id: OrgId): Promise<void> {
  const waiting = await sql.get<{ rows: number | string }>(
    `SELECT COUNT(*) AS "rows" FROM "import_jobs" WHERE "org_id" = ? AND "status" IN ('receiving', 'waiting', 'running')`,
    [org_id],
  );
  if (Number(waiting?.rows ?? 0) >= MOST_UNFINISHED)
    throw new Conflict(
      'too_many_imports',
      `Up to ${MOST_UNFINISHED} files of an organization are worked through at once: wait for one to be done.`,
    );
}

/** Whoever works on it loses it with its next batch. */
const stop = ({ run }: Pick<Tx['sql'], 'run'>, org_id: OrgId, id: string): Promise<number> =>
  run(`UPDATE "import_jobs" SET "status" = 'failed', "lease" = NULL WHERE "org_id" = ? AND "id" = ?`, [org_id, id]);

/** The rows first, some at a time: others write in between. */
async function remove_job({ storage }: UserImportsDeps, org_id: OrgId, id: string): Promise<void> {
  await stop({ run: (statement, values = []) => storage.write_once(statement, values) }, org_id, id);
  for (let gone = BATCH; gone >= BATCH; )
    gone = await storage.write_once(
      `DELETE FROM "import_rows" WHERE "org_id" = ? AND "job_id" = ? AND "id" IN (SELECT "id" FROM "import_rows" WHERE "org_id" = ? AND "job_id" = ? LIMIT ${BATCH})`,
      [org_id, id, org_id, id],
    );
  await storage.write_once(`DELETE FROM "import_jobs" WHERE "org_id" = ? AND "id" = ?`, [org_id, id]);
}

/** What is too old, and files whose sender went away in the middle. */
async function trim(deps: UserImportsDeps): Promise<void> {
  const at = deps.now();
  const old = await deps.storage.sql.all<{ org_id: OrgId; id: string }>(
    `SELECT "org_id", "id" FROM "import_jobs" WHERE ("status" IN ('done', 'failed') AND "created_at" < ?) OR ("status" = 'receiving' AND "created_at" < ?) LIMIT 20`,
    [at - deps.days * DAY_MS, at - HOUR_MS],
  );
  for (const { org_id, id } of old) await remove_job(deps, org_id, id);
}
