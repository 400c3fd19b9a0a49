import type { FieldProblem } from '../../kernel/index.ts';
import type { ImportOutcome } from '../../storage/index.ts';

/** What became of one row. */
export interface ReportedRow {
  readonly row: number;
  readonly outcome: ImportOutcome;
  readonly id: string | null;
  readonly user_name: string | null;
  readonly problems: readonly FieldProblem[];
}

export const REPORT_FORMATS = ['ndjson', 'csv'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

const HEADER = 'row,outcome,id,user_name,problems\r\n';

/** A line for each row, and what comes before the first. */
export const report_header = (format: ReportFormat): string => (format === 'csv' ? HEADER : '');

export function report_line(format: ReportFormat, row: ReportedRow): string {
  if (format === 'ndjson') return `${JSON.stringify(row)}\n`;
  const problems = row.problems.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('\n');
  return `${[String(row.row), row.outcome, row.id ?? '', row.user_name ?? '', problems].map(cell).join(',')}\r\n`;
}

/** A cell that a spreadsheet would take for a formula is text to it: people write these files. */
function cell(text: string): string {
  const safe = /^[\s]*[=+\-@\t\r|%]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
