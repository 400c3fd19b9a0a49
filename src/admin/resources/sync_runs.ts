import { sync_run_schemas as schemas } from '../../directory/index.ts';
import type { ResourceDeps } from '../deps.ts';
import { call_path } from '../mount_collection.ts';
import { type Call, org_of, param, type Route } from '../route.ts';
import { listed, named } from '../shapes.ts';
import { BOUND } from './organizations.ts';

const RUNS = `${BOUND}/connections/:connection_id/sync-runs`;

/** What came of reading a partner's directory, and reading it now. */
export function sync_run_routes({ directory_sync }: ResourceDeps): Route[] {
  const runs = (call: Call) => directory_sync.runs(org_of(call), param(call, 'connection_id'));
  const run = named('sync run', schemas.sync_run);
  return [
    {
      ...{ method: 'get', path: RUNS, permission: 'connections.read', paged: true },
      summary: 'List the runs of the pull sync of a connection, newest first',
      answer: { status: 200, shape: listed(run) },
      handle: async (call) => ({ status: 200, body: await runs(call).list(call.list) }),
    },
    {
      ...{ method: 'post', path: RUNS, permission: 'connections.write' },
      summary: "Read the connection's directory now; `dry_run` says what would happen, `let_pass` lets a run do what its brake held back",
      body: named('new sync run', schemas.sync_run_create),
      answer: { status: 201, shape: run },
      async handle(call) {
        const { view } = await runs(call).create(call.body, call.act);
        return { status: 201, body: view, location: `${call_path(RUNS, call)}/${view.id}` };
      },
    },
    {
      ...{ method: 'get', path: `${RUNS}/:id`, permission: 'connections.read' },
      summary: 'Read a run of the pull sync',
      answer: { status: 200, shape: run },
      handle: async (call) => ({ status: 200, body: (await runs(call).get(param(call, 'id'))).view }),
    },
  ];
}
