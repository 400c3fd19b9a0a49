import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { OrgId } from '../../../src/kernel/index.ts';
import { type Fixture, make_fixture, operator, owner, refusal } from './fixture.ts';

describe('resources, roles and role mappings', () => {
  let fixture: Fixture;
  let org: OrgId;
  before(async () => {
    fixture = await make_fixture();
    org = await fixture.new_org();
  });
  after(() => fixture.close());

  describe('resources', () => {
    const resources = () => fixture.organizations.resources;
    const orders = { identifier: 'https://api.shop.example/orders', name: 'Orders' };

    it('give signed tokens of five minutes unless they say otherwise', async () => {
      const { view } = await resources().create({ ...orders, scopes: ['orders:read', 'orders:read', 'orders:write'] }, operator);
      assert.deepEqual(
        [view.access_token_format, view.access_token_ttl_seconds, view.scopes],
        ['jwt', 300, ['orders:read', 'orders:write']],
      );
      assert.equal((await fixture.organizations.directory.resource(orders.identifier))?.access_token_format, 'jwt');
      assert.deepEqual(await refusal(resources().create(orders, operator)), { status: 409, code: 'already_exists' });
    });

    it('let no signed token live longer, also by a change of one field at a time', async () => {
      const long = { identifier: 'urn:shop:long', name: 'Long', access_token_ttl_seconds: 3600 };
      assert.deepEqual((await refusal(resources().create(long, operator))).fields, ['access_token_ttl_seconds']);
      const { view } = await resources().create({ ...long, access_token_format: 'opaque' }, operator);
      assert.deepEqual((await refusal(resources().update(view.id, { access_token_format: 'jwt' }, operator))).fields, [
        'access_token_ttl_seconds',
      ]);
      const both = await resources().update(view.id, { access_token_format: 'jwt', access_token_ttl_seconds: 1 }, operator, 1);
      assert.equal(both.version, 2);
      assert.equal((await fixture.organizations.directory.resource('urn:shop:long'))?.access_token_ttl_seconds, 1);
    });

    it('are absolute URIs without a fragment (RFC 8707), and never the issuer itself', async () => {
      for (const identifier of [
        '',
        'orders',
        '/orders',
        'https://a.example/#x',
        'https://u:p@a.example/',
        'https://login.vendor.example',
        'https://login.vendor.example/',
      ])
        assert.deepEqual((await refusal(resources().create({ identifier, name: 'x' }, operator))).fields, ['identifier'], identifier);
    });

    it('offer no scope of the issuer', async () => {
      for (const scope of ['openid', 'offline_access', 'email', 'postern:admin', 'postern:x', 'a b', '', 'a"b'])
        assert.deepEqual((await refusal(resources().create({ ...orders, scopes: ['ok', scope] }, operator))).fields, ['scopes.1'], scope);
    });

    it('are gone once removed', async () => {
      const { view } = await resources().create({ identifier: 'urn:gone', name: 'Gone' }, operator);
      await resources().remove(view.id, operator, 1);
      assert.equal(await fixture.organizations.directory.resource('urn:gone'), undefined);
      assert.deepEqual(await refusal(resources().get(view.id)), { status: 404, code: 'not_found' });
    });
  });

  describe('roles', () => {
    const roles = () => fixture.organizations.roles;
    it('are one of their name for all apps, and for each app', async () => {
      const { view } = await roles().create({ name: 'admin' }, operator);
      assert.deepEqual([view.client_id, view.description], [null, null]);
      await roles().create({ name: 'admin', client_id: 'shop' }, operator);
      assert.deepEqual(await refusal(roles().create({ name: 'admin' }, operator)), { status: 409, code: 'already_exists' });
      const { view: changed } = await roles().update(view.id, { description: 'May do all' }, operator, 1);
      assert.equal(changed.description, 'May do all');
      assert.equal((await roles().update(view.id, { description: null }, operator, 2)).view.description, null);
      assert.deepEqual((await refusal(roles().update(view.id, { name: null }, operator))).fields, ['name']);
      assert.deepEqual(
        (await roles().list({ filters: { client_id: 'shop' } })).data.map((role) => role.client_id),
        ['shop'],
      );
    });
  });

  describe('role mappings', () => {
    const mappings = () => fixture.organizations.role_mappings(org);
    it('are of a group or of an attribute, not both', async () => {
      const by_group = await mappings().create({ group: 'Staff', role: 'reader' }, operator);
      assert.deepEqual([by_group.view.group, by_group.view.attribute, by_group.view.client_id], ['Staff', null, null]);
      const by_attribute = await mappings().create(
        { attribute: { name: 'dept', value: 'IT' }, role: 'admin', client_id: 'shop' },
        operator,
      );
      assert.deepEqual(by_attribute.view.attribute, { name: 'dept', value: 'IT' });
      for (const body of [{ role: 'x' }, { group: 'a', attribute: { name: 'b', value: 'c' }, role: 'x' }])
        assert.deepEqual((await refusal(mappings().create(body, operator))).fields, ['group']);
      assert.deepEqual((await refusal(mappings().create({ group: 'a' }, operator))).fields, ['role']);
    });

    it('can be turned from one into the other', async () => {
      const { view } = await mappings().create({ group: 'Turned', role: 'reader' }, operator);
      const patch = { group: null, attribute: { name: 'dept', value: 'IT' } };
      const { view: changed } = await mappings().update(view.id, patch, operator, 1);
      assert.deepEqual([changed.group, changed.attribute], [null, patch.attribute]);
      assert.equal((await mappings().update(view.id, { attribute: { value: 'HR' } }, operator)).view.attribute?.value, 'HR');
    });

    it('reach the directory of their organization only', async () => {
      const other = await fixture.new_org();
      const { view } = await mappings().create({ group: 'Mine', role: 'reader' }, operator);
      assert.ok((await fixture.organizations.directory.role_mappings(org)).some(({ id }) => id === view.id));
      assert.deepEqual(await fixture.organizations.directory.role_mappings(other), []);
      const foreign = fixture.organizations.role_mappings(other);
      for (const id of [view.id, 'rmp_000000000000000000000000'])
        for (const call of [() => foreign.get(id), () => foreign.update(id, { role: 'admin' }, owner), () => foreign.remove(id, owner)])
          assert.deepEqual(await refusal(call()), { status: 404, code: 'not_found' });
      assert.deepEqual((await foreign.list({})).data, []);
    });
  });
});
