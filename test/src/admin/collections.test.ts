import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Answer } from '../../support/admin_app.ts';
import { admin_world, type AdminWorld, type Furnished } from '../../support/admin_world.ts';

interface Life {
  readonly collection: string;
  readonly body: (n: number) => Readonly<Record<string, unknown>>;
  /** A change, and what is read afterwards; absent where nothing can change. */
  readonly change?: Readonly<Record<string, unknown>>;
  readonly changed?: Readonly<Record<string, unknown>>;
  /** The last part of the item's address, where it is not the id. */
  readonly id?: (body: Readonly<Record<string, unknown>>) => string;
}

/** Under an organization when the address begins with `~`. */
const LIVES: readonly Life[] = [
  {
    collection: '/organizations',
    body: (n) => ({ slug: `life-${n}`, name: 'Life', metadata: { keep: 1, drop: 2 } }),
    change: { name: 'Changed', metadata: { drop: null } },
    changed: { name: 'Changed', metadata: { keep: 1 } },
  },
  { collection: '~/domains', body: (n) => ({ domain: `life-${n}.example` }), id: ({ domain }) => String(domain) },
  {
    collection: '~/connections',
    body: (n) => ({
      protocol: 'oidc',
      name: `IdP ${n}`,
      oidc: { issuer: 'https://idp.example', client_id: 'x', client_secret: 'canary-secret' },
    }),
    change: { name: 'Changed', enabled: false },
    changed: { name: 'Changed', enabled: false },
  },
  {
    collection: '~/users',
    body: (n) => ({ user_name: `life-${n}`, given_name: 'A', attributes: { keep: 'x', drop: 'y' } }),
    change: { given_name: null, attributes: { drop: null }, active: false },
    changed: { given_name: null, attributes: { keep: 'x' }, active: false },
  },
  {
    collection: '~/groups',
    body: (n) => ({ display_name: `Life ${n}` }),
    change: { display_name: 'Changed' },
    changed: { display_name: 'Changed' },
  },
  {
    collection: '~/role-mappings',
    body: (n) => ({ group: `g${n}`, role: 'reader' }),
    change: { role: 'writer' },
    changed: { role: 'writer' },
  },
  {
    collection: '~/contacts',
    body: (n) => ({ email: `it-${n}@acme.example`, notices: ['certificate'] }),
    change: { name: 'Changed', notices: 'all' },
    changed: { name: 'Changed', notices: 'all' },
  },
  // each takes the place of another that is for the same step
  { collection: '~/setup-links', body: (n) => ({ name: `life ${n}`, steps: ['domain'], expires_in: 'P1D' }) },
  { collection: '~/scim-tokens', body: (n) => ({ name: `life ${n}`, dialect: 'okta' }) },
  {
    collection: '/clients',
    body: (n) => ({ client_name: `App ${n}`, redirect_uris: ['https://app.example/cb'], client_id: `life-${n}` }),
    change: { client_name: 'Changed', enabled: false },
    changed: { client_name: 'Changed', enabled: false },
  },
  {
    collection: '/resources',
    body: (n) => ({ identifier: `https://life-${n}.example`, name: 'API', scopes: ['read'] }),
    change: { scopes: ['read', 'write'] },
    changed: { scopes: ['read', 'write'] },
  },
  { collection: '/roles', body: (n) => ({ name: `life-${n}` }), change: { description: 'Changed' }, changed: { description: 'Changed' } },
  {
    collection: '/event-hooks',
    body: (n) => ({ url: `https://app.example/hooks/${n}`, events: ['user.*'] }),
    change: { description: 'Changed', events: 'all' },
    changed: { events: 'all', description: 'Changed' },
  },
  {
    collection: '/inline-hooks',
    body: (n) => ({ url: `https://app.example/hooks/${n}`, point: 'before_token' }),
    change: { description: 'Changed', timeout_ms: 500 },
    changed: { description: 'Changed', timeout_ms: 500 },
  },
  { collection: '/admin-keys', body: (n) => ({ name: `life ${n}`, role: 'support' }) },
];

describe('a collection of the admin API', () => {
  let world: AdminWorld;
  let acme: Furnished;
  before(async () => {
    world = await admin_world();
    acme = await world.furnish('acme');
  });
  after(() => world.close());
  const at = (collection: string): string => collection.replace('~', `/organizations/${acme.organization_id}`);
  const without_api = (location: string | null): string => (location ?? '').replace('/api/v1', '');
  /** Shown once, at creation only. */
  const lasting = ({ json }: Answer): unknown => {
    const { key: _key, client_secret: _secret, secret: _hook, token: _token, last_used_at: _used, ...rest } = json ?? {};
    const { url, ...others } = rest;
    return typeof url === 'string' && url.includes('/setup/') ? others : rest;
  };

  for (const [index, { collection, body, change, changed, id }] of LIVES.entries()) {
    const name = collection.replace('~', '/organizations/{id}');

    it(`${name}: what is created is found at its Location and under its id, and is gone when it is deleted`, async () => {
      const created = await world.api('POST', at(collection), { body: body(index) });
      assert.equal(created.status, 201, created.text);
      assert.equal(typeof created.json?.['id'], 'string');
      const item = without_api(created.headers.get('location'));
      const last = id === undefined ? String(created.json?.['id']) : id(body(index));
      assert.equal(item, `${at(collection)}/${last}`);
      const read = await world.api('GET', item);
      assert.equal(read.status, 200, read.text);
      assert.deepEqual(lasting(read), lasting(created));
      assert.equal(read.headers.get('etag'), created.headers.get('etag'));
      assert.ok(!read.text.includes('canary-secret'));
      const deleted = await world.api('DELETE', item);
      assert.equal(deleted.status, 204);
      assert.equal(deleted.text, '');
      for (const method of ['GET', 'DELETE']) assert.equal((await world.api(method, item)).status, 404);
    });

    it(`${name}: is read page by page, each item once`, async () => {
      for (let n = 0; n < 5; n++) await world.made(at(collection), body(100 + index * 10 + n));
      const seen: string[] = [];
      let next: unknown = '';
      for (let page = 0; typeof next === 'string'; page++) {
        assert.ok(page < 20, 'the list does not end');
        const after_it = next === '' ? '' : `&after=${encodeURIComponent(next)}`;
        const answer = await world.api('GET', `${at(collection)}?limit=2${after_it}`);
        assert.equal(answer.status, 200, answer.text);
        const data = answer.json?.['data'] as { id: string }[];
        assert.ok(data.length <= 2);
        seen.push(...data.map((item) => item.id));
        next = answer.json?.['next'];
      }
      const all = (await world.api('GET', `${at(collection)}?limit=1000`)).json;
      assert.ok(seen.length >= 5);
      assert.equal(new Set(seen).size, seen.length);
      assert.deepEqual(
        seen,
        (all?.['data'] as { id: string }[]).map((item) => item.id),
      );
      assert.equal(all?.['next'], null);
      const wrong = await world.api('GET', `${at(collection)}?after=made-up`);
      assert.equal(wrong.status, 400, wrong.text);
      assert.equal(wrong.json?.['code'], 'invalid_cursor');
    });

    if (change === undefined) {
      it(`${name}: has no PATCH`, async () => {
        const { id: made } = await world.made(at(collection), body(index + 1000));
        const answer = await world.api('PATCH', `${at(collection)}/${made}`, { body: {} });
        assert.equal(answer.status, 405);
        assert.equal(answer.headers.get('allow'), 'DELETE, GET, HEAD, OPTIONS');
      });
      continue;
    }

    it(`${name}: changes by merge patch, and only when If-Match is current`, async () => {
      const created = await world.api('POST', at(collection), { body: body(index + 2000) });
      assert.equal(created.status, 201, created.text);
      const item = without_api(created.headers.get('location'));
      const etag = created.headers.get('etag') ?? '';
      assert.match(etag, /^"\d+"$/);
      const patch = (if_match: string | undefined, given: unknown = change): Promise<Answer> =>
        world.api('PATCH', item, {
          body: given,
          headers: { 'content-type': 'application/merge-patch+json', ...(if_match !== undefined && { 'if-match': if_match }) },
        });
      assert.equal((await patch('"999"')).status, 412);
      const done = await patch(etag);
      assert.equal(done.status, 200, done.text);
      for (const [field, value] of Object.entries(changed ?? {})) assert.deepEqual(done.json?.[field], value, field);
      const fresh = done.headers.get('etag') ?? '';
      assert.notEqual(fresh, etag);
      const read = await world.api('GET', item);
      assert.equal(read.headers.get('etag'), fresh);
      assert.deepEqual(read.json, done.json);
      const stale = await patch(etag);
      assert.equal(stale.status, 412);
      assert.equal(stale.json?.['code'], 'stale');
      assert.equal((await patch(`W/${fresh}`)).status, 412);
      assert.equal((await patch(`${etag}, ${fresh}`)).status, 200);
      assert.equal((await patch('*')).status, 200);
      assert.equal((await world.api('DELETE', item, { headers: { 'if-match': etag } })).status, 412);
      assert.equal((await world.api('GET', item)).status, 200);
      const current = (await world.api('GET', item)).headers.get('etag') ?? '';
      assert.equal((await world.api('DELETE', item, { headers: { 'if-match': current } })).status, 204);
    });

    it(`${name}: two changes of the same version at once: one is made, the other told (lost update)`, async () => {
      const created = await world.api('POST', at(collection), { body: body(index + 3000) });
      const item = without_api(created.headers.get('location'));
      const headers = { 'if-match': created.headers.get('etag') ?? '' };
      const field = Object.keys(change)[0] ?? '';
      const values = field === 'scopes' ? [['a'], ['b']] : field === 'given_name' || field === 'name' ? ['a', 'b'] : ['first', 'second'];
      const answers = await Promise.all(values.map((value) => world.api('PATCH', item, { body: { [field]: value }, headers })));
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412]);
    });
  }

  it('one of twenty identical requests with an Idempotency-Key creates', async () => {
    const create = (): Promise<Answer> =>
      world.api('POST', '/clients', {
        body: { client_name: 'Once', redirect_uris: ['https://app.example/cb'] },
        headers: { 'idempotency-key': 'once' },
      });
    const answers = await Promise.all(Array.from({ length: 20 }, create));
    assert.ok(answers.every(({ status }) => status === 201 || status === 409));
    const again = await create();
    const ids = new Set([...answers.filter(({ status }) => status === 201), again].map(({ text }) => text));
    assert.equal(ids.size, 1);
    const { data } = (await world.api('GET', '/clients?limit=1000')).json as { data: { client_name: string }[] };
    assert.equal(data.filter(({ client_name }) => client_name === 'Once').length, 1);
  });

  it('a change is in the audit record with its actor, its request and where it came from', async () => {
    const created = await world.api('POST', '/roles', { body: { name: 'recorded' } });
    const { data } = (await world.api('GET', `/audit-events?type=role.created&target=${String(created.json?.['id'])}`)).json as {
      data: Readonly<Record<string, unknown>>[];
    };
    assert.deepEqual(data[0]?.['actor'], { kind: 'admin_key', id: 'first', name: 'POSTERN_ADMIN_KEY' });
    assert.equal(data[0]?.['request_id'], created.headers.get('x-request-id'));
    assert.equal(data[0]?.['ip'], '127.0.0.1');
  });

  it('signing keys rotate, which is recorded; no private part is ever shown', async () => {
    const before_it = (await world.api('GET', '/signing-keys')).json?.['data'] as { id: string; state: string }[];
    const answer = await world.api('POST', '/signing-keys/rotate', { headers: { 'idempotency-key': 'rotate-1' } });
    assert.equal(answer.status, 200, answer.text);
    await world.api('POST', '/signing-keys/rotate', { headers: { 'idempotency-key': 'rotate-1' } });
    const after_it = (await world.api('GET', '/signing-keys')).json?.['data'] as typeof before_it;
    const state = (list: typeof before_it, wanted: string) =>
      list
        .filter((key) => key.state === wanted)
        .map(({ id }) => id)
        .sort();
    assert.deepEqual(state(after_it, 'current'), state(before_it, 'next'));
    assert.deepEqual(state(after_it, 'retired'), state(before_it, 'current'));
    assert.ok(!/"(d|p|q|sealed_private_jwk)"/.test(answer.text));
    const { data } = (await world.api('GET', '/audit-events?type=signing_keys.rotated')).json as { data: unknown[] };
    assert.equal(data.length, 1);
  });

  it('a retired signing key is removed: published no more, recorded; one that signs, or will, stays', async () => {
    const keys = async () => (await world.api('GET', '/signing-keys')).json?.['data'] as { id: string; state: string }[];
    await world.api('POST', '/signing-keys/rotate');
    const all = await keys();
    const in_state = (wanted: string): string => all.find(({ state }) => state === wanted)?.id ?? '';
    for (const state of ['current', 'next']) {
      const refused = await world.api('DELETE', `/signing-keys/${in_state(state)}`);
      assert.deepEqual([refused.status, refused.json?.['code']], [409, 'signing_key_in_use']);
    }
    const gone = in_state('retired');
    assert.equal((await world.api('DELETE', `/signing-keys/${gone}`)).status, 204);
    assert.deepEqual(
      (await keys()).map(({ id }) => id),
      all.map(({ id }) => id).filter((id) => id !== gone),
    );
    for (const method of ['GET', 'DELETE'] as const) assert.equal((await world.api(method, `/signing-keys/${gone}`)).status, 404);
    const { data } = (await world.api('GET', `/audit-events?type=signing_key.deleted&target=${gone}`)).json as { data: { id: string }[] };
    assert.equal(data.length, 1);
    assert.deepEqual((await world.api('GET', `/audit-events/${String(data[0]?.id)}`)).json, data[0]);
    assert.equal((await world.api('GET', '/audit-events/evt_unknown')).status, 404);
  });

  it('short lists are paged as well: signing keys', async () => {
    const page = async (query: string) =>
      (await world.api('GET', `/signing-keys?${query}`)).json as { data: { id: string }[]; next: string | null };
    const all = await page('limit=1000');
    assert.equal(all.next, null);
    const first = await page(`limit=${all.data.length - 1}`);
    const second = await page(`limit=${all.data.length - 1}&after=${String(first.next)}`);
    assert.deepEqual([...first.data, ...second.data], all.data);
    assert.equal(second.next, null);
    assert.equal((await page(`limit=${all.data.length}`)).next, null);
    assert.equal((await world.api('GET', '/signing-keys?after=made-up')).json?.['code'], 'invalid_cursor');
  });

  it('stats count what there is', async () => {
    const { json } = await world.api('GET', '/stats');
    const users = (await world.api('GET', `${at('~')}/users?limit=1000`)).json as { data: { active: boolean }[] };
    assert.deepEqual(json?.['users'], { active: users.data.filter(({ active }) => active).length, inactive: 0 });
    await world.api('PATCH', `${at('~')}/users/${acme.user_id}`, { body: { active: false } });
    assert.equal(((await world.api('GET', '/stats')).json?.['users'] as { inactive: number }).inactive, 1);
    assert.deepEqual(json?.['sign_ins'], { succeeded: 0, refused: 1, failed: 0, pending: 0 });
    assert.equal(json?.['sessions'], 1);
  });

  it('sessions of a user end one by one or together', async () => {
    const globex = await world.furnish('globex');
    const sessions = `/organizations/${globex.organization_id}/users/${globex.user_id}/sessions`;
    assert.equal((await world.api('GET', `${sessions}/${globex.session_id}`)).status, 200);
    assert.equal((await world.api('DELETE', `${sessions}/${globex.session_id}`)).status, 204);
    assert.equal((await world.api('GET', `${sessions}/${globex.session_id}`)).status, 404);
    assert.equal((await world.api('DELETE', sessions)).status, 204);
    assert.deepEqual((await world.api('GET', sessions)).json, { data: [], next: null });
  });
});
