import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { it } from 'node:test';
import { act, outbound_world } from '../../support/outbound_world.ts';

/** A long run: `POSTERN_TEST_KILLS=200`. */
const KILLS = Number(process.env['POSTERN_TEST_KILLS'] ?? 3);
const LEASE_OVER_MS = 61_000;
const PEOPLE = 25;

it(`kill -9 at random ${KILLS} times, in the middle of loads and deliveries: the target has everybody once, as they are`, async (t) => {
  const world = await outbound_world();
  const alive = new Set<ChildProcess>();
  t.after(async () => {
    for (const child of alive) child.kill('SIGKILL');
    await world.close();
  });
  world.clock.now = Date.now();
  const acme = await world.add_organization('acme');
  const ids: string[] = [];
  for (let index = 0; index < PEOPLE; index++) ids.push(await world.add_user(acme, `p${index}`));
  const staff = await world.add_group(acme, 'Staff', ids.slice(0, 10));
  const { id: target_id } = await world.add_target();
  // sometimes it has done what was asked, and the answer never arrives
  world.remote.misbehave = () => (randomInt(12) === 0 ? { after: 'half' } : undefined);

  const users = world.postern.users.users(acme);
  for (let life = 1; life <= KILLS; life++) {
    const orders = { database: world.database, secret: world.secret, ahead: life * LEASE_OVER_MS };
    const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'outbound_process.ts'), JSON.stringify(orders)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    alive.add(child);
    const exited = once(child, 'exit');
    await once(createInterface({ input: child.stdout }), 'line');
    world.clock.now = Date.now() + life * LEASE_OVER_MS;
    const until = Date.now() + randomInt(10, 300);
    while (Date.now() < until) {
      const id = ids[randomInt(ids.length)] ?? '';
      await users.update(id, { active: randomInt(3) > 0, given_name: `n${randomInt(1000)}` }, act);
      await world.postern.users.groups(acme).update(staff, { members: ids.filter(() => randomInt(2) === 0) }, act);
    }
    child.kill('SIGKILL');
    await exited;
    alive.delete(child);
  }

  world.remote.misbehave = () => undefined;
  for (let turn = 1; turn <= 8; turn++) {
    world.clock.now += 11 * 3_600_000;
    await world.settle(3);
  }
  assert.equal(
    (await world.postern.storage.gateway.outbox.find({ receiver: target_id })).filter(
      ({ done_at, dead_at }) => done_at === null && dead_at === null,
    ).length,
    0,
  );
  assert.deepEqual((await world.postern.outbound.dead_letters.list(target_id, {})).data, []);
  assert.equal((await world.postern.outbound.runs.list(target_id, {})).data[0]?.status, 'done');
  const rows = await world.postern.storage.org(acme).users.find({});
  const shown = [...world.remote.users.values()].map(({ externalId, active, name }) => [
    externalId,
    active,
    (name as { givenName?: string } | undefined)?.givenName ?? null,
  ]);
  const wanted = rows.map(({ id, active, given_name }) => [id, active, given_name]);
  // whoever was switched off before they were ever told of is not there
  const told = new Set(shown.map(([id]) => id));
  assert.deepEqual(shown.toSorted(), wanted.filter(([id, active]) => active === true || told.has(id ?? '')).toSorted());
  assert.equal(told.size, shown.length, 'nobody twice');
  const members = await world.postern.storage.org(acme).group_members.find({ group_id: staff });
  const names = new Map(rows.map(({ id, user_name }) => [id, user_name]));
  assert.deepEqual(
    world.remote.member_names('Staff'),
    members
      .filter(({ user_id }) => told.has(user_id))
      .map(({ user_id }) => names.get(user_id))
      .toSorted(),
  );
});
