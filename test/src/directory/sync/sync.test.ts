import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Person } from '../../../../src/mock/people.ts';
import { person } from '../../../support/people.ts';
import { act } from '../../../support/people_world.ts';
import { sync_world, type SyncWorld } from '../../../support/sync_world.ts';

const crowd = (size: number): Person[] => Array.from({ length: size }, (_, n) => person(`p${n}`, { groups: n === 0 ? [] : ['Staff'] }));
const names = (user: { groups: readonly { display_name: string }[] } | undefined): string[] =>
  (user?.groups ?? []).map((group) => group.display_name).sort();
/** Puts somebody else in a person's place. */
function replace(people: Person[], username: string, by: Partial<Person> | undefined): void {
  const at = people.findIndex((one) => one.username === username);
  const [known] = people.splice(at, 1);
  if (known !== undefined && by !== undefined) people.push({ ...known, ...by });
}

describe('a directory that is read', () => {
  let world: SyncWorld;
  before(async () => {
    world = await sync_world(crowd(20), { nested_groups: { Staff: ['Everyone'] } });
  });
  after(() => world.close());

  it('makes its people those of the organization, with nested groups, and finds nothing to do the second time', async () => {
    const first = await world.run();
    assert.deepEqual([first.status, first.seen, first.created, first.error], ['finished', 20, 20, null]);
    const ann = await world.user('p1@acme.example');
    assert.deepEqual([ann?.source, ann?.given_name, ann?.identities.length, names(ann)], ['sync', 'P1', 1, ['Everyone', 'Staff']]);
    const recorded = world.events.length;
    const second = await world.run();
    assert.deepEqual([second.created, second.updated, second.unchanged, second.deactivated], [0, 0, 20, 0]);
    assert.equal(world.events.length, recorded, 'what is no news is not told');
  });

  it('a rename, another name and a change of groups are followed by the id that never changes', async () => {
    const before_it = await world.user('p2@acme.example');
    replace(world.people, 'p2', { username: 'renamed', family_name: 'Married', groups: ['Board'] });
    const run = await world.run();
    assert.deepEqual([run.updated, run.created, run.deactivated], [1, 0, 0]);
    const now = await world.user('p2@acme.example');
    assert.deepEqual([now?.id, now?.family_name, names(now)], [before_it?.id, 'Married', ['Board']]);
  });

  it('whoever is gone is switched off with everything they hold, and comes back as themselves', async () => {
    const { people, org_id } = world;
    const gone = await world.user('p3@acme.example');
    await world.add_session(org_id, gone?.id ?? '', world.connection_id);
    const kept = people.find(({ username }) => username === 'p3');
    replace(people, 'p3', undefined);
    assert.equal((await world.run()).deactivated, 1);
    assert.equal((await world.user('p3@acme.example'))?.active, false);
    assert.ok(world.ended.some((scope) => 'user_id' in scope && scope.user_id === gone?.id));
    assert.equal(await world.storage.org(org_id).sessions.count({ user_id: gone?.id ?? '' }), 0);
    if (kept !== undefined) people.push(kept);
    const back = await world.run();
    assert.deepEqual([back.updated, back.created], [1, 0]);
    const again = await world.user('p3@acme.example');
    assert.deepEqual([again?.id, again?.active, names(again)], [gone?.id, true, ['Everyone', 'Staff']]);
  });

  it('whom an administrator switched off stays off, though the directory has them', async () => {
    const dan = await world.user('p4@acme.example');
    await world.users.users(world.org_id).update(dan?.id ?? '', { active: false }, act);
    await world.run();
    assert.equal((await world.user('p4@acme.example'))?.active, false);
  });

  it('a dry run says what would happen, and nothing does', async () => {
    const extra = person('extra');
    world.people.push(extra);
    const recorded = world.events.length;
    const run = await world.run({ dry_run: true });
    assert.deepEqual([run.status, run.dry_run, run.created], ['finished', true, 1]);
    assert.equal(await world.user('extra@acme.example'), undefined);
    assert.equal(world.events.length, recorded);
    replace(world.people, 'extra', undefined);
  });

  it('a person of whom the user name is taken gets the qualified one; one who cannot be followed is reported and holds up nobody', async () => {
    await world.users.users(world.org_id).create({ user_name: 'taken@acme.example' }, act);
    world.people.push(person('taken'), person('late'));
    const run = await world.run();
    assert.equal(run.created, 2);
    const { data } = await world.users.users(world.org_id).list({ filters: { filter: 'email eq "taken@acme.example"' } });
    assert.match(data[0]?.user_name ?? '', new RegExp(`@${world.connection_id}$`));
  });

  it('a membership that somebody else holds too outlives the word of the directory', async () => {
    const { users, org_id, people } = world;
    const five = await world.user('p5@acme.example');
    const staff = five?.groups.find(({ display_name }) => display_name === 'Staff');
    const { view } = await users.groups(org_id).get(staff?.id ?? '');
    await users.groups(org_id).update(view.id, { members: view.members }, act);
    replace(people, 'p5', { groups: [] });
    replace(people, 'p6', { groups: [] });
    await world.run();
    assert.deepEqual(names(await world.user('p5@acme.example')), ['Staff']);
  });
});

describe('a directory that is not well', () => {
  let world: SyncWorld;
  let full: Person[];
  before(async () => {
    full = crowd(1000);
    world = await sync_world([...full]);
    await world.run();
  });
  after(() => world.close());
  afterEach(() => {
    world.mock.switches.reset();
    world.people.splice(0, world.people.length, ...full);
  });
  const active = async (): Promise<number> => world.storage.org(world.org_id).users.count({ active: true });

  for (const [trouble, reason] of [
    ['dead', /unreachable/],
    ['cut_list', /misconfigured/],
    ['cuts_off', /unreachable|malformed/],
    ['no_ids', /misconfigured/],
    ['busy', /unreachable|busy/],
  ] as const)
    it(`(${trouble}) ends the run, which says so; nobody is switched off`, async () => {
      world.people.splice(500);
      world.mock.switches.set(trouble, true);
      world.mock.cut();
      const run = await world.run();
      assert.equal(run.status, 'failed');
      assert.match(run.error ?? '', reason);
      assert.equal(await active(), 1000);
      assert.equal(world.events.at(-1)?.type, 'sync.failed');
    });

  it('that lacks a fifth of its people, or all of them, is not believed until somebody lets it pass, once', async () => {
    world.people.splice(700);
    const run = await world.run();
    assert.deepEqual([run.status, run.brake], ['stopped', { losing: 300, of: 1000, percent: 20 }]);
    assert.equal(await active(), 1000);
    assert.equal(world.events.at(-1)?.type, 'sync.stopped_by_brake');
    world.people.splice(0);
    assert.deepEqual((await world.run()).brake, { losing: 1000, of: 1000, percent: 20 });
    world.people.push(...full.slice(0, 700));
    const passed = await world.run({ let_pass: true });
    assert.deepEqual([passed.status, passed.deactivated], ['finished', 300]);
    assert.equal(await active(), 700);
  });

  it('that comes back whole restores everybody', async () => {
    const run = await world.run();
    assert.deepEqual([run.status, run.updated, await active()], ['finished', 300, 1000]);
  });

  it('that names no groups any more ends nobody’s access where groups let people in', async () => {
    await world.policy({ allowed_groups: ['Staff'] });
    const kept_out = async (): Promise<number> =>
      (await world.storage.sql.all(`SELECT "id" FROM "users" WHERE "org_id" = ? AND "kept_out_at" IS NOT NULL`, [world.org_id])).length;
    const before_it = await kept_out();
    for (const one of full) replace(world.people, one.username, { groups: [] });
    assert.equal((await world.run()).status, 'stopped');
    assert.equal(await kept_out(), before_it);
    await world.policy(null);
    assert.equal(await kept_out(), 0);
  });
});

describe('a directory that several processes could read', () => {
  it('is read by one of them at a time, and by the next when its time has come again', async (t) => {
    const world = await sync_world(crowd(30));
    t.after(() => world.close());
    const processes = [world.sync, world.other_process(), world.other_process()];
    await Promise.all(processes.map((one) => one.tick()));
    await Promise.all(processes.slice(1).map((one) => one.stop()));
    // what is under way ends here
    const settled = async (): Promise<number> => {
      const { data } = await world.sync.runs(world.org_id, world.connection_id).list({});
      return data.some(({ status }) => status === 'running')
        ? new Promise((resolve) => setTimeout(resolve, 20)).then(settled)
        : data.length;
    };
    assert.equal(await settled(), 1);
    await world.sync.tick();
    assert.equal(await settled(), 1, 'not before its time');
    world.clock.now += 301_000;
    await world.sync.tick();
    assert.equal(await settled(), 2);
  });

  it('a run whose process died is told as failed by the next, which goes on where it was', async (t) => {
    const world = await sync_world(crowd(30));
    t.after(() => world.close());
    const { storage, org_id, connection_id } = world;
    // as one that was killed in the middle leaves it
    await storage.transact(async (tx) => {
      const lost = { status: 'running' as const, dry_run: false, whole: true, counts: {}, problems: [], error: null, brake: null };
      await tx
        .org(org_id)
        .sync_runs.insert({ ...lost, id: 'syn_killed', connection_id, started_at: world.clock.now - 1, finished_at: null });
      await tx.org(org_id).connection_syncs.update({ connection_id }, { lease: 'syn_killed', lease_until: world.clock.now + 1000 });
    });
    await assert.rejects(world.run(), { code: 'sync_running' });
    world.clock.now += 2000;
    assert.equal((await world.run()).created, 30);
    const killed = await world.sync.runs(org_id, connection_id).get('syn_killed');
    assert.deepEqual([killed.view.status, killed.view.error], ['failed', 'the process that ran it ended']);
  });

  it('a run that lost its lease writes nothing more', async (t) => {
    const world = await sync_world(crowd(900));
    t.after(() => world.close());
    const run = world.run();
    const begun = async (): Promise<boolean> => (await world.storage.org(world.org_id).sync_runs.count()) > 0;
    while (!(await begun())) await new Promise((resolve) => setTimeout(resolve, 1));
    await world.storage.write_once(`UPDATE "connection_syncs" SET "lease" = 'syn_other' WHERE "org_id" = ?`, [world.org_id]);
    const ended = await run;
    assert.equal(ended.status, 'failed');
    assert.match(ended.error ?? '', /another process/);
    assert.equal(
      (await world.storage.org(world.org_id).connection_syncs.find_one({ connection_id: world.connection_id }))?.lease,
      'syn_other',
    );
  });
});

describe('a directory that can tell what has changed', () => {
  it('is read whole once, then only what has changed, and still nobody who is gone is missed', async (t) => {
    const at = (time: string) => ({ attributes: { modifyTimestamp: [time] } });
    const people = crowd(30).map((one, n) => ({ ...one, ...at(n === 0 ? '20260101000000Z' : '20250101000000Z') }));
    const world = await sync_world(people);
    t.after(() => world.close());
    assert.equal((await world.run()).whole, true);
    // not told by its time: such an entry is left out
    replace(world.people, 'p7', { given_name: 'Silent' });
    replace(world.people, 'p8', { given_name: 'Loud', ...at('20260101010000Z') });
    replace(world.people, 'p9', undefined);
    replace(world.people, 'p10', { groups: ['Board'] });
    const run = await world.run();
    assert.deepEqual([run.whole, run.seen, run.updated, run.deactivated], [false, 29, 2, 1]);
    assert.equal((await world.user('p7@acme.example'))?.given_name, 'P7');
    assert.equal((await world.user('p8@acme.example'))?.given_name, 'Loud');
    assert.equal((await world.user('p9@acme.example'))?.active, false);
    assert.deepEqual(names(await world.user('p10@acme.example')), ['Board'], 'a membership touches the group alone');
    world.clock.now += 25 * 3_600_000;
    const daily = await world.run();
    assert.deepEqual([daily.whole, daily.updated], [true, 1]);
    assert.equal((await world.user('p7@acme.example'))?.given_name, 'Silent');
  });
});

describe('people whom another source made', () => {
  for (const on_conflict of ['adopt', 'refuse', 'ask'])
    it(`are met by their proven address where link_by says so: ${on_conflict}`, async (t) => {
      const world = await sync_world([person('ann'), person('bob')], { link_by: 'verified_email' });
      t.after(() => world.close());
      const { view } = await world.users.users(world.org_id).create({ user_name: 'by-hand', email: 'ann@acme.example' }, act);
      await world.policy({ on_conflict });
      const run = await world.run();
      const { view: now } = await world.users.users(world.org_id).get(view.id);
      if (on_conflict === 'adopt') assert.deepEqual([run.created, run.updated, now.identities.length, now.given_name], [1, 1, 1, 'Ann']);
      else {
        assert.deepEqual([run.status, run.created, run.problems.length, now.identities.length], ['finished', 1, 1, 0]);
        assert.match(run.problems[0]?.problem ?? '', /account|source/);
      }
    });

  it('and whom SCIM owns are left as they are, switched on or off, unless the policy lets the directory speak', async (t) => {
    const world = await sync_world([person('ann')], {});
    t.after(() => world.close());
    await world.run();
    const ann = await world.user('ann@acme.example');
    await world.storage.transact((tx) =>
      tx.org(world.org_id).users.update({ id: ann?.id ?? '' }, { scim_owner: 'scm_gone', given_name: 'SCIM' }),
    );
    world.people.splice(0, 1, person('ann', { given_name: 'Directory' }));
    assert.deepEqual([(await world.run()).updated, (await world.user('ann@acme.example'))?.given_name], [0, 'SCIM']);
    await world.policy({ attribute_owners: { default: ['sync', 'scim'] } });
    assert.deepEqual([(await world.run()).updated, (await world.user('ann@acme.example'))?.given_name], [1, 'Directory']);
  });
});

describe('an Active Directory that is read', () => {
  it('switches off who is disabled there, makes nobody who is, and knows the primary group', async (t) => {
    const people = crowd(5);
    people.push(person('ghost', { attributes: { mock_state: ['disabled'] } }));
    const world = await sync_world(people, { flavour: 'active_directory' });
    t.after(() => world.close());
    const first = await world.run();
    assert.deepEqual([first.error, first.created, first.seen], [null, 5, 6]);
    assert.equal(await world.user('ghost@acme.example'), undefined);
    assert.deepEqual(names(await world.user('p1@acme.example')), ['Domain Users', 'Staff']);
    replace(world.people, 'p1', { attributes: { mock_state: ['disabled'] } });
    assert.equal((await world.run()).deactivated, 1);
    assert.equal((await world.user('p1@acme.example'))?.active, false);
    replace(world.people, 'p1', { attributes: {} });
    await world.run();
    assert.equal((await world.user('p1@acme.example'))?.active, true);
  });
});
