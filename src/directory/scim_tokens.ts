import { isIP } from 'node:net';
import { z } from 'zod';
import type { Audit } from '../audit/index.ts';
import { Conflict, hash_token, InvalidInput, new_id, NotFound, type OrgId, random_token, rfc3339 } from '../kernel/index.ts';
import type { Collection } from '../organizations/index.ts';
import type { ScimTokenRow, Storage, Tx } from '../storage/index.ts';
import { dialect_name } from './dialect.ts';
import { parse_body } from './parse_body.ts';
import { base_url_of } from './address.ts';

const PREFIX = 'postern_scim_';
const MOST = 50;

const time = z.iso.datetime();
const network = z.string().max(64).refine(is_network, 'must be a network, such as 192.0.2.0/24 or 2001:db8::/32');
const scim_token_create = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(255)
    .refine(
      (text) => !/[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/u.test(text) && text.trim() !== '',
      'must be text without control characters',
    )
    .optional(),
  expires_at: z.iso.datetime({ offset: true }).nullable().optional(),
  /** The connection that the people of this directory sign in with. */
  connection_id: z.string().max(64).nullable().optional(),
  dialect: dialect_name.optional(),
  /** Networks that it may be used from; absent: any. */
  ip_ranges: z.array(network).min(1).max(100).nullable().optional(),
});
const scim_token = z.object({
  id: z.string(),
  name: z.string(),
  base_url: z.string(),
  connection_id: z.string().nullable(),
  dialect: dialect_name,
  /** Who an `auto` token turned out to speak for. */
  detected_dialect: dialect_name.nullable(),
  ip_ranges: z.array(z.string()).nullable(),
  expires_at: time.nullable(),
  last_used_at: time.nullable(),
  created_at: time,
});
const scim_token_created = scim_token.extend({ token: z.string() });

export const scim_token_schemas = { scim_token, scim_token_create, scim_token_created };
export type ScimTokenView = z.output<typeof scim_token>;
export type CreatedScimToken = z.output<typeof scim_token_created>;

/** By organization. */
export type ScimTokens = (org_id: OrgId) => Collection<ScimTokenView, CreatedScimToken>;

export interface ScimTokensDeps {
  readonly storage: Storage;
  readonly now: () => number;
  readonly record: Audit['record'];
  readonly issuer_url: string;
}

/** The tokens of an organization's directories: shown once, stored as a hash. Several are valid at once, so that one can take the place of another. */
export function make_scim_tokens({ storage, now, record, issuer_url }: ScimTokensDeps): ScimTokens {
  const present = (row: ScimTokenRow): ScimTokenView => ({
    id: row.id,
    name: row.name,
    base_url: base_url_of(issuer_url, row.org_id),
    connection_id: row.connection_id,
    dialect: dialect_name.catch('strict').parse(row.dialect),
    detected_dialect: dialect_name.nullable().catch(null).parse(row.detected_dialect),
    ip_ranges: row.ip_ranges,
    expires_at: time_or_null(row.expires_at),
    last_used_at: time_or_null(row.last_used_at),
    created_at: rfc3339(row.created_at),
  });
  const target_of = (row: ScimTokenRow) => ({ kind: 'scim_token', id: row.id, name: row.name });
  return (org_id) => ({
    async create(body, act) {
      const given = parse_body(scim_token_create, body ?? {});
      const token = PREFIX + random_token();
      const row: ScimTokenRow = {
        org_id,
        id: new_id('scm'),
        token_hash: hash_token(token),
        name: given.name ?? 'SCIM',
        connection_id: given.connection_id ?? null,
        dialect: given.dialect ?? 'auto',
        detected_dialect: null,
        ip_ranges: given.ip_ranges ?? null,
        expires_at: typeof given.expires_at === 'string' ? Date.parse(given.expires_at) : null,
        last_used_at: null,
        silence_told_at: null,
        created_at: now(),
      };
      if (row.expires_at !== null && row.expires_at <= row.created_at) throw invalid('expires_at', 'must lie in the future');
      const view = present(row);
      await storage.transact(async (tx) => {
        const { connections, scim_tokens } = tx.org(org_id);
        if (row.connection_id !== null && (await connections.find_one({ id: row.connection_id })) === undefined)
          throw invalid('connection_id', 'is not a connection of this organization');
        if ((await scim_tokens.count()) >= MOST)
          throw new Conflict('too_many_tokens', `An organization has ${MOST} SCIM tokens at most: delete one.`);
        await scim_tokens.insert(row);
        await record(tx, act, { type: 'scim_token.created', org_id, target: target_of(row), after: { ...view } });
      });
      return { view: { ...view, token }, version: 1 };
    },
    async list(request) {
      const { data, next } = await storage.org(org_id).scim_tokens.page(request);
      return { data: data.map(present), next };
    },
    async get(id) {
      const row = await storage.org(org_id).scim_tokens.find_one({ id });
      if (row === undefined) throw new NotFound('SCIM token');
      return { view: present(row), version: 1 };
    },
    remove: (id, act) =>
      storage.transact(async (tx) => {
        const { scim_tokens } = tx.org(org_id);
        const row = await scim_tokens.find_one({ id });
        if (row === undefined || (await scim_tokens.delete({ id })) === 0) throw new NotFound('SCIM token');
        await hand_over(tx, org_id, row);
        await record(tx, act, { type: 'scim_token.deleted', org_id, target: target_of(row), before: { ...present(row) } });
      }),
  });
}

/** The people of a token that goes belong to the one that takes its place, if there is one for the same connection. */
async function hand_over(tx: Tx, org_id: OrgId, gone: ScimTokenRow): Promise<void> {
  const left = await tx.org(org_id).scim_tokens.find(gone.connection_id === null ? {} : { connection_id: gone.connection_id });
  const [heir] = left.filter((row) => row.connection_id === gone.connection_id).sort((a, b) => b.created_at - a.created_at);
  if (heir !== undefined)
    await tx.sql.run(`UPDATE "users" SET "scim_owner" = ? WHERE "org_id" = ? AND "scim_owner" = ?`, [heir.id, org_id, gone.id]);
}

const invalid = (path: string, message: string): InvalidInput =>
  new InvalidInput('invalid_body', 'Some fields are wrong.', { status: 422, fields: [{ path, message }] });

function is_network(text: string): boolean {
  const [, address = '', bits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const family = isIP(address);
  return family !== 0 && Number(bits) <= (family === 4 ? 32 : 128);
}

const time_or_null = (at: number | null): string | null => (at === null ? null : rfc3339(at));
