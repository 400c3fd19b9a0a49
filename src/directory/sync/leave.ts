import type { OrgId } from '../../kernel/index.ts';
import { policy_of } from '../../organizations/index.ts';
import type { Storage, Tx } from '../../storage/index.ts';
import { batches, hold_user, marks, would_be_kept_out } from '../../users/index.ts';
import { apply_change, type Changing } from '../apply_change.ts';
import type { Run, SyncDeps } from './deps.ts';
import { held_memberships, leave_groups } from './memberships.ts';
import type { Met } from './page.ts';
import { may_switch } from './person.ts';

/** People who lose their access by a run, at least so many, before it can be a mistake of the directory. */
const LEAST = 10;

/** Who loses what at the end of a run. */
export interface Leavers {
  /** To be switched off: no longer in the directory, or switched off there. By subject, user ids. */
  readonly off: ReadonlyMap<string, string>;
  /** Of those, and of others whom this source may not switch off: no longer in the directory. */
  readonly absent: ReadonlyMap<string, string>;
  readonly leaving: Met['leaving'];
}

export interface Brake {
  readonly losing: number;
  readonly of: number;
  readonly percent: number;
}

interface Present {
  subject: string;
  user_id: string;
}

/** Who was there and is not any more, with who was met switched off. */
export async function leavers_of(tx: Tx, run: Run, met: Met): Promise<Leavers & { readonly of: number }> {
  const { org_id, connection } = run;
  const present = await tx.sql.all<Present>(
    `SELECT "subject", "user_id" FROM "synced_people" WHERE "org_id" = ? AND "connection_id" = ? AND "present" = ?`,
    [org_id, connection.id, true],
  );
  const absent = new Map(present.filter(({ subject }) => !met.subjects.has(subject)).map(({ subject, user_id }) => [subject, user_id]));
  const off = await may_be_switched_off(tx, org_id, new Map([...absent, ...met.shut]));
  const leaving = new Map(met.leaving);
  for (const { user_id, group_id } of await held_memberships(tx, org_id, connection.id, [...absent.values()]))
    leaving.set(user_id, new Set([...(leaving.get(user_id) ?? []), group_id]));
  return { off, absent, leaving, of: present.length };
}

async function may_be_switched_off(tx: Tx, org_id: OrgId, people: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const policy = await policy_of(tx, org_id);
  const allowed = new Set<string>();
  for (const batch of batches([...new Set(people.values())])) {
    const rows = await tx
      .org(org_id)
      .users.query()
      .andWhere('row.id IN (:...batch)', { batch })
      .andWhere('row.active = :on', { on: true })
      .getMany();
    for (const row of rows) if (may_switch(policy, row, false)) allowed.add(row.id);
  }
  return new Map([...people].filter(([, id]) => allowed.has(id)));
}

/** Whether so many would lose their access that somebody has to look first: more than the share, or everybody. */
export async function brake_of(
  tx: Tx,
  org_id: OrgId,
  leavers: Leavers & { readonly of: number },
  seen: number,
  percent: number,
): Promise<Brake | undefined> {
  const losing = new Set([...leavers.off.values(), ...(await would_be_kept_out(tx, org_id, leavers.leaving))]).size;
  const { of } = leavers;
  if (seen === 0 && of > 0) return { losing, of, percent };
  return percent < 100 && losing >= LEAST && losing * 100 > of * percent ? { losing, of, percent } : undefined;
}

/** Ends the access of those who left, a batch in each unit of work: whoever is switched off has nothing left when it commits. Answers how many were. */
export async function let_go(
  deps: SyncDeps,
  storage: Pick<Storage, 'transact'>,
  run: Run,
  leavers: Leavers,
  hold: (tx: Tx) => Promise<void>,
): Promise<number> {
  const { org_id, connection, act } = run;
  const work = (tx: Tx): Changing => ({ deps, tx, org_id, source: 'sync', member_source: connection.id, act });
  let deactivated = 0;
  for (const batch of slices([...leavers.off]))
    deactivated += await storage.transact(async (tx) => {
      await hold(tx);
      let done = 0;
      for (const [, id] of batch.sort(([, a], [, b]) => (a < b ? -1 : 1))) {
        // deleted while the directory was read
        if ((await tx.org(org_id).users.find_one({ id })) === undefined) continue;
        const row = await hold_user(tx, org_id, id);
        const after = await apply_change(work(tx), { kind: 'change_user', row, fields: { active: false }, states: ['active'] });
        if (row.active && !after.active) done++;
      }
      return done;
    });
  for (const batch of slices([...leavers.leaving]))
    await storage.transact(async (tx) => {
      await hold(tx);
      await leave_groups(work(tx), new Map(batch));
    });
  for (const batch of slices([...leavers.absent.keys()]))
    await storage.transact(async (tx) => {
      await hold(tx);
      await tx.sql.run(
        `UPDATE "synced_people" SET "present" = ? WHERE "org_id" = ? AND "connection_id" = ? AND "subject" IN (${marks(batch)})`,
        [false, org_id, connection.id, ...batch],
      );
    });
  return deactivated;
}

/** Others get their turn in between. */
const SLICE = 100;
const slices = <Item>(items: readonly Item[]): Item[][] =>
  Array.from({ length: Math.ceil(items.length / SLICE) }, (_, at) => items.slice(at * SLICE, (at + 1) * SLICE));
