import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { InvalidInput, new_group_id, new_user_id, type OrgId, type PosternError } from '../../../src/kernel/index.ts';
import { schemas, type Users } from '../../../src/users/index.ts';
import { act, people_world, type PeopleWorld } from '../../support/people_world.ts';

let world: PeopleWorld;
let org: OrgId;
let other: OrgId;
let groups: ReturnType<Users['groups']>;
let people: string[];

before(async () => {
  world = await people_world();
  org = await world.add_organization();
  other = await world.add_organization();
  groups = world.users.groups(org);
  people = [];
  for (let n = 0; n < 5; n++) people.push((await world.users.users(org).create({ user_name: `p${n}` }, act)).view.id);
  people.sort();
});
after(() => world.close());

const refusal = (work: Promise<unknown>): Promise<PosternError> =>
  work.then(
    () => assert.fail('was not refused'),
    (error: unknown) => error as PosternError, // every refusal of a room is one
  );

describe('a group', () => {
  it('has no member left after a patch whose members are null (RFC 7396), and others stay as they are', async () => {
    const { view } = await groups.create({ display_name: 'Shrinking', external_id: 'x', members: people.slice(0, 2) }, act);
    assert.deepEqual((await groups.update(view.id, { members: null }, act)).view, { ...view, members: [] });
  });

  it('is made with its members, shown in the shape that the schema says', async () => {
    const { view } = await groups.create({ display_name: 'Staff', members: people.slice(0, 2) }, act);
    assert.deepEqual(schemas.group.parse(view), view);
    assert.deepEqual(
      { ...view, id: '' },
      {
        id: '',
        display_name: 'Staff',
        external_id: null,
        members: people.slice(0, 2),
        source: 'api',
        created_at: '2026-01-01T00:00:00.000Z',
        updated_at: '2026-01-01T00:00:00.000Z',
      },
    );
    assert.deepEqual(
      world.events.filter((event) => event.target.id === view.id).map((event) => event.type),
      ['group.created', 'group.members_changed'],
    );
  });

  it('of a name that another has, in whatever case, is 409; another organization may have it', async () => {
    await groups.create({ display_name: 'Finance' }, act);
    assert.equal((await refusal(groups.create({ display_name: 'FINANCE' }, act))).code, 'group_name_taken');
    const { view } = await groups.create({ display_name: 'Ledger' }, act);
    assert.equal((await refusal(groups.update(view.id, { display_name: 'finance' }, act))).code, 'group_name_taken');
    await world.users.groups(other).create({ display_name: 'Finance' }, act);
  });

  it('of 50 made at once under one name, is made once', async () => {
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => groups.create({ display_name: 'Race' }, act)));
    assert.equal(results.filter((result) => result.status === 'fulfilled').length, 1);
  });

  it('cannot have a member who is unknown or another organization’s: both are named alike as wrong fields, and nothing is kept', async () => {
    const foreign = (await world.users.users(other).create({ user_name: 'foreign' }, act)).view.id;
    const error = await refusal(groups.create({ display_name: 'Mixed', members: [people[0], foreign, new_user_id()] }, act));
    assert.ok(error instanceof InvalidInput);
    assert.equal(error.status, 422);
    assert.deepEqual(error.fields, [
      { path: 'members.1', message: 'is not a user of this organization' },
      { path: 'members.2', message: 'is not a user of this organization' },
    ]);
    assert.deepEqual((await groups.list({ filters: { filter: 'display_name eq "mixed"' } })).data, []);
    const { view } = await groups.create({ display_name: 'Pure', members: [people[0]] }, act);
    await refusal(groups.update(view.id, { members: [foreign], display_name: 'Changed' }, act));
    assert.deepEqual((await groups.get(view.id)).view, view);
    assert.deepEqual((await refusal(groups.update(view.id, { members: ['nonsense'] }, act))).status, 422);
  });

  it('has its members replaced by set arithmetic: who stays is held by one more', async () => {
    const [a = '', b = '', c = ''] = people;
    const { view } = await groups.create({ display_name: 'Sets', members: [a] }, act);
    await world.storage.transact((tx) => tx.org(org).group_members.insert({ group_id: view.id, user_id: b, sources: ' con_x ' }));
    const changed = await groups.update(view.id, { members: [b, c, c] }, act);
    assert.deepEqual(changed.view.members, [b, c]);
    assert.equal(changed.version, 2);
    const rows = await world.storage.org(org).group_members.find({ group_id: view.id });
    assert.deepEqual(Object.fromEntries(rows.map((row) => [row.user_id, row.sources])), { [b]: ' con_x api ', [c]: ' api ' });
    assert.deepEqual([world.events.at(-1)?.before, world.events.at(-1)?.after], [{ removed: [a] }, { added: [c] }]);
    const recorded = world.events.length;
    assert.equal((await groups.update(view.id, { members: [c, b] }, act)).version, 2);
    assert.equal(world.events.length, recorded);
    assert.deepEqual((await groups.update(view.id, { members: [] }, act)).view.members, []);
  });

  it('is renamed with a record of before and after; null removes the external_id; what was read may be sent back', async () => {
    const { view } = await groups.create({ display_name: 'Before', external_id: 'x' }, act);
    await groups.update(view.id, { ...view, display_name: 'After', external_id: null }, act);
    assert.deepEqual(world.events.at(-1), {
      type: 'group.updated',
      org_id: org,
      target: { kind: 'group', id: view.id, name: 'After' },
      before: { display_name: 'Before', external_id: 'x' },
      after: { display_name: 'After', external_id: null },
    });
    assert.equal((await refusal(groups.update(view.id, { display_name: null }, act))).status, 422);
    assert.equal((await refusal(groups.update(view.id, { source: 'scim' }, act))).status, 422);
  });

  it('with a stale If-Match is 412', async () => {
    const { view, version } = await groups.create({ display_name: 'Match' }, act);
    await groups.update(view.id, { external_id: 'x' }, act, version);
    assert.equal((await refusal(groups.update(view.id, { external_id: 'y' }, act, version))).status, 412);
    assert.equal((await refusal(groups.remove(view.id, act, version))).status, 412);
  });

  it('in 20 parallel changes of members ends as one of them asked, never as a mix', async () => {
    const { view } = await groups.create({ display_name: 'Parallel' }, act);
    await Promise.all(Array.from({ length: 20 }, (_, n) => groups.update(view.id, { members: people.slice(n % 5) }, act)));
    const { members } = (await groups.get(view.id)).view;
    assert.deepEqual(members, people.slice(people.indexOf(members[0] ?? '')));
  });

  it('goes with its memberships; the people stay', async () => {
    const { view } = await groups.create({ display_name: 'Gone', members: people }, act);
    await groups.remove(view.id, act);
    assert.equal((await refusal(groups.get(view.id))).status, 404);
    assert.equal(await world.storage.org(org).group_members.count({ group_id: view.id }), 0);
    assert.equal(
      (await world.users.users(org).get(people[0] ?? '')).view.groups.some((group) => group.id === view.id),
      false,
    );
  });

  it('of another organization is answered like one that does not exist, whatever is asked', async () => {
    const foreign = (await world.users.groups(other).create({ display_name: 'Secret' }, act)).view;
    const answers = async (id: string): Promise<string[]> =>
      (
        await Promise.all(
          [
            groups.get(id),
            groups.update(id, { display_name: 'x' }, act),
            groups.update(id, { nonsense: 1 }, act, 9),
            groups.remove(id, act),
          ].map(refusal),
        )
      ).map((error) => `${error.status} ${error.code} ${error.message}`);
    const unknown = await answers(new_group_id());
    assert.deepEqual(await answers(foreign.id), unknown);
    assert.deepEqual(await answers('constructor'), unknown);
    assert.deepEqual((await world.users.groups(other).get(foreign.id)).view, foreign);
  });

  it('with a thousand members is replaced by another thousand', async () => {
    const fresh = await world.add_organization();
    const rows = Array.from({ length: 1000 }, (_, n) => ({ user_name: `many-${n}` }));
    const report = await world.users.users(fresh).import(rows, {}, act);
    const ids = report.rows.map((row) => row.id ?? '');
    const { view } = await world.users.groups(fresh).create({ display_name: 'Many', members: ids.slice(0, 900) }, act);
    const changed = await world.users.groups(fresh).update(view.id, { members: ids.slice(100) }, act);
    assert.deepEqual([...changed.view.members].sort(), ids.slice(100).sort());
  });
});
