import { z } from 'zod';
import { NotFound, rfc3339 } from '../../kernel/index.ts';
import { schemas } from '../../organizations/index.ts';
import type { PublicKeyView } from '../../tokens/index.ts';
import { admin_key_schemas } from '../admin_keys.ts';
import type { ResourceDeps } from '../deps.ts';
import { mount_collection } from '../mount_collection.ts';
import { param, type Route } from '../route.ts';
import { listed, named } from '../shapes.ts';
import { page_of } from '../short_list.ts';
import { make_stats, stats } from '../stats.ts';
import { read_and_write } from './organizations.ts';

const time = z.iso.datetime();
const signing_key = named(
  'signing key',
  z.object({
    id: z.string(),
    kid: z.string(),
    alg: z.string(),
    state: z.enum(['next', 'current', 'retired']),
    created_at: time,
    current_at: time.nullable(),
    retired_at: time.nullable(),
    expires_at: time.nullable(),
  }),
);

/** Apps, APIs, roles and keys: what stands above every organization. */
export function installation_routes(deps: ResourceDeps): Route[] {
  const { organizations: room, admin_keys } = deps;
  const count = make_stats(deps);
  return [
    ...mount_collection({
      path: '/clients',
      noun: 'client',
      permissions: read_and_write('clients'),
      ...{ view: schemas.client, create: schemas.client_create, created: schemas.client_created, patch: schemas.client_patch },
      of: () => room.clients,
    }),
    {
      ...{ method: 'post', path: '/clients/:id/rotate-secret', permission: 'clients.write' },
      summary: 'Give a client a new secret; the one before may count beside it for a while',
      body: named('rotate client secret', schemas.client_rotate_secret),
      answer: { status: 200, shape: named('rotated client', schemas.client_rotated) },
      handle: async (call) => ({ status: 200, body: (await room.clients.rotate_secret(param(call, 'id'), call.act, call.body)).view }),
    },
    ...mount_collection({
      path: '/registration-tokens',
      noun: 'registration token',
      permissions: read_and_write('registration_tokens'),
      view: schemas.registration_token,
      create: schemas.registration_token_create,
      created: schemas.registration_token_created,
      of: () => room.registration_tokens,
    }),
    ...mount_collection({
      path: '/resources',
      noun: 'resource',
      permissions: read_and_write('resources'),
      ...{ view: schemas.resource, create: schemas.resource_create, patch: schemas.resource_patch },
      filters: { identifier: z.string().max(1024) },
      of: () => room.resources,
    }),
    ...mount_collection({
      path: '/roles',
      noun: 'role',
      permissions: read_and_write('roles'),
      ...{ view: schemas.role, create: schemas.role_create, patch: schemas.role_patch },
      filters: { name: z.string().max(128), client_id: z.string().max(128) },
      of: () => room.roles,
    }),
    ...mount_collection({
      path: '/admin-keys',
      noun: 'admin key',
      permissions: read_and_write('admin_keys'),
      view: admin_key_schemas.admin_key,
      create: admin_key_schemas.admin_key_create,
      created: admin_key_schemas.admin_key_created,
      of: () => admin_keys,
    }),
    ...signing_key_routes(deps),
    {
      ...{ method: 'get', path: '/stats', permission: 'stats.read' },
      summary: 'How many there are of everything',
      answer: { status: 200, shape: stats },
      handle: async () => ({ status: 200, body: await count(deps.now()) }),
    },
  ];
}

function signing_key_routes({ keys, now, audit }: ResourceDeps): Route[] {
  const all = async () => (await keys.list()).map(present_key);
  return [
    {
      ...{ method: 'get', path: '/signing-keys', permission: 'signing_keys.read', paged: true },
      summary: 'List signing keys',
      answer: { status: 200, shape: listed(signing_key) },
      handle: async (call) => ({ status: 200, body: page_of(await all(), call.list) }),
    },
    {
      ...{ method: 'get', path: '/signing-keys/:id', permission: 'signing_keys.read' },
      summary: 'Read a signing key',
      answer: { status: 200, shape: signing_key },
      async handle(call) {
        const found = (await all()).find(({ id }) => id === param(call, 'id'));
        if (found === undefined) throw new NotFound('signing key');
        return { status: 200, body: found };
      },
    },
    {
      ...{ method: 'delete', path: '/signing-keys/:id', permission: 'signing_keys.write' },
      summary: 'Publish a retired signing key no more: what it signed is good nowhere from now on',
      answer: { status: 204 },
      async handle(call) {
        const id = param(call, 'id');
        await keys.withdraw(id, (tx) =>
          audit.record(tx, call.act, { type: 'signing_key.deleted', target: { kind: 'signing_key', id, name: id } }),
        );
        return { status: 204 };
      },
    },
    {
      ...{ method: 'post', path: '/signing-keys/rotate', permission: 'signing_keys.write' },
      summary: 'Let the next keys sign, and publish new next ones',
      answer: { status: 200, shape: listed(signing_key) },
      async handle({ act }) {
        await keys.rotate(now(), async (tx, kids) => {
          await audit.record(tx, act, { type: 'signing_keys.rotated', after: { current: [...kids] } });
        });
        return { status: 200, body: { data: await all(), next: null } };
      },
    },
  ];
}

const time_or_null = (at: number | null): string | null => (at === null ? null : rfc3339(at));

const present_key = ({ kid, alg, state, created_at, current_at, retired_at, expires_at }: PublicKeyView) => ({
  id: kid,
  kid,
  alg,
  state,
  created_at: rfc3339(created_at),
  current_at: time_or_null(current_at),
  retired_at: time_or_null(retired_at),
  expires_at: time_or_null(expires_at),
});
