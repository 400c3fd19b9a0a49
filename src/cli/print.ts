import { stringify } from 'yaml';
import { InvalidInput, one_line, PosternError, words_of } from '../kernel/index.ts';
import { type Cli, Misuse } from './cli.ts';

type Item = Readonly<Record<string, unknown>>;

/** One thing: JSON for programs, readable text for people. */
export function print_item(cli: Cli, item: object, json: boolean): void {
  cli.out(json ? JSON.stringify(item, null, 2) : stringify(item, { lineWidth: 0 }).trimEnd());
}

/** A list: `{data, next}` as the API has it, or a table. */
export function print_list(
  cli: Cli,
  list: { readonly data: readonly object[]; readonly next: string | null },
  columns: readonly string[],
  json: boolean,
): void {
  if (json) {
    cli.out(JSON.stringify(list, null, 2));
    return;
  }
  cli.out(list.data.length === 0 ? 'none' : table(list.data as readonly Item[], columns)); // views are plain objects
  if (list.next !== null) cli.err(`There is more: --all, or --after ${list.next}`);
}

/** Columns as wide as what stands in them; a column may name a nested field (`organization.slug`). */
export function table(rows: readonly Item[], columns: readonly string[]): string {
  const cells = [
    columns.map((name) => name.toUpperCase().replaceAll(/[_.]/g, ' ')),
    ...rows.map((row) => columns.map((name) => cell(field_of(row, name)))),
  ];
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => row[index]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((text, index) => text.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function field_of(row: unknown, path: string): unknown {
  let value = row;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Item)[name]; // an object, or a list whose items are not named
  }
  return value;
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '-';
  if (Array.isArray(value)) return value.map(cell).join(', ');
  if (typeof value === 'object') return JSON.stringify(value);
  return one_line(typeof value === 'string' ? value : JSON.stringify(value));
}

/** What went wrong, for a person: every wrong field, never a stack trace, never a secret. */
export function print_error(cli: Cli, error: unknown, json: boolean): void {
  const told = tell(error);
  if (json) {
    cli.err(JSON.stringify({ error: { code: told.code, message: told.message, ...(told.errors.length > 0 && { errors: told.errors }) } }));
    return;
  }
  const lines = told.errors.map(({ path, message }) => `  ${path === '' ? '' : `${path}: `}${message}`);
  cli.err([`postern: ${told.message}`, ...lines].join('\n'));
}

interface Told {
  readonly code: string;
  readonly message: string;
  readonly errors: readonly { readonly path: string; readonly message: string }[];
}

function tell(error: unknown): Told {
  if (error instanceof Misuse)
    return { code: 'misuse', message: error.message, errors: error.lines.map((message) => ({ path: '', message })) };
  if (error instanceof InvalidInput) return { code: error.code, message: error.message, errors: error.fields };
  if (error instanceof PosternError) return { code: error.code, message: error.message, errors: [] };
  if (!(error instanceof Error)) return { code: 'failed', message: 'Something went wrong.', errors: [] };
  return { code: 'failed', message: `Something went wrong: ${words_of(error)}`, errors: causes(error) };
}

/** Node says ECONNREFUSED in an error of several. */
function causes(error: Error): Told['errors'] {
  if (!(error instanceof AggregateError)) return [];
  return error.errors.filter((one) => one instanceof Error).map((one) => ({ path: '', message: one_line(one.message) }));
}
