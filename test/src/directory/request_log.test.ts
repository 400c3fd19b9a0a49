import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { make_users } from '../../../src/users/index.ts';
import { act } from '../../support/people_world.ts';
import { PATCH_OP, scim_world, type ScimClient, type ScimWorld, USER } from '../../support/scim_world.ts';

const DAY_MS = 86_400_000;

describe('the log of SCIM requests', () => {
  let world: ScimWorld;
  let scim: ScimClient;
  before(async () => {
    world = await scim_world();
    scim = await world.client({ dialect: 'entra' });
  });
  after(() => world.close());

  const newest = async (client = scim, personal = true) => {
    const [first] = (await world.requests(client.org_id).list({ limit: 1 })).data;
    assert.ok(first);
    return world.requests(client.org_id).get(first.id, { personal });
  };

  test('a request is kept as it came, as it was understood, and with what it changed', async () => {
    const { id } = await scim.user('ann@acme.example');
    const operation = { op: 'Replace', path: 'emails[type eq "work"].value', value: 'ann@work.example' };
    await scim.call('PATCH', `/Users/${id}?attributes=id`, { schemas: [PATCH_OP], Operations: [operation] });
    const kept = await newest();
    assert.equal(kept.status, 200);
    assert.equal(kept.method, 'PATCH');
    assert.equal(kept.path, `/Users/${id}`);
    assert.equal(kept.query, 'attributes=id');
    assert.equal(kept.dialect, 'entra');
    assert.deepEqual(kept.token, { id: scim.token_id, name: 'SCIM' });
    assert.deepEqual(kept.body, { schemas: [PATCH_OP], Operations: [operation] });
    assert.equal(kept.headers?.['content-type'], 'application/scim+json');
    assert.equal('authorization' in (kept.headers ?? {}), false);
    assert.deepEqual(kept.understood, [{ op: 'replace', path: 'emails[type eq "work"].value', value: 'ann@work.example' }]);
    assert.deepEqual(kept.resource_ids, [id]);
    assert.equal(kept.effects?.[0]?.type, 'user.updated');
    assert.equal(kept.effects[0].after?.['email'], 'ann@work.example');
    assert.equal(kept.effects[0].before?.['email'], null);
  });

  test('a filter is shown as we read it, also where a client leaves its value unquoted', async () => {
    await scim.call('GET', `/Users?filter=${encodeURIComponent('EXTERNALID eq jyoung')}&count=7`);
    const { understood } = await newest();
    assert.deepEqual(understood, [{ op: 'list', filter: 'externalId eq "jyoung"', start: 1, count: 7 }]);
  });

  test('a refused request says why, and changed nothing', async () => {
    await scim.user('twice@acme.example');
    await scim.call('POST', '/Users', { schemas: [USER], userName: 'TWICE@acme.example' });
    const kept = await newest();
    assert.equal(kept.status, 409);
    assert.equal(kept.error_code, 'uniqueness');
    assert.match(kept.detail ?? '', /userName/);
    assert.deepEqual(kept.effects, []);
  });

  test('what is no JSON is kept as text', async () => {
    await fetch(`${world.url}/scim/${scim.org_id}/v2/Users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${scim.token}`, 'content-type': 'application/json' },
      body: '{"userName": ',
    });
    const kept = await newest();
    assert.equal(kept.status, 400);
    assert.equal(kept.body, '{"userName": ');
  });

  test('a password is not kept, wherever it stands', async () => {
    const { id } = await scim.user('okta@acme.example', { password: 'canary-1' });
    const created = await newest();
    await scim.call('PATCH', `/Users/${id}`, { schemas: [PATCH_OP], Operations: [{ op: 'replace', path: 'password', value: 'canary-2' }] });
    const patched = await newest();
    await fetch(`${world.url}/scim/${scim.org_id}/v2/Users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${scim.token}`, 'content-type': 'application/json' },
      body: '{"password": "canary-3", ',
    });
    const broken = await newest();
    assert.doesNotMatch(JSON.stringify([created, patched, broken]), /canary/);
    assert.equal(broken.status, 400);
  });

  test('a wrong token of a known organization is seen, without anything it sent; of an unknown one nothing is kept', async () => {
    const stranger = { authorization: 'Bearer postern_scim_wrong', 'content-type': 'application/json' };
    const org_id = await world.add_organization();
    for (const organization of [org_id, 'org_000000000000000000000000'])
      await fetch(`${world.url}/scim/${organization}/v2/Users/ann%40acme.example`, {
        method: 'PUT',
        headers: stranger,
        body: '{"userName":"canary"}',
      });
    const { data } = await world.requests(org_id).list({});
    assert.equal(data.length, 1);
    assert.equal(data[0]?.status, 401);
    assert.equal(data[0].token, null);
    assert.equal(data[0].path, '/Users/…');
    const kept = await world.requests(org_id).get(data[0].id, { personal: true });
    assert.doesNotMatch(JSON.stringify(kept), /canary|wrong|acme/);
    assert.equal(kept.replayable, false);
  });

  test('who may not see personal data sees how a request is built, and nothing of anybody', async () => {
    const { id } = await scim.user('secretive@acme.example', { name: { givenName: 'Zebedee' }, title: 'Spymaster' });
    const created = await newest(scim, false);
    await scim.patch(`/Users/${id}`, { op: 'Add', path: 'emails[type eq "zebedee"].value', value: 'z@acme.example' });
    const patched = await newest(scim, false);
    await scim.call('GET', `/Users?filter=${encodeURIComponent('userName eq "zebedee"')}`);
    const listed = await newest(scim, false);
    await scim.call('GET', `/Users?filter=${encodeURIComponent('title eq "zebedee')}`);
    const refused = await newest(scim, false);
    // words so long that no random id has them by chance
    assert.doesNotMatch(JSON.stringify([created, patched, listed, refused]), /zebedee|spymaster|secretive|acme\.example/i);
    assert.deepEqual(created.body, { schemas: [USER], userName: '***', name: { givenName: '***' }, title: '***' });
    assert.deepEqual(listed.understood?.[0]?.filter, 'userName eq "***"');
    assert.equal(patched.understood?.[0]?.path, 'emails[type eq "***"].value');
  });

  test('a list is narrowed by outcome, token, resource and time, page by page', async () => {
    const client = await world.client();
    const other = await world.client({ org_id: client.org_id });
    const { id } = await client.user('a@acme.example');
    await client.call('GET', '/Users/nobody');
    world.clock.now += 1000;
    await other.call('GET', '/Users');
    const requests = world.requests(client.org_id);
    const statuses = async (...[filters]: Parameters<typeof requests.list> extends [unknown, (infer F)?] ? [F?] : never) =>
      (await requests.list({}, filters)).data.map(({ status }) => status);
    assert.deepEqual(await statuses(), [200, 404, 201]);
    assert.deepEqual(await statuses({ status: '4xx' }), [404]);
    assert.deepEqual(await statuses({ token: other.token_id }), [200]);
    assert.deepEqual(await statuses({ resource: id }), [201]);
    assert.deepEqual(await statuses({ since: world.clock.now }), [200]);
    const first = await requests.list({ limit: 2 });
    const second = await requests.list({ limit: 2, after: first.next ?? '' });
    assert.equal(second.data.length, 1);
    assert.equal(second.next, null);
    await assert.rejects(world.requests(scim.org_id).get(first.data[0]?.id ?? '', { personal: true }), { code: 'not_found' });
  });

  test('a rehearsed replay shows what would change and keeps nothing; a real one is the act of whoever asked', async () => {
    const client = await world.client({ dialect: 'entra' });
    const { id } = await client.user('replay@acme.example');
    await client.patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: 'False' });
    const { id: request } = await newest(client);
    await client.patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: 'True' });
    const requests = world.requests(client.org_id);
    const active = async () => (await client.call('GET', `/Users/${id}`)).json.active;

    const rehearsed = await requests.replay(request, { dry_run: true }, act);
    assert.equal(rehearsed.status, 200);
    assert.deepEqual(
      rehearsed.effects.map(({ type }) => type),
      ['user.deactivated'],
    );
    assert.equal(await active(), true);

    const done = await requests.replay(request, {}, act);
    assert.deepEqual(
      done.effects.map(({ type }) => type),
      ['user.deactivated'],
    );
    assert.equal(await active(), false);
    const again = (await requests.list({})).data.find(({ replay_of }) => replay_of !== null);
    assert.equal(again?.replay_of, request);
    const recorded = await world.storage.sql.all<{ actor_id: string; type: string }>(
      `SELECT "actor_id", "type" FROM "audit_events" WHERE "org_id" = ? AND "actor_id" = ? ORDER BY "type"`,
      [client.org_id, 'key_test'],
    );
    assert.deepEqual(
      recorded.map(({ type }) => type).filter((type) => type !== 'scim_token.created'),
      ['scim_request.replayed', 'scim_request.replayed', 'user.deactivated'],
    );
  });

  test('a rehearsed bulk sees what it made itself', async () => {
    const client = await world.client();
    const Operations = [
      { method: 'POST', path: '/Users', bulkId: 'u', data: { schemas: [USER], userName: 'bulk@acme.example' } },
      {
        method: 'POST',
        path: '/Groups',
        bulkId: 'g',
        data: { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'All', members: [{ value: 'bulkId:u' }] },
      },
    ];
    await client.call('POST', '/Bulk', { schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], Operations });
    const kept = await newest(client);
    assert.equal(kept.changes, kept.effects?.length);
    for (const path of kept.resource_ids.map((id) => (id.startsWith('usr_') ? `/Users/${id}` : `/Groups/${id}`)))
      await client.call('DELETE', path);
    const rehearsed = await world.requests(client.org_id).replay(kept.id, { dry_run: true }, act);
    assert.deepEqual(
      (rehearsed.body as { Operations: { status: string }[] }).Operations.map(({ status }) => status),
      ['201', '201'],
    );
    assert.equal((await client.call('GET', '/Users')).json.totalResults, 0);
  });

  test('a refused replay is an answer; one of a token that is gone is a conflict', async () => {
    const client = await world.client();
    await client.user('gone@acme.example');
    const { id: request } = await newest(client);
    const refused = await world.requests(client.org_id).replay(request, {}, act);
    assert.equal(refused.status, 409);
    await world.tokens(client.org_id).remove(client.token_id, act);
    await assert.rejects(world.requests(client.org_id).replay(request, {}, act), { code: 'token_gone' });
  });

  test('a body that is longer than what is kept is cut, and cannot be replayed', async () => {
    const client = await world.client();
    await client.group('Big');
    const { id } = (await client.call('GET', '/Groups')).json.Resources[0] ?? {};
    const value = Array.from({ length: 3000 }, (_, index) => ({ value: `usr_${String(index).padStart(24, '0')}` }));
    await client.call('PATCH', `/Groups/${id}`, { schemas: [PATCH_OP], Operations: [{ op: 'add', path: 'members', value }] });
    const kept = await newest(client);
    assert.equal(kept.status, 204);
    assert.equal(kept.body_truncated, true);
    assert.equal(kept.replayable, false);
    assert.deepEqual(kept.understood, [{ op: 'add', too_long: true }]);
    await assert.rejects(world.requests(client.org_id).replay(kept.id, {}, act), { code: 'not_replayable' });
  });

  test('what is too old or too many goes; strangers push nothing out', async () => {
    const small = await scim_world();
    try {
      const client = await small.client();
      for (let count = 0; count < 3; count++) await client.call('GET', '/Users');
      const wrong = { ...client, call: client.call };
      for (let count = 0; count < 205; count++)
        await fetch(`${small.url}/scim/${wrong.org_id}/v2/Users`, { headers: { authorization: 'Bearer wrong' } });
      await small.requests.log.flush();
      await small.requests.log.trim();
      const all = await small.requests(client.org_id).list({ limit: 1000 });
      assert.equal(all.data.filter(({ token }) => token !== null).length, 3);
      assert.equal(all.data.filter(({ token }) => token === null).length, 200);
      small.clock.now += 15 * DAY_MS;
      await small.requests.log.trim();
      assert.deepEqual((await small.requests(client.org_id).list({})).data, []);
    } finally {
      await small.close();
    }
  });

  test('who is erased is erased from the requests too, also where only a filter named them', async () => {
    const client = await world.client();
    const users = make_users({
      ...world.deps,
      forget: { prepare: () => world.requests.log.flush(), within: (tx, org_id, words) => world.requests.forget(tx, org_id, words) },
    }).users(client.org_id);
    const { id } = await client.user('erased@acme.example', { externalId: 'ext-4711' });
    for (const filter of ['userName eq "Erased@acme.example"', 'externalId eq "ext-4711"'])
      await client.call('GET', `/Users?filter=${encodeURIComponent(filter)}`);
    await client.call('DELETE', `/Users/${id}`);
    await client.call('GET', '/Groups');
    await users.erase(id, act);
    const { data } = await world.requests(client.org_id).list({});
    const kept = await Promise.all(data.map(({ id: one }) => world.requests(client.org_id).get(one, { personal: true })));
    assert.deepEqual(
      kept.map(({ method, erased }) => [method, erased]),
      [
        ['GET', false],
        ['DELETE', true],
        ['GET', true],
        ['GET', true],
        ['POST', true],
      ],
    );
  });

  test('nothing that says who somebody was is left once they are forgotten', async () => {
    const client = await world.client();
    const { id } = await client.user('Forgotten@acme.example');
    await client.call('GET', `/Users?filter=${encodeURIComponent('userName eq "forgotten@ACME.example"')}`);
    await client.user('stays@acme.example');
    await world.requests.log.flush();
    const emptied = await world.storage.transact((tx) => world.requests.forget(tx, client.org_id, [id, 'forgotten@acme.example']));
    assert.equal(emptied, 2);
    const { data } = await world.requests(client.org_id).list({});
    const kept = await Promise.all(data.map(({ id: one }) => world.requests(client.org_id).get(one, { personal: true })));
    assert.deepEqual(
      kept.map(({ erased }) => erased),
      [false, true, true],
    );
    assert.doesNotMatch(JSON.stringify(kept), /forgotten/i);
    await assert.rejects(world.requests(client.org_id).replay(kept[2]?.id ?? '', {}, act), { code: 'not_replayable' });
  });
});
