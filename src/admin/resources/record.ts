import { z } from 'zod';
import { audit_schemas, EXPORT_FORMATS, type ExportFormat, media_type } from '../../audit/index.ts';
import { InvalidInput } from '../../kernel/index.ts';
import type { ListRequest } from '../../organizations/index.ts';
import type { ResourceDeps } from '../deps.ts';
import { bound_to } from '../identify.ts';
import { sees_personal } from '../policy.ts';
import { type Call, param, type Reply, type Route } from '../route.ts';
import { listed, named } from '../shapes.ts';

const id = z.string().min(1).max(255);
const since = z.iso.datetime({ offset: true });

/** What was done, and what happened in each sign-in: newest first. */
export function record_routes({ audit }: ResourceDeps): Route[] {
  return [
    {
      ...{ method: 'get', path: '/audit-events', permission: 'audit_events.read', paged: true },
      summary: 'List audit events, newest first',
      query: { organization_id: id, type: id, actor: id, target: id, since, format: z.enum(['json', ...EXPORT_FORMATS]) },
      answer: { status: 200, shape: listed(named('audit event', audit_schemas.audit_event)) },
      async handle(call) {
        const { format: asked, ...filters } = call.list.filters ?? {};
        const format = EXPORT_FORMATS.find((name) => name === asked) ?? (asked === undefined && wants_lines(call) ? 'ndjson' : undefined);
        if (format !== undefined) return export_page(audit, format, call.list, filters);
        return { status: 200, body: await audit.list_events({ ...call.list, ...narrowed(filters) }) };
      },
    },
    {
      ...{ method: 'get', path: '/audit-events/:id', permission: 'audit_events.read' },
      summary: 'Read an audit event',
      answer: { status: 200, shape: named('audit event', audit_schemas.audit_event) },
      handle: async (call) => ({ status: 200, body: await audit.find_event(param(call, 'id')) }),
    },
    {
      ...{ method: 'get', path: '/login-traces', permission: 'login_traces.list', paged: true },
      summary: 'List sign-ins, newest first',
      query: {
        organization_id: id,
        connection_id: id,
        client_id: id,
        user_id: id,
        outcome: audit_schemas.login_trace_summary.shape.outcome,
        code: id,
        since,
      },
      answer: { status: 200, shape: listed(named('login trace summary', audit_schemas.login_trace_summary)) },
      handle: async ({ list }) => ({ status: 200, body: await audit.list_traces({ ...list, ...narrowed(list.filters) }) }),
    },
    {
      ...{ method: 'get', path: '/login-traces/:reference', permission: 'login_traces.read' },
      summary: 'What happened in one sign-in, step by step',
      // to be handed on: masked as for a role that may not see personal data
      query: { redacted: z.enum(['true']) },
      answer: { status: 200, shape: named('login trace', audit_schemas.login_trace) },
      async handle(call) {
        const reader = {
          personal: sees_personal(call.who.role) && call.list.filters?.['redacted'] === undefined,
          org_id: bound_to(call.who),
        };
        return { status: 200, body: await audit.find_trace(param(call, 'reference'), reader) };
      },
    },
  ];
}

const wants_lines = ({ accept }: Call): boolean => /^application\/(x-ndjson|jsonl)\b/i.test(accept.trim());

/** Oldest first, in the order of the chain; `postern-next` is where to go on, now or when more has happened. */
async function export_page(
  audit: ResourceDeps['audit'],
  format: ExportFormat,
  { limit, after }: ListRequest,
  filters: Readonly<Record<string, string>>,
): Promise<Reply> {
  if (after !== undefined && !/^\d{1,10}$/.test(after))
    throw new InvalidInput('invalid_cursor', 'The page cursor is not one that this list gave out.', {
      fields: [{ path: 'after', message: 'Use the `postern-next` of the page before, unchanged.' }],
    });
  const page = await audit.export_events({ format, limit, after: after === undefined ? undefined : Number(after), ...narrowed(filters) });
  const headers = { 'postern-next': String(page.after), 'postern-more': String(page.more) };
  return { status: 200, text: { type: media_type(format), body: page.lines.map((line) => `${line}\n`).join(''), headers } };
}

function narrowed(filters: Readonly<Record<string, string>> = {}): Record<string, string | number> {
  const { since: from, ...rest } = filters;
  return { ...rest, ...(from !== undefined && { since: Date.parse(from) }) };
}
