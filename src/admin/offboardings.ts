import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { type Act, ERASED, erase_person } from '../audit/index.ts';
import { NotFound, type OrgId, random_token, rfc3339 } from '../kernel/index.ts';
import type { Listed, ListRequest } from '../organizations/index.ts';
import { type OffboardingRow, time_ordered_id } from '../storage/index.ts';
import type { ResourceDeps } from './deps.ts';
import { every } from './every.ts';

const time = z.iso.datetime();

export const offboarding_run = z.object({
  id: z.string(),
  organization_id: z.string(),
  slug: z.string(),
  name: z.string(),
  status: z.enum(['erasing', 'done']),
  /** When it began. */
  users_total: z.int(),
  users_erased: z.int(),
  /** Of the audit record; null until it is done. */
  events_emptied: z.int().nullable(),
  created_at: time,
  finished_at: time.nullable(),
});

export type OffboardingView = z.output<typeof offboarding_run>;

export interface Offboardings {
  /** Begins, once for an organization; who is in it is erased behind, by whichever process comes first. */
  begin(organization: { readonly id: OrgId; readonly slug: string; readonly name: string }, act: Act): Promise<OffboardingView>;
  /** Works on this one, or waits for whoever does, to its end. */
  finish(id: string): Promise<OffboardingView>;
  /** One turn of work on the oldest that nobody works on; called by a timer. */
  work(): Promise<boolean>;
  /** Newest first. */
  list(request: ListRequest, organization_id?: string): Promise<Listed<OffboardingView>>;
  /** @throws NotFound */
  get(id: string): Promise<OffboardingView>;
}

export type OffboardingsDeps = Pick<
  ResourceDeps,
  'storage' | 'audit' | 'organizations' | 'users' | 'scim_requests' | 'user_imports' | 'now'
>;

const LEASE_MS = 15_000;
/** One turn: a process that is told to end waits for it. */
const TURN_MS = 2000;
/** People between two looks at the lease. */
const BATCH = 25;
/** After a turn that broke off. */
const AGAIN_MS = 5000;
const LOOK_MS = 250;

type Claimed = OffboardingRow & { readonly org_id: OrgId; readonly lease: string };

export function make_offboardings(deps: OffboardingsDeps): Offboardings {
  const { storage, now } = deps;
  const { offboardings } = storage.gateway;
  const present = async (row: OffboardingRow): Promise<OffboardingView> => {
    const { id, org_id, slug, name, status, users_total, events_emptied } = row;
    const left = status === 'done' ? 0 : await storage.org(org_id as OrgId).users.count({}); // the id of an organization
    return {
      ...{ id, organization_id: org_id, slug, name, status, users_total, events_emptied },
      // somebody may have been made after it began
      users_erased: row.users_erased ?? Math.max(0, users_total - left),
      created_at: rfc3339(row.created_at),
      finished_at: row.finished_at === null ? null : rfc3339(row.finished_at),
    };
  };
  const get = async (id: string): Promise<OffboardingView> => {
    const row = await offboardings.find_one({ id });
    if (row === undefined) throw new NotFound('off-boarding');
    return present(row);
  };
  const work_on = async (row: OffboardingRow): Promise<boolean> => {
    const job = await claim(deps, row);
    if (job === undefined) return false;
    let again_at: number | null = now() + AGAIN_MS;
    try {
      await take_turn(deps, job);
      again_at = null;
    } finally {
      await storage.write_once(`UPDATE "offboardings" SET "lease" = NULL, "leased_until" = ? WHERE "id" = ? AND "lease" = ?`, [
        again_at,
        job.id,
        job.lease,
      ]);
    }
    return true;
  };
  return {
    get,
    async begin({ id: org_id, slug, name }, act) {
      const users_total = await storage.org(org_id).users.count({});
      await storage.write_once(
        `INSERT INTO "offboardings" ("id", "org_id", "slug", "name", "status", "act", "users_total", "created_at") VALUES (?, ?, ?, ?, 'erasing', ?, ?, ?)
         ON CONFLICT ("org_id") DO NOTHING`,
        [time_ordered_id('off', now()), org_id, slug, name, JSON.stringify(act), users_total, now()],
      );
      const row = await offboardings.find_one({ org_id });
      if (row === undefined) throw new NotFound('off-boarding');
      return present(row);
    },
    async finish(id) {
      for (;;) {
        const row = await offboardings.find_one({ id });
        if (row === undefined || row.status === 'done') return get(id);
        if (!(await work_on(row))) await setTimeout(LOOK_MS);
      }
    },
    async work() {
      const found = await storage.sql.get<{ id: string }>(
        `SELECT "id" FROM "offboardings" WHERE "status" = 'erasing' AND ("leased_until" IS NULL OR "leased_until" < ?) ORDER BY "created_at" LIMIT 1`,
        [now()],
      );
      const row = found === undefined ? undefined : await offboardings.find_one({ id: found.id });
      return row !== undefined && work_on(row);
    },
    async list(request, organization_id) {
      const match = organization_id === undefined ? {} : { org_id: organization_id };
      const { data, next } = await offboardings.page({ ...request, descending: true }, { order_by: 'created_at', match });
      return { data: await Promise.all(data.map(present)), next };
    },
  };
}

/** The condition is the claim: of two processes one has it, until its turn is done or its time is over. */
async function claim({ storage, now }: OffboardingsDeps, row: OffboardingRow): Promise<Claimed | undefined> {
  const lease = random_token(16);
  const claimed = await storage.write_once(
    `UPDATE "offboardings" SET "lease" = ?, "leased_until" = ? WHERE "id" = ? AND "status" = 'erasing' AND ("leased_until" IS NULL OR "leased_until" < ?)`,
    [lease, now() + LEASE_MS, row.id, now()],
  );
  return claimed === 0 ? undefined : { ...row, org_id: row.org_id as OrgId, lease }; // the id of an organization
}

/** Each person is a unit of work; each step finds what the one before left, whoever did that. */
async function take_turn(deps: OffboardingsDeps, job: Claimed): Promise<void> {
  const { storage, users, organizations, scim_requests, user_imports, now } = deps;
  const { org_id } = job;
  const act = job.act as unknown as Act; // as it was given to begin
  const ends = now() + TURN_MS;
  // what would be looked through for each of them goes as a whole: sign-ins that were refused are nobody's, and mails went to whoever was a contact
  await scim_requests(org_id).clear();
  await user_imports(org_id).clear();
  await forget_traces(deps, org_id);
  for (;;) {
    const people = await storage.sql.all<{ id: string }>(`SELECT "id" FROM "users" WHERE "org_id" = ? ORDER BY "id" LIMIT ${BATCH}`, [
      org_id,
    ]);
    if (people.length === 0) break;
    for (const { id } of people) await users.users(org_id).erase(id, act).catch(gone_already);
    if (!(await hold(deps, job)) || now() >= ends) return;
  }
  // people of the partner too, though they never signed in
  for await (const { id } of every(organizations.contacts(org_id))) await forget_contact(deps, org_id, id, act);
  await forget_traces(deps, org_id);
  await organizations.organizations.remove(org_id, act).catch(gone_already);
  await finish(deps, job);
}

async function hold({ storage, now }: OffboardingsDeps, { id, lease }: Claimed): Promise<boolean> {
  const held = await storage.write_once(`UPDATE "offboardings" SET "leased_until" = ? WHERE "id" = ? AND "lease" = ?`, [
    now() + LEASE_MS,
    id,
    lease,
  ]);
  return held === 1;
}

/** One whose process died before it was written down, or whom somebody else has erased. */
export function gone_already(error: unknown): undefined {
  if (!(error instanceof NotFound)) throw error;
}

async function forget_traces({ storage }: OffboardingsDeps, org_id: OrgId): Promise<void> {
  await storage.write_once(`DELETE FROM "login_traces" WHERE "org_id" = ?`, [org_id]);
  await storage.write_once(`DELETE FROM "outbox" WHERE "org_id" = ? AND "kind" = 'mail'`, [org_id]);
}

/** Nothing of a contact stays in the record; that it was emptied is recorded like that of a person. */
const forget_contact = ({ storage, audit }: OffboardingsDeps, org_id: OrgId, id: string, act: Act): Promise<void> =>
  storage.transact(async (tx) => {
    await tx.org(org_id).contacts.delete({ id });
    const { events, traces } = await erase_person(tx, org_id, id);
    await audit.record(tx, act, { type: ERASED, org_id, target: { kind: 'contact', id }, after: { events, traces } });
  });

/** What came of it is counted from the record, which has each erasure once, whoever did it. */
async function finish({ storage, now }: OffboardingsDeps, { id, org_id, created_at }: Claimed): Promise<void> {
  const erased = await storage.sql.all<{ target: string; after: string | null }>(
    `SELECT "target", "after" FROM "audit_events" WHERE "org_id" = ? AND "type" = ? AND "at" >= ?`,
    [org_id, ERASED, created_at],
  );
  const counted = z.object({ events: z.int() }).catch({ events: 0 });
  const events = erased.map(({ after }) => counted.parse(JSON.parse(after ?? '{}')).events);
  const people = erased.filter(({ target }) => z.object({ kind: z.literal('user') }).safeParse(JSON.parse(target)).success);
  await storage.write_once(
    `UPDATE "offboardings" SET "status" = 'done', "users_erased" = ?, "events_emptied" = ?, "finished_at" = ? WHERE "id" = ? AND "status" = 'erasing'`,
    [people.length, events.reduce((sum, one) => sum + one, 0), now(), id],
  );
}
