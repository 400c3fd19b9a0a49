import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { OrgId } from '../../../src/kernel/index.ts';
import { act, outbound_world, type OutboundWorld } from '../../support/outbound_world.ts';
import type { Resource } from '../../support/scim_target.ts';

describe('a load of a SCIM target', () => {
  let world: OutboundWorld;
  let acme: OrgId;
  beforeEach(async () => {
    world = await outbound_world();
    acme = await world.add_organization('acme');
  });
  afterEach(() => world.close());
  const runs = async (target_id: string) => (await world.postern.outbound.runs.list(target_id, {})).data;

  it('begins when the target is switched on, tells everybody and the groups, and says how far it is', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 23; index++) ids.push(await world.add_user(acme, `p${index}`));
    await world.postern.users.users(acme).update(ids[22] ?? '', { active: false }, act);
    await world.add_group(acme, 'Staff', ids);
    const { id } = await world.add_target({ enabled: false });
    await world.settle(4);
    assert.deepEqual([await runs(id), world.remote.asked], [[], []]);
    await world.postern.organizations.scim_targets.update(id, { enabled: true }, act);
    await world.settle(1);
    const [begun] = await runs(id);
    assert.deepEqual([begun?.kind, begun?.status, begun?.done], ['load', 'running', 0]);
    await world.settle(8);
    const [done] = await runs(id);
    assert.deepEqual([done?.status, done?.done, done?.total], ['done', 24, 24]);
    assert.equal(world.remote.users.size, 22, 'nobody who is switched off');
    assert.equal(world.remote.member_names('Staff').length, 22);
    world.remote.writes();
    await world.postern.outbound.runs.load(id, {}, act);
    await world.settle(6);
    assert.deepEqual(world.remote.writes(), [], 'asked for again, it finds nothing to say');
  });

  it('as a dry run says what would be sent, and sends nothing', async () => {
    const { id } = await world.add_target();
    await world.settle(5);
    const ann = await world.add_user(acme, 'ann');
    await world.settle(1);
    await world.postern.organizations.scim_targets.update(id, { enabled: false }, act);
    const bob = await world.add_user(acme, 'bob');
    await world.add_group(acme, 'Staff', [ann]);
    await world.postern.users.users(acme).update(ann, { given_name: 'Ann' }, act);
    const asked = world.remote.asked.length;
    const { id: run_id } = await world.postern.outbound.runs.load(id, { dry_run: true }, act);
    await world.settle(4);
    const run = await world.postern.outbound.runs.get(id, run_id);
    assert.deepEqual([run.status, run.counts], ['done', { update: 1, create: 2 }]);
    assert.deepEqual(
      run.findings.filter(({ kind }) => kind === 'user').toSorted((a, b) => a.what.localeCompare(b.what)),
      [
        { kind: 'user', id: bob, what: 'create' },
        { kind: 'user', id: ann, what: 'update', attributes: ['displayName', 'name.givenName'] },
      ],
    );
    assert.equal(world.remote.asked.length, asked);
    assert.deepEqual(await world.postern.storage.gateway.outbox.find({ receiver: id, attempts: 0 }), []);
  });

  it('goes on where a process died, and what is leased by the dead waits for its end', async () => {
    for (let index = 0; index < 450; index++) await world.add_user(acme, `p${index}`);
    const { id } = await world.add_target();
    world.clock.now += 3000;
    // one who takes the run and is never seen again
    await world.postern.storage.write_once(`UPDATE "scim_runs" SET "lease" = 'dead', "leased_until" = ?`, [world.clock.now + 60_000]);
    await world.settle(5);
    assert.equal(world.remote.users.size, 0);
    world.clock.now += 61_000;
    await world.settle(12);
    assert.deepEqual([world.remote.users.size, (await runs(id))[0]?.status], [450, 'done']);
    assert.equal(world.remote.asked.filter(({ method }) => method === 'POST').length, 450);
  });

  it('of two processes that tend it, one does each step', async () => {
    for (let index = 0; index < 30; index++) await world.add_user(acme, `p${index}`);
    const { id } = await world.add_target();
    for (let turn = 0; turn < 6; turn++) {
      world.clock.now += 1000;
      await Promise.all([world.postern.outbound.tend(), world.postern.outbound.tend(), world.postern.outbound.tend()]);
      await world.worker.run_once();
    }
    const [run] = await runs(id);
    assert.deepEqual([run?.status, run?.done, run?.total], ['done', 30, 30]);
  });

  it('waits for a target that cannot be reached, and says why', async () => {
    world.remote.misbehave = () => ({ status: 500 });
    await world.add_user(acme, 'ann');
    const { id } = await world.add_target();
    await world.settle(4);
    assert.deepEqual([(await runs(id))[0]?.status, (await runs(id))[0]?.error], ['running', 'the target answered 500']);
    world.remote.misbehave = () => undefined;
    await world.settle(12);
    assert.equal((await runs(id))[0]?.status, 'done');
  });

  it('is refused for an organization and a target that there are not, and for fields that it does not know', async () => {
    const { id } = await world.add_target();
    const { runs: room } = world.postern.outbound;
    await assert.rejects(room.load('sct_none', {}, act), { code: 'not_found' });
    await assert.rejects(room.load(id, { organization_id: 'nobody' }, act), { code: 'invalid_body' });
    await assert.rejects(room.load(id, { dryrun: true }, act), { code: 'invalid_body' });
    await assert.rejects(room.get(id, 'scr_none'), { code: 'not_found' });
  });
});

describe('a drift check', () => {
  let world: OutboundWorld;
  let acme: OrgId;
  let target_id: string;
  const ids = new Map<string, string>();
  beforeEach(async () => {
    world = await outbound_world();
    acme = await world.add_organization('acme');
    target_id = (await world.add_target()).id;
    world.remote.limits.page = 2;
    await world.settle(4);
    for (const name of ['ann', 'bob', 'cid', 'dan', 'eve']) ids.set(name, await world.add_user(acme, name, { given_name: name }));
    await world.add_group(acme, 'Staff', [ids.get('ann') ?? '', ids.get('bob') ?? '']);
    await world.settle(4);
  });
  afterEach(() => world.close());
  const change = (name: string, changes: object): void => {
    const there = world.remote.user_named(name);
    if (there !== undefined) world.remote.users.set(there.id, { ...there, ...changes } as Resource); // of the same id
  };
  const check = async (body: object) => {
    const { id } = await world.postern.outbound.runs.drift_check(target_id, body, act);
    await world.settle(6);
    return world.postern.outbound.runs.get(target_id, id);
  };
  const drift = (): void => {
    world.remote.users.delete(world.remote.user_named('cid')?.id ?? '');
    change('dan', { name: { givenName: 'Other' }, active: false });
    world.remote.users.set('x1', { id: 'x1', userName: 'stranger', active: true });
    const staff = world.remote.group_named('Staff');
    if (staff !== undefined)
      staff['members'] = [{ value: world.remote.user_named('bob')?.id }, { value: world.remote.user_named('eve')?.id }];
  };

  it('finds nothing where nothing is', async () => {
    const run = await check({});
    assert.deepEqual([run.status, run.findings, run.done, run.total], ['done', [], 6, 6]);
  });

  it('finds who is missing, different and extra, page by page, and changes nothing', async () => {
    drift();
    world.remote.writes();
    const run = await check({});
    assert.deepEqual(run.counts, { different: 2, extra: 1, missing: 1, unchanged: 3 });
    const found = run.findings.map(({ what, id, attributes }) => [what, id, ...(attributes ?? [])]);
    assert.deepEqual(
      found.slice(0, 3).toSorted(),
      [
        ['different', ids.get('dan'), 'name.givenName', 'active'],
        ['extra', 'x1'],
        ['missing', ids.get('cid')],
      ].toSorted(),
    );
    assert.deepEqual(found[3]?.slice(2), ['members']);
    assert.deepEqual(world.remote.writes(), []);
  });

  it('with repair makes it as it should be, and leaves strangers alone', async () => {
    drift();
    await check({ repair: true });
    await world.settle(4);
    assert.deepEqual([world.remote.user_named('dan')?.['active'], world.remote.user_named('dan')?.['name']], [true, { givenName: 'dan' }]);
    assert.equal(world.remote.user_named('cid')?.['externalId'], ids.get('cid'));
    assert.deepEqual(world.remote.member_names('Staff'), ['ann', 'bob']);
    assert.equal(world.remote.users.has('x1'), true);
    const again = await check({});
    assert.deepEqual(again.counts['extra'], 1);
    assert.equal(again.findings.length, 1);
  });

  it('with repair and dry run only says it', async () => {
    drift();
    world.remote.writes();
    const run = await check({ repair: true, dry_run: true });
    await world.settle(3);
    assert.deepEqual([run.findings.length, world.remote.writes()], [4, []]);
  });
});
