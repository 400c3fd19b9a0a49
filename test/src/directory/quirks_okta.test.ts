import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { GROUP, type Json, type ScimClient, scim_world, type ScimWorld, USER } from '../../support/scim_world.ts';

describe('Okta as it really speaks', () => {
  let world: ScimWorld;
  let okta: ScimClient;
  before(async () => {
    world = await scim_world();
    okta = await world.client({ agent: 'Okta SCIM Client 1.0.0' });
  });
  after(() => world.close());
  const filtered = (collection: string, filter: string, more = '') =>
    okta.call('GET', `${collection}?filter=${encodeURIComponent(filter)}${more}`);
  let count = 0;
  const user = (more: Readonly<Record<string, unknown>> = {}): Promise<Json> => okta.user(`okta${++count}@acme.example`, more);
  const ids = (group: Json): string[] => (group.members ?? []).map(({ value }) => value).sort();

  it('O-1: everything by PUT: profile, deactivation, a group with its name and members', async () => {
    const made = await user({ name: { givenName: 'A', familyName: 'B' } });
    const profile = await okta.call('PUT', `/Users/${made.id}`, { ...made, name: { givenName: 'C', familyName: 'B' }, active: false });
    assert.equal(profile.status, 200, profile.text);
    assert.deepEqual([profile.json.name['givenName'], profile.json.active], ['C', false]);
    assert.ok(world.ended.some((scope) => 'user_id' in scope && scope.user_id === made.id));
    const group = await okta.group('O-1');
    const put = await okta.call('PUT', `/Groups/${group.id}`, {
      schemas: [GROUP],
      displayName: 'O-1 b',
      members: [{ value: made.id, display: 'x' }],
    });
    assert.equal(put.status, 200, put.text);
    assert.deepEqual([put.json.displayName, ids(put.json)], ['O-1 b', [made.id]]);
  });

  it('O-2: PUT sends back what was read; what is absent is cleared, what is read-only passed over', async () => {
    const made = await user({ title: 'Boss', nickName: 'x' });
    await okta.group('O-2', [made.id]);
    const { json } = await okta.call('GET', `/Users/${made.id}`);
    const { title: _gone, ...rest } = json;
    const put = await okta.call('PUT', `/Users/${made.id}`, {
      ...rest,
      id: 'usr_other',
      unknown: { a: 1 },
      meta: { version: 'x' },
      groups: [],
    });
    assert.equal(put.status, 200, put.text);
    assert.deepEqual([put.json.id, put.json['title'], put.json['nickName'], put.json.groups.length], [made.id, undefined, 'x', 1]);
  });

  it('O-2: PUT without `active` wakes nobody up', async () => {
    const { id, userName } = await user({ active: false });
    assert.equal((await okta.call('PUT', `/Users/${id}`, { schemas: [USER], userName })).json.active, false);
  });

  it('O-3: deactivation without a path is answered with the user', async () => {
    const { id } = await user();
    const answer = await okta.patch(`/Users/${id}`, { op: 'replace', value: { active: false } });
    assert.deepEqual([answer.status, answer.json.active, answer.json.id], [200, false, id]);
  });

  it('O-4: who was deactivated, never deleted, is the same user when assigned again', async () => {
    const { id, userName } = await user();
    await okta.patch(`/Users/${id}`, { op: 'replace', value: { active: false } });
    const found = await filtered('/Users', `userName eq "${userName}"`);
    assert.equal(found.json.Resources[0]?.id, id);
    assert.equal((await okta.call('PUT', `/Users/${id}`, { ...found.json.Resources[0], active: true })).json.active, true);
  });

  it('O-5: the look-up before everything is a list, empty or not', async () => {
    const none = await filtered('/Users', 'userName eq "nobody@acme.example"', '&startIndex=1&count=100');
    assert.deepEqual([none.status, none.json.totalResults, none.json.startIndex, none.json.Resources], [200, 0, 1, []]);
    await user();
    const found = await okta.call('GET', `/Users?filter=userName+eq+%22OKTA1%40acme.example%22&startIndex=1&count=100`);
    assert.equal(found.json.totalResults, 1);
  });

  it('O-6: an import goes page by page, in the same order, with whole numbers', async () => {
    const client = await world.client({ agent: 'Okta SCIM Client 1.0.0' });
    for (let i = 0; i < 7; i++) await client.user(`u${i}`);
    const seen: string[] = [];
    for (let start = 1; ; start += 3) {
      const { json } = await client.call('GET', `/Users?startIndex=${start}&count=3`);
      assert.deepEqual([json.totalResults, json.startIndex, json.itemsPerPage], [7, start, json.Resources.length]);
      seen.push(...json.Resources.map((one) => one.userName));
      if (start + 3 > json.totalResults) break;
    }
    assert.deepEqual(seen.sort(), ['u0', 'u1', 'u2', 'u3', 'u4', 'u5', 'u6']);
    assert.equal((await client.call('GET', '/Users?startIndex=1&count=2')).json.itemsPerPage, 2);
    assert.equal((await client.call('GET', '/Groups?startIndex=1&count=100')).json.totalResults, 0);
  });

  it('O-7: a POST with a password, which is forgotten; who exists is 409', async () => {
    const body = {
      schemas: [USER],
      userName: 'o7@acme.example',
      externalId: '00u7',
      displayName: 'O',
      locale: 'en-US',
      password: 'canary-8f2c',
      groups: [],
      active: true,
    };
    const made = await okta.call('POST', '/Users', body);
    assert.equal(made.status, 201);
    assert.ok(made.json.id !== '' && !made.text.includes('canary') && !('password' in made.json));
    const row = await world.storage.org(okta.org_id).users.find_one({ id: made.json.id });
    assert.ok(!JSON.stringify(row).includes('canary'));
    assert.ok(!JSON.stringify(world.events).includes('canary'));
    assert.equal((await okta.patch(`/Users/${made.json.id}`, { op: 'replace', value: { password: 'canary' } })).status, 200);
    const again = await okta.call('POST', '/Users', { ...body, userName: 'O7@ACME.example', externalId: 'other' });
    assert.deepEqual([again.status, again.json.scimType], [409, 'uniqueness']);
    const same_external = await okta.call('POST', '/Users', { ...body, userName: 'o7b@acme.example' });
    assert.deepEqual([same_external.status, same_external.json.scimType], [409, 'uniqueness']);
  });

  it('O-8: a rename carries the id, with every change of members', async () => {
    const { id } = await okta.group('O-8');
    const strict = await world.client({ org_id: okta.org_id, dialect: 'strict' });
    for (const client of [okta, strict]) {
      const answer = await client.patch(`/Groups/${id}`, { op: 'replace', value: { id, displayName: `O-8 ${client.token_id}` } });
      assert.equal(answer.status, 204, answer.text);
    }
    const other = await strict.patch(`/Groups/${id}`, { op: 'replace', value: { id: 'grp_other' } });
    assert.deepEqual([other.status, other.json.scimType], [400, 'mutability']);
  });

  it('O-9: members leave and come in one PATCH, and a full push replaces them', async () => {
    const [a, b, c] = [await user(), await user(), await user()];
    const { id } = await okta.group('O-9', [a.id]);
    const change = await okta.patch(
      `/Groups/${id}`,
      { op: 'remove', path: `members[value eq "${a.id}"]` },
      { op: 'add', path: 'members', value: [{ value: b.id, display: 'b' }] },
    );
    assert.equal(change.status, 204);
    assert.deepEqual(ids((await okta.call('GET', `/Groups/${id}`)).json), [b.id]);
    await okta.patch(`/Groups/${id}`, { op: 'replace', path: 'members', value: [{ value: a.id }, { value: c.id }] });
    assert.deepEqual(ids((await okta.call('GET', `/Groups/${id}`)).json), [a.id, c.id].sort());
  });

  it('O-10: a PUT whose members are not all known keeps those that are', async () => {
    const a = await user();
    const { id } = await okta.group('O-10');
    const members = [{ value: a.id }, { value: 'usr_000000000000000000000000' }, { value: 'what?' }];
    const put = await okta.call('PUT', `/Groups/${id}`, { schemas: [GROUP], displayName: 'O-10', members });
    assert.deepEqual([put.status, ids(put.json)], [200, [a.id]]);
  });

  it('O-11: a group that is unlinked goes with 204', async () => {
    const { id } = await okta.group('O-11');
    const gone = await okta.call('DELETE', `/Groups/${id}`);
    assert.deepEqual([gone.status, gone.text], [204, '']);
  });

  it('O-13: one value is primary: whoever comes as primary takes it from the one before', async () => {
    const { id } = await user({ emails: [{ value: 'a@acme.example', type: 'work', primary: true }] });
    const answer = await okta.patch(`/Users/${id}`, {
      op: 'add',
      path: 'emails',
      value: [{ value: 'b@acme.example', type: 'other', primary: true }],
    });
    assert.deepEqual(
      answer.json.emails.map((one) => one['primary']),
      [false, true],
    );
    const two = [1, 2].map((i) => ({ value: `${i}@acme.example`, primary: true }));
    assert.equal((await okta.call('POST', '/Users', { schemas: [USER], userName: 'o13', emails: two })).json.scimType, 'invalidValue');
    const row = await world.storage.org(okta.org_id).users.find_one({ id });
    assert.equal(row?.email, 'b@acme.example');
  });

  it('O-14: `detail` says what to mend', async () => {
    const answer = await okta.call('POST', '/Users', { schemas: [USER], displayName: 'x' });
    assert.deepEqual([answer.status, answer.json.detail], [400, 'userName is required.']);
  });

  it('O-15: the specification test: a list of one, 404 and 401 as SCIM errors', async () => {
    await user({ name: { givenName: 'A', familyName: 'B' }, emails: [{ value: 'a15@acme.example', primary: true }] });
    const { json } = await okta.call('GET', '/Users?count=1&startIndex=1');
    assert.equal(json.Resources.length, 1);
    assert.equal(typeof json.Resources[0]?.userName, 'string');
    assert.equal(typeof json.Resources[0]?.active, 'boolean');
    const missing = await okta.call('GET', '/Users/nobody');
    assert.deepEqual([missing.status, missing.json.status, typeof missing.json.detail], [404, '404', 'string']);
    const bad = await okta.call('GET', '/Users', undefined, { authorization: 'Bearer wrong' });
    assert.deepEqual([bad.status, bad.json.status, bad.json.schemas], [401, '401', ['urn:ietf:params:scim:api:messages:2.0:Error']]);
  });

  it('O-16: content types with parameters, and those of plain JSON', async () => {
    for (const type of ['application/json', 'application/scim+json; charset=utf-8', 'text/json', 'application/json; charset=UTF-8']) {
      const answer = await okta.call(
        'POST',
        '/Users',
        { schemas: [USER], userName: `o16 ${type}` },
        { 'content-type': type, 'accept-charset': 'utf-8' },
      );
      assert.equal(answer.status, 201, `${type}: ${answer.text}`);
    }
    const other = await okta.call('POST', '/Users', '<x/>', { 'content-type': 'application/xml' });
    assert.deepEqual([other.status, other.json.status], [415, '415']);
  });
});

describe('other clients', () => {
  let world: ScimWorld;
  before(async () => {
    world = await scim_world();
  });
  after(() => world.close());

  it('JumpCloud takes members out by value', async () => {
    for (const options of [{ dialect: 'jumpcloud' }, { agent: 'JumpCloud SCIM/2.0' }]) {
      const client = await world.client(options);
      const [a, b] = [await client.user('a'), await client.user('b')];
      const { id } = await client.group('Staff', [a.id, b.id]);
      assert.equal((await client.patch(`/Groups/${id}`, { op: 'remove', path: 'members', value: [{ value: a.id }] })).status, 204);
      assert.equal((await client.call('GET', `/Groups/${id}`)).json.members.length, 1);
    }
  });

  it('OneLogin changes members of a group by PATCH, and users by PUT or PATCH', async () => {
    const client = await world.client({ dialect: 'onelogin' });
    const a = await client.user('a');
    const { id } = await client.group('Staff');
    assert.equal((await client.patch(`/Groups/${id}`, { op: 'add', path: 'members', value: [{ value: a.id }] })).status, 204);
    assert.equal((await client.call('PUT', `/Users/${a.id}`, { ...a, active: false })).json.active, false);
    assert.equal((await client.patch(`/Users/${a.id}`, { op: 'replace', path: 'active', value: true })).json.active, true);
  });

  it('Ping replaces by PUT, without naming schemas', async () => {
    const client = await world.client({ dialect: 'ping' });
    const a = await client.user('a');
    const put = await client.call('PUT', `/Users/${a.id}`, { userName: 'a', name: { givenName: 'A' } });
    assert.deepEqual([put.status, put.json.name], [200, { givenName: 'A' }]);
  });
});
