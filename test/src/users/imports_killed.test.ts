import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { bulk_as_rows } from '../../../src/directory/index.ts';
import type { OrgId } from '../../../src/kernel/index.ts';
import { type DatabaseAddress, open_storage } from '../../../src/storage/index.ts';
import { make_user_imports, type UserImports } from '../../../src/users/index.ts';
import { make_mortals, type MortalProcess } from '../../support/mortal_process.ts';
import { act, people_world, type PeopleWorld, start } from '../../support/people_world.ts';
import { seeded } from '../../support/seeded.ts';
import { temporary_database } from '../../support/temporary_database.ts';

/** A long run: `POSTERN_TEST_KILLS=200`; another one: `POSTERN_TEST_SEED=2`. */
const KILLS = Number(process.env['POSTERN_TEST_KILLS'] ?? 10);
const SEED = Number(process.env['POSTERN_TEST_SEED'] ?? 1);
const LEASE_OVER_MS = 15_001;
const HEADER = 'user_name,email,given_name,groups';

/** Of each file: 200 new people, people who are there already, and rows that nobody can keep. */
const NEW = 200;
type Outcome = 'created' | 'updated' | 'unchanged' | 'refused';
interface Expected {
  readonly org_id: OrgId;
  readonly id: string;
  readonly outcomes: readonly Outcome[];
}

function file_of(number: number): { rows: string[]; outcomes: Outcome[] } {
  const rows: string[] = [];
  const outcomes: Outcome[] = [];
  const add = (outcome: Outcome, row: string): void => {
    rows.push(row);
    outcomes.push(outcome);
  };
  for (let index = 0; index < NEW; index++) {
    const name = `f${number}-${index}`;
    add('created', `${name},${name}@acme.example,Given,Staff;Team ${number}`);
    if (index % 20 === 0) add('unchanged', `there-${index},,There,`);
    if (index % 40 === 0) add('refused', `${name.toUpperCase()},,Again,`);
    if (index % 50 === 0) add('refused', `wrong-${number}-${index},nonsense,,`);
    if (index === 110) add('updated', `there-110,,Changed ${number},`);
  }
  return { rows, outcomes };
}

async function* body(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

describe('files of people, while the processes that work on them are killed', () => {
  const random = seeded(SEED);
  const secret = randomBytes(32);
  const mortals = make_mortals(join(import.meta.dirname, 'imports_process.ts'));
  let database: { address: DatabaseAddress; dispose(): Promise<void> };
  let world: PeopleWorld;
  let imports: UserImports;
  before(async () => {
    database = await temporary_database();
    const storage = await open_storage({ database: database.address, secrets: [secret] });
    await storage.migrate();
    world = await people_world(storage);
    imports = make_user_imports({ ...world.deps, days: 30, read_bulk: bulk_as_rows });
  });
  after(async () => {
    await mortals.end();
    await world.close();
    await database.dispose();
  });

  const start_process = (life: number, more = {}): Promise<MortalProcess> => {
    const orders = { database: database.address, secret: secret.toString('base64'), from: start + life * LEASE_OVER_MS, ...more };
    return mortals.start(orders);
  };
  const finish = async (): Promise<void> => {
    while (await imports.work());
  };
  const count = async (statement: string, ...values: (string | number)[]): Promise<number> =>
    Number((await world.storage.sql.get<{ count: number | string }>(statement, values))?.count);
  const report = async (of: OrgId, id: string) =>
    (await imports(of).report(id, { format: 'ndjson' }))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { row: number; outcome: Outcome; id: string | null; user_name: string });

  it(`kill -9 at random ${KILLS} times: each row exactly once, reported and recorded, by whoever goes on`, async (t) => {
    t.diagnostic(`seed ${SEED}`);
    const organizations = [await world.add_organization(), await world.add_organization()];
    for (const org_id of organizations)
      for (let index = 0; index < NEW; index += 10)
        await world.users.users(org_id).create({ user_name: `there-${index}`, given_name: 'There' }, act);
    const made_before = NEW / 10;
    const begun: Expected[] = [];
    const unfinished = () => count(`SELECT COUNT(*) AS "count" FROM "import_jobs" WHERE "status" <> 'done'`);
    let cut = 0;
    let next = start_process(1);
    for (let life = 1; life <= KILLS; life++) {
      const working = await next;
      next = start_process(life + 1);
      if ((await unfinished()) === 0)
        for (const org_id of organizations) {
          const { rows, outcomes } = file_of(begun.length);
          const { id } = await imports(org_id).begin({ format: 'csv', body: body([HEADER, ...rows].join('\n')) }, act);
          begun.push({ org_id, id, outcomes });
        }
      working.go();
      await working.steps(1 + random(7));
      await wait(random(60));
      // now and then one that is taken for dead is not: both work, until the first is killed
      if (random(4) === 0) {
        const heir = await next;
        heir.go();
        await heir.steps(1 + random(3));
      }
      await working.kill();
      if ((await unfinished()) > 0) cut += 1;
    }
    await (await next).kill();
    t.diagnostic(`${begun.length} files, cut ${cut} times`);

    world.clock.now = start + (KILLS + 2) * LEASE_OVER_MS + 3_600_000;
    await finish();
    for (const { org_id, id, outcomes } of begun) {
      const { view } = await imports(org_id).get(id);
      const of = (wanted: Outcome): number => outcomes.filter((outcome) => outcome === wanted).length;
      const { status, total, done, created, updated, unchanged, refused } = view;
      assert.deepEqual(
        { status, total, done, created, updated, unchanged, refused },
        {
          ...{ status: 'done', total: outcomes.length, done: outcomes.length },
          ...{ created: of('created'), updated: of('updated'), unchanged: of('unchanged'), refused: of('refused') },
        },
      );
      const rows = await report(org_id, id);
      assert.deepEqual(
        rows.map(({ row, outcome }) => [row, outcome]),
        outcomes.map((outcome, index) => [index + 1, outcome]),
      );
      // who is reported is who is there
      for (const { id: user_id, user_name } of rows.filter(({ outcome }) => outcome === 'created'))
        assert.equal((await world.storage.org(org_id).users.find_one({ id: user_id ?? '' }))?.user_name, user_name);
      for (const type of ['user_import.started', 'user_import.finished'])
        assert.equal(await count(`SELECT COUNT(*) AS "count" FROM "audit_events" WHERE "type" = ? AND "target_id" = ?`, type, id), 1, type);
    }
    for (const org_id of organizations) {
      const files = begun.filter((one) => one.org_id === org_id).length;
      assert.equal(await world.storage.org(org_id).users.count({}), made_before + files * NEW, 'nobody twice, nobody missing');
      // recorded as often as it happened: each person once
      const created = await world.storage.gateway.audit_events.find({ org_id, type: 'user.created' });
      assert.deepEqual([created.length, new Set(created.map(({ target_id }) => target_id)).size], Array(2).fill(made_before + files * NEW));
      assert.equal((await world.storage.gateway.audit_events.find({ org_id, type: 'user.updated' })).length, files);
      assert.equal((await world.storage.gateway.audit_events.find({ org_id, type: 'group.created' })).length, files > 0 ? 1 + files : 0);
      const joined = (await world.storage.gateway.audit_events.find({ org_id, type: 'group.members_changed' })).flatMap(
        ({ target_id, after: now }) => (now?.['added'] as string[]).map((user_id) => `${target_id} ${user_id}`), // as the users room records it
      );
      assert.deepEqual([joined.length, new Set(joined).size], Array(2).fill(files * NEW * 2));
      assert.equal(await world.storage.org(org_id).group_members.count({}), files * NEW * 2);
    }
    assert.equal(await count(`SELECT COUNT(*) AS "count" FROM "import_rows" WHERE "sealed_row" IS NOT NULL OR "name_hash" IS NOT NULL`), 0);
  });

  it('kill -9 while a file is taken in: all of it or nothing', async () => {
    const rows = Array.from({ length: 1500 }, (_, index) => `t${index},,,`);
    for (let life = 1; life <= 1; life++) {
      const org_id = await world.add_organization();
      const child = await start_process(KILLS + 10 + life, { file: { org_id, text: [HEADER, ...rows].join('\n') } });
      child.go();
      await child.steps(1 + random(4));
      await wait(random(10));
      await child.kill();
      world.clock.now += 100 * LEASE_OVER_MS;
      await finish();
      const [job] = (await imports(org_id).list({})).data;
      const people = await world.storage.org(org_id).users.count({});
      if (job?.status === 'done') assert.deepEqual([job.total, job.created, people], [1500, 1500, 1500]);
      else assert.deepEqual([job?.status ?? 'receiving', people], ['receiving', 0], 'nobody was told that it was taken');
      // whoever sent it was never answered, and sends it again: what came of it the first time goes away
      world.clock.now += 2 * 3_600_000;
      await imports.trim();
      if (job?.status !== 'done') assert.equal(await count(`SELECT COUNT(*) AS "count" FROM "import_rows" WHERE "org_id" = ?`, org_id), 0);
    }
  });
});
