import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { GROUP, PATCH_OP, type ScimClient, scim_world, type ScimWorld, USER } from '../../support/scim_world.ts';

describe('what a directory must not do', () => {
  let world: ScimWorld;
  let acme: ScimClient;
  let globex: ScimClient;
  before(async () => {
    world = await scim_world();
    acme = await world.client();
    globex = await world.client();
  });
  after(() => world.close());
  const list = (client: ScimClient, filter: string) => client.call('GET', `/Users?filter=${encodeURIComponent(filter)}`);

  it('enter with a wrong token, a foreign one, none, or at an organization that is not there: always the same 401', async () => {
    const answers = [];
    for (const [path, token] of [
      [acme.org_id, 'wrong'],
      [acme.org_id, globex.token],
      [acme.org_id, ''],
      ['org_000000000000000000000000', acme.token],
      ['nothing', acme.token],
      ['..%2f', acme.token],
    ]) {
      const response = await fetch(`${world.url}/scim/${path}/v2/Users`, {
        headers: token === '' ? {} : { authorization: `Bearer ${token}` },
      });
      assert.match(response.headers.get('www-authenticate') ?? '', /^Bearer/);
      assert.equal(response.headers.get('content-type'), 'application/scim+json; charset=utf-8');
      answers.push(`${response.status} ${await response.text()}`);
    }
    assert.equal(new Set(answers).size, 1);
    assert.match(answers[0] ?? '', /^401 \{"schemas":\["urn:ietf:params:scim:api:messages:2.0:Error"\],"status":"401"/);
  });

  it('learn of another organization: its ids are answered byte for byte like ids of nobody', async () => {
    const user = await globex.user('foreign', { externalId: 'x-1' });
    const group = await globex.group('Foreign', [user.id]);
    const body = { schemas: [USER, GROUP, PATCH_OP], userName: 'x', displayName: 'x', Operations: [{ op: 'remove', path: 'externalId' }] };
    for (const [collection, foreign, unknown] of [
      ['Users', user.id, 'usr_000000000000000000000000'],
      ['Groups', group.id, 'grp_000000000000000000000000'],
    ]) {
      for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
        const answers = [];
        for (const id of [foreign, unknown, 'what']) {
          const { status, text, headers } = await acme.call(
            method,
            `/${collection}/${id}`,
            method === 'GET' || method === 'DELETE' ? undefined : body,
          );
          answers.push(JSON.stringify([status, text, headers.get('etag'), headers.get('content-length')]));
        }
        assert.equal(new Set(answers).size, 1, `${method} ${collection}: ${answers.join('\n')}`);
        assert.match(answers[0] ?? '', /^\[404,/);
      }
    }
    assert.equal((await list(acme, `id eq "${user.id}"`)).json.totalResults, 0);
    assert.equal((await list(acme, `groups.value eq "${group.id}"`)).json.totalResults, 0);
    const own = await acme.group('Own', [user.id]);
    assert.equal(own.members, undefined, 'a foreign person is no member');
    assert.equal((await acme.user('foreign', { externalId: 'x-1' })).userName, 'foreign');
    assert.equal((await globex.call('GET', `/Users/${user.id}`)).status, 200);
  });

  it('take a userName that somebody has, in any case, by POST, PUT or PATCH', async () => {
    await acme.user('Taken@acme.example');
    const other = await acme.user('other');
    const name = 'tAKEN@ACME.EXAMPLE';
    for (const answer of [
      await acme.call('POST', '/Users', { schemas: [USER], userName: name }),
      await acme.call('PUT', `/Users/${other.id}`, { schemas: [USER], userName: name }),
      await acme.patch(`/Users/${other.id}`, { op: 'replace', path: 'userName', value: name }),
    ])
      assert.deepEqual([answer.status, answer.json.scimType, answer.json.status], [409, 'uniqueness', '409']);
    assert.equal((await acme.call('GET', `/Users/${other.id}`)).json.userName, 'other');
  });

  const filters: readonly string[] = [
    'userName',
    'userName eq',
    'userName eq "a',
    'userName = "a"',
    'eq "a"',
    '(userName eq "a"',
    'userName eq "a")',
    'userName eq "a" and',
    'not userName eq "a"',
    'nothing eq "a"',
    'password eq "a"',
    'password sw "a"',
    'active gt true',
    'active eq "true"',
    'userName eq 5',
    'userName gt true',
    'name eq "a"',
    'emails[type eq "work"',
    'emails[nothing eq "x"]',
    'userName[value eq "x"]',
    'emails[type eq "a"]].value eq "b"',
    'meta.created gt "yesterday"',
    'userName eq "\\u0000"',
    'userName eq "\ud800"',
    '__proto__ eq "a"',
    'constructor pr',
    'userName toString "a"',
    `${'('.repeat(30)}userName pr${')'.repeat(30)}`,
    Array.from({ length: 101 }, () => 'userName pr').join(' or '),
    `userName eq "${'a'.repeat(9000)}"`,
    'emails[emails[type eq "a"]]',
    '"userName" eq "a"',
  ]; // prettier
  for (const filter of filters)
    it(`send the filter ${JSON.stringify(filter.slice(0, 60))}: 400 invalidFilter`, async () => {
      const answer = await acme.call('POST', '/Users/.search', {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
        filter,
      });
      assert.deepEqual([answer.status, answer.json.scimType], [400, 'invalidFilter'], answer.text);
    });

  it('put wildcards or statements into a filter: they are text', async () => {
    for (const value of ['%', '_', "' OR '1'='1", '"; DROP TABLE users; --', '\\', '*']) {
      for (const op of ['eq', 'co', 'sw', 'ew'])
        assert.equal((await list(acme, `userName ${op} ${JSON.stringify(value)}`)).json.totalResults, 0);
      assert.equal((await list(acme, `title co ${JSON.stringify(value)}`)).json.totalResults, 0);
    }
  });

  it('send values of the wrong type, or null for what is required', async () => {
    for (const body of [
      { userName: null },
      { userName: 5 },
      { userName: ' ' },
      { userName: 'a\u0000b' },
      { userName: 'a\u202eb' },
      { userName: 'a'.repeat(400) },
      { active: 'False' },
      { active: 1 },
      { name: 'Ann' },
      { name: [] },
      { emails: 'a@acme.example' },
      { emails: [{ value: 5 }] },
      { emails: [{ value: 'a@acme.example', primary: 'True' }] },
      { emails: Array.from({ length: 300 }, (_, i) => ({ value: `${i}@acme.example` })) },
      { title: 'x'.repeat(5000) },
      { title: { toString: 'x' } },
      { externalId: 5 },
    ]) {
      const answer = await acme.call('POST', '/Users', { schemas: [USER], userName: 'wrong', ...body });
      assert.deepEqual(
        [answer.status, answer.json.scimType],
        [400, 'invalidValue'],
        `${JSON.stringify(body).slice(0, 80)}: ${answer.text}`,
      );
    }
    assert.equal((await list(acme, 'userName eq "wrong"')).json.totalResults, 0);
  });

  it('pollute a prototype', async () => {
    const poisoned = `{"schemas":["${USER}"],"userName":"proto","__proto__":{"polluted":1}}`;
    assert.equal((await acme.call('POST', '/Users', poisoned)).status, 400);
    const body = `{"schemas":["${USER}"],"userName":"proto","constructor":{"prototype":{"polluted":1}},"toString":"polluted"}`;
    const made = await acme.call('POST', '/Users', body);
    assert.equal(made.status, 201, made.text);
    assert.ok(!made.text.includes('polluted'));
    const patched = await acme.patch(`/Users/${made.json.id}`, { op: 'add', path: '__proto__.polluted', value: 1 });
    assert.deepEqual([patched.status, patched.json.scimType], [400, 'invalidPath']);
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  });

  it('send bodies that are no JSON, no object, or name the same attribute twice', async () => {
    for (const body of ['', '{', '[]', '"x"', 'null', '{"schemas":[]}', `{"schemas":["${USER}"],"userName":"a","USERNAME":"b"}`]) {
      const answer = await acme.call('POST', '/Users', body);
      assert.deepEqual([answer.status, answer.json.scimType], [400, 'invalidSyntax'], `${body}: ${answer.text}`);
    }
  });

  it('send 10 MB', async () => {
    const answer = await acme.call('POST', '/Users', { schemas: [USER], userName: 'big', nickName: 'x'.repeat(10 * 1024 * 1024) });
    assert.deepEqual([answer.status, answer.json.status], [413, '413']);
  });

  it('write what only the server writes', async () => {
    const { id } = await acme.user('read-only');
    for (const path of ['id', 'meta.created', 'groups', 'meta']) {
      const answer = await acme.patch(`/Users/${id}`, { op: 'replace', path, value: 'x' });
      assert.deepEqual([answer.status, answer.json.scimType], [400, 'mutability'], `${path} ${answer.text}`);
    }
    const required = await acme.patch(`/Users/${id}`, { op: 'remove', path: 'userName' });
    assert.deepEqual([required.status, required.json.scimType], [400, 'mutability']);
    assert.equal((await acme.patch(`/Users/${id}`, { op: 'remove' })).json.scimType, 'noTarget');
  });

  it('change what somebody else changed meanwhile (lost update)', async () => {
    const made = await acme.call('POST', '/Users', { schemas: [USER], userName: 'versions' });
    const etag = made.headers.get('etag') ?? '';
    const path = `/Users/${made.json.id}`;
    const body = { schemas: [USER], userName: 'versions', title: 'one' };
    assert.equal((await acme.call('PUT', path, body, { 'if-match': etag })).status, 200);
    for (const answer of [
      await acme.call('PUT', path, { ...body, title: 'two' }, { 'if-match': etag }),
      await acme.call('PATCH', path, { schemas: [PATCH_OP], Operations: [{ op: 'remove', path: 'title' }] }, { 'if-match': etag }),
      await acme.call('DELETE', path, undefined, { 'if-match': etag }),
    ])
      assert.deepEqual([answer.status, answer.json.status], [412, '412']);
    assert.equal((await acme.call('PUT', path, body, { 'if-match': '*' })).status, 200);
    const now = await acme.call('GET', path);
    assert.equal((await acme.call('GET', path, undefined, { 'if-none-match': now.headers.get('etag') ?? '' })).status, 304);
    assert.equal((await acme.call('PUT', path, body, { 'if-match': 'nonsense' })).json.scimType, 'invalidVers');
  });

  it('ask for itself: there is no /Me', async () => {
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
      const answer = await acme.call(method, '/Me', method === 'PUT' || method === 'PATCH' ? {} : undefined);
      assert.deepEqual([answer.status, answer.json.status], [501, '501']);
    }
  });

  it('page with cursors that are not of this query', async () => {
    const good = (await acme.call('GET', '/Users?cursor=&count=1')).json.nextCursor;
    for (const path of [
      '/Users?cursor=abc',
      '/Users?cursor=W10',
      `/Users?cursor=${good}&sortBy=userName`,
      `/Groups?cursor=${good}`,
      `/Users?cursor=${Buffer.from(JSON.stringify([...(JSON.parse(Buffer.from(good, 'base64url').toString()) as unknown[]).slice(0, 2), 'x', 5])).toString('base64url')}`,
    ]) {
      const answer = await acme.call('GET', path);
      assert.deepEqual([answer.status, answer.json.scimType], [400, 'invalidCursor'], path);
    }
    for (const path of ['/Users?count=x', '/Users?startIndex=1.5'])
      assert.equal((await acme.call('GET', path)).json.scimType, 'invalidValue');
    assert.equal((await acme.call('GET', '/Users?sortBy=nothing')).json.scimType, 'invalidPath');
    for (const path of ['/Users?count=0', '/Users?count=-5']) {
      const { json } = await acme.call('GET', path);
      assert.ok(json.totalResults > 0 && json.itemsPerPage === 0 && json.Resources.length === 0, path);
    }
    assert.equal((await acme.call('GET', '/Users?startIndex=-3&count=1')).json.startIndex, 1);
    assert.equal((await acme.call('GET', '/Schemas?filter=id%20pr')).status, 403);
    assert.equal((await acme.call('GET', '/Nothing')).status, 404);
    assert.equal((await acme.call('GET', '/Users/%ff')).status, 404);
  });

  it('make an admin of a group or a role of its own naming', async () => {
    const { id } = await acme.user('climber', { roles: [{ value: 'owner', primary: true }] });
    await acme.group('owner', [id]);
    await acme.group('postern:admin', [id]);
    assert.equal(await world.storage.org(acme.org_id).user_roles.count({ user_id: id }), 0);
  });

  it('be the cause of an error of ours: none of all this was one', () => {
    const ours = world.errors.filter((error) => !(error instanceof Error && 'status' in error && Number(error.status) < 502));
    assert.deepEqual(ours, []);
  });
});
