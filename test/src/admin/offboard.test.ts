import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { admin_world, type AdminWorld } from '../../support/admin_world.ts';

describe('off-boarding an organization', () => {
  let world: AdminWorld;
  before(async () => {
    world = await admin_world();
  });
  after(() => world.close());

  it('answers everything of it, ends with a receipt, and leaves nothing that names its people; the chain verifies', async () => {
    const acme = await world.furnish('acme');
    const globex = await world.furnish('globex');
    const path = `/organizations/${acme.organization_id}/offboard`;
    for (const body of [{}, { confirm: 'globex' }, { confirm: acme.organization_id }])
      assert.equal((await world.api('POST', path, { body })).status, 422);
    assert.equal((await world.api('GET', `/organizations/${acme.organization_id}`)).json?.['status'], 'active');
    const tried = await world.api('POST', path, { body: { confirm: 'acme', dry_run: true } });
    const last = JSON.parse(tried.text.trimEnd().split('\n').at(-1) ?? '') as unknown;
    assert.deepEqual(last, { kind: 'dry_run', value: { organization_id: acme.organization_id, slug: 'acme', users: 1, contacts: 1 } });
    assert.equal((await world.api('GET', `/organizations/${acme.organization_id}`)).json?.['status'], 'active', 'nothing is changed');
    await world.audit.seal_chain();
    const { status, text, headers } = await world.api('POST', path, { body: { confirm: 'acme' } });
    assert.equal(status, 200, text);
    assert.match(headers.get('content-type') ?? '', /^application\/x-ndjson/);
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string; value: Record<string, unknown> });
    assert.deepEqual(
      lines.map(({ kind }) => kind),
      ['organization', 'domain', 'connection', 'role_mapping', 'contact', 'group', 'user', 'receipt'],
    );
    assert.ok(!text.includes('canary'), 'secrets stay here');
    assert.deepEqual([lines.at(-1)?.value['slug'], lines.at(-1)?.value['users_erased']], ['acme', 1]);
    assert.equal((await world.api('GET', `/organizations/${acme.organization_id}`)).status, 404);
    const events = await world.api('GET', `/audit-events?organization_id=${acme.organization_id}&limit=1000`);
    assert.ok(!events.text.includes('ann@acme.example'), events.text);
    assert.ok(!events.text.includes('it@acme.example'), events.text);
    assert.ok(events.text.includes('organization.deleted'));
    await world.audit.seal_chain();
    assert.equal((await world.audit.verify_chain()).ok, true);
    assert.equal((await world.api('GET', `/organizations/${globex.organization_id}/users/${globex.user_id}`)).status, 200);
    assert.equal((await world.api('POST', path, { body: { confirm: 'acme' } })).status, 404);
  });
});
