import { is_deeper_than } from '../../kernel/index.ts';
import { type GivenRow, invalid_file, LONGEST_ROW } from './given.ts';

const MAX_DEPTH = 32;

/** One JSON object a line. A line that is none is a wrong row; one without an end is a wrong file. @throws InvalidInput 422 */
export async function* read_ndjson(text: AsyncIterable<string>): AsyncGenerator<GivenRow> {
  let rest = '';
  let number = 1;
  for await (const chunk of text) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      require_short(line, number);
      number += 1;
      if (line.trim() !== '') yield row_of(line);
    }
    require_short(rest, number);
  }
  if (rest.trim() !== '') yield row_of(rest);
}

function require_short(line: string, number: number): void {
  if (line.length > LONGEST_ROW) throw invalid_file(`Line ${number} is longer than ${LONGEST_ROW} characters.`);
}

function row_of(line: string): GivenRow {
  try {
    const value: unknown = JSON.parse(line);
    return is_deeper_than(MAX_DEPTH, value) ? { problem: { path: '', message: `is nested deeper than ${MAX_DEPTH} levels` } } : { value };
  } catch {
    return { problem: { path: '', message: 'is no JSON' } };
  }
}
