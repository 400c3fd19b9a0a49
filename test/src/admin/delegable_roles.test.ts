import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { admin_world, type AdminWorld } from '../../support/admin_world.ts';

describe('a role that the vendor keeps to itself', () => {
  let world: AdminWorld;
  let org: string;
  let key: string;
  before(async () => {
    world = await admin_world();
    org = `/organizations/${(await world.made('/organizations', { slug: 'acme', name: 'Acme' })).id}`;
    key = await world.new_key('org_admin', org.split('/')[2]);
    await world.made('/roles', { name: 'superuser', delegable: false });
    await world.made('/roles', { name: 'billing', client_id: 'app_shop', delegable: false });
    await world.made('/roles', { name: 'editor' });
  });
  after(() => world.close());
  const as_admin = (method: string, path: string, body?: unknown) =>
    world.api(method, `${org}${path}`, { key, ...(body !== undefined && { body }) });
  const refused = (answer: Awaited<ReturnType<typeof as_admin>>, role = 'superuser') => {
    assert.equal(answer.status, 403, answer.text);
    assert.equal(answer.json?.['code'], 'role_not_delegable');
    assert.match(String(answer.json['title']), new RegExp(role));
  };

  test('is neither mapped, changed nor unmapped by the administrator of an organization', async () => {
    refused(await as_admin('POST', '/role-mappings', { group: 'Staff', role: 'superuser' }));
    refused(await as_admin('POST', '/role-mappings', { attribute: { name: 'a', value: 'b' }, role: 'superuser', client_id: 'app_any' }));
    const own = await as_admin('POST', '/role-mappings', { group: 'Staff', role: 'editor' });
    assert.equal(own.status, 201, own.text);
    refused(await as_admin('PATCH', `/role-mappings/${String(own.json?.['id'])}`, { role: 'superuser' }));
    const { id } = await world.made(`${org}/role-mappings`, { group: 'Heads', role: 'superuser' });
    refused(await as_admin('PATCH', `/role-mappings/${id}`, { role: 'editor' }));
    refused(await as_admin('PATCH', `/role-mappings/${id}`, { group: 'Staff' }));
    refused(await as_admin('DELETE', `/role-mappings/${id}`));
    assert.equal((await world.api('DELETE', `${org}/role-mappings/${id}`)).status, 204);
  });

  test('is neither given nor taken away by it: not to one, not in an import, not by a merge', async () => {
    refused(await as_admin('POST', '/users', { user_name: 'new', roles: ['superuser'] }));
    const { id: ann } = await world.made(`${org}/users`, { user_name: 'ann', roles: ['superuser'] });
    const { id: bob } = await world.made(`${org}/users`, { user_name: 'bob' });
    refused(await as_admin('PATCH', `/users/${bob}`, { roles: ['superuser'] }));
    refused(await as_admin('PATCH', `/users/${ann}`, { roles: [] }));
    refused(await as_admin('POST', `/users/${ann}/merge`, { into: bob }));
    assert.equal((await as_admin('PATCH', `/users/${ann}`, { roles: ['superuser', 'editor'] })).status, 200);
    const report = await as_admin('POST', '/users/import', {
      users: [
        { user_name: 'carl', roles: ['superuser'] },
        { user_name: 'dora', roles: ['editor'] },
      ],
    });
    assert.deepEqual([report.json?.['created'], report.json?.['failed']], [1, 1]);
    assert.match(report.text, /superuser/);
  });

  test('of one app may still be given for another; for every app it may not', async () => {
    const { id } = await world.made(`${org}/users`, { user_name: 'eve' });
    refused(await as_admin('PATCH', `/users/${id}`, { roles: [{ role: 'billing', client_id: 'app_shop' }] }), 'billing');
    refused(await as_admin('PATCH', `/users/${id}`, { roles: ['billing'] }), 'billing');
    assert.equal((await as_admin('PATCH', `/users/${id}`, { roles: [{ role: 'billing', client_id: 'app_other' }] })).status, 200);
  });

  test('is the vendor’s to give; what it does not keep is everybody’s, as ever', async () => {
    assert.equal((await world.api('POST', `${org}/users`, { body: { user_name: 'fay', roles: ['superuser'] } })).status, 201);
    assert.equal((await as_admin('POST', '/role-mappings', { group: 'Staff', role: 'never registered' })).status, 201);
  });
});
