import { z } from 'zod';
import { type FieldProblem, InvalidInput } from '../kernel/index.ts';
import { POLL, PUSH } from './vocabulary.ts';

const address = z
  .string()
  .max(2048)
  .refine((text) => {
    const url = /^https?:\/\/[!-~]+$/i.test(text) && !/[\\"<>^`{|}#]/.test(text) ? URL.parse(text) : null;
    return url !== null && url.username === '' && url.password === '';
  }, 'must be an absolute http(s) address without credentials and fragment');

const push = z.object({
  method: z.literal(PUSH),
  endpoint_url: address,
  /** What our pushes bring as `authorization` (section 6.1.1 of the framework). */
  authorization_header: z
    .string()
    .regex(/^[\x21-\x7e]+( [\x21-\x7e]+)*$/, 'must be the value of a header')
    .max(4096)
    .nullable()
    .optional(),
});
/** Where to fetch is ours to say. */
const poll = z.object({ method: z.literal(POLL) });

const settable = {
  delivery: z.discriminatedUnion('method', [push, poll]),
  events_requested: z.array(z.string().max(512)).max(100),
  description: z.string().max(255),
};
const stream_id = z.string().max(64);

export const stream_create = z.object(settable).partial();
export const stream_patch = z.object({ ...settable, stream_id }).partial({ delivery: true, events_requested: true, description: true });
export const stream_status = z.object({
  stream_id,
  status: z.enum(['enabled', 'paused', 'disabled']),
  reason: z.string().max(255).optional(),
});
export const stream_verify = z.object({ stream_id, state: z.string().max(1024).optional() });
export const poll_request = z.object({
  maxEvents: z.int().min(0).optional(),
  returnImmediately: z.boolean().default(false),
  ack: z.array(z.string().max(128)).max(1000).default([]),
  setErrs: z.record(z.string().max(128), z.object({ err: z.string().max(128), description: z.string().max(1024).optional() })).default({}),
});

export type StreamFields = z.output<typeof stream_create>;
export type PollRequest = z.output<typeof poll_request>;

/** @throws InvalidInput 400, which is what the framework has for it */
export function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  throw wrong(read.error.issues.slice(0, 20).map(({ path, message }) => ({ path: path.map(String).join('.').slice(0, 200), message })));
}

export const wrong = (fields: readonly FieldProblem[]): InvalidInput =>
  new InvalidInput('invalid_body', 'Some fields are wrong.', { fields });
