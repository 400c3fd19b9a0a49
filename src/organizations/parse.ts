import { z } from 'zod';
import { type FieldProblem, InvalidInput, is_deeper_than } from '../kernel/index.ts';

const MAX_DEPTH = 32;

/** Every wrong field, each once, with the first that is wrong of it. */
export function problems_of(error: z.ZodError): FieldProblem[] {
  const problems = new Map<string, string>();
  const add = (path: readonly PropertyKey[], message: string): void => {
    const name = path.map(String).join('.').slice(0, 200);
    if (problems.size < 100 && !problems.has(name)) problems.set(name, message);
  };
  for (const issue of error.issues) {
    if (issue.code !== 'unrecognized_keys') add(issue.path, issue.message);
    else for (const key of issue.keys) add([...issue.path, key], 'is not a field that can be set');
  }
  return [...problems].map(([path, message]) => ({ path, message }));
}

/** A body as its schema says. @throws InvalidInput 422 with every wrong field */
export function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  require_shallow(body);
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw wrong(problems_of(result.error));
}

export const wrong = (fields: readonly FieldProblem[]): InvalidInput =>
  new InvalidInput('invalid_body', 'Some fields are wrong.', { status: 422, fields });

/** @throws InvalidInput */
export function require_shallow(body: unknown): void {
  if (is_deeper_than(MAX_DEPTH, body)) throw wrong([{ path: '', message: `is nested deeper than ${MAX_DEPTH} levels` }]);
}

// with the characters that reorder what is shown
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/u;

/** Text without control characters, lone surrogates and the characters that reorder what is shown. */
export const plain = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => !UNPRINTABLE.test(text) && text.trim() !== '', 'must be text without control characters');

export const time = z.iso.datetime();
/** An absolute address without credentials: https, or plain http on this very machine. */
export const web_uri = plain(2048).refine(is_web_uri, 'must be an https address (http only on localhost)');

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
export const is_loopback = (url: URL): boolean => LOOPBACK.has(url.hostname);

/** As it is written: nothing that a parser would repair, drop or decode. */
export function strict_url(text: string): URL | undefined {
  if (!/^[a-z][a-z0-9+.-]*:[!-~]+$/i.test(text) || /[\\"<>^`{|}]/.test(text)) return undefined;
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') return undefined;
  const is_web = url.protocol === 'https:' || url.protocol === 'http:';
  if (is_web && (!/^https?:\/\/[^/]/i.test(text) || url.hostname.includes('*') || text.slice(0, text.indexOf('/', 8)).includes('@')))
    return undefined;
  return url;
}

function is_web_uri(text: string): boolean {
  const url = strict_url(text);
  return url !== undefined && (url.protocol === 'https:' || (url.protocol === 'http:' && is_loopback(url)));
}

/** What Postern itself fetches or calls: the egress allows plain http in the networks that the settings name, and nowhere else. */
export const fetched_uri = plain(2048).refine((text) => {
  const url = strict_url(text);
  return url !== undefined && (url.protocol === 'https:' || url.protocol === 'http:') && !text.includes('#');
}, 'must be an absolute http(s) address without a fragment');

export const unique = <Item extends z.ZodType>(item: Item, max: number) =>
  z
    .array(item)
    .max(max)
    .refine((items) => new Set(items).size === items.length, 'must not name one twice');
