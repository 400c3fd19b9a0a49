import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { new_org_id } from '../../../src/kernel/index.ts';
import type { Answer } from '../../support/admin_app.ts';
import { admin_world, type AdminWorld, FIRST_KEY, START } from '../../support/admin_world.ts';

describe('admin keys', () => {
  let world: AdminWorld;
  before(async () => {
    world = await admin_world();
  });
  after(() => world.close());
  const works = async (key: string): Promise<boolean> => (await world.api('GET', '/roles', { key })).status === 200;
  const create = (body: Readonly<Record<string, unknown>>): Promise<Answer> => world.api('POST', '/admin-keys', { body });

  it('are shown once and stored as a hash', async () => {
    const created = await create({ name: 'CI', role: 'operator' });
    const key = String(created.json?.['key']);
    assert.ok(key.length >= 43);
    const { text } = await world.api('GET', `/admin-keys/${String(created.json?.['id'])}`);
    const { text: listed } = await world.api('GET', '/admin-keys');
    const { text: recorded } = await world.api('GET', '/audit-events?type=admin_key.created');
    const rows = JSON.stringify(await world.storage.gateway.admin_keys.find({}));
    for (const place of [text, listed, recorded, rows]) assert.ok(!place.includes(key));
    assert.ok(![text, listed, recorded].some((place) => place.includes('key_hash')));
    assert.ok(await works(key));
    assert.ok(!(await works(key.slice(0, -1))));
  });

  it('end when they are deleted, at once', async () => {
    const { id, key } = await world.made('/admin-keys', { name: 'short', role: 'owner' });
    assert.ok(await works(String(key)));
    assert.equal((await world.api('DELETE', `/admin-keys/${id}`)).status, 204);
    assert.ok(!(await works(String(key))));
  });

  it('expire to the millisecond', async () => {
    const { key } = await world.made('/admin-keys', { name: 'e', role: 'owner', expires_at: '2026-01-01T02:00:00+01:00' });
    world.clock.now = Date.parse('2026-01-01T01:00:00Z') - 1;
    assert.ok(await works(String(key)));
    world.clock.now++;
    assert.ok(!(await works(String(key))));
    world.clock.now = START;
  });

  it('remember when they were last used, to the minute', async () => {
    const { id, key } = await world.made('/admin-keys', { name: 'used', role: 'support' });
    const used = async (): Promise<unknown> => (await world.api('GET', `/admin-keys/${id}`)).json?.['last_used_at'];
    assert.equal(await used(), null);
    await works(String(key));
    assert.equal(await used(), new Date(START).toISOString());
    world.clock.now += 59_999;
    await works(String(key));
    assert.equal(await used(), new Date(START).toISOString());
    world.clock.now += 1;
    await works(String(key));
    assert.equal(await used(), new Date(START + 60_000).toISOString());
    world.clock.now = START;
  });

  it('of an org_admin name an organization that there is, and no other role names one', async () => {
    const { id } = await world.made('/organizations', { slug: 'keyed', name: 'Keyed' });
    for (const body of [
      { name: 'k', role: 'org_admin' },
      { name: 'k', role: 'org_admin', organization_id: null },
      { name: 'k', role: 'org_admin', organization_id: new_org_id() },
      { name: 'k', role: 'owner', organization_id: id },
    ]) {
      const answer = await create(body);
      assert.equal(answer.status, 422, answer.text);
      assert.equal((answer.json?.['errors'] as { path: string }[])[0]?.path, 'organization_id');
    }
    assert.equal((await create({ name: 'k', role: 'org_admin', organization_id: id })).status, 201);
  });

  it('of a suspended or deleted organization open nothing', async () => {
    const { id } = await world.made('/organizations', { slug: 'suspended', name: 'S' });
    const { key } = await world.made('/admin-keys', { name: 'k', role: 'org_admin', organization_id: id });
    const read = async (): Promise<number> => (await world.api('GET', `/organizations/${id}`, { key: String(key) })).status;
    assert.equal(await read(), 200);
    await world.api('PATCH', `/organizations/${id}`, { body: { status: 'suspended' } });
    assert.equal(await read(), 401);
    await world.api('PATCH', `/organizations/${id}`, { body: { status: 'active' } });
    assert.equal(await read(), 200);
    await world.api('DELETE', `/organizations/${id}`);
    assert.equal(await read(), 401);
  });

  it('tell every wrong field of a body', async () => {
    const answer = await create({ name: 'a\u202eb', role: 'root', expires_at: 'soon', extra: 1, key: 'chosen' });
    assert.equal(answer.status, 422);
    const paths = (answer.json?.['errors'] as { path: string }[]).map(({ path }) => path);
    for (const path of ['name', 'role', 'expires_at', 'extra', 'key']) assert.ok(paths.includes(path), `${path}: ${answer.text}`);
    assert.equal((await create({ name: 'k', role: 'owner', expires_at: '2020-01-01T00:00:00Z' })).status, 422);
  });

  it('are made by owners only: no operator makes itself an owner (privilege escalation)', async () => {
    const operator = await world.new_key('operator');
    const answer = await world.api('POST', '/admin-keys', { key: operator, body: { name: 'mine', role: 'owner' } });
    assert.equal(answer.status, 403);
  });

  it('of the settings are in no row', async () => {
    assert.ok(await works(FIRST_KEY));
    assert.ok(!JSON.stringify(await world.storage.gateway.admin_keys.find({})).includes('POSTERN_ADMIN_KEY'));
  });
});

describe('the organization of the operators', () => {
  let world: AdminWorld;
  before(async () => {
    world = await admin_world({ operators_organization: 'vendor' });
  });
  after(() => world.close());

  it('is changed by owners only: whoever changes its people decides who an owner is (privilege escalation)', async () => {
    const vendor = await world.furnish('vendor');
    const operator = await world.new_key('operator');
    const admin = await world.new_key('org_admin', vendor.organization_id);
    const path = `/organizations/${vendor.organization_id}`;
    for (const key of [operator, admin]) {
      for (const [method, address, body] of [
        ['PATCH', `${path}/users/${vendor.user_id}`, { roles: ['owner'] }],
        ['POST', `${path}/users`, { user_name: 'mallory', roles: ['owner'] }],
        ['POST', `${path}/users/import`, { users: [{ user_name: 'mallory', roles: ['owner'] }] }],
        ['PATCH', `${path}/connections/${vendor.connection_id}`, { oidc: { issuer: 'https://evil.example' } }],
        ['PATCH', `/organizations/vendor`, { name: 'x' }],
      ] as const) {
        const answer = await world.api(method, address, { key, body });
        assert.equal(answer.status, 403, `${method} ${address}: ${answer.text}`);
      }
      assert.equal((await world.api('GET', `${path}/users`, { key })).status, 200);
    }
    assert.equal((await world.api('PATCH', `${path}/users/${vendor.user_id}`, { body: { roles: ['owner'] } })).status, 200);
  });

  it('is not taken over by its slug', async () => {
    const operator = await world.new_key('operator');
    const { id } = await world.made('/organizations', { slug: 'other', name: 'Other' }, operator);
    const renamed = await world.api('PATCH', `/organizations/${id}`, { key: operator, body: { slug: 'vendor' } });
    assert.equal(renamed.json?.['code'], 'owners_only');
    const created = await world.api('POST', '/organizations', { key: operator, body: { slug: 'vendor', name: 'V' } });
    assert.equal(created.json?.['code'], 'owners_only');
  });
});
