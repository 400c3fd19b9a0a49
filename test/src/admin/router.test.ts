import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import { required_version } from '../../../src/admin/etag.ts';
import { type IdentifyDeps } from '../../../src/admin/identify.ts';
import type { Route } from '../../../src/admin/route.ts';
import { serve_routes } from '../../../src/admin/router.ts';
import { make_rate_limits } from '../../../src/http/index.ts';
import { new_org_id, NotFound, type OrgId } from '../../../src/kernel/index.ts';
import { type Answer, ask, serve_room, type Served } from '../../support/admin_app.ts';
import { temporary_storage } from '../../support/temporary_storage.ts';

const FIRST = 'first-key-of-the-settings-0123456789';
const SUPPORT = 'support-key-0123456789-0123456789';
const PARTNER = 'partner-key-0123456789-0123456789';
const TOKEN = 'opaque-access-token-of-an-operator';
const mine = new_org_id();
const other = new_org_id();

/** Everything that a handler was given, and how often it worked. */
interface Seen {
  calls: number;
  last: unknown;
  wait: Promise<void>;
}

function test_routes(seen: Seen): Route[] {
  const handle: Route['handle'] = async (call) => {
    seen.calls++;
    seen.last = call;
    await seen.wait;
    return { status: 200, body: { seen: seen.calls } };
  };
  const answer = { status: 200 } as const;
  return [
    {
      method: 'get',
      path: '/things',
      permission: 'roles.read',
      summary: '',
      paged: true,
      query: { color: z.enum(['red', 'blue']) },
      answer,
      handle,
    },
    {
      ...{ method: 'post', path: '/things', permission: 'roles.write', summary: '', answer: { status: 201 } },
      async handle(call) {
        await handle(call);
        return { status: 201, body: { id: `t${seen.calls}`, secret: 'shown once' }, location: '/things/t', version: 7 };
      },
    },
    {
      ...{ method: 'patch', path: '/things/:id', permission: 'roles.write', summary: '', versioned: true, answer },
      async handle(call) {
        seen.last = await required_version(call.if_match, async () => 3);
        return { status: 200, body: {}, version: 3 };
      },
    },
    {
      method: 'post',
      path: '/broken',
      permission: 'roles.write',
      summary: '',
      answer,
      handle: () => Promise.reject(new Error('a secret of the inside')),
    },
    { method: 'get', path: '/organizations/:organization_id/things', permission: 'domains.read', summary: '', answer, handle },
    { method: 'post', path: '/organizations/:organization_id/things', permission: 'domains.write', summary: '', answer, handle },
  ];
}

describe('the admin API, whatever its routes', () => {
  let storage: Awaited<ReturnType<typeof temporary_storage>>;
  let served: Served;
  let now = 1_700_000_000_000;
  const seen: Seen = { calls: 0, last: undefined, wait: Promise.resolve() };
  const keys: IdentifyDeps['admin_keys'] = {
    async identify(secret) {
      if (secret === SUPPORT) return { id: 'adk_support', name: 'Support', role: 'support', organization_id: undefined };
      if (secret === PARTNER) return { id: 'adk_partner', name: 'Partner', role: 'org_admin', organization_id: mine };
      return undefined;
    },
  };
  const serve = (limits = make_rate_limits(false)): Promise<Served> =>
    serve_room(
      serve_routes(
        {
          ...{ storage, now: () => now, first_key: FIRST, admin_keys: keys, rate_limits: limits },
          identify_token: async (token) =>
            token === TOKEN ? { role: 'operator', actor: { kind: 'user', id: 'usr_1', name: 'Olga' } } : undefined,
          organizations: {
            async require_organization(id) {
              if (id !== mine && id !== other && id !== 'mine') throw new NotFound('organization', { detail: id });
              return { id: id === other ? other : mine, slug: 'mine', name: 'Mine' } as { id: OrgId; slug: string; name: string };
            },
          },
        },
        test_routes(seen),
      ),
      () => now,
    );
  const api = (method: string, path: string, options: Parameters<typeof ask>[2] = {}): Promise<Answer> =>
    ask(`${served.url}/api/v1${path}`, method, { key: FIRST, ...options });
  const anonymous = (method: string, path: string, headers: Record<string, string> = {}): Promise<Answer> =>
    ask(`${served.url}/api/v1${path}`, method, { headers });

  before(async () => {
    storage = await temporary_storage();
    served = await serve();
  });
  after(async () => {
    await served.stop();
    await storage.close();
  });

  const assert_problem = (answer: Answer, status: number, code: string): void => {
    assert.equal(answer.status, status, answer.text);
    assert.equal(answer.headers.get('content-type'), 'application/problem+json');
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.equal(answer.json?.['code'], code);
    assert.equal(answer.json?.['status'], status);
    assert.equal(answer.json?.['type'], `urn:postern:error:${code}`);
    assert.equal(answer.json?.['request_id'], answer.headers.get('x-request-id'));
    assert.ok(typeof answer.json?.['title'] === 'string');
  };

  describe('credentials', () => {
    it('are asked for on every address, also on those that do not exist', async () => {
      for (const path of ['/things', '/nothing', '', '/']) assert_problem(await anonymous('GET', path), 401, 'credentials_required');
    });

    it('that are refused say so by WWW-Authenticate (RFC 6750)', async () => {
      assert.equal((await anonymous('GET', '/things')).headers.get('www-authenticate'), 'Bearer');
      const answer = await api('GET', '/things', { key: 'wrong' });
      assert_problem(answer, 401, 'invalid_credentials');
      assert.equal(answer.headers.get('www-authenticate'), 'Bearer error="invalid_token"');
    });

    it('are the first key, a stored key, or an access token', async () => {
      for (const [key, actor] of [
        [FIRST, { kind: 'admin_key', id: 'first', name: 'POSTERN_ADMIN_KEY' }],
        [SUPPORT, { kind: 'admin_key', id: 'adk_support', name: 'Support' }],
        [TOKEN, { kind: 'user', id: 'usr_1', name: 'Olga' }],
      ] as const) {
        assert.equal((await api('GET', '/things', { key })).status, 200);
        assert.deepEqual((seen.last as { act: { actor: unknown } }).act.actor, actor);
      }
    });

    it('in other forms are refused: Basic, a query parameter, a part of the key, the key and more', async () => {
      const basic = `Basic ${Buffer.from(`x:${FIRST}`).toString('base64')}`;
      for (const authorization of [
        basic,
        FIRST,
        `Bearer ${FIRST.slice(1)}`,
        `Bearer ${FIRST}x`,
        `Bearer ${FIRST} x`,
        'Bearer ',
        `Bearer${FIRST}`,
      ]) {
        assert.equal((await anonymous('GET', '/things', { authorization })).status, 401, authorization);
      }
      assert.equal((await anonymous('GET', `/things?access_token=${FIRST}`)).status, 401);
    });

    it('that are refused count; those that are accepted do not', async () => {
      const limited = await serve(make_rate_limits(true));
      try {
        const url = `${limited.url}/api/v1/things`;
        for (let count = 0; count < 70; count++) assert.equal((await ask(url, 'GET', { key: FIRST })).status, 200);
        const refused = await Promise.all(Array.from({ length: 61 }, () => ask(url, 'GET', { key: 'guess' })));
        assert.deepEqual(new Set(refused.map(({ status }) => status)), new Set([401, 429]));
        const late = await ask(url, 'GET', { key: FIRST });
        assert_problem(late, 429, 'too_many_requests');
        assert.match(late.headers.get('retry-after') ?? '', /^\d+$/);
      } finally {
        await limited.stop();
      }
    });
  });

  describe('addresses and methods', () => {
    it('that do not exist are 404', async () => {
      for (const path of ['/nothing', '/things/', '/Things', '/things/a/b', '', '/', '/../things/x/y'])
        assert_problem(await api('GET', path), 404, 'not_found');
    });

    it('answer 405 with Allow to a method they do not take', async () => {
      for (const method of ['PUT', 'DELETE', 'PATCH']) {
        const answer = await api(method, '/things');
        assert_problem(answer, 405, 'method_not_allowed');
        assert.equal(answer.headers.get('allow'), 'GET, HEAD, OPTIONS, POST');
      }
    });

    it('answer OPTIONS with Allow and nothing for other origins', async () => {
      const answer = await api('OPTIONS', '/things/x', {
        headers: { origin: 'https://evil.example', 'access-control-request-method': 'PATCH' },
      });
      assert.equal(answer.status, 204);
      assert.equal(answer.headers.get('allow'), 'OPTIONS, PATCH');
      assert.equal(answer.headers.get('access-control-allow-origin'), null);
    });

    it('answer HEAD as GET without a body', async () => {
      const answer = await api('HEAD', '/things');
      assert.equal(answer.status, 200);
      assert.equal(answer.text, '');
    });

    it('with ids that no id can be are 404 and reach no database', async () => {
      for (const id of ['%00', 'a%0d%0ab', 'x'.repeat(1025), '%7f', '%EF%BF%BD'])
        assert.equal((await api('PATCH', `/things/${id}`, { body: {} })).status, 404, id);
    });
  });

  describe('roles', () => {
    it('that do not allow a route are answered 403', async () => {
      assert_problem(await api('POST', '/things', { key: SUPPORT, body: {} }), 403, 'role_not_allowed');
      assert_problem(await api('GET', '/things', { key: PARTNER }), 403, 'role_not_allowed');
    });

    it('of one organization see another one exactly as one that does not exist (tenant enumeration)', async () => {
      const shape = ({ status, json, headers }: Answer) => [
        status,
        { ...json, request_id: '' },
        headers.get('content-length'),
        headers.get('content-type'),
      ];
      for (const method of ['GET', 'POST']) {
        const options = { key: PARTNER, ...(method === 'POST' && { body: {} }) };
        const foreign = await api(method, `/organizations/${other}/things`, options);
        const unknown = await api(method, `/organizations/${new_org_id()}/things`, options);
        assert.equal(foreign.status, 404);
        assert.deepEqual(shape(foreign), shape(unknown));
        assert.equal((await api(method, `/organizations/${mine}/things`, options)).status, 200);
      }
    });

    it('reach an organization by its slug too; the handler is given its id', async () => {
      assert.equal((await api('GET', '/organizations/mine/things', { key: PARTNER })).status, 200);
      assert.equal((seen.last as { org_id: string }).org_id, mine);
    });
  });

  describe('query parameters', () => {
    it('that are unknown, repeated or wrong are all named', async () => {
      const answer = await api('GET', '/things?limit=0&colour=red&color=green&after=a&after=b');
      assert_problem(answer, 400, 'invalid_parameter');
      const paths = (answer.json?.['errors'] as { path: string }[]).map(({ path }) => path);
      assert.deepEqual(paths.sort(), ['after', 'color', 'colour', 'limit']);
    });

    it('limit is 1 to 1000 in plain digits', async () => {
      for (const limit of ['0', '-1', '1001', '1e2', '0x10', ' 5', '', '5.0', '٣'])
        assert.equal((await api('GET', `/things?limit=${encodeURIComponent(limit)}`)).status, 400, limit);
      for (const limit of ['1', '1000']) assert.equal((await api('GET', `/things?limit=${limit}&after=x&color=red`)).status, 200);
      assert.deepEqual((seen.last as { list: unknown }).list, { limit: 1000, after: 'x', filters: { color: 'red' } });
    });

    it('are refused where an address has none', async () => {
      assert.equal((await api('POST', '/things?limit=5', { body: {} })).status, 400);
      assert.equal((await api('GET', '/things?__proto__=1&constructor=2')).status, 400);
    });
  });

  describe('bodies', () => {
    it('of another media type are 415, too large 413, malformed 400', async () => {
      const send = (body: string, type: string) => api('POST', '/things', { body, headers: { 'content-type': type } });
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'application/merge-patch+json',
        'multipart/form-data; boundary=x',
      ])
        assert_problem(await send('{}', type), 415, 'unsupported_media_type');
      assert_problem(await send(`{"a":"${'x'.repeat(1024 * 1024)}"}`, 'application/json'), 413, 'body_too_large');
      for (const body of ['{', '"text"', '1', 'null', '{"a":1}}', '{a:1}', '\u0000', '[1,]'])
        assert_problem(await send(body, 'application/json'), 400, 'malformed_body');
      assert.equal((await send('{}', 'application/json; charset=utf-8')).status, 201);
    });

    it('of a PATCH are JSON or merge patches (RFC 7396)', async () => {
      for (const type of ['application/json', 'application/merge-patch+json'])
        assert.equal((await api('PATCH', '/things/x', { body: '{}', headers: { 'content-type': type } })).status, 200);
      assert.equal(
        (await api('PATCH', '/things/x', { body: '{}', headers: { 'content-type': 'application/json-patch+json' } })).status,
        415,
      );
    });

    it('that are nested deeper than anyone means are refused (stack exhaustion)', async () => {
      const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
      assert.equal((await api('POST', '/things', { body: deep(20) })).status, 201);
      assert_problem(await api('POST', '/things', { body: deep(40) }), 400, 'malformed_body');
      assert_problem(await api('POST', '/things', { body: deep(100_000) }), 400, 'malformed_body');
      assert_problem(await api('POST', '/things', { body: `${'['.repeat(400_000)}${']'.repeat(400_000)}` }), 400, 'malformed_body');
    });

    it('with __proto__ are refused (prototype pollution)', async () => {
      assert_problem(await api('POST', '/things', { body: '{"__proto__":{"role":"owner"}}' }), 400, 'malformed_body');
      assert_problem(await api('POST', '/things', { body: '{"a":{"__proto__":{"role":"owner"}}}' }), 400, 'malformed_body');
      assert.equal(Object.hasOwn(Object.prototype, 'role'), false);
    });
  });

  describe('If-Match', () => {
    const patch = (header: string) => api('PATCH', '/things/x', { body: {}, headers: { 'if-match': header } });
    it('names the version a change is made to; * and its absence name none', async () => {
      assert.equal((await patch('"12"')).headers.get('etag'), '"3"');
      assert.equal(seen.last, 12);
      await patch('*');
      assert.equal(seen.last, undefined);
      await api('PATCH', '/things/x', { body: {} });
      assert.equal(seen.last, undefined);
    });

    it('may list several: one must be current', async () => {
      assert.equal((await patch('"2", "3"')).status, 200);
      assert.equal(seen.last, 3);
      assert_problem(await patch('"1", "2"'), 412, 'stale');
    });

    it('never matches weakly, nor a tag that is not ours (RFC 9110 section 13.1.1)', async () => {
      for (const header of ['W/"3"', '"abc"', '""', '"3x"', 'W/"3", "x"']) assert_problem(await patch(header), 412, 'stale');
    });

    it('that cannot be read is 400', async () => {
      for (const header of ['3', '"3', '*, "3"', '"3" "4"']) assert_problem(await patch(header), 400, 'invalid_header');
    });
  });

  describe('Idempotency-Key', () => {
    const create = (key: string, body: unknown = { a: 1, b: 2 }, more: Parameters<typeof ask>[2] = {}) =>
      api('POST', '/things', { body, headers: { 'idempotency-key': key }, ...more });

    it('repeats the first answer, with status, body, Location and ETag', async () => {
      const first = await create('k-1');
      const calls = seen.calls;
      const again = await create('k-1', { b: 2, a: 1 });
      assert.equal(seen.calls, calls);
      assert.equal(again.status, 201);
      assert.equal(again.text, first.text);
      for (const name of ['location', 'etag', 'content-type']) assert.equal(again.headers.get(name), first.headers.get(name));
      assert.equal(first.headers.get('location'), '/api/v1/things/t');
      assert.equal(first.headers.get('idempotency-replayed'), null);
      assert.equal(again.headers.get('idempotency-replayed'), 'true');
    });

    it('of another body or address is 422', async () => {
      await create('k-2');
      assert_problem(await create('k-2', { a: 1, b: 3 }), 422, 'idempotency_key_reused');
      const path = `/organizations/${mine}/things`;
      assert.equal((await api('POST', path, { body: { a: 1, b: 2 }, headers: { 'idempotency-key': 'k-2' } })).status, 422);
    });

    it('belongs to whoever sent it', async () => {
      const first = await create('k-3');
      const other_actor = await create('k-3', undefined, { key: TOKEN });
      assert.equal(other_actor.status, 201);
      assert.notEqual(other_actor.text, first.text);
    });

    it('lets one of twenty at once work; the others are told 409 or given its answer', async () => {
      let release = (): void => {};
      seen.wait = new Promise((resolve) => (release = resolve));
      const calls = seen.calls;
      const all = Array.from({ length: 20 }, () => create('k-4'));
      const conflicts = await Promise.race(all);
      assert_problem(conflicts, 409, 'idempotency_in_progress');
      release();
      const answers = await Promise.all(all);
      seen.wait = Promise.resolve();
      assert.equal(seen.calls, calls + 1);
      assert.equal(answers.filter(({ headers, status }) => status === 201 && headers.get('idempotency-replayed') === null).length, 1);
      assert.ok(answers.every(({ status }) => status === 201 || status === 409));
      assert.equal((await create('k-4')).status, 201);
    });

    it('is free again after an error', async () => {
      const headers = { 'idempotency-key': 'k-5' };
      assert_problem(await api('POST', '/broken', { body: {}, headers }), 500, 'internal');
      assert.equal((await api('POST', '/broken', { body: {}, headers })).status, 500);
      assert.equal((await create('k-5')).status, 201);
    });

    it('is forgotten after a day', async () => {
      await create('k-6');
      const calls = seen.calls;
      now += 86_400_000;
      assert.equal((await create('k-6', { other: true })).status, 201);
      assert.equal(seen.calls, calls + 1);
    });

    it('is 1 to 255 visible characters', async () => {
      for (const key of ['x'.repeat(256), 'a b']) assert_problem(await create(key), 400, 'invalid_header');
      assert.equal((await create('x'.repeat(255))).status, 201);
    });

    it('keeps no answer in clear', async () => {
      await create('k-7');
      const rows = await storage.gateway.idempotency_keys.find({});
      assert.ok(rows.length > 0);
      assert.ok(!JSON.stringify(rows).includes('shown once'));
    });
  });

  it('what nobody foresaw is 500 without its reason', async () => {
    const answer = await api('POST', '/broken', { body: {} });
    assert_problem(answer, 500, 'internal');
    assert.ok(!answer.text.includes('secret of the inside'));
  });
});
