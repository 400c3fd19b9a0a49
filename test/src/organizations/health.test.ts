import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { HealthItem, HealthView } from '../../../src/organizations/index.ts';
import { admin_world, type AdminWorld, type Furnished } from '../../support/admin_world.ts';

const DAY_MS = 86_400_000;

describe('the health of an organization', () => {
  let world: AdminWorld;
  let acme: Furnished;
  before(async () => {
    world = await admin_world();
    acme = await world.furnish('acme');
  });
  after(() => world.close());
  const path = (): string => `/organizations/${acme.organization_id}`;
  const health = async (organization = path()): Promise<HealthView> =>
    (await world.api('GET', `${organization}/health`)).json as unknown as HealthView; // as the OpenAPI test holds it
  const item = async (name: HealthItem['name']): Promise<HealthItem | undefined> => (await health()).items.find((one) => one.name === name);

  it('says of an empty organization what is missing and what to do', async () => {
    const { id } = await world.made('/organizations', { slug: 'empty', name: 'Empty' });
    const { level, items } = await health(`/organizations/${id}`);
    assert.equal(level, 'wrong');
    assert.deepEqual(
      items.map(({ name, level: how }) => [name, how]),
      [
        ['organization', 'good'],
        ['domain', 'warning'],
        ['connection', 'wrong'],
        ['contacts', 'warning'],
      ],
    );
    for (const { ok, fix } of items) assert.equal(fix === null, ok);
  });

  it('is wrong while the organization is suspended', async () => {
    await world.api('PATCH', path(), { body: { status: 'suspended' } });
    assert.equal((await item('organization'))?.level, 'wrong');
    await world.api('PATCH', path(), { body: { status: 'active' } });
    assert.equal((await item('organization'))?.level, 'good');
  });

  it('tells a pending domain from a proven one', async () => {
    assert.equal((await item('domain'))?.level, 'warning');
    await world.made(`${path()}/domains`, { domain: 'proven.example', verified: true });
    const domains = (await health()).items.filter(({ name }) => name === 'domain');
    assert.deepEqual(domains.map(({ about, ok }) => [about?.name, ok]).sort(), [
      ['acme.example', false],
      ['proven.example', true],
    ]);
  });

  it('has a connection as tested once a test sign-in has passed', async () => {
    assert.equal((await item('tested'))?.ok, false);
    await world.storage.write_once(
      `UPDATE "login_traces" SET "outcome" = 'succeeded' WHERE "purpose" = 'test' AND "org_id" = ? AND "connection_id" = ?`,
      [acme.organization_id, acme.connection_id],
    );
    assert.equal((await item('tested'))?.ok, true);
  });

  it('warns of a SCIM token that ends, that was never used, and that has been silent for a week', async () => {
    const scim = async (set: string, value: number | null) => {
      await world.storage.write_once(`UPDATE "scim_tokens" SET "${set}" = ? WHERE "org_id" = ? AND "id" = ?`, [
        value,
        acme.organization_id,
        acme.scim_token_id,
      ]);
      return (await item('scim'))?.level;
    };
    assert.equal((await item('scim'))?.level, 'warning', 'never used');
    assert.equal(await scim('last_used_at', world.clock.now - DAY_MS), 'good');
    assert.equal(await scim('last_used_at', world.clock.now - 8 * DAY_MS), 'warning');
    await scim('last_used_at', world.clock.now);
    assert.equal(await scim('expires_at', world.clock.now + 3 * DAY_MS), 'warning');
    assert.equal(await scim('expires_at', world.clock.now - 1), 'wrong');
  });

  it('says when somebody signed in last', async () => {
    assert.equal((await item('last_sign_in'))?.ok, false);
    await world.storage.transact((tx) =>
      tx.sql.run(
        `INSERT INTO "identities" ("org_id", "id", "user_id", "connection_id", "subject", "last_login_at", "created_at") VALUES (?, 'idn_1', ?, ?, 'ann', ?, ?)`,
        [acme.organization_id, acme.user_id, acme.connection_id, world.clock.now, world.clock.now],
      ),
    );
    assert.equal((await item('last_sign_in'))?.ok, true);
  });

  it('wants somebody who is told', async () => {
    assert.equal((await item('contacts'))?.ok, true);
    await world.api('DELETE', `${path()}/contacts/${acme.contact_id}`);
    assert.equal((await item('contacts'))?.ok, false);
  });
});
