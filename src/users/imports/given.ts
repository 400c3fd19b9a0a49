import { TextDecoder } from 'node:util';
import { type FieldProblem, InvalidInput } from '../../kernel/index.ts';

/** One row of a file: what it says, or why it says nothing. */
export type GivenRow = { readonly value: unknown } | { readonly problem: FieldProblem };

export type ImportFormat = 'csv' | 'ndjson' | 'scim';

/** Bytes of a file, rows of it, characters of one row. */
export const MOST_BYTES = 64 * 1024 * 1024;
export const MOST_ROWS = 100_000;
export const LONGEST_ROW = 65_536;

export const invalid_file = (message: string, path = '', cause?: unknown): InvalidInput =>
  new InvalidInput('invalid_file', message, { status: 422, fields: [{ path, message }], ...(cause !== undefined && { cause }) });

const too_large = (message: string): InvalidInput => new InvalidInput('file_too_large', message, { status: 413 });

/** The text of a file, in whatever charset it says it is. @throws InvalidInput 413, 415, 422 */
export async function* text_of(body: AsyncIterable<Uint8Array>, charset = 'utf-8'): AsyncGenerator<string> {
  const decoder = decoder_of(charset);
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch (cause) {
      throw invalid_file(`The file is not written in ${charset}: save it as UTF-8, or name its charset in Content-Type.`, '', cause);
    }
  };
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw too_large(`A file has ${MOST_BYTES / 1024 / 1024} MB at most: cut it in pieces.`);
    const text = decode(chunk);
    if (text !== '') yield text;
  }
  const rest = decode();
  if (rest !== '') yield rest;
}

function decoder_of(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset, { fatal: true });
  } catch (cause) {
    throw new InvalidInput('unsupported_media_type', 'This charset is not known: use UTF-8.', { status: 415, cause });
  }
}

/** In batches, so that each is one unit of work. @throws InvalidInput 413 for more rows than a file may have */
export async function* in_batches<Row>(rows: AsyncIterable<Row>, size: number): AsyncGenerator<Row[]> {
  let batch: Row[] = [];
  let count = 0;
  for await (const row of rows) {
    count += 1;
    if (count > MOST_ROWS) throw too_large(`A file has ${MOST_ROWS} rows at most: cut it in pieces.`);
    batch.push(row);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
