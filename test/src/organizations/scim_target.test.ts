import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { InvalidInput } from '../../../src/kernel/index.ts';
import { parse_target_path } from '../../../src/organizations/index.ts';
import { read_tenants } from '../../../src/organizations/tenants/index.ts';
import { act, outbound_world, type OutboundWorld } from '../../support/outbound_world.ts';

describe('the settings of a SCIM target', () => {
  let world: OutboundWorld;
  before(async () => {
    world = await outbound_world();
    await world.add_organization('acme');
  });
  after(() => world.close());
  const targets = () => world.postern.organizations.scim_targets;
  const wrong = async (body: Readonly<Record<string, unknown>>): Promise<string[]> => {
    try {
      await world.add_target({ name: 'wrong', ...body });
    } catch (error) {
      if (error instanceof InvalidInput) return error.fields.map(({ path }) => path);
      throw error;
    }
    return [];
  };

  it('are refused where they say nothing, every wrong field named', async () => {
    assert.deepEqual(await wrong({ token: null }), ['token']);
    assert.deepEqual(await wrong({ oauth: { token_url: 'https://a.example', client_id: 'x', client_secret: 'y' } }), ['token']);
    assert.deepEqual(await wrong({ client_id: 'nobody' }), ['client_id']);
    assert.deepEqual(await wrong({ base_url: 'https://a.example/?x=1', people: 'some' }), ['base_url', 'people']);
    assert.deepEqual(await wrong({ mapping: { displayName: 'name' } }), ['mapping']);
    assert.deepEqual(await wrong({ mapping: { userName: 'password' } }), ['mapping.userName']);
    for (const path of [
      'active',
      'externalId',
      'id',
      'schemas',
      'groups',
      'password',
      'emails[type eq "work"]',
      '__proto__',
      'a.b.c',
      'emails[type eq "x" or 1]',
    ])
      assert.deepEqual(
        await wrong({ mapping: { userName: 'sub', [path]: 'email' } }),
        [`mapping.${path}`].filter(() => path !== '__proto__'),
        path,
      );
    assert.deepEqual(await wrong({ groups: { display_name: 'all' } }), ['groups.display_name']);
    assert.deepEqual(await wrong({ capabilities: { max_member_changes: 0, no_such: true } }), [
      'capabilities.max_member_changes',
      'capabilities.no_such',
    ]);
    assert.deepEqual(await wrong({ organizations: ['nobody'] }), ['organizations.0']);
  });

  it('show no secret, keep it under the mask, and tell a new one from none', async () => {
    const { id, token, secret_entered_at } = await world.add_target({ name: 'secret' });
    assert.equal(token, '***');
    world.clock.now += 1000;
    const kept = await targets().update(id, { token: '***', people: 'with_role' }, act);
    assert.equal(kept.view.secret_entered_at, secret_entered_at);
    const { version } = await targets().update(id, { token: 'another' }, act);
    assert.equal(version, kept.version + 1);
    assert.notEqual((await targets().get(id)).view.secret_entered_at, secret_entered_at);
    const { data } = await world.postern.audit.list_events({ type: 'scim_target.updated' });
    assert.ok(!JSON.stringify(data).includes('another'));
  });

  it('have one name each, that of the app unless another is given', async () => {
    await world.add_target();
    await assert.rejects(world.add_target(), { code: 'already_exists' });
  });

  it('go with the app', async () => {
    const { view } = await world.postern.organizations.clients.create({ redirect_uris: ['https://b.example/callback'] }, act);
    const { id } = await world.add_target({ client_id: view.client_id });
    await world.postern.organizations.clients.remove(view.client_id, act);
    await assert.rejects(targets().get(id), { code: 'not_found' });
    assert.deepEqual(await world.postern.storage.gateway.scim_runs.find({ target_id: id }), []);
  });

  it('can stand in a tenants file, and come out of it as they went in', async () => {
    const apply = (yaml: string) =>
      world.postern.tenants.apply(
        read_tenants(yaml, () => 'from-the-environment'),
        { act, dry_run: false, prune: false },
      );
    const yaml = `
scim_targets:
  - { name: in-a-file, client_id: ${world.client_id}, base_url: 'https://app.example/scim/v2', token: '\${TOKEN}', organizations: [acme], preset: aws, enabled: false }
`;
    assert.equal((await apply(yaml)).changes.length, 1);
    assert.equal((await apply(yaml)).changes.length, 0, 'a second time there is nothing to do');
    const changed = await apply(yaml.replace('{TOKEN}', '{TOKEN}x'));
    assert.deepEqual(
      changed.changes.map(({ differences }) => differences),
      [[{ path: 'token', before: '***', after: '***' }]],
    );
    const exported = (await world.postern.tenants.export())['scim_targets'] as Readonly<Record<string, unknown>>[];
    const mine = exported.find(({ name }) => name === 'in-a-file');
    assert.deepEqual([mine?.['token'], mine?.['organizations'], mine?.['profile'], mine?.['roles']], ['***', ['acme'], undefined, 'none']);
    assert.equal((await apply(JSON.stringify({ scim_targets: [mine] }))).changes.length, 0);
  });

  it('read every path that a mapping may have', () => {
    assert.deepEqual(parse_target_path('urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value'), {
      schema: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
      ...{ attribute: 'manager', type: null, sub: 'value' },
    });
    assert.deepEqual(parse_target_path('addresses[type eq "work"].locality'), {
      schema: null,
      attribute: 'addresses',
      type: 'work',
      sub: 'locality',
    });
  });
});
