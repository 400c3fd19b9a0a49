import { z } from 'zod';
import type { Audit } from '../audit/index.ts';
import { hash_token, new_id, NotFound, type OrgId, random_token, rfc3339 } from '../kernel/index.ts';
import type { Collection } from '../organizations/index.ts';
import type { AdminKeyRow, AdminRole, Storage, Tx } from '../storage/index.ts';
import { body_problems, invalid_body } from './body_problems.ts';
import { ADMIN_ROLES } from './policy.ts';

const MINUTE_MS = 60_000;
const PREFIX = 'postern_key_';

// with the characters that reorder what is shown
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/u;

const role = z.enum(ADMIN_ROLES);
const time = z.iso.datetime();
const admin_key_create = z
  .strictObject({
    name: z
      .string()
      .min(1)
      .max(255)
      .refine((text) => !UNPRINTABLE.test(text) && text.trim() !== '', 'must be text without control characters'),
    role,
    /** The one organization of an `org_admin`; no other role has one. */
    organization_id: z.string().max(64).nullable().optional(),
    expires_at: z.iso.datetime({ offset: true }).nullable().optional(),
  })
  .refine(({ role: given, organization_id }) => (given === 'org_admin') === (typeof organization_id === 'string'), {
    path: ['organization_id'],
    message: 'must name the organization of an org_admin, and of no other role',
  });
const admin_key = z.object({
  id: z.string(),
  name: z.string(),
  role,
  organization_id: z.string().nullable(),
  expires_at: time.nullable(),
  last_used_at: time.nullable(),
  created_at: time,
});
const admin_key_created = admin_key.extend({ key: z.string() });

export const admin_key_schemas = { admin_key, admin_key_create, admin_key_created };
export type AdminKeyView = z.output<typeof admin_key>;
export type CreatedAdminKey = z.output<typeof admin_key_created>;

export interface AdminKeysDeps {
  readonly storage: Storage;
  readonly now: () => number;
  readonly record: Audit['record'];
  /** In the same unit of work: what else hangs on the key. */
  readonly forget?: ((tx: Tx, admin_key_id: string) => Promise<void>) | undefined;
}

export interface IdentifiedKey {
  readonly id: string;
  readonly name: string;
  readonly role: AdminRole;
  readonly organization_id: OrgId | undefined;
}

export interface AdminKeys extends Collection<AdminKeyView, CreatedAdminKey> {
  /** Whose key this is, while it is valid. */
  identify(secret: string): Promise<IdentifiedKey | undefined>;
  /** The same by the hash of the secret: whether a key that was shown before is still good. */
  identify_hash(hash: string): Promise<IdentifiedKey | undefined>;
}

/** Keys of the admin API: shown once, stored as a hash. A key never changes; a new one takes its place. */
export function make_admin_keys({ storage, now, record, forget }: AdminKeysDeps): AdminKeys {
  const rows = storage.gateway.admin_keys;
  const identify_hash: AdminKeys['identify_hash'] = async (key_hash) => {
    const row = await rows.find_one({ key_hash });
    const at = now();
    if (row === undefined || (row.expires_at !== null && row.expires_at <= at)) return undefined;
    if (row.organization_id !== null) {
      const organization = await storage.gateway.organizations.find_one({ id: row.organization_id });
      if (organization?.status !== 'active') return undefined;
    }
    if (row.last_used_at === null || at - row.last_used_at >= MINUTE_MS)
      await storage.write_once('UPDATE "admin_keys" SET "last_used_at" = ? WHERE "id" = ?', [at, row.id]);
    const organization_id = (row.organization_id ?? undefined) as OrgId | undefined; // was checked when it was written
    return { id: row.id, name: row.name, role: row.role, organization_id };
  };
  return {
    async create(body, act) {
      const result = admin_key_create.safeParse(body);
      if (!result.success) throw body_problems(result.error);
      const { name, role: given, organization_id, expires_at } = result.data;
      const key = PREFIX + random_token();
      const row: AdminKeyRow = {
        id: new_id('adk'),
        name,
        key_hash: hash_token(key),
        role: given,
        organization_id: organization_id ?? null,
        expires_at: typeof expires_at === 'string' ? Date.parse(expires_at) : null,
        last_used_at: null,
        created_at: now(),
      };
      if (row.expires_at !== null && row.expires_at <= row.created_at)
        throw invalid_body([{ path: 'expires_at', message: 'must lie in the future' }]);
      const view = present(row);
      await storage.transact(async (tx) => {
        const id = row.organization_id;
        if (id !== null && (await tx.gateway.organizations.find_one({ id })) === undefined)
          throw invalid_body([{ path: 'organization_id', message: 'is no organization' }]);
        await tx.gateway.admin_keys.insert(row);
        await record(tx, act, { type: 'admin_key.created', target: target_of(row), after: { ...view } });
      });
      return { view: { ...view, key }, version: 1 };
    },
    async list(request) {
      const { data, next } = await rows.page(request);
      return { data: data.map(present), next };
    },
    async get(id) {
      const row = await rows.find_one({ id });
      if (row === undefined) throw new NotFound('admin key');
      return { view: present(row), version: 1 };
    },
    async remove(id, act) {
      await storage.transact(async (tx) => {
        const row = await tx.gateway.admin_keys.find_one({ id });
        if (row === undefined || (await tx.gateway.admin_keys.delete({ id })) === 0) throw new NotFound('admin key');
        await forget?.(tx, id);
        await record(tx, act, { type: 'admin_key.deleted', target: target_of(row), before: { ...present(row) } });
      });
    },
    identify: (secret) => identify_hash(hash_token(secret)),
    identify_hash,
  };
}

const target_of = (row: AdminKeyRow) => ({ kind: 'admin_key', id: row.id, name: row.name });

const time_or_null = (at: number | null): string | null => (at === null ? null : rfc3339(at));

const present = (row: AdminKeyRow): AdminKeyView => ({
  id: row.id,
  name: row.name,
  role: row.role,
  organization_id: row.organization_id,
  expires_at: time_or_null(row.expires_at),
  last_used_at: time_or_null(row.last_used_at),
  created_at: rfc3339(row.created_at),
});
