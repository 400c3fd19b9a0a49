import { z } from 'zod';
import type { Act } from '../audit/index.ts';
import { Conflict, Forbidden, new_org_id, type OrgId, rfc3339 } from '../kernel/index.ts';
import type { OrganizationRow, Tx } from '../storage/index.ts';
import { branding, keep_logos } from './branding/index.ts';
import type { Collection } from './collection.ts';
import type { OrganizationsDeps } from './deps.ts';
import { parse, plain, time } from './parse.ts';
import { people_policy, people_policy_patch, read_people_policy } from './people_policy/index.ts';
import { make_versioned } from './versioned.ts';

const slug = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    'must be 1 to 63 lower-case letters, digits and hyphens, and begin and end with a letter or digit',
  );
const status = z.enum(['active', 'suspended']);
const metadata = z
  .record(z.string().min(1).max(128), z.unknown())
  .refine((value) => Object.keys(value).length <= 100 && JSON.stringify(value).length <= 16_384, 'must be at most 100 fields and 16 KiB')
  .refine((value) => !Object.hasOwn(value, '__proto__'), 'must not have a field named __proto__');

const organization_create = z.strictObject({
  slug,
  name: plain(255),
  external_id: plain(255).nullable().default(null),
  metadata: metadata.default({}),
  status: status.default('active'),
  branding: branding.default({}),
  people_policy: people_policy.default({}),
});

const organization_patch = z
  .strictObject({
    slug,
    name: plain(255),
    external_id: plain(255).nullable(),
    /** RFC 7396: null removes one. */
    metadata,
    status,
    branding: z.record(z.string(), z.string().nullable()),
    people_policy: people_policy_patch,
  })
  .partial();

const organization = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  external_id: z.string().nullable(),
  metadata: z.record(z.string(), z.unknown()),
  status,
  branding: z.record(z.string(), z.string()),
  people_policy,
  created_at: time,
  updated_at: time,
});

export const organization_schemas = { organization, organization_create, organization_patch };
export type OrganizationView = z.output<typeof organization>;

export function make_organization_collection(
  deps: OrganizationsDeps,
): Collection<OrganizationView> & Required<Pick<Collection<OrganizationView>, 'update'>> {
  return make_versioned<OrganizationRow, OrganizationView>(deps, {
    name: 'organization',
    reads: deps.storage.gateway.organizations,
    writes: (tx) => tx.gateway.organizations,
    org_of: (row) => row.id as OrgId, // the id of a row
    filters: ['slug', 'external_id', 'status'],
    present,
    label: (row) => row.name,
    body: ({ slug, name, external_id, metadata, status, branding, people_policy: policy }) => ({
      ...{ slug, name, external_id, metadata, status, branding },
      people_policy: policy ?? {},
    }),
    async make(body) {
      const at = deps.now();
      const given = read(body);
      const branding = await deps.storage.transact((tx) => keep_logos(tx, given.branding, {}, at));
      return { id: new_org_id(), ...given, branding, created_at: at, updated_at: at, version: 1 };
    },
    async change(row, body, act, tx) {
      const changes = read(body);
      if (changes.status !== row.status || changes.slug !== row.slug) require_vendor(act, 'status and slug are for the vendor to change.');
      if (changes.status === 'active' && row.status === 'suspended') await require_staying(tx, row);
      return { ...changes, branding: await keep_logos(tx, changes.branding, row.branding, deps.now()) };
    },
    permit(_row, act, what) {
      if (what === 'remove') require_vendor(act, 'An organization is for the vendor to delete.');
    },
    async ends(tx, before, after, act) {
      const ended = after === undefined || (after.status === 'suspended' && before.status === 'active');
      const reason = after === undefined ? 'organization.deleted' : 'organization.updated';
      const org_id = before.id as OrgId; // the id of a row
      if (ended) await deps.end_access(tx, { org_id }, act, reason);
      const allowed = (row: OrganizationRow): string => JSON.stringify(read_people_policy(row.people_policy).allowed_groups ?? []);
      if (after !== undefined && allowed(after) !== allowed(before)) await deps.settle_everyone?.(tx, org_id, act);
    },
  });
}

/** What the organization's own administrators must not do to it. */
function require_vendor(act: Act, message: string): void {
  if (act.role === 'org_admin') throw new Forbidden('vendor_only', message);
}

/** Its people are being erased: nobody of them may sign in meanwhile. */
async function require_staying(tx: Tx, { id }: OrganizationRow): Promise<void> {
  if ((await tx.gateway.offboardings.find_one({ org_id: id, status: 'erasing' })) !== undefined)
    throw new Conflict('being_erased', 'This organization is being off-boarded: it cannot be switched on again.');
}

const read = (body: unknown) => parse(organization_create, body);

const present = (row: OrganizationRow): OrganizationView => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  external_id: row.external_id,
  metadata: row.metadata,
  status: row.status,
  branding: row.branding,
  people_policy: read_people_policy(row.people_policy),
  created_at: rfc3339(row.created_at),
  updated_at: rfc3339(row.updated_at),
});
