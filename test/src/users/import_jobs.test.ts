import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { bulk_as_rows } from '../../../src/directory/index.ts';
import type { OrgId } from '../../../src/kernel/index.ts';
import type { Storage } from '../../../src/storage/index.ts';
import { type ImportFile, make_user_imports, type UserImports } from '../../../src/users/index.ts';
import { act, people_world, type PeopleWorld } from '../../support/people_world.ts';

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
const csv = (rows: readonly string[], more: Partial<ImportFile> = {}): ImportFile => ({
  ...{ format: 'csv', body: once(['user_name,email,groups', ...rows].join('\n')) },
  ...more,
});
const people = (count: number): string[] => Array.from({ length: count }, (_, index) => `p${index},p${index}@acme.example,Staff`);

describe('a file of people', () => {
  let world: PeopleWorld;
  let imports: UserImports;
  let org_id: OrgId;
  const make = (more: Partial<PeopleWorld['deps']> = {}) =>
    make_user_imports({ ...world.deps, ...more, days: 30, read_bulk: bulk_as_rows });
  before(async () => {
    world = await people_world();
    imports = make();
    org_id = await world.add_organization();
  });
  after(() => world.close());

  const finish = async (which = imports) => {
    while (await which.work());
  };
  const names = async (of = org_id) => {
    const { data } = await world.users.users(of).list({ limit: 1000 });
    return data.map(({ user_name }) => user_name).sort();
  };
  const report = async (id: string, of = org_id) =>
    (await imports(of).report(id, { format: 'ndjson' }))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { row: number; outcome: string; problems: { path: string; message: string }[] });

  test('is taken in, worked through behind, and reported row by row', async () => {
    const begun = await imports(org_id).begin(csv(['ann,ann@acme.example,Staff', 'bob,nonsense,', 'ANN,,', ',,']), act);
    assert.deepEqual([begun.status, begun.total, begun.done], ['waiting', 4, 0]);
    await finish();
    const { view } = await imports(org_id).get(begun.id);
    assert.deepEqual([view.status, view.done, view.created, view.refused], ['done', 4, 1, 3]);
    assert.deepEqual(
      (await report(begun.id)).map(({ row, outcome, problems }) => [row, outcome, problems[0]?.path]),
      [
        [1, 'created', undefined],
        [2, 'refused', 'email'],
        [3, 'refused', 'user_name'],
        [4, 'refused', 'user_name'],
      ],
    );
    assert.match(await imports(org_id).report(begun.id, { format: 'csv', outcome: 'refused' }), /^row,outcome,id,user_name,problems\r\n2,/);
    const again = await imports(org_id).begin(csv(['ann,ann@acme.example,Staff']), act);
    await finish();
    assert.equal((await imports(org_id).get(again.id)).view.unchanged, 1);
    const types = world.events.map(({ type }) => type);
    assert.ok(types.includes('user_import.started') && types.includes('user_import.finished'));
  });

  test('that is rehearsed changes nothing but its report', async () => {
    const of = await world.add_organization();
    const { id } = await imports(of).begin(csv(people(150), { dry_run: true }), act);
    await finish();
    const { view } = await imports(of).get(id);
    assert.deepEqual([view.status, view.done, view.created], ['done', 150, 150]);
    assert.deepEqual(await names(of), []);
    assert.equal((await world.users.groups(of).list({})).data.length, 0);
    assert.equal((await report(id, of))[149]?.outcome, 'created');
  });

  test('holds nothing of anybody in the clear, and not even sealed once a row is done', async () => {
    const of = await world.add_organization();
    const { id } = await imports(of).begin(csv(['canary,canary@acme.example,']), act);
    const stored = () => world.storage.sql.all<Record<string, unknown>>(`SELECT * FROM "import_rows" WHERE "job_id" = ?`, [id]);
    const [waiting] = await stored();
    assert.ok(typeof waiting?.['sealed_row'] === 'string');
    assert.doesNotMatch(JSON.stringify(waiting), /canary/);
    await finish();
    const [done] = await stored();
    assert.deepEqual([done?.['sealed_row'], done?.['name_hash']], [null, null]);
    assert.doesNotMatch(JSON.stringify(done), /canary/);
  });

  test('goes on after kill -9 where it was, each row exactly once', async () => {
    for (const dies_after of [1, 99, 205, 402]) {
      const of = await world.add_organization();
      const { id } = await imports(of).begin(csv(people(201)), act);
      let left = dies_after;
      // a process that is gone writes nothing more, not even that it failed
      const gone = () => {
        throw new Error('killed');
      };
      const storage: Storage = {
        ...world.storage,
        transact: (work) => (left < 0 ? gone() : world.storage.transact(work)),
        write_once: (statement, values) => (left < 0 ? gone() : world.storage.write_once(statement, values)),
      };
      const dying = make({ storage, record: async (tx, who, event) => (left-- > 0 ? world.deps.record(tx, who, event) : gone()) });
      await assert.rejects(finish(dying), /killed/);
      await finish();
      const { view: before } = await imports(of).get(id);
      assert.equal(before.status, 'running', 'leased to the one that died');
      assert.equal(before.done % 100, 0);
      world.clock.now += 15_001;
      await finish();
      const { view } = await imports(of).get(id);
      assert.deepEqual([view.status, view.done, view.created, view.unchanged, view.refused], ['done', 201, 201, 0, 0]);
      assert.equal((await names(of)).length, 201);
      const created = world.events.filter((event) => event.type === 'user.created' && event.org_id === of);
      assert.equal(created.length, 201);
    }
  });

  test('that two processes work on at once is worked on by one', async () => {
    const of = await world.add_organization();
    const { id } = await imports(of).begin(csv(people(120)), act);
    const other = make();
    await Promise.all([finish(imports), finish(other), finish(make())]);
    await finish();
    assert.equal((await imports(of).get(id)).view.created, 120);
  });

  test('that cannot be worked through is given up after a while, and says so', async () => {
    const of = await world.add_organization();
    const { id } = await imports(of).begin(csv(['ann,,']), act);
    const broken = make({ record: () => Promise.reject(new Error('disk full')) });
    for (let turn = 0; turn < 5; turn++) {
      await assert.rejects(broken.work(), /disk full/);
      world.clock.now += 2000;
    }
    await finish();
    assert.equal((await imports(of).get(id)).view.status, 'failed');
    assert.deepEqual(await names(of), []);
  });

  test('that cannot be read leaves nothing behind', async () => {
    const of = await world.add_organization();
    await assert.rejects(imports(of).begin(csv([...people(700), '"open']), act), { code: 'invalid_file' });
    await assert.rejects(imports(of).begin(csv([]), act), /no rows/);
    assert.deepEqual((await imports(of).list({})).data, []);
    assert.deepEqual(await world.storage.sql.all(`SELECT "id" FROM "import_rows" WHERE "org_id" = ?`, [of]), []);
  });

  test('is stopped and forgotten when it is removed; what is done stays', async () => {
    const of = await world.add_organization();
    const { id } = await imports(of).begin(csv(people(30)), act);
    await imports(of).remove(id, act);
    await finish();
    assert.deepEqual(await names(of), []);
    await assert.rejects(imports(of).get(id), { code: 'not_found' });
    assert.deepEqual(world.events.at(-1)?.type, 'user_import.removed');
    await assert.rejects(imports(of).remove(id, act), { code: 'not_found' });
  });

  test('goes when its time is over', async () => {
    const of = await world.add_organization();
    const { id } = await imports(of).begin(csv(people(3)), act);
    await finish();
    await imports.trim();
    assert.equal((await imports(of).list({})).data.length, 1);
    world.clock.now += 31 * 86_400_000;
    await imports.trim();
    await assert.rejects(imports(of).get(id), { code: 'not_found' });
  });

  test('one organization has twenty of them under way at most', async () => {
    const of = await world.add_organization();
    for (let begun = 0; begun < 20; begun++) await imports(of).begin(csv(people(1)), act);
    await assert.rejects(imports(of).begin(csv(people(1)), act), { code: 'too_many_imports' });
    await imports(await world.add_organization()).begin(csv(people(1)), act);
    await finish();
    await imports(of).begin(csv(people(1)), act);
    await finish();
  });

  test('may be a SCIM bulk request: its users, in its groups', async () => {
    const of = await world.add_organization();
    const Operations = [
      {
        method: 'POST',
        path: '/Users',
        bulkId: 'a',
        data: { userName: 'ann', name: { givenName: 'Ann' }, emails: [{ value: 'ann@acme.example' }], active: 'False' },
      },
      { method: 'POST', path: '/Users', bulkId: 'b', data: { userName: ' ' } },
      { method: 'DELETE', path: '/Users/1' },
      { method: 'POST', path: '/Groups', bulkId: 'g', data: { displayName: 'Staff', members: [{ value: 'bulkId:a' }] } },
    ];
    const { id, total } = await imports(of).begin({ format: 'scim', body: once(JSON.stringify({ Operations })) }, act);
    assert.equal(total, 3);
    await finish();
    assert.deepEqual(
      (await report(id, of)).map(({ outcome }) => outcome),
      ['created', 'refused', 'refused'],
    );
    const [ann] = (await world.users.users(of).list({})).data;
    assert.deepEqual([ann?.given_name, ann?.active, ann?.groups[0]?.display_name], ['Ann', false, 'Staff']);
  });

  test('says nothing any longer of who was erased', async () => {
    const of = await world.add_organization();
    const { id } = await imports(of).begin(csv(['gone,gone@acme.example,', 'GONE,,', 'stays,,']), act);
    await finish();
    const gone = (await world.users.users(of).list({})).data.find(({ user_name }) => user_name === 'gone');
    await world.storage.transact((tx) => imports.forget(tx, of, [gone?.id ?? '', 'gone']));
    assert.doesNotMatch(JSON.stringify(await report(id, of)), /gone/i);
    assert.match(JSON.stringify(await report(id, of)), /stays/);
  });
});
