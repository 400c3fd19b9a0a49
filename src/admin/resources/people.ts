import { z } from 'zod';
import { media_type } from '../../audit/index.ts';
import { NotFound } from '../../kernel/index.ts';
import { schemas as organization_schemas } from '../../organizations/index.ts';
import { import_schemas, schemas } from '../../users/index.ts';
import { body_problems } from '../body_problems.ts';
import type { ResourceDeps } from '../deps.ts';
import { offboard, offboard_body } from '../offboard.ts';
import { offboarding_run } from '../offboardings.ts';
import { mount_collection } from '../mount_collection.ts';
import { sees_personal } from '../policy.ts';
import { type Call, org_of, param, type Route } from '../route.ts';
import { listed, named } from '../shapes.ts';
import { page_of } from '../short_list.ts';
import { BOUND, read_and_write } from './organizations.ts';
import { begin_import, import_query, UPLOADS } from './user_imports.ts';

const USERS = `${BOUND}/users`;
const SESSIONS = `${USERS}/:user_id/sessions`;
const CONSENTS = `${USERS}/:user_id/consents`;
const filter = z.string().max(8192);

const import_body = z.strictObject({
  /** At most 10 000. */
  users: z.array(schemas.user_import_row),
  /** Everything is done and nothing kept. */
  dry_run: z.boolean().optional(),
});

/** The people of one organization, their sessions, and groups. */
export function people_routes(deps: ResourceDeps): Route[] {
  const { users: room } = deps;
  const people = (call: Call) => room.users(org_of(call));
  const session = named('session', schemas.session);
  const sessions = (call: Call) => people(call).sessions(param(call, 'user_id'));
  return [
    ...mount_collection({
      path: USERS,
      noun: 'user',
      permissions: read_and_write('users'),
      ...{ view: schemas.user, create: schemas.user_create, patch: schemas.user_patch },
      filters: { filter },
      of: people,
    }),
    {
      ...{ method: 'post', path: `${USERS}/import`, permission: 'users.write' },
      summary: 'Create and change many users, row by row',
      body: named('user import body', import_body),
      answer: { status: 200, shape: named('import report', schemas.import_report) },
      uploads: UPLOADS,
      accepted: named('user import', import_schemas.user_import),
      query: import_query,
      async handle(call) {
        if (call.upload !== undefined) return begin_import(deps, call, call.upload);
        const { rows, dry_run } = import_of(call.body);
        return { status: 200, body: await people(call).import(rows, { dry_run }, call.act) };
      },
    },
    {
      ...{ method: 'get', path: `${USERS}/:user_id/export`, permission: 'users.read' },
      summary: 'Everything that is kept of a user',
      answer: { status: 200, shape: named('user export', schemas.user_export) },
      handle: async (call) => ({
        status: 200,
        body: await people(call).export(param(call, 'user_id'), { personal: sees_personal(call.who.role) }),
      }),
    },
    {
      ...{ method: 'post', path: `${BOUND}/offboard`, permission: 'organizations.remove' },
      summary: 'Export everything of an organization as NDJSON, then erase it',
      body: named('offboarding', offboard_body),
      answer: { status: 200, files: [media_type('ndjson')] },
      accepted: named('offboarding run', offboarding_run),
      async handle(call) {
        const lines = await offboard(deps, org_of(call), call.body, call.act);
        if (!Array.isArray(lines)) return { status: 202, body: lines, location: `/offboardings/${lines.id}` };
        return { status: 200, text: { type: media_type('ndjson'), body: lines.map((text) => `${text}\n`).join('') } };
      },
    },
    {
      ...{ method: 'post', path: `${USERS}/:user_id/merge`, permission: 'users.write' },
      summary: 'Merge a user into another: two accounts of one person become one',
      body: named('user merge', schemas.user_merge),
      answer: { status: 200, shape: named('user', schemas.user) },
      async handle(call) {
        const { view, version } = await people(call).merge(param(call, 'user_id'), call.body, call.act);
        return { status: 200, body: view, version };
      },
    },
    {
      ...{ method: 'post', path: `${BOUND}/role-mappings/preview`, permission: 'role_mappings.read' },
      summary: 'What a role mapping would do to the people of recorded sign-ins, without making it',
      body: named('new role mapping', organization_schemas.role_mapping_create),
      answer: { status: 200, shape: named('role mapping preview', schemas.mapping_preview) },
      handle: async (call) => ({ status: 200, body: await people(call).preview_mapping(call.body) }),
    },
    {
      ...{ method: 'post', path: `${USERS}/:user_id/erase`, permission: 'users.write' },
      summary: 'Remove a user with everything that says who they were, also from the record',
      answer: { status: 200, shape: named('erasure', schemas.erasure) },
      handle: async (call) => ({ status: 200, body: await people(call).erase(param(call, 'user_id'), call.act) }),
    },
    {
      ...{ method: 'get', path: SESSIONS, permission: 'users.read', paged: true },
      summary: 'List the sessions of a user',
      answer: { status: 200, shape: listed(session) },
      handle: async (call) => ({ status: 200, body: page_of(await sessions(call), call.list) }),
    },
    {
      ...{ method: 'delete', path: SESSIONS, permission: 'users.write' },
      summary: 'End every session of a user',
      answer: { status: 204 },
      async handle(call) {
        await people(call).end_sessions(param(call, 'user_id'), call.act);
        return { status: 204 };
      },
    },
    {
      ...{ method: 'get', path: `${SESSIONS}/:id`, permission: 'users.read' },
      summary: 'Read a session',
      answer: { status: 200, shape: session },
      async handle(call) {
        const found = (await sessions(call)).find(({ id }) => id === param(call, 'id'));
        if (found === undefined) throw new NotFound('session');
        return { status: 200, body: found };
      },
    },
    {
      ...{ method: 'delete', path: `${SESSIONS}/:id`, permission: 'users.write' },
      summary: 'End a session',
      answer: { status: 204 },
      async handle(call) {
        await people(call).end_session(param(call, 'user_id'), param(call, 'id'), call.act);
        return { status: 204 };
      },
    },
    {
      ...{ method: 'get', path: CONSENTS, permission: 'users.read', paged: true },
      summary: 'List what a user has allowed third-party apps to see',
      answer: { status: 200, shape: listed(named('consent', schemas.consent)) },
      handle: async (call) => ({ status: 200, body: page_of(await people(call).consents(param(call, 'user_id')), call.list) }),
    },
    {
      ...{ method: 'delete', path: `${CONSENTS}/:id`, permission: 'users.write' },
      summary: 'Take a consent back',
      answer: { status: 204 },
      async handle(call) {
        await people(call).revoke_consent(param(call, 'user_id'), param(call, 'id'), call.act);
        return { status: 204 };
      },
    },
    ...mount_collection({
      path: `${BOUND}/groups`,
      noun: 'group',
      permissions: read_and_write('groups'),
      ...{ view: schemas.group, create: schemas.group_create, patch: schemas.group_patch },
      filters: { filter },
      of: (call) => room.groups(org_of(call)),
    }),
  ];
}

/** The rows are read one by one by whoever imports them; here, only what is around them. @throws InvalidInput */
function import_of(body: unknown): { rows: unknown; dry_run: boolean | undefined } {
  const result = import_body.extend({ users: z.array(z.unknown()) }).safeParse(body);
  if (result.success) return { rows: result.data.users, dry_run: result.data.dry_run };
  throw body_problems(result.error);
}
