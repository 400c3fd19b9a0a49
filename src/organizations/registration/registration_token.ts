import { z } from 'zod';
import { hash_token, new_id, NotFound, random_token, rfc3339 } from '../../kernel/index.ts';
import type { RegistrationTokenRow } from '../../storage/index.ts';
import type { Collection } from '../collection.ts';
import type { OrganizationsDeps } from '../deps.ts';
import { parse, plain, time, wrong } from '../parse.ts';

const PREFIX = 'postern_reg_';

const registration_token_create = z.strictObject({
  name: plain(255),
  /** Apps registered with it are for this organization alone. */
  organization_id: z.string().max(64).nullable().default(null),
  /** How many apps may be registered with it; absent: any number. */
  uses: z.int().min(1).max(1_000_000).nullable().default(null),
  expires_at: z.iso.datetime({ offset: true }).nullable().default(null),
});
const registration_token = z.object({
  id: z.string(),
  name: z.string(),
  organization_id: z.string().nullable(),
  uses_left: z.int().nullable(),
  expires_at: time.nullable(),
  created_at: time,
});
const registration_token_created = registration_token.extend({ token: z.string() });

export const registration_token_schemas = { registration_token, registration_token_create, registration_token_created };
export type RegistrationTokenView = z.output<typeof registration_token>;
export type CreatedRegistrationToken = z.output<typeof registration_token_created>;
export type RegistrationTokenCollection = Collection<RegistrationTokenView, CreatedRegistrationToken>;

/** Initial access tokens (RFC 7591 section 3): shown once, stored as a hash. One never changes; a new one takes its place. */
export function make_registration_token_collection({ storage, now, record }: OrganizationsDeps): RegistrationTokenCollection {
  const rows = storage.gateway.registration_tokens;
  return {
    async create(body, act) {
      const { name, organization_id, uses, expires_at } = parse(registration_token_create, body);
      const token = PREFIX + random_token();
      const row: RegistrationTokenRow = {
        id: new_id('rgt'),
        name,
        token_hash: hash_token(token),
        organization_id,
        uses_left: uses,
        expires_at: expires_at === null ? null : Date.parse(expires_at),
        created_at: now(),
      };
      if (row.expires_at !== null && row.expires_at <= row.created_at)
        throw wrong([{ path: 'expires_at', message: 'must lie in the future' }]);
      await storage.transact(async (tx) => {
        if (organization_id !== null && (await tx.gateway.organizations.count({ id: organization_id })) === 0)
          throw wrong([{ path: 'organization_id', message: 'no such organization' }]);
        await tx.gateway.registration_tokens.insert(row);
        await record(tx, act, { type: 'registration_token.created', org_id: null, target: target_of(row), after: { ...present(row) } });
      });
      return { view: { ...present(row), token }, version: 1 };
    },
    async list(request) {
      const { data, next } = await rows.page(request);
      return { data: data.map(present), next };
    },
    async get(id) {
      const row = await rows.find_one({ id });
      if (row === undefined) throw new NotFound('registration token');
      return { view: present(row), version: 1 };
    },
    async remove(id, act) {
      await storage.transact(async (tx) => {
        const row = await tx.gateway.registration_tokens.find_one({ id });
        if (row === undefined || (await tx.gateway.registration_tokens.delete({ id })) === 0) throw new NotFound('registration token');
        await record(tx, act, { type: 'registration_token.deleted', org_id: null, target: target_of(row), before: { ...present(row) } });
      });
    },
  };
}

const target_of = (row: RegistrationTokenRow) => ({ kind: 'registration_token', id: row.id, name: row.name });

const present = (row: RegistrationTokenRow): RegistrationTokenView => ({
  id: row.id,
  name: row.name,
  organization_id: row.organization_id,
  uses_left: row.uses_left,
  expires_at: row.expires_at === null ? null : rfc3339(row.expires_at),
  created_at: rfc3339(row.created_at),
});
