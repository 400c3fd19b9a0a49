import type { IncomingMessage } from 'node:http';
import type { Context } from 'koa';
import { InvalidInput } from '../kernel/index.ts';
import { read_multipart } from './multipart.ts';

/** What somebody sent by a form of the portal: the last value of each name, a file as its text. */
export type SetupForm = ReadonlyMap<string, string>;

const MOST_BYTES = 1024 * 1024;
/** What is too much is read to its end, so that the browser shows the answer and not a broken connection; but not for ever. */
const MOST_DRAINED = 64 * MOST_BYTES;
const MOST_FIELDS = 100;

/** Reads an ordinary form, with or without files. @throws InvalidInput 400, 413, 415 */
export async function read_form(ctx: Context): Promise<SetupForm> {
  const type = ctx.get('content-type');
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type))
    throw new InvalidInput('unsupported_media_type', 'Send an ordinary form.', { status: 415 });
  const bytes = await read_bytes(ctx.req);
  const fields = /^multipart/i.test(type) ? read_multipart(type, bytes) : [...new URLSearchParams(bytes.toString('utf8'))];
  if (fields === undefined || fields.length > MOST_FIELDS) throw new InvalidInput('malformed_body', 'The form cannot be read.');
  return new Map(fields);
}

async function read_bytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer; // a request without an encoding is read in buffers
    length += bytes.length;
    if (length <= MOST_BYTES) chunks.push(bytes);
    else chunks.length = 0;
    if (length > MOST_DRAINED) break;
  }
  if (length > MOST_BYTES) throw new InvalidInput('body_too_large', 'The file is too large.', { status: 413 });
  return Buffer.concat(chunks);
}

/** One line as somebody typed or pasted it. */
export const line = (form: SetupForm, name: string): string => (form.get(name) ?? '').trim();

/** Undefined where nothing was typed. */
export const given = (form: SetupForm, name: string): string | undefined => {
  const text = line(form, name);
  return text === '' ? undefined : text;
};
