import { z } from 'zod';
import { rfc3339 } from '../../kernel/index.ts';
import { IMPORT_OUTCOMES, IMPORT_STATES, type ImportJobRow } from '../../storage/index.ts';

const time = z.iso.datetime();
const count = z.int();

const user_import = z.object({
  id: z.string(),
  status: z.enum(IMPORT_STATES),
  format: z.enum(['csv', 'ndjson', 'scim']),
  /** Everything is done and nothing kept but the report. */
  dry_run: z.boolean(),
  /** Rows of the file, and how many are done. */
  total: count,
  done: count,
  created: count,
  updated: count,
  unchanged: count,
  refused: count,
  created_at: time,
  finished_at: time.nullable(),
});

/** One line of the report. */
const user_import_row_report = z.object({
  /** From 1, without the header. */
  row: z.int(),
  outcome: z.enum(IMPORT_OUTCOMES),
  id: z.string().nullable(),
  user_name: z.string().nullable(),
  problems: z.array(z.object({ path: z.string(), message: z.string() })),
});

export const import_schemas = { user_import, user_import_row_report };
export type UserImportView = z.output<typeof user_import>;

const format = z.enum(['csv', 'ndjson', 'scim']);

export const present_import = (row: ImportJobRow): UserImportView => ({
  ...{ id: row.id, status: row.status, format: format.parse(row.format), dry_run: row.dry_run, total: row.total, done: row.done },
  ...{ created: row.created, updated: row.updated, unchanged: row.unchanged, refused: row.refused },
  created_at: rfc3339(row.created_at),
  finished_at: row.finished_at === null ? null : rfc3339(row.finished_at),
});
