import { audit_schemas } from '../../audit/index.ts';
import { NotFound, rfc3339 } from '../../kernel/index.ts';
import { schemas } from '../../organizations/index.ts';
import type { ResourceDeps } from '../deps.ts';
import { call_path } from '../mount_collection.ts';
import { sees_personal } from '../policy.ts';
import { org_of, param, type Route } from '../route.ts';
import { named } from '../shapes.ts';
import { BOUND } from './organizations.ts';

const ITEM = `${BOUND}/connections/:id`;
const write = 'connections.write' as const;

/** What can be done with a connection beside changing its settings: trying it, and tending the keys on both sides. */
export function connection_routes(deps: ResourceDeps): Route[] {
  return [...test_routes(deps), ...partner_routes(deps), ...own_key_routes(deps)];
}

function test_routes({ organizations: room, test_sign_ins, audit }: ResourceDeps): Route[] {
  return [
    {
      ...{ method: 'post', path: `${ITEM}/test`, permission: write },
      summary: 'Try a connection: what can be seen from here, and an address for a whole sign-in in a browser that signs nobody in',
      answer: { status: 200, shape: named('connection test', schemas.connection_test) },
      async handle(call) {
        const of = { org_id: org_of(call), connection_id: param(call, 'id') };
        const { checks } = await room.connections(of.org_id).test(of.connection_id, call.act);
        const { test_url, reference, expires_at } = await test_sign_ins.begin(of, call.act);
        return { status: 200, body: { checks, test_url, reference, expires_at: rfc3339(expires_at) } };
      },
    },
    {
      ...{ method: 'get', path: `${ITEM}/tests/:test`, permission: 'connections.read' },
      summary: 'What came of a test sign-in: its checks, what the partner sent, and the user that would result',
      answer: { status: 200, shape: named('login trace', audit_schemas.login_trace) },
      async handle(call) {
        const trace = await audit.find_trace(param(call, 'test'), { personal: sees_personal(call.who.role), org_id: org_of(call) });
        if (trace.purpose !== 'test' || trace.connection_id !== param(call, 'id')) throw new NotFound('login trace');
        return { status: 200, body: trace };
      },
    },
  ];
}

function partner_routes({ organizations: room }: ResourceDeps): Route[] {
  const certificate = named('connection certificate', schemas.connection_certificate);
  return [
    {
      ...{ method: 'post', path: `${ITEM}/approve-keys`, permission: write },
      summary: 'Let keys be used that the partner has published and that wait',
      body: named('approval of keys', schemas.connection_approve_keys),
      answer: { status: 200, shape: named('connection', schemas.connection) },
      async handle(call) {
        const { view, version } = await room.connections(org_of(call)).approve_keys(param(call, 'id'), call.body, call.act);
        return { status: 200, body: view, version };
      },
    },
    {
      ...{ method: 'post', path: `${ITEM}/certificates`, permission: write },
      summary: 'Trust one more certificate of the partner, beside those that are there',
      body: named('new connection certificate', schemas.connection_certificate_create),
      answer: { status: 201, shape: certificate },
      async handle(call) {
        const body = await room.connections(org_of(call)).add_certificate(param(call, 'id'), call.body, call.act);
        return { status: 201, body, location: `${call_path(`${ITEM}/certificates`, call)}/${body.sha256}` };
      },
    },
    {
      ...{ method: 'delete', path: `${ITEM}/certificates/:sha256`, permission: write },
      summary: 'Stop trusting a certificate that was given by hand',
      answer: { status: 204 },
      async handle(call) {
        await room.connections(org_of(call)).remove_certificate(param(call, 'id'), param(call, 'sha256'), call.act);
        return { status: 204 };
      },
    },
  ];
}

function own_key_routes({ organizations: room }: ResourceDeps): Route[] {
  const key = named('connection key', schemas.connection_key);
  return [
    {
      ...{ method: 'post', path: `${ITEM}/keys`, permission: write },
      summary: 'Bring a key of our own side along: issued by an authority, or known to the partner from another broker',
      body: named('new connection key', schemas.connection_key_create),
      answer: { status: 201, shape: key },
      async handle(call) {
        const body = await room.connections(org_of(call)).add_key(param(call, 'id'), call.body, call.act);
        return { status: 201, body, location: `${call_path(`${ITEM}/keys`, call)}/${body.kid}` };
      },
    },
    {
      ...{ method: 'post', path: `${ITEM}/keys/:kid/activate`, permission: write },
      summary: 'Sign with this key of our own side from now on',
      answer: { status: 200, shape: key },
      handle: async (call) => ({
        status: 200,
        body: await room.connections(org_of(call)).activate_key(param(call, 'id'), param(call, 'kid'), call.act),
      }),
    },
    {
      ...{ method: 'delete', path: `${ITEM}/keys/:kid`, permission: write },
      summary: 'Remove a key of our own side that is not in use',
      answer: { status: 204 },
      async handle(call) {
        await room.connections(org_of(call)).remove_key(param(call, 'id'), param(call, 'kid'), call.act);
        return { status: 204 };
      },
    },
  ];
}
