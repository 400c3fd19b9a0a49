import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { OrgId } from '../../../src/kernel/index.ts';
import { act, people_world, type PeopleWorld } from '../../support/people_world.ts';

const DAY_MS = 86_400_000;

describe('people who left', () => {
  let world: PeopleWorld;
  before(async () => {
    world = await people_world();
  });
  after(() => world.close());
  const left = async (org_id: OrgId, user_name: string, active = false): Promise<string> =>
    (await world.users.users(org_id).create({ user_name, active }, act)).view.id;
  const names = async (org_id: OrgId) => (await world.users.users(org_id).list({})).data.map(({ user_name }) => user_name).sort();
  const policy = (org_id: OrgId, people_policy: object) =>
    world.storage.write_once(`UPDATE "organizations" SET "people_policy" = ? WHERE "id" = ?`, [JSON.stringify(people_policy), org_id]);

  test('are erased when nobody has touched them for so long; others are not', async () => {
    const org_id = await world.add_organization();
    const gone = await left(org_id, 'gone');
    const touched = await left(org_id, 'touched');
    await left(org_id, 'works here', true);
    world.clock.now += 20 * DAY_MS;
    await world.users.users(org_id).update(touched, { given_name: 'T' }, act, 1);
    world.clock.now += 11 * DAY_MS;
    assert.equal(await world.users.erase_inactive(0), 0);
    assert.equal(await world.users.erase_inactive(30), 1);
    assert.deepEqual(await names(org_id), ['touched', 'works here']);
    const erased = world.events.find(({ type }) => type === 'user.erased');
    assert.equal(erased?.target.id, gone);
  });

  test('as long as their own organization says', async () => {
    const [never, soon, other] = [await world.add_organization(), await world.add_organization(), await world.add_organization()];
    for (const org_id of [never, soon, other]) await left(org_id, 'ann');
    await policy(never, { erase_inactive_days: 0 });
    await policy(soon, { erase_inactive_days: 1 });
    world.clock.now += 2 * DAY_MS;
    await world.users.erase_inactive(30);
    assert.deepEqual([await names(never), await names(soon), await names(other)], [['ann'], [], ['ann']]);
    world.clock.now += 30 * DAY_MS;
    await world.users.erase_inactive(30);
    assert.deepEqual([await names(never), await names(other)], [['ann'], []]);
  });
});
