import type { DirectoryPerson } from '../../../connectors/connector.ts';
import { PosternError } from '../../kernel/index.ts';
import { policy_of } from '../../organizations/index.ts';
import type { Tx, UserRow } from '../../storage/index.ts';
import { batches, marks, type RawUser, read_user } from '../../users/index.ts';
import type { Changing } from '../apply_change.ts';
import { AskFirst } from './ask.ts';
import type { CreationAnswer, Run, SyncDeps } from './deps.ts';
import { follow_groups, type Leaving } from './memberships.ts';
import { follow_person, type Outcome, type Rules } from './person.ts';
import type { Tally } from './tally.ts';

/** What was met so far: ids only, however many people there are. */
export interface Met {
  readonly subjects: Set<string>;
  /** Switched off at the partner; they lose their access once the whole directory was read. */
  readonly shut: Map<string, string>;
  readonly leaving: Leaving;
}

/**
 * One page of the directory, kept as a whole or not at all; one person who cannot be followed is reported and does not hold up the others.
 * @throws AskFirst when a user would be made of somebody about whom `answers` says nothing
 */
export async function follow_page(
  deps: SyncDeps,
  tx: Tx,
  run: Run,
  page: readonly DirectoryPerson[],
  met: Met,
  tally: Tally,
  answers: ReadonlyMap<string, CreationAnswer> | undefined,
): Promise<void> {
  const { org_id, connection, act } = run;
  const policy = await policy_of(tx, org_id);
  const rules: Rules = { people: deps.people, connection, policy, proven: await deps.verified_domains(org_id), answers };
  const work: Changing = { deps, tx, org_id, source: 'sync', member_source: connection.id, act };
  const known = await known_people(tx, run, page);
  const groups = new Map<string, readonly string[]>();
  const outcomes = new Map<string, 'created' | 'updated' | 'unchanged'>();
  const to_ask = new Map<string, Extract<Outcome, { what: 'to_ask' }>['person']>();
  for (const told of page) {
    met.subjects.add(told.subject);
    const read = told.unchanged === true ? undefined : deps.people.read(connection, told);
    const before = known.get(told.subject);
    await tx.sql.run('SAVEPOINT sync_person');
    try {
      const outcome = await follow_person(work, rules, told, read, before?.user);
      await tx.sql.run('RELEASE SAVEPOINT sync_person');
      if (outcome.what === 'passed_over') continue;
      if (outcome.what === 'to_ask') {
        to_ask.set(told.subject, outcome.person);
        continue;
      }
      const { user, what } = outcome;
      if (before?.present !== true) await note_present(tx, run, told.subject, user.id);
      outcomes.set(user.id, what);
      if (told.active) met.shut.delete(told.subject);
      else if (user.active) met.shut.set(told.subject, user.id);
      const names =
        told.unchanged === true ? deps.people.read_groups(connection, told) : read?.ok === true ? read.person.groups : undefined;
      if (names !== undefined) groups.set(user.id, names);
    } catch (error) {
      if (!(error instanceof PosternError)) throw error;
      await tx.sql.run('ROLLBACK TO SAVEPOINT sync_person');
      tally.problem(told.subject, error.detail ?? error.message);
    }
  }
  if (to_ask.size > 0) throw new AskFirst(to_ask);
  for (const id of await follow_groups(work, connection.id, groups, met.leaving))
    if (outcomes.get(id) === 'unchanged') outcomes.set(id, 'updated');
  for (const [id, what] of outcomes) tally.count(what, id);
}

interface Known {
  readonly user: UserRow;
  readonly present: boolean;
}

type Raw = RawUser & { readonly subject: string; readonly present: boolean | number | null };

/** Who of the page is somebody here already, by the subject of this connection; held, so that nobody changes them meanwhile. */
async function known_people(tx: Tx, { org_id, connection }: Run, page: readonly DirectoryPerson[]): Promise<Map<string, Known>> {
  const found = new Map<string, Known>();
  const lock = tx.kind === 'postgres' ? ' FOR UPDATE OF u' : '';
  for (const batch of batches([...new Set(page.map(({ subject }) => subject))])) {
    const rows = await tx.sql.all<Raw>(
      `SELECT u.*, i."subject", s."present" FROM "identities" i JOIN "users" u ON u."org_id" = i."org_id" AND u."id" = i."user_id"
       LEFT JOIN "synced_people" s ON s."org_id" = i."org_id" AND s."connection_id" = i."connection_id" AND s."subject" = i."subject"
       WHERE i."org_id" = ? AND i."connection_id" = ? AND i."subject" IN (${marks(batch)}) ORDER BY u."id"${lock}`,
      [org_id, connection.id, ...batch],
    );
    for (const { subject, present, ...user } of rows) found.set(subject, { user: read_user(user), present: Boolean(present) });
  }
  return found;
}

const note_present = (tx: Tx, { org_id, connection }: Run, subject: string, user_id: string): Promise<number> =>
  tx.sql.run(
    `INSERT INTO "synced_people" ("org_id", "connection_id", "subject", "user_id", "present") VALUES (?, ?, ?, ?, ?)
     ON CONFLICT ("org_id", "connection_id", "subject") DO UPDATE SET "user_id" = excluded."user_id", "present" = excluded."present"`,
    [org_id, connection.id, subject, user_id, true],
  );
