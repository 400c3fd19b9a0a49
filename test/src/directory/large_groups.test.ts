import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { GROUP, type ScimClient, scim_world, type ScimWorld } from '../../support/scim_world.ts';

const MANY = 50_000;
const id_of = (number: number): string => `usr_${String(number).padStart(24, '0')}`;

describe('a group of 50 000', () => {
  let world: ScimWorld;
  let scim: ScimClient;
  before(async () => {
    world = await scim_world();
    scim = await world.client();
    await world.storage.transact(async (tx) => {
      for (let start = 0; start < MANY + 200; start += 200) {
        const numbers = Array.from({ length: 200 }, (_, i) => start + i);
        await tx.sql.run(
          `INSERT INTO "users" ("org_id", "id", "user_name", "user_name_key", "email_denied", "active", "attributes", "scim", "source", "created_at", "updated_at", "version")
           VALUES ${numbers.map(() => `(?, ?, ?, ?, ?, ?, '{}', '{}', 'scim', 1, 1, 1)`).join(', ')}`,
          numbers.flatMap((number) => [scim.org_id, id_of(number), `u${number}`, `u${number}`, false, true]),
        );
      }
    });
  });
  after(() => world.close());
  const count = async (group_id: string): Promise<number> => world.storage.org(scim.org_id).group_members.count({ group_id });

  it('is made by one PUT, and of 100 PATCHes at once none is lost', async () => {
    const { id } = await scim.group('Everybody');
    const members = Array.from({ length: MANY }, (_, number) => ({ value: id_of(number) }));
    const put = await scim.call('PUT', `/Groups/${id}?excludedAttributes=members`, { schemas: [GROUP], displayName: 'Everybody', members });
    assert.equal(put.status, 200, put.text.slice(0, 300));
    assert.equal(await count(id), MANY);
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        i % 2 === 0
          ? scim.patch(`/Groups/${id}`, { op: 'add', path: 'members', value: [{ value: id_of(MANY + i) }] })
          : scim.patch(`/Groups/${id}`, { op: 'remove', path: `members[value eq "${id_of(i)}"]` }),
      ),
    );
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [204]);
    const rows = await world.storage.org(scim.org_id).group_members.find({ group_id: id });
    const present = new Set(rows.map(({ user_id }) => user_id));
    assert.equal(present.size, MANY);
    for (let i = 0; i < 100; i++) assert.equal(present.has(id_of(i % 2 === 0 ? MANY + i : i)), i % 2 === 0);
    assert.equal((await scim.call('GET', `/Groups/${id}`)).json.members.length, MANY);
  });

  it('can make changes whose filter needs to look at everyone', async () => {
    const { id } = await scim.group('Some', [id_of(1), id_of(2), id_of(3)]);
    await scim.patch(`/Groups/${id}`, { op: 'remove', path: `members[value ew "2" or value ew "3"]` });
    assert.equal(await count(id), 1);
  });

  it('and a filter that would look at too many people says so', async () => {
    const answer = await scim.call('GET', `/Users?filter=${encodeURIComponent('not (title pr)')}`);
    assert.deepEqual([answer.status, answer.json.scimType], [400, 'tooMany']);
    assert.equal((await scim.call('GET', `/Users?filter=${encodeURIComponent('title eq "x" or userName eq "u7"')}`)).json.totalResults, 1);
  });
});
