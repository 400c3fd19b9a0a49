import { z } from 'zod';
import { scim_request_schemas } from '../../directory/index.ts';
import type { ResourceDeps } from '../deps.ts';
import { sees_personal } from '../policy.ts';
import { org_of, param, type Route } from '../route.ts';
import { listed, named } from '../shapes.ts';
import { BOUND } from './organizations.ts';

const REQUESTS = `${BOUND}/scim-requests`;
const id = z.string().min(1).max(255);

/** What the directories of an organization asked, what it was taken for and what it changed. */
export function scim_request_routes({ scim_requests }: ResourceDeps): Route[] {
  return [
    {
      ...{ method: 'get', path: REQUESTS, permission: 'scim_requests.read', paged: true },
      summary: 'List the requests of directories (SCIM), newest first',
      query: { status: z.enum(['2xx', '4xx', '5xx']), token: id, resource: id, since: z.iso.datetime({ offset: true }) },
      answer: { status: 200, shape: listed(named('scim request summary', scim_request_schemas.scim_request_summary)) },
      async handle(call) {
        const { since, ...filters } = call.list.filters ?? {};
        const narrowed = { ...filters, since: since === undefined ? undefined : Date.parse(since) };
        return { status: 200, body: await scim_requests(org_of(call)).list(call.list, narrowed) };
      },
    },
    {
      ...{ method: 'get', path: `${REQUESTS}/:id`, permission: 'scim_requests.read' },
      summary: 'Read a request of a directory: as it came, as it was understood, what it changed',
      answer: { status: 200, shape: named('scim request', scim_request_schemas.scim_request) },
      handle: async (call) => ({
        status: 200,
        body: await scim_requests(org_of(call)).get(param(call, 'id'), { personal: sees_personal(call.who.role) }),
      }),
    },
    {
      ...{ method: 'post', path: `${REQUESTS}/:id/replay`, permission: 'scim_requests.replay' },
      summary: 'Do a request of a directory again, or rehearse it',
      body: named('scim replay options', scim_request_schemas.scim_replay_body),
      answer: { status: 200, shape: named('scim replay', scim_request_schemas.scim_replay) },
      handle: async (call) => ({ status: 200, body: await scim_requests(org_of(call)).replay(param(call, 'id'), call.body, call.act) }),
    },
  ];
}
