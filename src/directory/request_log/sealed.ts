import { z } from 'zod';
import type { KeptBody } from './kept_body.ts';
import type { Effect, Understood } from './observed.ts';

/** What of a request is about people: only ever written sealed. */
export interface Sealed {
  /** As it came. */
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined: none came, or it could not be kept. */
  readonly body: KeptBody | undefined;
  readonly ip: string;
  readonly request_id: string;
  /** What was answered in words when it was refused. */
  readonly detail: string | undefined;
  readonly understood: readonly Understood[];
  readonly effects: readonly Effect[];
  /** How many of those two were not kept. */
  readonly left_out: number;
}

/** Characters of one value that was understood or changed, and of all. */
const MOST_OF_ONE = 16_384;
const MOST_OF_ALL = 131_072;

export function sealed_of(request: Sealed): string {
  const { path, query, headers, body, ip, request_id, detail } = request;
  const room = { left: MOST_OF_ALL };
  const understood = request.understood.map((one) => fitted(one, room, { op: one.op }));
  const effects = request.effects.map((one) => fitted(one, room, { type: one.type, resource: one.resource }));
  const plain = JSON.stringify({ path, query, headers, body, ip, request_id, detail, left_out: request.left_out });
  return `${plain.slice(0, -1)},"understood":[${understood.join(',')}],"effects":[${effects.join(',')}]}`;
}

/** As JSON; without its values where those are too long. */
function fitted(one: object, room: { left: number }, short: object): string {
  const whole = JSON.stringify(one);
  const text = whole.length > Math.min(MOST_OF_ONE, room.left) ? JSON.stringify({ ...short, too_long: true }) : whole;
  room.left -= text.length;
  return text;
}

const values = z.record(z.string(), z.unknown());

export const understood_shape = z.object({
  op: z.string(),
  path: z.string().optional(),
  value: z.unknown().optional(),
  filter: z.string().optional(),
  sort: z.string().optional(),
  start: z.union([z.number(), z.string()]).optional(),
  count: z.number().optional(),
  /** The values were too long to be kept. */
  too_long: z.boolean().optional(),
});

export const effect_shape = z.object({
  /** A type of event. */
  type: z.string(),
  resource: z.object({ kind: z.string(), id: z.string() }),
  /** Only what changed. */
  before: values.optional(),
  after: values.optional(),
  too_long: z.boolean().optional(),
});

const sealed_shape = z.object({
  path: z.string(),
  query: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.object({ text: z.string(), truncated: z.boolean() }).optional(),
  ip: z.string(),
  request_id: z.string(),
  detail: z.string().optional(),
  left_out: z.number(),
  understood: z.array(understood_shape),
  effects: z.array(effect_shape),
});

export type Opened = z.output<typeof sealed_shape>;

/** What `sealed_of` wrote. */
export const read_sealed = (text: string): Opened => sealed_shape.parse(JSON.parse(text));
