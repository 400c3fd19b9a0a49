import { z } from 'zod';
import { mask_line, mask_personal } from '../../audit/index.ts';
import { rfc3339 } from '../../kernel/index.ts';
import type { ScimRequestRow } from '../../storage/index.ts';
import { effect_shape, type Opened, understood_shape } from './sealed.ts';

const scim_request_summary = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  /** Null: a token that is none of this organization. */
  token: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Whom the client was taken for. */
  dialect: z.string().nullable(),
  method: z.string(),
  /** Below the base address, without the query. */
  path: z.string(),
  status: z.int(),
  error_code: z.string().nullable(),
  duration_ms: z.int(),
  /** Who and what was changed. */
  resource_ids: z.array(z.string()),
  /** How many changes were kept. */
  changes: z.int(),
  /** The request that this one did again. */
  replay_of: z.string().nullable(),
});

const scim_request = scim_request_summary.extend({
  /** Everything below is null: it spoke of somebody who was erased. */
  erased: z.boolean(),
  /** Whether it can be done again: all of it is kept. */
  replayable: z.boolean(),
  query: z.string().nullable(),
  /** Without those that say who may. */
  headers: z.record(z.string(), z.string()).nullable(),
  /** JSON, or text that is none; passwords are never kept. */
  body: z.unknown(),
  /** Only the beginning of the body was kept. */
  body_truncated: z.boolean(),
  /** What we took it for, in our own names. */
  understood: z.array(understood_shape).nullable(),
  /** What it changed. */
  effects: z.array(effect_shape).nullable(),
  /** How many operations and changes are not listed. */
  left_out: z.int(),
  /** Why it was refused, in the words of the answer. */
  detail: z.string().nullable(),
  ip: z.string().nullable(),
  request_id: z.string().nullable(),
});

const scim_replay = z.object({
  dry_run: z.boolean(),
  status: z.int(),
  /** The SCIM answer; null where it has no body. */
  body: z.unknown(),
  effects: z.array(effect_shape),
});

/** Every shape of the log as it is on the wire. */
export const scim_request_schemas = {
  scim_request,
  scim_request_summary,
  scim_replay,
  scim_replay_body: z.strictObject({ dry_run: z.boolean().optional() }),
};

export type ScimRequestSummary = z.output<typeof scim_request_summary>;
export type ScimRequestView = z.output<typeof scim_request>;
export type ScimReplay = z.output<typeof scim_replay>;

export const present_summary = (row: ScimRequestRow): ScimRequestSummary => ({
  id: row.id,
  at: rfc3339(row.created_at),
  token: row.token_id === null ? null : { id: row.token_id, name: row.token_name ?? '' },
  ...{ dialect: row.dialect, method: row.method, path: row.path, status: row.status, error_code: row.error_code },
  duration_ms: row.duration_ms,
  resource_ids: row.resource_ids.split(' ').filter((id) => id !== ''),
  ...{ changes: row.changes, replay_of: row.replay_of },
});

/** `personal`: whether this reader may see values; others see how the request is built. */
export function present_request(row: ScimRequestRow, opened: Opened | undefined, personal: boolean): ScimRequestView {
  const summary = present_summary(row);
  const nothing = { query: null, headers: null, body: null, understood: null, effects: null, detail: null, ip: null, request_id: null };
  if (opened === undefined) return { ...summary, ...nothing, erased: true, replayable: false, body_truncated: false, left_out: 0 };
  const { path, query, headers, understood, effects, detail, ip, request_id, left_out } = opened;
  const truncated = opened.body?.truncated === true;
  const body = opened.body === undefined ? null : json_or_text(opened.body.text);
  const shown = personal
    ? { path, query, headers, body, understood, effects, detail: detail ?? null }
    : {
        query: query.replaceAll(/=[^&]*/g, '=***'),
        headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, HARMLESS.has(name) ? value : '***'])),
        body: mask_body(body),
        understood: understood.map(({ value, filter, path: of, ...one }) => ({
          ...one,
          ...(of !== undefined && { path: mask_quoted(of) }),
          ...(filter !== undefined && { filter: mask_quoted(filter) }),
          ...(value !== undefined && { value: mask_body(value) }),
        })),
        effects: effects.map(({ before, after, ...one }) => ({
          ...one,
          ...(before !== undefined && { before: mask_fields(before) }),
          ...(after !== undefined && { after: mask_fields(after) }),
        })),
        detail: detail === undefined ? null : mask_quoted(mask_line(detail, body)),
      };
  return {
    ...{ ...summary, ...shown, ip, request_id, left_out },
    erased: false,
    replayable: summary.token !== null && !truncated,
    body_truncated: truncated,
  };
}

const HARMLESS = new Set([
  'accept',
  'accept-charset',
  'accept-encoding',
  'content-length',
  'content-type',
  'user-agent',
  'if-match',
  'if-none-match',
]);
/** What of a body says how it is built, and nothing of anybody. */
const STRUCTURE = new Set(['op', 'method', 'schemas']);

const mask_quoted = (text: string): string => text.replaceAll(/"(?:[^"\\]|\\.)*(?:"|$)/g, '"***"');

const mask_fields = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [mask_quoted(name), mask_personal(value)]));

function mask_body(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(mask_body);
  if (typeof body !== 'object' || body === null) return mask_personal(body);
  return Object.fromEntries(
    Object.entries(body).map(([name, value]: [string, unknown]) => {
      const key = name.toLowerCase();
      const kept = STRUCTURE.has(key) ? value : key === 'path' && typeof value === 'string' ? mask_path(value) : mask_body(value);
      return [mask_quoted(name), kept];
    }),
  );
}

/** A path names attributes; whatever else a client writes there is its own affair. */
const mask_path = (path: string): string =>
  /^[\w$.:/-]*(?:\[.*\])?(?:\.\w+)?$/.test(path) ? mask_quoted(path).replaceAll(/\b(eq|ne|co|sw|ew)\s+[^"\s\]]+/gi, '$1 ***') : '***';

function json_or_text(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return text;
  }
}
