import { z } from 'zod';
import { rfc3339 } from '../kernel/index.ts';
import type { AuditEventRow, LoginTraceRow } from '../storage/index.ts';
import { mask_line, mask_personal } from './mask.ts';

const time = z.iso.datetime();
const values = z.record(z.string(), z.unknown());

const audit_event = z.object({
  id: z.string(),
  /** Null: the installation's own. */
  organization_id: z.string().nullable(),
  type: z.string(),
  actor: z.object({ kind: z.string(), id: z.string().optional(), name: z.string().optional() }),
  target: z.object({ kind: z.string(), id: z.string(), name: z.string().optional() }).nullable(),
  /** Only what changed; secrets are masked. */
  before: values.nullable(),
  after: values.nullable(),
  request_id: z.string().nullable(),
  ip: z.string().nullable(),
  at: time,
});

const login_trace_summary = z.object({
  reference: z.string(),
  /** A test sign-in makes no user and no session. */
  purpose: z.enum(['login', 'test']),
  organization_id: z.string().nullable(),
  connection_id: z.string().nullable(),
  client_id: z.string().nullable(),
  user_id: z.string().nullable(),
  outcome: z.enum(['pending', 'succeeded', 'refused', 'failed']),
  /** The error code; null when the sign-in succeeded. */
  code: z.string().nullable(),
  started_at: time,
  finished_at: time.nullable(),
});

const login_trace_step = z.object({
  at: time,
  name: z.string(),
  ok: z.boolean(),
  detail: z.string(),
  /** What to change, where that is known. */
  fix: z.string().optional(),
});

const login_trace = login_trace_summary.extend({
  steps: z.array(login_trace_step),
  /** What the partner said of the person, under its own names; values masked for a role that may not see them, null when it said nothing. */
  personal: z.unknown(),
  expires_at: time,
});

/** Every shape of this room as it is on the wire. */
export const audit_schemas = { audit_event, login_trace, login_trace_summary };

export type AuditEventView = z.output<typeof audit_event>;
export type TraceSummary = z.output<typeof login_trace_summary>;
export type TraceView = z.output<typeof login_trace>;

/** A row's own JSON, read again as the shape that was written. */
const named = z.object({ kind: z.string(), id: z.string().optional(), name: z.string().optional() });
const target = named.required({ id: true });
const step = login_trace_step.extend({ at: z.number() });

export const present_event = (row: AuditEventRow): AuditEventView => ({
  id: row.id,
  organization_id: row.org_id,
  type: row.type,
  actor: named.parse(row.actor),
  target: row.target === null ? null : target.parse(row.target),
  before: row.before,
  after: row.after,
  request_id: row.request_id,
  ip: row.ip,
  at: rfc3339(row.at),
});

export const present_summary = (row: LoginTraceRow): TraceSummary => ({
  reference: row.id,
  purpose: row.purpose,
  organization_id: row.org_id,
  connection_id: row.connection_id,
  client_id: row.client_id,
  user_id: row.user_id,
  outcome: row.outcome,
  code: row.code,
  started_at: rfc3339(row.started_at),
  finished_at: row.finished_at === null ? null : rfc3339(row.finished_at),
});

/** `said`: what was sealed with the trace. `personal`: whether this reader may see it. */
export function present_trace(row: LoginTraceRow, said: unknown, personal: boolean): TraceView {
  const { of_person, decoded } = parts_of(said);
  const line = (text: string): string => (personal ? text : mask_line(text, of_person));
  return {
    ...present_summary(row),
    steps: row.steps.map((raw) => {
      const { at, name, ok, detail, fix } = step.parse(raw);
      return { at: rfc3339(at), name, ok, detail: line(detail), ...(fix !== undefined && { fix: line(fix) }) };
    }),
    personal: personal ? said : masked_parts(of_person, decoded),
    expires_at: rfc3339(row.expires_at),
  };
}

const object = z.record(z.string(), z.unknown());

/** What is `decoded` of a message is about the message: who issued it, when, signed by which certificate. The rest is of the person. */
function parts_of(said: unknown): { readonly of_person: unknown; readonly decoded?: unknown } {
  const read = object.safeParse(said);
  if (!read.success || !Object.hasOwn(read.data, 'decoded')) return { of_person: said };
  const { decoded, ...of_person } = read.data;
  return { of_person, decoded };
}

function masked_parts(of_person: unknown, decoded: unknown): unknown {
  const masked = mask_personal(of_person);
  return decoded === undefined || typeof masked !== 'object' ? masked : { ...masked, decoded };
}
