import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { make_directory_sync } from '../../../../src/directory/index.ts';
import { partner_people } from '../../../../src/linking/index.ts';
import { open_storage } from '../../../../src/storage/index.ts';
import { make_mortals, type MortalProcess } from '../../../support/mortal_process.ts';
import { act, people_world, start } from '../../../support/people_world.ts';
import { seeded } from '../../../support/seeded.ts';
import { temporary_database } from '../../../support/temporary_database.ts';
import { directory_of, type Entry } from '../../../support/told_directory.ts';

/** A long run: `POSTERN_TEST_KILLS=200`; another one: `POSTERN_TEST_SEED=2`. */
const KILLS = Number(process.env['POSTERN_TEST_KILLS'] ?? 5);
const SEED = Number(process.env['POSTERN_TEST_SEED'] ?? 1);
/** The lease of the dead is over, and the directory is due again. */
const DUE_AGAIN_MS = 300_001;
const PEOPLE = 240;

const at_first: readonly Entry[] = Array.from({ length: PEOPLE }, (_, index) => ({
  name: `p${index}`,
  groups: ['Staff', `Team ${index % 3}`],
}));
const GONE = new Set(['p0', 'p59', 'p60', 'p139', 'p200', 'p239']);
const later: readonly Entry[] = [
  ...at_first
    .filter(({ name }) => !GONE.has(name))
    // another team for every fortieth
    .map(({ name, groups }, index) => ({ name, groups: index % 40 === 7 ? ['Staff', 'Team new'] : groups })),
  ...Array.from({ length: 5 }, (_, index) => ({ name: `new${index}`, groups: ['Staff'] })),
];

it(`kill -9 at random ${KILLS} times while a directory is read: everybody once, as the directory has them, and nobody is switched off because it was cut`, async (t) => {
  t.diagnostic(`seed ${SEED}`);
  const random = seeded(SEED);
  const secret = randomBytes(32);
  const mortals = make_mortals(join(import.meta.dirname, 'sync_process.ts'));
  const database = await temporary_database();
  const storage = await open_storage({ database: database.address, secrets: [secret] });
  await storage.migrate();
  const world = await people_world(storage);
  t.after(async () => {
    await mortals.end();
    await world.close();
    await database.dispose();
  });
  const org_id = await world.add_organization();
  const settings = { sync: { enabled: true, interval_seconds: 300 } };
  const connection_id = await world.add_connection(org_id, { protocol: 'ldap', name: 'Directory', settings, attribute_mapping: null });
  await storage.write_once(`INSERT INTO "connection_syncs" ("org_id", "connection_id", "due_at") VALUES (?, ?, ?)`, [
    org_id,
    connection_id,
    start,
  ]);
  const half = Math.ceil(KILLS / 2);
  const entries_of = (life: number): readonly Entry[] => (life <= half ? at_first : later);
  const start_process = (life: number): Promise<MortalProcess> => {
    const orders = { database: database.address, secret: secret.toString('base64'), from: start + life * DUE_AGAIN_MS };
    return mortals.start({ ...orders, org_id, entries: entries_of(life) });
  };
  const switched_off = async (): Promise<string[]> =>
    (await storage.org(org_id).users.find({ active: false })).map(({ given_name }) => given_name ?? '').sort();

  let cut = 0;
  let next = start_process(1);
  for (let life = 1; life <= KILLS; life++) {
    const working = await next;
    next = start_process(life + 1);
    working.go();
    await working.steps(1 + random(13));
    await wait(random(12));
    // now and then one that is taken for dead is not: it loses the directory to the next
    if (life % 3 === 2) {
      const heir = await next;
      heir.go();
      await heir.steps(1 + random(6));
    }
    await working.kill();
    cut += (await storage.org(org_id).sync_runs.find({ status: 'running' })).length;
    const off = await switched_off();
    assert.deepEqual(
      off.filter((name) => life < half || !GONE.has(name)),
      [],
      'nobody who is in the directory',
    );
  }
  await (await next).kill();
  t.diagnostic(`cut ${cut} times`);

  world.clock.now = start + (KILLS + 2) * DUE_AGAIN_MS + 3_600_000;
  const sync = make_directory_sync({
    ...{ storage, now: world.deps.now, end_access: world.deps.end_access, people: partner_people },
    record: world.deps.record as never, // the same function, typed for people only
    connector: async () => directory_of(later),
    async connection(id) {
      const row = await storage.org(org_id).connections.find_one({ id });
      return row === undefined ? undefined : { ...row, org_id };
    },
    verified_domains: async () => new Set(),
    log: () => undefined,
  });
  const last = await sync.runs(org_id, connection_id).finish({}, act);
  assert.deepEqual([last.status, last.seen, last.problems, last.brake], ['finished', later.length, [], null]);
  assert.equal(last.created + last.updated + last.unchanged, later.length);
  // there is nothing left to do
  const again = await sync.runs(org_id, connection_id).finish({}, act);
  assert.deepEqual([again.created, again.updated, again.unchanged, again.deactivated], [0, 0, later.length, 0]);

  const users = await storage.org(org_id).users.find({});
  const names = new Map(users.map(({ id, given_name }) => [id, given_name ?? '']));
  const everybody = [...new Set([...at_first, ...later].map(({ name }) => name))].sort();
  assert.deepEqual([...names.values()].sort(), everybody, 'nobody twice, nobody missing');
  assert.deepEqual(await switched_off(), [...GONE].sort());
  assert.equal(await storage.org(org_id).identities.count({}), everybody.length);
  const groups = new Map((await storage.org(org_id).groups.find({})).map(({ id, display_name }) => [id, display_name]));
  const members = (await storage.org(org_id).group_members.find({})).map(
    ({ group_id, user_id }) => `${groups.get(group_id) ?? ''}: ${names.get(user_id) ?? ''}`,
  );
  const wanted = later.flatMap(({ name, groups: own }) => own.map((group) => `${group}: ${name}`));
  assert.deepEqual(members.sort(), wanted.sort());

  // the record has each of these once: what a process that died had not kept, it had not told either
  const events = async (type: string) => storage.gateway.audit_events.find({ org_id, type });
  const told = async (type: string): Promise<string[]> =>
    (await events(type)).map(({ target_id }) => names.get(target_id ?? '') ?? '').sort();
  assert.deepEqual(await told('user.created'), everybody);
  assert.deepEqual(await told('identity.linked'), everybody);
  assert.deepEqual(await told('user.deactivated'), [...GONE].sort());
  assert.deepEqual(await told('user.activated'), []);
  assert.equal((await events('group.created')).length, groups.size);
  const changes = (await events('group.members_changed')).flatMap(({ target_id, before, after }) => {
    const named = (ids: unknown): string[] => (ids as string[]).map((id) => `${groups.get(target_id ?? '') ?? ''}: ${names.get(id) ?? ''}`); // as the users room records it
    return [...named(after?.['added']).map((one) => ({ one, by: 1 })), ...named(before?.['removed']).map((one) => ({ one, by: -1 }))];
  });
  const added = changes.filter(({ by }) => by === 1).map(({ one }) => one);
  assert.equal(new Set(added).size, added.length, 'nobody joins a group twice');
  const standing = new Map<string, number>();
  for (const { one, by } of changes) standing.set(one, (standing.get(one) ?? 0) + by);
  assert.deepEqual(
    [...standing]
      .filter(([, times]) => times !== 0)
      .map(([one]) => one)
      .sort(),
    wanted,
  );
  assert.ok([...standing.values()].every((times) => times === 0 || times === 1));

  // each run says how it ended
  const runs = await storage.org(org_id).sync_runs.find({});
  assert.ok(runs.every(({ finished_at }) => finished_at !== null));
  for (const { status, error } of runs)
    if (status !== 'finished') assert.match(error ?? status, /the process that ran it ended|another process reads it/);
});
