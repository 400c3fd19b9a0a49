import { z } from 'zod';
import type { ResourceDeps } from '../deps.ts';
import { make_offboardings, offboarding_run } from '../offboardings.ts';
import { param, type Route } from '../route.ts';
import { listed, named } from '../shapes.ts';

/** How the end of an organization goes, and its receipt when the organization itself is gone. */
export function offboarding_routes(deps: ResourceDeps): Route[] {
  const offboardings = () => make_offboardings(deps);
  const run = named('offboarding run', offboarding_run);
  return [
    {
      ...{ method: 'get', path: '/offboardings', permission: 'organizations.list', paged: true },
      summary: 'List organizations that are being erased or were, newest first',
      query: { organization_id: z.string() },
      answer: { status: 200, shape: listed(run) },
      handle: async ({ list }) => ({ status: 200, body: await offboardings().list(list, list.filters?.['organization_id']) }),
    },
    {
      ...{ method: 'get', path: '/offboardings/:id', permission: 'organizations.list' },
      summary: 'Read how far the erasing of an organization is',
      answer: { status: 200, shape: run },
      handle: async (call) => ({ status: 200, body: await offboardings().get(param(call, 'id')) }),
    },
  ];
}
