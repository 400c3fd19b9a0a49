import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { OrgId } from '../../src/kernel/index.ts';
import { act, outbound_world, type OutboundWorld, TOKEN } from '../support/outbound_world.ts';

describe('a SCIM target of an app', () => {
  let world: OutboundWorld;
  let acme: OrgId;
  let evil: OrgId;
  beforeEach(async () => {
    world = await outbound_world({ organizations: [] });
    acme = await world.add_organization('acme');
    evil = await world.add_organization('evil');
    await world.postern.organizations.clients.update(world.client_id, { organizations: [acme] }, act);
  });
  afterEach(() => world.close());
  const names = (): string[] => [...world.remote.users.values()].map(({ userName }) => String(userName)).toSorted();

  it('never hears of people or groups of an organization that may not use the app: by no change, no load, no repair, also when the target names it', async () => {
    const { id } = await world.add_target({ organizations: [acme, evil] });
    const ann = await world.add_user(acme, 'ann');
    const eve = await world.add_user(evil, 'eve');
    await world.add_group(acme, 'Staff', [ann]);
    const spies = await world.add_group(evil, 'Spies', [eve]);
    await world.settle(6);
    const { outbound, users } = world.postern;
    for (const organization_id of [null, evil]) {
      await outbound.runs.load(id, { organization_id }, act);
      await outbound.runs.drift_check(id, { organization_id, repair: true }, act);
    }
    await users.users(evil).update(eve, { given_name: 'Eve', roles: ['admin'] }, act);
    await users.groups(evil).update(spies, { display_name: 'Staff2' }, act);
    await world.settle(10);
    assert.deepEqual(names(), ['ann']);
    assert.deepEqual(
      [...world.remote.groups.values()].map(({ displayName }) => displayName),
      ['Staff'],
    );
    assert.ok(!JSON.stringify(world.remote.asked).includes(eve));
  });

  it('an organization that is taken off the list is gone there with its answer, and one that is put on it comes', async () => {
    const ann = await world.add_user(acme, 'ann');
    const eve = await world.add_user(evil, 'eve');
    await world.add_group(acme, 'Staff', [ann]);
    const { id } = await world.add_target();
    await world.settle(6);
    assert.deepEqual(names(), ['ann']);
    await world.postern.organizations.clients.update(world.client_id, { organizations: [evil] }, act);
    const waiting = await world.postern.storage.gateway.outbox.find({ receiver: id, attempts: 0 });
    assert.ok(
      waiting.some(({ order_key }) => order_key === `${id}/${ann}`),
      'in the outbox before the answer leaves',
    );
    await world.settle(6);
    assert.equal(world.remote.user_named('ann')?.['active'], false);
    assert.equal(world.remote.group_named('Staff'), undefined);
    assert.equal(world.remote.user_named('eve')?.['externalId'], eve);
  });

  it('an organization that names its people like those of another takes none of them over', async () => {
    await world.postern.organizations.clients.update(world.client_id, { organizations: 'all' }, act);
    const { id } = await world.add_target({ adopt: 'name' });
    const ann = await world.add_user(acme, 'ceo@acme.example');
    await world.add_group(acme, 'Admins', [ann]);
    await world.settle(6);
    const eve = await world.add_user(evil, 'ceo@acme.example');
    await world.add_group(evil, 'Admins', [eve]);
    await world.settle(6);
    assert.equal(world.remote.user_named('ceo@acme.example')?.['externalId'], ann);
    assert.deepEqual(world.remote.group_named('Admins')?.['members'], [{ value: world.remote.user_named('ceo@acme.example')?.id }]);
    const { data } = await world.postern.outbound.dead_letters.list(id, {});
    assert.deepEqual(new Set(data.map(({ organization_id }) => organization_id)), new Set([evil]));
    await world.postern.users.users(evil).update(eve, { active: false }, act);
    await world.settle(3);
    assert.equal(world.remote.user_named('ceo@acme.example')?.['active'], true);
  });

  it('is not reached in a private network, and its token goes to no other place than it was entered for', async () => {
    const { scim_targets } = world.postern.organizations;
    const { id } = await world.add_target();
    await assert.rejects(scim_targets.update(id, { base_url: 'https://attacker.example/scim' }, act), { code: 'invalid_body' });
    await assert.rejects(
      scim_targets.update(
        id,
        { token: null, oauth: { token_url: 'https://attacker.example/token', client_id: 'x', client_secret: '***' } },
        act,
      ),
      { code: 'invalid_body' },
    );
    await assert.rejects(world.add_target({ name: 'b', token: '***' }), { code: 'invalid_body' });
    const { id: inner } = await world.add_target({ name: 'c', base_url: 'http://10.0.0.1/scim/v2' });
    await world.add_user(acme, 'ann');
    await world.settle(4);
    const view = (await scim_targets.get(inner)).view;
    assert.ok(view.last_error !== null && !view.last_error.includes(TOKEN), String(view.last_error));
    assert.equal(view.state === 'ok' && view.last_success_at !== null, false);
  });
});
