import { z } from 'zod';
import { new_id, rfc3339 } from '../kernel/index.ts';
import type { RoleRow } from '../storage/index.ts';
import type { Collection } from './collection.ts';
import type { OrganizationsDeps } from './deps.ts';
import { parse, plain, time } from './parse.ts';
import { make_versioned } from './versioned.ts';

const role_create = z.strictObject({
  name: plain(128),
  description: plain(1024).nullable().default(null),
  /** The app this role is for; absent: every app. */
  client_id: plain(128).nullable().default(null),
  /** Whether an organization's own administrator may map and give it. */
  delegable: z.boolean().default(true),
});
const role_patch = z
  .strictObject({ name: plain(128), description: plain(1024).nullable(), client_id: plain(128).nullable(), delegable: z.boolean() })
  .partial();
const role = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  client_id: z.string().nullable(),
  delegable: z.boolean(),
  created_at: time,
  updated_at: time,
});

export const role_schemas = { role, role_create, role_patch };
export type RoleView = z.output<typeof role>;

export function make_role_collection(deps: OrganizationsDeps): Collection<RoleView> & Required<Pick<Collection<RoleView>, 'update'>> {
  return make_versioned<RoleRow, RoleView>(deps, {
    name: 'role',
    reads: deps.storage.gateway.roles,
    writes: (tx) => tx.gateway.roles,
    filters: ['name', 'client_id'],
    present,
    label: (row) => row.name,
    body: (row) => ({ name: row.name, description: row.description, client_id: present(row).client_id, delegable: row.delegable }),
    make(body) {
      const at = deps.now();
      return { id: new_id('rol'), ...read(body), created_at: at, updated_at: at, version: 1 };
    },
    change: (_row, body) => read(body),
  });
}

function read(body: unknown): Pick<RoleRow, 'name' | 'description' | 'client_id' | 'delegable'> {
  const { client_id, ...rest } = parse(role_create, body);
  return { ...rest, client_id: client_id ?? '' };
}

const present = (row: RoleRow): RoleView => ({
  id: row.id,
  name: row.name,
  description: row.description,
  client_id: row.client_id === '' ? null : row.client_id,
  delegable: row.delegable,
  created_at: rfc3339(row.created_at),
  updated_at: rfc3339(row.updated_at),
});
