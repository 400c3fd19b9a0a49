import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { act } from '../../support/people_world.ts';
import { ENTERPRISE, GROUP, type ScimClient, scim_client, scim_world, type ScimWorld, USER } from '../../support/scim_world.ts';

const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

describe('the SCIM protocol', () => {
  let world: ScimWorld;
  let scim: ScimClient;
  before(async () => {
    world = await scim_world();
    scim = await world.client({ dialect: 'strict' });
  });
  after(() => world.close());
  const bulk = (Operations: readonly unknown[], more = {}) => scim.call('POST', '/Bulk', { schemas: [BULK], Operations, ...more });

  it('tells what it can: configuration, resource types, schemas', async () => {
    const config = (await scim.call('GET', '/ServiceProviderConfig')).json;
    for (const part of ['patch', 'bulk', 'filter', 'sort', 'etag'])
      assert.equal((config[part] as { supported: boolean }).supported, true, part);
    assert.equal((config['pagination'] as { cursor: boolean }).cursor, true);
    const types = (await scim.call('GET', '/ResourceTypes')).json;
    assert.deepEqual(
      types.Resources.map(({ id }) => id),
      ['User', 'Group'],
    );
    assert.equal((await scim.call('GET', '/ResourceTypes/User')).json['endpoint'], '/Users');
    assert.equal((await scim.call('GET', '/ResourceTypes/Device')).status, 404);
    assert.equal((await scim.call('GET', `/Schemas/${USER}`)).json.id, USER);
  });

  it('shows what is asked for, leaves out what is not wanted, in lists, items, changes and searches', async () => {
    const made = await scim.user('projected', {
      name: { givenName: 'A', familyName: 'B' },
      emails: [{ value: 'p@acme.example', type: 'work' }],
      [ENTERPRISE]: { department: 'R', costCenter: '1' },
    });
    const path = `/Users/${made.id}`;
    const only = async (query: string): Promise<unknown> => {
      const { schemas: _s, id: _i, ...rest } = (await scim.call('GET', `${path}?${query}`)).json;
      return rest;
    };
    assert.deepEqual(await only('attributes=userName'), { userName: 'projected' });
    assert.deepEqual(await only('attributes=USERNAME,name.givenName'), { userName: 'projected', name: { givenName: 'A' } });
    assert.deepEqual(await only('attributes=emails.value'), { emails: [{ value: 'p@acme.example' }] });
    assert.deepEqual(await only(`attributes=${ENTERPRISE}:department`), { [ENTERPRISE]: { department: 'R' } });
    assert.deepEqual(await only(`attributes=${USER}:userName`), { userName: 'projected' });
    assert.deepEqual(await only(`excludedAttributes=meta,name,emails,active,id,schemas,${ENTERPRISE}`), { userName: 'projected' });
    const search = await scim.call('POST', '/Users/.search', {
      schemas: [SEARCH],
      filter: 'userName eq "projected"',
      attributes: ['displayName', 'userName'],
      count: 10,
    });
    assert.deepEqual(Object.keys(search.json.Resources[0] ?? {}).sort(), ['id', 'schemas', 'userName']);
    const put = await scim.call('PUT', `${path}?attributes=userName`, { schemas: [USER], userName: 'projected' });
    assert.deepEqual(Object.keys(put.json).sort(), ['id', 'schemas', 'userName']);
    const post = await scim.call('POST', '/Users?excludedAttributes=meta', { schemas: [USER], userName: 'projected2' });
    assert.equal(post.json.meta, undefined);
  });

  it('searches over all types at once', async () => {
    await scim.group('Everywhere');
    const found = await scim.call('POST', '/.search', { schemas: [SEARCH], filter: 'displayName eq "everywhere"' });
    assert.equal(found.json.totalResults, 1, found.text);
    const all = await scim.call('GET', '/?count=1000');
    const counts = await Promise.all(
      ['/Users', '/Groups'].map(async (path) => (await scim.call('GET', `${path}?count=0`)).json.totalResults),
    );
    assert.equal(all.json.totalResults, (counts[0] ?? 0) + (counts[1] ?? 0));
    assert.equal(all.json.Resources.length, all.json.totalResults);
  });

  it('does many things at once, in the order in which they need each other', async () => {
    const answer = await bulk([
      { method: 'POST', path: '/Groups', bulkId: 'g', data: { schemas: [GROUP], displayName: 'Bulk', members: [{ value: 'bulkId:u' }] } },
      { method: 'POST', path: '/Users', bulkId: 'u', data: { schemas: [USER], userName: 'bulk1' } },
      {
        method: 'POST',
        path: '/Users',
        bulkId: 'm',
        data: { schemas: [USER], userName: 'bulk2', [ENTERPRISE]: { manager: { value: 'bulkId:u' } } },
      },
      {
        method: 'PATCH',
        path: '/Users/bulkId:u',
        data: { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [{ op: 'add', path: 'title', value: 'T' }] },
      },
      { method: 'POST', path: '/Users', bulkId: 'x', data: { schemas: [USER], userName: 'BULK1' } },
    ]);
    assert.equal(answer.status, 200, answer.text);
    assert.deepEqual(
      answer.json.Operations.map((one) => one.status),
      ['201', '201', '201', '200', '409'],
    );
    assert.equal(answer.json.Operations[4]?.response.scimType, 'uniqueness');
    const location = String(answer.json.Operations[1]?.['location']);
    const user = (await scim.call('GET', `/Users/${location.split('/').at(-1)}`)).json;
    assert.deepEqual([user['title'], user.groups[0]?.['display']], ['T', 'Bulk']);
  });

  it('stops a bulk at failOnErrors; says of those that need each other 409, of those that need nobody 400', async () => {
    const fails = { method: 'POST', path: '/Users', bulkId: 'f', data: { schemas: [USER] } };
    const stopped = await bulk([fails, { method: 'POST', path: '/Users', bulkId: 'n', data: { schemas: [USER], userName: 'never' } }], {
      failOnErrors: 1,
    });
    assert.equal(stopped.json.Operations.length, 1);
    const cycle = await bulk([
      {
        method: 'POST',
        path: '/Users',
        bulkId: 'a',
        data: { schemas: [USER], userName: 'ca', [ENTERPRISE]: { manager: { value: 'bulkId:b' } } },
      },
      {
        method: 'POST',
        path: '/Users',
        bulkId: 'b',
        data: { schemas: [USER], userName: 'cb', [ENTERPRISE]: { manager: { value: 'bulkId:a' } } },
      },
      { method: 'DELETE', path: '/Users/bulkId:nobody' },
    ]);
    assert.deepEqual(
      cycle.json.Operations.map((one) => one.status),
      ['409', '400', '400'],
    );
  });

  it('does nothing of a bulk that is too long, too large, half, or malformed', async () => {
    const one = (i: number) => ({ method: 'POST', path: '/Users', bulkId: `b${i}`, data: { schemas: [USER], userName: `half${i}` } });
    const bad: readonly (readonly [unknown, number])[] = [
      [{ schemas: [BULK], Operations: Array.from({ length: 1001 }, (_, i) => one(i)) }, 413],
      [JSON.stringify({ schemas: [BULK], Operations: [one(1), one(2)] }).slice(0, -10), 400],
      [{ schemas: [BULK], Operations: [one(1), { method: 'POST', path: '/Users', data: {} }] }, 400],
      [{ schemas: [BULK], Operations: [one(1), { method: 'GET', path: '/Users' }] }, 400],
      [{ schemas: [BULK], Operations: [one(1), { method: 'POST', path: '/Bulk', bulkId: 'x' }] }, 400],
      [{ schemas: [BULK], Operations: [one(1), one(1)] }, 400],
      [{ schemas: [BULK], Operations: [{ ...one(1), data: { userName: 'half1', nickName: 'x'.repeat(3_000_000) } }] }, 413],
    ];
    for (const [body, status] of bad) {
      const answer = await scim.call('POST', '/Bulk', body);
      assert.deepEqual([answer.status, answer.json.status], [status, String(status)], answer.text.slice(0, 200));
    }
    assert.equal((await scim.call('GET', '/Users?filter=userName%20sw%20%22half%22')).json.totalResults, 0);
  });

  it('has two tokens valid at once, hashed, with their last use; one that is deleted or expired ends at once', async () => {
    const { org_id } = scim;
    const second = (await world.tokens(org_id).create({ name: 'second', expires_at: '2026-01-01T01:00:00Z' }, act)).view;
    assert.equal(second.base_url, `http://localhost:4400/scim/${org_id}/v2`);
    const other = scim_client(world.url, org_id, second.token, second.id);
    assert.equal((await other.call('GET', '/Users')).status, 200);
    assert.equal((await scim.call('GET', '/Users')).status, 200);
    const shown = (await world.tokens(org_id).get(second.id)).view;
    assert.ok(shown.last_used_at !== null && !('token' in shown));
    const rows = JSON.stringify(await world.storage.org(org_id).scim_tokens.find({}));
    assert.ok(!rows.includes(second.token));
    world.clock.now += 3_600_000;
    assert.equal((await other.call('GET', '/Users')).status, 401);
    await world.tokens(org_id).remove(second.id, act);
    const gone = await world.client({ org_id });
    await world.tokens(org_id).remove(gone.token_id, act);
    assert.equal((await gone.call('GET', '/Users')).status, 401);
    await assert.rejects(world.tokens(await world.add_organization()).get(scim.token_id), { code: 'not_found' });
  });

  it('takes a token only from the networks that it is for', async () => {
    const far = await world.client({ ip_ranges: ['192.0.2.0/24', '2001:db8::/32'] });
    assert.equal((await far.call('GET', '/Users')).status, 403);
    const near = await world.client({ ip_ranges: ['192.0.2.0/24', '127.0.0.0/8'] });
    assert.equal((await near.call('GET', '/Users')).status, 200);
    for (const body of [
      { ip_ranges: ['what'] },
      { ip_ranges: ['10.0.0.0/33'] },
      { dialect: 'x' },
      { expires_at: '2020-01-01T00:00:00Z' },
      { connection_id: 'con_x' },
      { token: 'x' },
    ])
      await assert.rejects(world.tokens(near.org_id).create(body, act), { status: 422 }, JSON.stringify(body));
  });

  it('adopts whom a sign-in made at the first PUT or PATCH, and shows them before', async () => {
    const connection_id = await world.add_connection(scim.org_id);
    const client = await world.client({ org_id: scim.org_id, connection_id });
    const jit = await world.users
      .users(scim.org_id)
      .create({ user_name: 'jit@acme.example', email: 'jit@acme.example', given_name: 'J' }, act);
    const row = () => world.storage.org(scim.org_id).users.find_one({ id: jit.view.id });
    const seen = (await client.call('GET', `/Users?filter=${encodeURIComponent('userName eq "jit@acme.example"')}`)).json.Resources[0];
    assert.deepEqual(seen?.emails, [{ value: 'jit@acme.example', type: 'work', primary: true }]);
    assert.equal((await row())?.scim_owner, null);
    assert.equal((await client.call('POST', '/Users', { schemas: [USER], userName: 'JIT@acme.example' })).json.scimType, 'uniqueness');
    await client.patch(`/Users/${jit.view.id}`, { op: 'add', path: 'externalId', value: 'subject-1' });
    assert.deepEqual([(await row())?.scim_owner, (await row())?.external_id], [client.token_id, 'subject-1']);
    const event = world.events.findLast(({ target }) => target.id === jit.view.id);
    assert.equal(event?.after?.['scim_owner'], client.token_id);
  });

  it('keeps the people of one connection from the directory of another', async () => {
    const [a, b] = [await world.add_connection(scim.org_id), await world.add_connection(scim.org_id)];
    const of_a = await world.client({ org_id: scim.org_id, connection_id: a });
    const of_b = await world.client({ org_id: scim.org_id, connection_id: b });
    const next_a = await world.client({ org_id: scim.org_id, connection_id: a });
    const { id } = await of_a.user('of-a', { externalId: 'same' });
    for (const answer of [
      await of_b.patch(`/Users/${id}`, { op: 'add', path: 'title', value: 'x' }),
      await of_b.call('DELETE', `/Users/${id}`),
    ])
      assert.equal(answer.status, 403);
    await of_b.user('of-b', { externalId: 'same' });
    assert.equal((await next_a.patch(`/Users/${id}`, { op: 'add', path: 'title', value: 'x' })).status, 200);
    await world.tokens(scim.org_id).remove(of_a.token_id, act);
    const row = await world.storage.org(scim.org_id).users.find_one({ id });
    assert.equal(row?.scim_owner, next_a.token_id, 'the token that takes its place has its people');
  });

  it('records every change with the token as its actor', async () => {
    const { id } = await scim.user('recorded');
    await scim.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: false });
    await scim.call('DELETE', `/Users/${id}`);
    const rows = await world.storage.gateway.audit_events.find({ target_id: id });
    assert.deepEqual(rows.map(({ type }) => type).sort(), ['user.created', 'user.deactivated', 'user.deleted']);
    assert.ok(
      rows.every(
        ({ actor, ip, request_id }) =>
          actor['kind'] === 'scim_token' && actor['id'] === scim.token_id && ip !== null && request_id !== null,
      ),
    );
  });

  it('shows what was changed elsewhere, and keeps what it was told beside it', async () => {
    const { id } = await scim.user('elsewhere', {
      emails: [
        { value: 'a@acme.example', type: 'work', primary: true },
        { value: 'b@acme.example', type: 'home' },
      ],
    });
    await world.users.users(scim.org_id).update(id, { email: 'c@acme.example', given_name: 'C' }, act);
    const { json } = await scim.call('GET', `/Users/${id}`);
    assert.deepEqual([json.emails.map(({ value }) => value), json.name], [['c@acme.example', 'b@acme.example'], { givenName: 'C' }]);
    await world.users.users(scim.org_id).update(id, { email: null }, act);
    assert.deepEqual(
      (await scim.call('GET', `/Users/${id}`)).json.emails.map(({ value }) => value),
      ['b@acme.example'],
    );
  });
});

describe('a directory that asks too often', () => {
  it('E-17: is told when to come back, by a SCIM error', async () => {
    const world = await scim_world({ rate_limits: true });
    try {
      const { org_id } = await world.client();
      let last = new Response();
      for (let i = 0; i < 61; i++)
        last = await fetch(`${world.url}/scim/${org_id}/v2/Users`, { headers: { authorization: 'Bearer wrong' } });
      assert.equal(last.status, 429);
      assert.ok(Number(last.headers.get('retry-after')) > 0);
      assert.equal(((await last.json()) as { status: string }).status, '429');
    } finally {
      await world.close();
    }
  });
});
