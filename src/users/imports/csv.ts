import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { FieldProblem } from '../../kernel/index.ts';
import { column_of, type Column, value_of } from './csv_columns.ts';
import { type GivenRow, invalid_file, LONGEST_ROW } from './given.ts';

export interface CsvOptions {
  /** A field for a header, where it is not named as the field is; null: the column is passed over. */
  readonly mapping?: Readonly<Record<string, string | null>> | undefined;
  readonly delimiter?: string | undefined;
}

const MOST_COLUMNS = 200;

/** RFC 4180 with a header row. A row that does not fit the header is a wrong row; a header that is not understood is a wrong file. @throws InvalidInput 422 */
export async function* read_csv(text: AsyncIterable<string>, options: CsvOptions = {}): AsyncGenerator<GivenRow> {
  const parser = parse({
    bom: true,
    delimiter: options.delimiter ?? ',',
    record_delimiter: ['\r\n', '\n', '\r'],
    // what does not fit the header is told row by row
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
  });
  // what breaks the source breaks the parser, and so whoever reads it
  pipeline(Readable.from(text), parser, () => {});
  let columns: readonly (Column | undefined)[] | undefined;
  try {
    // without `columns` a record is a list of texts
    const records = parser as AsyncIterable<string[]>; // as the line above says
    for await (const cells of records) {
      if (columns === undefined) columns = read_header(cells, options.mapping);
      else yield row_of(columns, cells);
    }
  } catch (error) {
    if (error instanceof CsvError) throw invalid_file(words_of(error), '', error);
    throw error;
  }
  if (columns === undefined) throw invalid_file('The file is empty: its first line names the columns.');
}

function words_of(error: CsvError): string {
  const line = typeof error['lines'] === 'number' ? ` (line ${error['lines']})` : '';
  switch (error.code) {
    case 'CSV_MAX_RECORD_SIZE':
      return `A row is longer than ${LONGEST_ROW} characters${line}: perhaps a quote is not closed.`;
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'A quote is opened and not closed.';
    default:
      return `The file is no CSV${line}: a quote stands where none may.`;
  }
}

function read_header(cells: readonly string[], mapping: CsvOptions['mapping']): (Column | undefined)[] {
  if (cells.length > MOST_COLUMNS) throw invalid_file(`The header names more than ${MOST_COLUMNS} columns.`);
  const given = new Map(Object.entries(mapping ?? {}).map(([header, field]) => [fold(header), field]));
  const problems: string[] = [];
  const seen = new Set<string>();
  const columns = cells.map((cell) => {
    const header = cell.trim();
    const mapped = given.get(fold(header));
    given.delete(fold(header));
    if (mapped === null) return undefined;
    const column = column_of(mapped ?? header);
    if (column === undefined) problems.push(`${shown(header)} is no field: map it to one, or to null`);
    else if (seen.has(column.field)) problems.push(`${shown(header)} says ${column.field} a second time`);
    else seen.add(column.field);
    return column;
  });
  for (const header of given.keys()) problems.push(`${shown(header)} is mapped, but no column of the file`);
  if (problems.length > 0) throw invalid_file(`The header is not understood: ${problems.slice(0, 20).join('; ')}.`, 'header');
  if (!seen.has('user_name') && !seen.has('email')) throw invalid_file('The header needs a column user_name or email.', 'header');
  return columns;
}

const fold = (header: string): string => header.trim().toLowerCase();
const shown = (header: string): string => JSON.stringify(header.slice(0, 100));

function row_of(columns: readonly (Column | undefined)[], cells: readonly string[]): GivenRow {
  if (cells.length !== columns.length)
    return { problem: { path: '', message: `has ${cells.length} cells where the header has ${columns.length}` } };
  const fields: [string, unknown][] = [];
  const nested = new Map<string, [string, unknown][]>();
  for (const [index, column] of columns.entries()) {
    const cell = cells[index] ?? '';
    // nothing is said: what is there stays
    if (column === undefined || cell === '') continue;
    const value = value_of(column, cell);
    if (is_problem(value)) return { problem: value };
    if (column.inner === undefined) fields.push([column.field, value]);
    else nested.set(column.outer, [...(nested.get(column.outer) ?? []), [column.inner, value]]);
  }
  const { attributes, identities } = { attributes: nested.get('attributes'), identities: nested.get('identities') };
  if (attributes !== undefined) fields.push(['attributes', Object.fromEntries(attributes)]);
  if (identities !== undefined) fields.push(['identities', identities.map(([connection_id, subject]) => ({ connection_id, subject }))]);
  return { value: Object.fromEntries(fields) };
}

const is_problem = (value: unknown): value is FieldProblem => typeof value === 'object' && value !== null && 'message' in value;
