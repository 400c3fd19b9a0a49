import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { admin_world, type AdminWorld, FIRST_KEY } from '../../support/admin_world.ts';

describe('POST /organizations/{id}/users/import', () => {
  let world: AdminWorld;
  let path: string;
  before(async () => {
    world = await admin_world();
    const { id } = await world.made('/organizations', { slug: 'acme', name: 'Acme' });
    path = `/organizations/${id}`;
  });
  after(() => world.close());

  const send = async (type: string, body: string, query = '', headers: Readonly<Record<string, string>> = {}) => {
    const answer = await fetch(`${world.served.url}/api/v1${path}/users/import${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${FIRST_KEY}`, 'content-type': type, ...headers },
      body,
    });
    const json = (await answer.json()) as Readonly<Record<string, unknown>>; // every answer of it is an object
    return { status: answer.status, location: answer.headers.get('location') ?? '', json };
  };

  test('takes a small list as JSON and answers at once, as ever', async () => {
    const { status, json } = await send('application/json', JSON.stringify({ users: [{ user_name: 'sync' }], dry_run: true }));
    assert.equal(status, 200);
    assert.deepEqual([json['created'], json['dry_run']], [1, true]);
  });

  for (const [type, body] of [
    ['text/csv; charset=utf-8', 'Login,email\ncsv,csv@acme.example\nwrong,no\n'],
    ['application/x-ndjson', '{"user_name":"ndjson"}\n{"user_name":1}\n'],
    [
      'application/scim+json',
      '{"Operations":[{"method":"POST","path":"/Users","bulkId":"1","data":{"userName":"scim"}},{"method":"DELETE","path":"/Users/1"}]}',
    ],
  ] as const)
    test(`takes ${type} as a file: 202, a place to look, and a report to download`, async () => {
      const mapping = type.startsWith('text/csv') ? `?mapping=${encodeURIComponent('{"login":"user_name"}')}` : '';
      const { status, location, json } = await send(type, body, mapping);
      assert.equal(status, 202, JSON.stringify(json));
      assert.equal(location, `/api/v1${path}/user-imports/${String(json['id'])}`);
      while (await world.user_imports.work());
      const done = await world.api('GET', location.slice('/api/v1'.length));
      assert.deepEqual([done.json?.['status'], done.json?.['created'], done.json?.['refused']], ['done', 1, 1]);
      const report = await world.api('GET', `${location.slice('/api/v1'.length)}/report?format=csv&outcome=refused`);
      assert.match(report.headers.get('content-disposition') ?? '', /attachment/);
      assert.match(report.text, /^row,outcome,id,user_name,problems\r\n2,refused,/);
    });

  test('does a file once for one Idempotency-Key', async () => {
    const key = { 'idempotency-key': 'file-1' };
    const first = await send('text/csv', 'user_name\nonce\n', '?dry_run=true', key);
    const again = await send('text/csv', 'user_name\nonce\n', '?dry_run=true', key);
    assert.equal(again.json['id'], first.json['id']);
    assert.equal((await send('text/csv', 'user_name\nsomebody else\n', '?dry_run=true', key)).status, 422);
  });

  for (const [what, type, body, query, status, code] of [
    ['a file that is no CSV', 'text/csv', 'user_name\n"', '', 422, 'invalid_file'],
    ['a file without rows', 'text/csv', 'user_name\n', '', 422, 'invalid_file'],
    ['a charset that nobody knows', 'text/csv; charset=klingon', 'user_name\nx\n', '', 415, 'unsupported_media_type'],
    ['a type that it does not take', 'application/xml', '<users/>', '', 415, 'unsupported_media_type'],
    ['a mapping that is no JSON', 'text/csv', 'user_name\nx\n', '?mapping=x', 400, 'invalid_parameter'],
    ['a delimiter of its own', 'text/csv', 'user_name\nx\n', '?delimiter=x', 400, 'invalid_parameter'],
    ['a SCIM file that is no bulk', 'application/scim+json', '{}', '', 400, 'invalidSyntax'],
  ] as const)
    test(`refuses ${what}`, async () => {
      const answer = await send(type, body, query);
      assert.equal(answer.status, status, JSON.stringify(answer.json));
      assert.equal(answer.json['code'], code);
    });
});
