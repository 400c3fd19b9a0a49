import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { OrgId } from '../../../src/kernel/index.ts';
import { act, outbound_world, type OutboundWorld } from '../../support/outbound_world.ts';

describe('outbound SCIM', () => {
  let world: OutboundWorld;
  let acme: OrgId;
  let target_id: string;
  before(async () => {
    world = await outbound_world();
    acme = await world.add_organization('acme');
    target_id = (await world.add_target()).id;
    await world.settle();
    world.remote.writes();
  });
  after(() => world.close());
  const users = () => world.postern.users.users(acme);

  it('makes a person with their attributes, our id as externalId, and the token', async () => {
    const id = await world.add_user(acme, 'ann', { email: 'ann@acme.example', given_name: 'Ann', family_name: 'Lee' });
    await world.settle(1);
    const [made, ...rest] = world.remote.writes();
    assert.deepEqual(rest, []);
    assert.deepEqual(made?.body, {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: 'ann',
      displayName: 'Ann Lee',
      name: { givenName: 'Ann', familyName: 'Lee' },
      emails: [{ type: 'work', value: 'ann@acme.example', primary: true }],
      externalId: id,
      active: true,
    });
    assert.equal(made.authorization, 'Bearer canary-token-of-the-target');
  });

  it('sends only what changed, and what it is now, however often it changed', async () => {
    const id = await world.add_user(acme, 'bob', { email: 'bob@acme.example' });
    await world.settle(1);
    world.remote.writes();
    await users().update(id, { given_name: 'R' }, act);
    await users().update(id, { given_name: 'Rob' }, act);
    await users().update(id, { email: null }, act);
    await world.settle(1);
    const [change, ...rest] = world.remote.writes();
    assert.deepEqual(rest, []);
    assert.equal(change?.method, 'PATCH');
    assert.deepEqual(change.body['Operations'], [
      { op: 'replace', path: 'displayName', value: 'Rob' },
      { op: 'replace', path: 'name.givenName', value: 'Rob' },
      { op: 'remove', path: 'emails' },
    ]);
  });

  it('says nothing twice', async () => {
    const id = await world.add_user(acme, 'cid');
    await world.settle(1);
    world.remote.writes();
    await users().update(id, { attributes: { not_mapped: ['x'] } }, act);
    await world.settle(1);
    assert.deepEqual(world.remote.writes(), []);
  });

  it('switches off who is deactivated, and on again', async () => {
    const id = await world.add_user(acme, 'dan');
    await world.settle(1);
    await users().update(id, { active: false }, act);
    await world.settle(1);
    assert.equal(world.remote.user_named('dan')?.['active'], false);
    await users().update(id, { active: true }, act);
    await world.settle(1);
    assert.equal(world.remote.user_named('dan')?.['active'], true);
  });

  it('has the end of access in the outbox before the answer leaves', async () => {
    const id = await world.add_user(acme, 'eve');
    await world.settle(1);
    await users().update(id, { active: false }, act);
    const waiting = await world.postern.storage.gateway.outbox.find({ order_key: `${target_id}/${id}` });
    assert.equal(waiting.filter(({ done_at }) => done_at === null).length, 1);
    const { data } = await world.postern.receipts.list(acme, { user_id: id });
    assert.deepEqual(
      data[0]?.accounts.map(({ client_id, outcome }) => [client_id, outcome]),
      [[world.client_id, 'sent']],
    );
    await world.settle(1);
    await world.postern.receipts.settle();
    const [receipt] = (await world.postern.receipts.list(acme, { user_id: id })).data;
    assert.equal(receipt?.accounts[0]?.outcome, 'confirmed');
    assert.notEqual(receipt.completed_at, null);
  });

  it('never makes anybody who is switched off', async () => {
    const id = await world.add_user(acme, 'fay');
    await users().update(id, { active: false }, act);
    await world.settle(1);
    assert.equal(world.remote.user_named('fay'), undefined);
  });

  it('removes who is removed', async () => {
    const id = await world.add_user(acme, 'gil');
    await world.settle(1);
    await users().remove(id, act);
    await world.settle(1);
    assert.equal(world.remote.user_named('gil'), undefined);
    assert.deepEqual(await world.postern.storage.gateway.scim_links.find({ target_id, id }), []);
  });

  it('makes, renames and removes a group, and says who is in it', async () => {
    const hal = await world.add_user(acme, 'hal');
    const ida = await world.add_user(acme, 'ida');
    const group = await world.add_group(acme, 'Staff', [hal, ida]);
    await world.settle(4);
    assert.deepEqual(world.remote.member_names('Staff'), ['hal', 'ida']);
    const groups = world.postern.users.groups(acme);
    await groups.update(group, { display_name: 'Crew', members: [ida] }, act);
    await world.settle(3);
    assert.deepEqual(world.remote.member_names('Crew'), ['ida']);
    await groups.remove(group, act);
    await world.settle(3);
    assert.equal(world.remote.group_named('Crew'), undefined);
  });

  it('makes few requests of many changes, within what the target bears', async () => {
    const group = await world.add_group(acme, 'Many');
    const ids: string[] = [];
    for (let index = 0; index < 130; index++) ids.push(await world.add_user(acme, `many-${index}`));
    await world.settle(4);
    world.remote.writes();
    world.remote.limits.max_member_changes = 100;
    world.remote.limits.replace_members = false;
    const groups = world.postern.users.groups(acme);
    for (const [index] of ids.entries()) await groups.update(group, { members: ids.slice(0, index + 1) }, act);
    await world.settle(4);
    assert.deepEqual(
      world.remote.writes().map(({ member_changes }) => member_changes),
      [100, 30],
    );
    assert.equal(world.remote.member_names('Many').length, 130);
    await groups.update(group, { members: [] }, act);
    await world.settle(4);
    assert.deepEqual(
      world.remote.writes().map(({ member_changes }) => member_changes),
      [100, 30],
    );
    assert.deepEqual(world.remote.member_names('Many'), []);
  });

  it('tells the roles of a person in this app, also when a mapping gives them', async () => {
    const id = await world.add_user(acme, 'jon', { roles: ['reader', { role: 'other', client_id: 'another-app' }] });
    await world.settle(1);
    assert.deepEqual(world.remote.user_named('jon')?.['roles'], [{ value: 'reader' }]);
    await world.add_group(acme, 'Editors', [id]);
    await world.postern.organizations.role_mappings(acme).create({ group: 'Editors', role: 'editor' }, act);
    await world.settle(6);
    assert.deepEqual(world.remote.user_named('jon')?.['roles'], [{ value: 'editor' }, { value: 'reader' }]);
  });

  it('switches everybody off when their organization is suspended, and on again', async () => {
    const globex = await world.add_organization('globex');
    await world.add_user(globex, 'kim');
    await world.settle(1);
    const { organizations } = world.postern.organizations;
    await organizations.update(globex, { status: 'suspended' }, act);
    await world.settle(1);
    assert.equal(world.remote.user_named('kim')?.['active'], false);
    await organizations.update(globex, { status: 'active' }, act);
    await world.settle(5);
    assert.equal(world.remote.user_named('kim')?.['active'], true);
  });

  it('takes everybody away when their organization is deleted', async () => {
    const initech = await world.add_organization('initech');
    const lea = await world.add_user(initech, 'lea');
    await world.add_group(initech, 'Initech staff', [lea]);
    await world.settle(4);
    await world.postern.organizations.organizations.remove(initech, act);
    await world.settle(5);
    assert.equal(world.remote.user_named('lea'), undefined);
    assert.equal(world.remote.group_named('Initech staff'), undefined);
  });
});
