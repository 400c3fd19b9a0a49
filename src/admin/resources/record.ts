import { z } from 'zod';
import { audit_schemas } from '../../audit/index.ts';
import type { ResourceDeps } from '../deps.ts';
import { bound_to } from '../identify.ts';
import { sees_personal } from '../policy.ts';
import { param, type Route } from '../route.ts';
import { listed, named } from '../shapes.ts';

const id = z.string().min(1).max(255);
const since = z.iso.datetime({ offset: true });

/** What was done, and what happened in each sign-in: newest first. */
export function record_routes({ audit }: ResourceDeps): Route[] {
  return [
    {
      ...{ method: 'get', path: '/audit-events', permission: 'audit_events.read', paged: true },
      summary: 'List audit events, newest first',
      query: { organization_id: id, type: id, actor: id, target: id, since },
      answer: { status: 200, shape: listed(named('audit event', audit_schemas.audit_event)) },
      handle: async ({ list }) => ({ status: 200, body: await audit.list_events({ ...list, ...narrowed(list.filters) }) }),
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
        since,
      },
      answer: { status: 200, shape: listed(named('login trace summary', audit_schemas.login_trace_summary)) },
      handle: async ({ list }) => ({ status: 200, body: await audit.list_traces({ ...list, ...narrowed(list.filters) }) }),
    },
    {
      ...{ method: 'get', path: '/login-traces/:reference', permission: 'login_traces.read' },
      summary: 'What happened in one sign-in, step by step',
      answer: { status: 200, shape: named('login trace', audit_schemas.login_trace) },
      async handle(call) {
        const reader = { personal: sees_personal(call.who.role), org_id: bound_to(call.who) };
        return { status: 200, body: await audit.find_trace(param(call, 'reference'), reader) };
      },
    },
  ];
}

function narrowed(filters: Readonly<Record<string, string>> = {}): Record<string, string | number> {
  const { since: from, ...rest } = filters;
  return { ...rest, ...(from !== undefined && { since: Date.parse(from) }) };
}
