import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { make_offboardings, type Offboardings } from '../../../src/admin/index.ts';
import type { OrgId } from '../../../src/kernel/index.ts';
import { admin_world, type AdminWorld } from '../../support/admin_world.ts';

const PEOPLE = 60;
const act = { actor: { kind: 'admin_key', id: 'key_test', name: 'test' }, role: 'owner' } as const;

describe('erasing an organization behind', () => {
  let world: AdminWorld;
  let offboardings: Offboardings;
  before(async () => {
    world = await admin_world();
    offboardings = make({});
  });
  after(() => world.close());

  /** As another process has it. `dies_after`: so many people more, and it is gone in the middle of a turn. */
  const make = ({ dies_after }: { dies_after?: number }): Offboardings => {
    const { storage, audit, organizations, user_imports, rooms } = world;
    let left = dies_after ?? Number.POSITIVE_INFINITY;
    const gone = (): never => {
      throw new Error('killed');
    };
    return make_offboardings({
      ...{ audit, organizations, user_imports, ...rooms },
      now: () => world.clock.now,
      storage: {
        ...storage,
        // a process that is gone writes nothing more, not even that it failed
        write_once: (statement, values) => (left < 0 ? gone() : storage.write_once(statement, values)),
      },
      users: {
        ...rooms.users,
        users: (org_id) => ({
          ...rooms.users.users(org_id),
          erase: (id, who) => (left-- > 0 ? rooms.users.users(org_id).erase(id, who) : gone()),
        }),
      },
    });
  };
  const crowd = async (slug: string): Promise<OrgId> => {
    const { organization_id } = await world.furnish(slug);
    for (let index = 1; index < PEOPLE; index++)
      await world.made(`/organizations/${organization_id}/users`, { user_name: `p${index}@${slug}.example` });
    return organization_id as OrgId; // an id as the API shows it
  };
  const begin = (org_id: OrgId, slug: string) =>
    world.api('POST', `/organizations/${org_id}/offboard`, { body: { confirm: slug, background: true } });

  it('answers at once, with all access ended; says how far it is, and has the receipt when the organization is gone', async () => {
    const org_id = await crowd('acme');
    const { status, json, headers } = await begin(org_id, 'acme');
    assert.deepEqual([status, json?.['status'], json?.['users_total'], json?.['users_erased']], [202, 'erasing', PEOPLE, 0]);
    const address = headers.get('location')?.replace('/api/v1', '') ?? '';
    assert.equal(address, `/offboardings/${String(json?.['id'])}`);
    const shown = await world.api('GET', `/organizations/${org_id}`);
    assert.equal(shown.json?.['status'], 'suspended');
    assert.equal(await world.storage.org(org_id).sessions.count({}), 0);
    const again = await world.api('PATCH', `/organizations/${org_id}`, { body: { status: 'active' } });
    assert.deepEqual([again.status, again.json?.['code']], [409, 'being_erased']);
    // whoever asks again is shown the same
    assert.equal((await begin(org_id, 'acme')).json?.['id'], json?.['id']);
    assert.equal(await offboardings.work(), true);
    const { json: done } = await world.api('GET', address);
    assert.deepEqual([done?.['status'], done?.['slug'], done?.['users_erased']], ['done', 'acme', PEOPLE]);
    assert.ok(Number(done?.['events_emptied']) >= PEOPLE);
    assert.equal((await world.api('GET', `/organizations/${org_id}`)).status, 404);
    const { json: list } = await world.api('GET', `/offboardings?organization_id=${org_id}`);
    assert.deepEqual(list?.['data'], [done]);
    const events = await world.api('GET', `/audit-events?organization_id=${org_id}&limit=1000`);
    assert.doesNotMatch(events.text, /@acme\.example/);
    assert.equal(await offboardings.work(), false);
  });

  it('goes on after kill -9 where it was, and the receipt counts each person once', async () => {
    for (const dies_after of [0, 1, 30, PEOPLE - 1]) {
      const slug = `dies-${dies_after}`;
      const org_id = await crowd(slug);
      const id = String((await begin(org_id, slug)).json?.['id']);
      await assert.rejects(make({ dies_after }).work(), /killed/);
      const { status, users_erased } = await offboardings.get(id);
      assert.deepEqual([status, users_erased], ['erasing', dies_after], 'seen while nobody works on it');
      assert.equal(await offboardings.work(), false, 'leased to the one that died');
      world.clock.now += 15_001;
      await offboardings.work();
      const done = await offboardings.get(id);
      assert.deepEqual([done.status, done.users_total, done.users_erased], ['done', PEOPLE, PEOPLE]);
      const erased = await world.storage.gateway.audit_events.find({ org_id, type: 'user.erased' });
      assert.equal(new Set(erased.map(({ target_id }) => target_id)).size, erased.length);
      assert.equal((await world.storage.gateway.audit_events.find({ org_id, type: 'organization.deleted' })).length, 1);
    }
  });

  it('is done by one of two processes, and whoever asked for the lines waits for the other', async () => {
    const org_id = await crowd('both');
    const { view } = await world.organizations.organizations.get(org_id);
    const { id } = await offboardings.begin({ id: org_id, slug: 'both', name: view.name }, act);
    const [one, other] = await Promise.all([offboardings.finish(id), make({}).finish(id), make({}).work()]);
    assert.deepEqual([one, other.users_erased], [other, PEOPLE]);
    const erased = await world.storage.gateway.audit_events.find({ org_id, type: 'user.erased' });
    assert.equal(new Set(erased.map(({ target_id }) => target_id)).size, erased.length);
  });

  it('a dry run begins nothing, whatever else is asked for', async () => {
    const org_id = await crowd('tried');
    const body = { confirm: 'tried', background: true, dry_run: true };
    const { status, text } = await world.api('POST', `/organizations/${org_id}/offboard`, { body });
    assert.deepEqual([status, text.trimEnd().split('\n').length > PEOPLE], [200, true]);
    assert.deepEqual((await offboardings.list({}, org_id)).data, []);
    assert.equal((await world.api('GET', `/organizations/${org_id}`)).json?.['status'], 'active');
  });
});
