import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { admin_world, type AdminWorld } from '../../support/admin_world.ts';

describe('GET /audit-events for another system', () => {
  let world: AdminWorld;
  before(async () => {
    world = await admin_world();
    await world.furnish('acme');
    await world.audit.seal_chain();
  });
  after(() => world.close());
  const lines = (text: string): Record<string, unknown>[] =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('answers NDJSON to who accepts it, and every format by name', async () => {
    const asked = await world.api('GET', '/audit-events', { headers: { accept: 'application/x-ndjson' } });
    assert.match(asked.headers.get('content-type') ?? '', /^application\/x-ndjson/);
    assert.equal(lines(asked.text)[0]?.['seq'], 1);
    for (const format of ['ndjson', 'ocsf', 'ecs']) {
      const { status, text } = await world.api('GET', `/audit-events?format=${format}&limit=3`);
      assert.deepEqual([status, lines(text).length], [200, 3]);
    }
    const cef = await world.api('GET', '/audit-events?format=cef&type=user.created');
    assert.match(cef.headers.get('content-type') ?? '', /^text\/plain/);
    assert.match(cef.text, /^CEF:0\|Postern\|/);
    assert.equal(
      (await world.api('GET', '/audit-events?format=json', { headers: { accept: 'application/x-ndjson' } })).json?.['next'],
      null,
    );
  });

  it('says where to go on, and goes on there', async () => {
    const seen: unknown[] = [];
    for (let next = '0', more = 'true'; more === 'true'; ) {
      const page = await world.api('GET', `/audit-events?format=ndjson&limit=2&after=${next}`);
      seen.push(...lines(page.text).map(({ seq }) => seq));
      [next, more] = [page.headers.get('postern-next') ?? '', page.headers.get('postern-more') ?? ''];
    }
    assert.deepEqual(
      seen,
      Array.from({ length: seen.length }, (_, index) => index + 1),
    );
    assert.ok(seen.length > 5);
  });

  it('a format that there is not, and a cursor of the other list, are told', async () => {
    assert.equal((await world.api('GET', '/audit-events?format=xml')).status, 400);
    assert.equal((await world.api('GET', '/audit-events?format=ndjson&after=abc')).json?.['code'], 'invalid_cursor');
  });
});
