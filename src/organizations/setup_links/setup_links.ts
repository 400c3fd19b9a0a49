import type { Act } from '../../audit/index.ts';
import { Conflict, hash_token, new_id, NotFound, type OrgId, random_token } from '../../kernel/index.ts';
import type { SetupLinkRow, Tx } from '../../storage/index.ts';
import type { Collection, Shown } from '../collection.ts';
import type { OrganizationsDeps } from '../deps.ts';
import { parse } from '../parse.ts';
import { require_row } from '../versioned.ts';
import { record_link } from './record.ts';
import { type CreatedSetupLinkView, draft_of, present_link, setup_link_schemas, type SetupLinkView, steps_of } from './schema.ts';

const PREFIX = 'postern_setup_';
/** Of those that are over, the newest stay in the list. */
const MOST = 100;

export interface SetupLinkCollection extends Collection<SetupLinkView, CreatedSetupLinkView> {
  /** Ends it at once; it stays in the list. @throws NotFound | Conflict when it is over already */
  revoke(id: string, act: Act): Promise<Shown<SetupLinkView>>;
  /** The vendor lets what was set up be used: the connection is switched on. @throws NotFound | Conflict when nobody asked */
  approve(id: string, act: Act): Promise<Shown<SetupLinkView>>;
}

/** Links by which a partner sets itself up: shown once, stored as a hash. For each step of an organization one is in use at most. */
export function make_setup_link_collection(
  deps: OrganizationsDeps,
  org_id: OrgId,
  enable: (connection_id: string, act: Act) => Promise<unknown>,
): SetupLinkCollection {
  const { storage, now } = deps;
  const shown = (row: SetupLinkRow): Shown<SetupLinkView> => ({ view: present_link(row, now()), version: Number(row.version) });
  const read = async (rows: { find_one(match: { id: string }): Promise<SetupLinkRow | undefined> }, id: string): Promise<SetupLinkRow> => {
    const row = await rows.find_one({ id });
    if (row === undefined) throw new NotFound('set-up link');
    return row;
  };
  const revoked = async (tx: Tx, row: SetupLinkRow, act: Act): Promise<SetupLinkRow> => {
    const changes = { status: 'revoked' as const, revoked_at: now(), version: Number(row.version) + 1 };
    if ((await tx.org(org_id).setup_links.update({ id: row.id, status: 'open' }, changes)) === 0) throw over();
    await record_link(deps, tx, act, row, 'revoked');
    return { ...row, ...changes };
  };

  return {
    async create(body, act) {
      const { name, steps, expires_in, requires_approval } = parse(setup_link_schemas.setup_link_create, body ?? {});
      const token = PREFIX + random_token();
      const at = now();
      const row: SetupLinkRow = {
        ...{ org_id, id: new_id('sul'), token_hash: hash_token(token), name, steps: [...steps], requires_approval },
        ...{ status: 'open', approval: 'none', draft: {} },
        ...{ opened_at: null, progressed_at: null, finished_at: null, revoked_at: null },
        ...{ expires_at: at + expires_in * 1000, created_at: at, version: 1 },
      };
      await storage.transact(async (tx) => {
        await tx.config_changed(); // its row lock lets one process at a time: two new links would not see each other
        await require_row(tx, org_id);
        const links = tx.org(org_id).setup_links;
        const others = (await links.find({ status: 'open' })).filter((other) => other.expires_at > at);
        for (const other of others) if (steps_of(other).some((step) => steps.includes(step))) await revoked(tx, other, act);
        await forget_oldest(tx, org_id);
        await links.insert({ ...row, draft: await unfinished_draft(tx, org_id, steps) });
        await record_link(deps, tx, act, row, 'created', { steps, requires_approval, expires_at: present_link(row, at).expires_at });
      });
      return { view: { ...present_link(row, at), url: `${deps.issuer_url.replace(/\/$/, '')}/setup/${token}` }, version: 1 };
    },
    async list(request) {
      const { data, next } = await storage.org(org_id).setup_links.page(request, { order_by: 'created_at' });
      return { data: data.map((row) => present_link(row, now())), next };
    },
    get: async (id) => shown(await read(storage.org(org_id).setup_links, id)),
    revoke: (id, act) =>
      storage.transact(async (tx) => {
        const row = await read(tx.org(org_id).setup_links, id);
        if (row.status !== 'open' || row.expires_at <= now()) throw over();
        return shown(await revoked(tx, row, act));
      }),
    async approve(id, act) {
      const row = await read(storage.org(org_id).setup_links, id);
      const { connection_id } = draft_of(row);
      if (row.approval !== 'requested' || connection_id === null)
        throw new Conflict('nothing_to_approve', 'Nobody has asked for approval of what this link sets up.');
      await enable(connection_id, act);
      return storage.transact(async (tx) => {
        const changes = { approval: 'approved' as const, version: Number(row.version) + 1 };
        if ((await tx.org(org_id).setup_links.update({ id, approval: 'requested' }, changes)) === 0)
          return shown(await read(tx.org(org_id).setup_links, id)); // somebody else was as quick
        await record_link(deps, tx, act, row, 'approved', { connection_id });
        return shown({ ...row, ...changes });
      });
    },
    remove: (id, act) =>
      storage.transact(async (tx) => {
        const links = tx.org(org_id).setup_links;
        const row = await read(links, id);
        if ((await links.delete({ id })) === 0) throw new NotFound('set-up link');
        if (row.status === 'open' && row.expires_at > now()) await record_link(deps, tx, act, row, 'revoked');
        await record_link(deps, tx, act, row, 'deleted');
      }),
  };
}

const over = (): Conflict => new Conflict('setup_link_over', 'This set-up link is finished, revoked or expired.');

/** Where the last link for one of these steps was left: whoever gets the new one goes on there. */
async function unfinished_draft(tx: Tx, org_id: OrgId, steps: readonly string[]): Promise<Record<string, unknown>> {
  const { setup_links, connections } = tx.org(org_id);
  const rows = await setup_links.query().orderBy('row.created_at', 'DESC').limit(10).getMany();
  const last = rows.find((row) => steps_of(row).some((step) => steps.includes(step)));
  if (last === undefined || last.status === 'finished') return {};
  const { connection_id } = draft_of(last);
  const connection = connection_id === null ? undefined : await connections.find_one({ id: connection_id });
  // what is in use is no draft any more
  return connection === undefined || connection.enabled ? {} : last.draft;
}

/** So that a link a day for years fills nothing. */
async function forget_oldest(tx: Tx, org_id: OrgId): Promise<void> {
  const { setup_links } = tx.org(org_id);
  const rows = await setup_links.query().orderBy('row.created_at', 'DESC').offset(MOST).limit(MOST).getMany();
  for (const { id, status } of rows) if (status !== 'open') await setup_links.delete({ id });
}
