import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { deflateSync, gzipSync } from 'node:zlib';
import { form_body, form_of, json_body, query_of } from '../../../src/http/index.ts';
import { start_app, type TestApp } from './test_app.ts';

const FORM = 'application/x-www-form-urlencoded';

async function world(t: TestContext): Promise<TestApp> {
  const form = form_body(1000);
  const json = json_body(1000);
  const app = await start_app([
    async (ctx) => {
      if (ctx.path === '/form') await form(ctx, async () => void (ctx.body = form_of(ctx)));
      else if (ctx.path === '/json') await json(ctx, async () => void (ctx.body = { given: ctx.request.body ?? null }));
      else ctx.body = query_of(ctx);
    },
  ]);
  t.after(() => app.close());
  return app;
}
const post = async (
  app: TestApp,
  path: string,
  type: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
) => {
  const answer = await app.fetch(path, {
    method: 'POST',
    body,
    headers: { accept: 'application/json', 'content-type': type, ...headers },
  });
  const read = (await answer.json()) as { code?: string; values?: Record<string, string>; repeated?: string[]; given?: unknown }; // the room's own answer, or a problem
  return { status: answer.status, ...read };
};

describe('a form', () => {
  it('gives the first value of each name, and tells which came more than once', async (t) => {
    const read = await post(await world(t), '/form', FORM, 'a=1&b=%C3%BC+x&a=2&c=&d&a=3&b=4');
    assert.deepEqual(read.values, { a: '1', b: 'ü x', c: '', d: '' });
    assert.deepEqual(read.repeated, ['a', 'b']);
  });

  it('names that JavaScript has are names like any other', async (t) => {
    const app = await world(t);
    const read = await post(app, '/form', FORM, '__proto__=1&constructor=2&toString=3&a[b]=4&a[__proto__][x]=5');
    assert.deepEqual(Object.entries(read.values ?? {}), [
      ['__proto__', '1'],
      ['constructor', '2'],
      ['toString', '3'],
      ['a[b]', '4'],
      ['a[__proto__][x]', '5'],
    ]);
    assert.deepEqual(read.repeated, []);
    assert.equal(({} as { x?: unknown }).x, undefined); // nothing was written to the prototype
  });

  it('of exactly the limit is read, one byte more is 413, also where it unfolds to that', async (t) => {
    const app = await world(t);
    assert.equal((await post(app, '/form', FORM, `a=${'x'.repeat(998)}`)).status, 200);
    for (const [body, headers] of [
      [`a=${'x'.repeat(999)}`, {}],
      [gzipSync(`a=${'x'.repeat(100_000)}`), { 'content-encoding': 'gzip' }],
      [deflateSync(`a=${'x'.repeat(100_000)}`), { 'content-encoding': 'deflate' }],
    ] as const) {
      const refused = await post(app, '/form', FORM, body, headers);
      assert.deepEqual([refused.status, refused.code], [413, 'body_too_large']);
    }
  });

  it('of more parameters than anybody sends is 400, in a body and in a query', async (t) => {
    const app = await world(t);
    const parameters = (count: number): string => Array.from({ length: count }, () => '').join('&');
    assert.equal((await app.fetch(`/?${parameters(1000)}`)).status, 200);
    const refused = await app.fetch(`/?${parameters(1001)}`, { headers: { accept: 'application/json' } });
    assert.deepEqual([refused.status, ((await refused.json()) as { code: string }).code], [400, 'malformed_body']); // a problem
    const form = form_body(10_000);
    const larger = await start_app([async (ctx) => form(ctx, async () => void (ctx.body = form_of(ctx)))]);
    t.after(() => larger.close());
    assert.equal((await post(larger, '/', FORM, parameters(1001))).status, 400);
  });

  it('without an announced length is cut off at the limit', async (t) => {
    const app = await world(t);
    const answer = await app.raw(
      `POST /form HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\nContent-Type: ${FORM}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n7d0\r\n${'x'.repeat(2000)}\r\n0\r\n\r\n`,
    );
    assert.match(answer, /^HTTP\/1\.1 413 /);
  });

  it('of another media type, or of none, is 415', async (t) => {
    const app = await world(t);
    for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x', `${FORM}x`, 'nonsense']) {
      const refused = await post(app, '/form', type, 'a=1');
      assert.deepEqual([refused.status, refused.code], [415, 'unsupported_media_type'], type);
    }
    const none = await app.raw(
      'POST /form HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\nContent-Length: 3\r\nConnection: close\r\n\r\na=1',
    );
    assert.match(none, /^HTTP\/1\.1 415 /);
  });

  it('in a coding that is not known, or damaged, is 400', async (t) => {
    const app = await world(t);
    for (const coding of ['zstd', 'gzip, gzip'])
      assert.equal((await post(app, '/form', FORM, 'a=1', { 'content-encoding': coding })).status, 400, coding);
    assert.equal((await post(app, '/form', FORM, 'no gzip', { 'content-encoding': 'gzip' })).status, 400);
  });

  it('with a charset is read as UTF-8, and no body is no parameter', async (t) => {
    const app = await world(t);
    assert.deepEqual((await post(app, '/form', `${FORM}; charset=iso-8859-1`, 'a=%C3%BC')).values, { a: 'ü' });
    const none = await app.fetch('/form', { method: 'POST' });
    assert.deepEqual(await none.json(), { values: {}, repeated: [] });
  });
});

describe('a query', () => {
  it('is read as a form is', async (t) => {
    const answer = await (await world(t)).fetch('/query?a=1&a=2&__proto__=3&b=x+y%2B');
    const read = (await answer.json()) as { values: object; repeated: string[] }; // the room's own answer
    assert.deepEqual(Object.entries(read.values), [
      ['a', '1'],
      ['__proto__', '3'],
      ['b', 'x y+'],
    ]);
    assert.deepEqual(read.repeated, ['a']);
  });

  it('that cannot be decoded is still no fault of ours', async (t) => {
    assert.equal((await (await world(t)).fetch('/query?a=%zz&%ff=%')).status, 200);
  });
});

describe('a JSON body', () => {
  it('is read as it is', async (t) => {
    const app = await world(t);
    for (const type of ['application/json', 'application/merge-patch+json', 'application/json; charset=utf-8'])
      assert.deepEqual((await post(app, '/json', type, '{"a":[1,null]}')).given, { a: [1, null] }, type);
  });

  it('that is none is 400, and the answer does not repeat it', async (t) => {
    const app = await world(t);
    for (const body of ['{"canary"', '{canary}', '[1,]', '"canary"', '{"a":1}canary', '\u0000']) {
      const answer = await app.fetch('/json', {
        method: 'POST',
        body,
        headers: { accept: 'application/json', 'content-type': 'application/json' },
      });
      const text = await answer.text();
      assert.equal(answer.status, 400, body);
      assert.match(text, /malformed_body/);
      assert.doesNotMatch(text, /canary/);
    }
  });

  it('too large is 413, of another media type 415', async (t) => {
    const app = await world(t);
    assert.equal((await post(app, '/json', 'application/json', JSON.stringify('x'.repeat(2000)))).status, 413);
    assert.equal((await post(app, '/json', 'text/json', '{}')).status, 415);
    assert.equal((await post(app, '/json', FORM, 'a=1')).status, 415);
  });

  it('prototype pollution: a key named __proto__ changes nothing', async (t) => {
    const app = await world(t);
    await post(app, '/json', 'application/json', '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}');
    assert.equal(({} as { polluted?: unknown }).polluted, undefined); // nothing was written to the prototype
  });

  it('of no bytes is no body', async (t) => {
    const answer = await (await world(t)).fetch('/json', { method: 'POST' });
    assert.deepEqual([answer.status, await answer.json()], [200, { given: {} }]);
  });

  it('nested without end is no 500', async (t) => {
    const app = await world(t);
    const answer = await post(app, '/json', 'application/json', '['.repeat(500) + ']'.repeat(500));
    assert.notEqual(answer.status, 500);
  });
});
