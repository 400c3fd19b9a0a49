import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { new_reference, type Trace } from '../../../src/audit/index.ts';
import { new_id } from '../../../src/kernel/index.ts';
import { admin_world, type AdminWorld, type Furnished, START } from '../../support/admin_world.ts';

const MINUTE = 60_000;

describe('figures, search and previews', () => {
  let world: AdminWorld;
  let acme: Furnished;
  let globex: Furnished;
  const get = async (path: string): Promise<Record<string, unknown>> => {
    const answer = await world.api('GET', path);
    assert.equal(answer.status, 200, answer.text);
    return answer.json ?? {};
  };
  before(async () => {
    world = await admin_world();
    acme = await world.furnish('acme');
    globex = await world.furnish('globex');
    world.clock.now = START + 60 * MINUTE;
    const trace = (at: number, outcome: Trace['outcome'], code: string | null, org_id: string, steps: number[]): Trace => ({
      ...{ reference: new_reference(), org_id, connection_id: null, client_id: null, user_id: null, outcome, code, personal: null },
      steps: steps.map((after, index) => ({ at: at + after, name: `step_${index}`, ok: true, detail: '' })),
      ...{ started_at: at, finished_at: at },
    });
    const at = START + 10 * MINUTE;
    const traces = [
      trace(at, 'succeeded', null, acme.organization_id, [0, 100]),
      trace(at + 1, 'succeeded', null, acme.organization_id, [0, 300]),
      trace(at + 2, 'refused', 'wrong_audience', acme.organization_id, [0]),
      trace(at + 5 * MINUTE, 'failed', 'partner_unreachable', globex.organization_id, [0]),
      trace(at + 5 * MINUTE + 1, 'refused', 'wrong_audience', globex.organization_id, [0]),
      { ...trace(at, 'refused', 'wrong_audience', acme.organization_id, [0]), purpose: 'test' as const },
    ];
    await world.storage.transact(async (tx) => {
      for (const one of traces) await world.audit.save_trace(tx, one);
    });
  });
  after(() => world.close());

  it('sign-ins are counted by result, each in its minute; tests of connections are none', async () => {
    const figures = await get(`/stats/sign-ins?since=${new Date(START + MINUTE).toISOString()}&bucket=minute`);
    assert.deepEqual(figures['buckets'], [
      { at: new Date(START + 10 * MINUTE).toISOString(), succeeded: 2, refused: 1, failed: 0 },
      { at: new Date(START + 15 * MINUTE).toISOString(), succeeded: 0, refused: 1, failed: 1 },
    ]);
    assert.deepEqual(figures['failures'], {
      by_reason: [
        { code: 'wrong_audience', count: 2 },
        { code: 'partner_unreachable', count: 1 },
      ],
      by_organization: [
        { organization_id: globex.organization_id, name: 'globex', count: 2 },
        { organization_id: acme.organization_id, name: 'acme', count: 1 },
      ],
    });
    assert.deepEqual(figures['steps'], [{ name: 'step_1', count: 2, p50_ms: 300, p95_ms: 300 }]);
  });

  it('a window that is too long, or begins tomorrow, is refused', async () => {
    for (const since of [START - 8 * 86_400_000, START + 86_400_000])
      assert.equal((await world.api('GET', `/stats/sign-ins?since=${new Date(since).toISOString()}`)).status, 400);
  });

  it('a list of sign-ins is narrowed by the reason', async () => {
    const { data } = await get('/login-traces?code=partner_unreachable');
    assert.equal((data as unknown[]).length, 1);
  });

  it('certificates that end within 90 days stand first that ends first', async () => {
    const ends = START + 12 * 86_400_000;
    await world.storage.write_once('UPDATE "connections" SET "certificates_end_at" = ? WHERE "id" = ?', [ends, acme.connection_id]);
    const { certificates } = await get('/stats/upkeep');
    assert.deepEqual(certificates, [
      {
        ...{ organization_id: acme.organization_id, organization_name: 'acme', connection_id: acme.connection_id, connection_name: 'IdP' },
        ...{ ends_at: new Date(ends).toISOString(), days_left: 11 },
      },
    ]);
  });

  it('directories that are read are counted by their last real run, and those that went wrong are named; so are those that are refused', async () => {
    const { connection_id, organization_id } = acme;
    const { id: org_id } = await world.organizations.require_organization(organization_id);
    const now = world.clock.now;
    const run = (id: string, status: 'finished' | 'stopped', dry_run: boolean, at: number) => ({
      ...{ id, connection_id, status, dry_run, whole: true, counts: {}, problems: [], error: null, brake: null },
      ...{ started_at: at, finished_at: at },
    });
    await world.storage.transact(async (tx) => {
      await tx
        .org(org_id)
        .connection_syncs.insert({ connection_id, due_at: null, lease: null, lease_until: null, cursor: null, full_at: null });
      await tx.org(org_id).sync_runs.insert(run('syn_a', 'finished', false, now + 1));
      await tx.org(org_id).sync_runs.insert(run('syn_b', 'stopped', false, now + 2));
      await tx.org(org_id).sync_runs.insert(run('syn_c', 'finished', true, now + 3));
    });
    await world.storage.write_once('UPDATE "scim_requests" SET "status" = 409, "created_at" = ? WHERE "org_id" = ?', [now, org_id]);
    const { syncs, scim, scim_targets } = await get('/stats/upkeep');
    assert.deepEqual(syncs, {
      ...{ running: 0, finished: 0, failed: 0, stopped: 1 },
      wrong: [
        {
          ...{ organization_id, organization_name: 'acme', connection_id, connection_name: 'IdP', status: 'stopped' },
          at: new Date(now + 2).toISOString(),
        },
      ],
    });
    assert.deepEqual((scim as { organizations: unknown }).organizations, [
      { organization_id, organization_name: 'acme', refused: 1, failed: 0 },
    ]);
    assert.deepEqual(scim_targets, { enabled: 0, failing: 0, given_up: 0 });
  });

  it('finds organizations by the beginning of slug or name or by a proven domain, people by theirs, apps, and a reference however it is typed', async () => {
    const ids = (found: Record<string, unknown>, of: string): unknown[] => (found[of] as { id: string }[]).map(({ id }) => id);
    assert.deepEqual(ids(await get('/search?q=acm'), 'organizations'), [acme.organization_id]);
    const { id } = await world.made('/organizations', { slug: 'zz-shop', name: 'Żółta 100% Łódź' });
    assert.deepEqual(ids(await get(`/search?q=${encodeURIComponent('żółta 100%')}`), 'organizations'), [id]);
    assert.deepEqual(ids(await get('/search?q=ann@globex'), 'users'), [globex.user_id]);
    assert.deepEqual(ids(await get(`/search?q=${acme.user_id}`), 'users'), [acme.user_id]);
    const client = await world.made('/clients', { client_name: 'Pay%roll', redirect_uris: ['https://app.example/cb'] });
    assert.deepEqual(ids(await get('/search?q=y%25r'), 'clients'), [client.id]);
    const typed = acme.reference.toLowerCase().replaceAll('-', ' ');
    const { login_traces } = await get(`/search?q=${encodeURIComponent(typed)}`);
    assert.deepEqual(login_traces, [{ reference: acme.reference, organization_id: acme.organization_id, outcome: 'refused' }]);
    assert.equal((await world.api('GET', '/search?q=%25%25')).status, 200);
    assert.equal((await world.api('GET', '/search')).status, 400);
  });

  it('what would end is told before it ends, of nobody else', async () => {
    world.clock.now = START;
    const preview = await get(`/organizations/acme/access?user_id=${acme.user_id}`);
    assert.deepEqual(preview, { people: 1, sessions: 1, apps: [], app_count: 0 });
    assert.equal((await world.api('GET', `/organizations/acme/access?user_id=${globex.user_id}`)).status, 404);
    assert.deepEqual(await get('/organizations/acme/access'), { people: 1, sessions: 1, apps: [], app_count: 0 });
    assert.equal((await world.api('GET', `/clients/${new_id('no')}/access`)).status, 404);
  });

  it('claims are previewed in the words of the app, and hidden from whoever may not see personal data', async () => {
    const client = await world.made('/clients', {
      client_name: 'HR',
      redirect_uris: ['https://hr.example/cb'],
      claim_mapping: { rename: { email: 'mail' } },
    });
    const path = `/clients/${client.id}/claims?organization_id=acme&user_id=${acme.user_id}`;
    const { id_token } = (await get(path)) as { id_token: Record<string, unknown> };
    assert.equal(id_token['mail'], 'ann@acme.example');
    assert.equal(id_token['sub'], acme.user_id);
    assert.equal(id_token['org_slug'], 'acme');
    const masked = await world.api('GET', path, { key: await world.new_key('support') });
    assert.equal(masked.status, 200);
    assert.doesNotMatch(masked.text, /ann@acme/);
    assert.equal((await world.api('GET', `/clients/${client.id}/claims?organization_id=globex&user_id=${acme.user_id}`)).status, 404);
  });

  it('second factors of a key are listed and reset; the key of the settings is called first', async () => {
    assert.equal((await world.api('DELETE', '/admin-keys/first/second-factors')).status, 404);
    await world.storage.transact((tx) =>
      tx.gateway.second_factors.insert({
        ...{ id: new_id('fac'), admin_key_id: 'first', kind: 'totp', name: 'Phone', sealed_secret: null, credential_id: null },
        ...{ public_key: null, transports: null, counter: 0, confirmed_at: START, last_used_at: null, created_at: START },
      }),
    );
    const { data } = await get('/admin-keys/first/second-factors');
    assert.equal((data as unknown[]).length, 1);
    assert.equal((await world.api('DELETE', '/admin-keys/first/second-factors')).status, 204);
    assert.deepEqual((await get('/admin-keys/first/second-factors'))['data'], []);
  });
});
