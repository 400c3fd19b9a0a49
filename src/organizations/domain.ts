import { z } from 'zod';
import type { Act } from '../audit/index.ts';
import { Conflict, Forbidden, NotFound, type OrgId, parse_domain, random_token, rfc3339 } from '../kernel/index.ts';
import type { DomainRow, Tx } from '../storage/index.ts';
import type { Collection, Shown } from './collection.ts';
import type { OrganizationsDeps } from './deps.ts';
import { look_up, seen_texts, type SeenTexts, txt_record, unclaimable } from './domain_claim.ts';
import { parse, plain, time } from './parse.ts';
import { narrowed, require_row, require_version, stale } from './versioned.ts';

const name = plain(253).transform((text, context) => {
  const domain = parse_domain(text.toLowerCase());
  const problem = domain === undefined ? 'must be a domain such as acme.example' : unclaimable(domain);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  return domain ?? text;
});
const domain_create = z.strictObject({
  domain: name,
  /** By an operator who knows: no DNS record is looked up. */
  verified: z.boolean().default(false),
});
const domain = z.object({
  id: z.string(),
  domain: z.string(),
  status: z.enum(['pending', 'verified']),
  txt_record: z.object({ name: z.string(), value: z.string() }),
  verified_at: time.nullable(),
  last_checked_at: time.nullable(),
  /** Why the last look did not prove it. */
  last_error: z.string().nullable(),
  created_at: time,
});

export const domain_schemas = { domain, domain_create };
export type DomainView = z.output<typeof domain>;

export interface DomainCollection extends Collection<DomainView> {
  /** Looks the TXT record up; a domain that is not proven yet stays pending and says why. @throws NotFound | Conflict when another organization has proven it */
  verify(domain: string, act: Act): Promise<Shown<DomainView>>;
  /** What stands at the place of its TXT record now; changes nothing. @throws NotFound */
  look(domain: string): Promise<SeenTexts>;
}

export function make_domain_collection(deps: OrganizationsDeps, org_id: OrgId): DomainCollection {
  const { storage } = deps;
  const shown = (row: DomainRow): Shown<DomainView> => ({ view: present(row), version: Number(row.version) });
  const read = async (rows: { find_one(match: { id: string }): Promise<DomainRow | undefined> }, text: string): Promise<DomainRow> => {
    const id = parse_domain(text.toLowerCase());
    const row = id === undefined ? undefined : await rows.find_one({ id });
    if (row === undefined) throw new NotFound('domain');
    return row;
  };
  const record = (
    tx: Tx,
    act: Act,
    row: DomainRow,
    what: string,
    change: { before?: Record<string, unknown>; after?: Record<string, unknown> },
  ) => deps.record(tx, act, { type: `domain.${what}`, org_id, target: { kind: 'domain', id: row.id, name: row.id }, ...change });

  return {
    async create(body, act) {
      const { domain: id, verified } = parse(domain_create, body);
      if (verified && act.role !== 'owner' && act.role !== 'operator')
        throw new Forbidden('operators_only', 'Only an operator may say that a domain is verified; prove it by its TXT record.');
      const at = deps.now();
      const row: DomainRow = {
        org_id,
        id,
        status: verified ? 'verified' : 'pending',
        verified_domain: verified ? id : null,
        txt_token: random_token(),
        verified_at: verified ? at : null,
        last_checked_at: null,
        last_error: null,
        created_at: at,
        version: 1,
      };
      await storage.transact(async (tx) => {
        await tx.config_changed();
        await require_row(tx, org_id);
        if ((await tx.org(org_id).domains.count({ id })) > 0)
          throw new Conflict('already_exists', 'This domain is already one of this organization.');
        if (verified) await require_free(tx, id);
        await tx.org(org_id).domains.insert(row);
        await record(tx, act, row, 'created', { after: { domain: id, status: row.status } });
      });
      return shown(row);
    },
    async list(request) {
      const page = await storage.org(org_id).domains.page(request, { match: narrowed(request, ['status']) });
      return { data: page.data.map(present), next: page.next };
    },
    get: async (id) => shown(await read(storage.org(org_id).domains, id)),
    async verify(text, act) {
      const seen = await read(storage.org(org_id).domains, text);
      if (seen.status === 'verified') return shown(seen);
      const proof = await look_up(deps.resolve_txt, txt_record(seen.id, seen.txt_token));
      return storage.transact(async (tx) => {
        await tx.config_changed();
        const row = await read(tx.org(org_id).domains, seen.id);
        // removed and claimed again meanwhile: another token is to be proven
        if (row.status === 'verified' || row.txt_token !== seen.txt_token) return shown(row);
        if (proof.proven) await require_free(tx, row.id);
        const at = deps.now();
        const looked = { last_checked_at: at, last_error: proof.proven ? null : proof.why, version: Number(row.version) + 1 };
        const proven = proof.proven ? { status: 'verified' as const, verified_domain: row.id, verified_at: at } : {};
        await tx.org(org_id).domains.update({ id: row.id }, { ...looked, ...proven });
        if (proof.proven) await record(tx, act, row, 'verified', { before: { status: 'pending' }, after: { status: 'verified' } });
        return shown({ ...row, ...looked, ...proven });
      });
    },
    async look(text) {
      const row = await read(storage.org(org_id).domains, text);
      return seen_texts(deps.resolve_txt, txt_record(row.id, row.txt_token).name);
    },
    async remove(text, act, if_match) {
      await storage.transact(async (tx) => {
        await tx.config_changed();
        const row = await read(tx.org(org_id).domains, text);
        require_version(row, if_match);
        if ((await tx.org(org_id).domains.delete({ id: row.id, version: row.version })) === 0) throw stale();
        await record(tx, act, row, 'deleted', { before: { domain: row.id, status: row.status } });
      });
    },
  };
}

/** One owner per domain over all organizations; the unique index holds even where this look comes too early. Names no other owner. */
async function require_free(tx: Tx, id: string): Promise<void> {
  const owner = await tx.sql.get(`SELECT 1 AS "one" FROM "domains" WHERE "verified_domain" = ?`, [id]);
  if (owner !== undefined) throw new Conflict('domain_taken', 'This domain is verified for another organization.');
}

const present = (row: DomainRow): DomainView => ({
  id: row.id,
  domain: row.id,
  status: row.status,
  txt_record: txt_record(row.id, row.txt_token),
  verified_at: row.verified_at === null ? null : rfc3339(row.verified_at),
  last_checked_at: row.last_checked_at === null ? null : rfc3339(row.last_checked_at),
  last_error: row.last_error,
  created_at: rfc3339(row.created_at),
});
