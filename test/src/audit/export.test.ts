import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Act, type Audit, EVENT_TYPES, make_audit } from '../../../src/audit/index.ts';
import { new_org_id } from '../../../src/kernel/index.ts';
import type { Storage } from '../../../src/storage/index.ts';
import { temporary_storage } from '../../support/temporary_storage.ts';

const by: Act = { actor: { kind: 'admin_key', id: 'key_1', name: 'ops=|\\' }, ip: '192.0.2.1', request_id: 'req_1' };

describe('the export of audit events', () => {
  let storage: Storage;
  let audit: Audit;
  let now = 1_800_000_000_000;
  const acme = new_org_id();
  before(async () => {
    storage = await temporary_storage();
    audit = make_audit({ storage, now: () => now, trace_days: 1 });
    for (const type of Object.keys(EVENT_TYPES)) {
      now += 1;
      const target = { kind: type.split('.')[0] ?? '', id: 'x_1', name: 'Line\nbreak | and = \\' };
      await storage.transact((tx) => audit.record(tx, by, { type, org_id: acme, target, before: { a: 1 }, after: { a: 'x\r\ny' } }));
    }
    await audit.seal_chain();
  });
  after(() => storage.close());
  const count = Object.keys(EVENT_TYPES).length;
  type Json = Readonly<Record<string, unknown>>;
  const objects = async (format: 'ndjson' | 'ocsf' | 'ecs'): Promise<Json[]> =>
    (await audit.export_events({ format })).lines.map((line) => JSON.parse(line) as Json);
  const of_type = (events: readonly Json[], type: string, read: (event: Json) => unknown): Json =>
    events.find((event) => read(event) === type) ?? assert.fail(type);

  it('NDJSON is the event of the API with its place in the chain, oldest first', async () => {
    const events = await objects('ndjson');
    assert.deepEqual(
      events.map(({ seq }) => seq),
      Array.from({ length: count }, (_, index) => index + 1),
    );
    const first = events[0];
    assert.deepEqual([first?.['type'], first?.['organization_id'], first?.['request_id']], [Object.keys(EVENT_TYPES)[0], acme, 'req_1']);
    assert.equal(typeof first?.['link'], 'string');
  });

  it('goes on where it was, and misses nothing that committed late', async () => {
    const first = await audit.export_events({ format: 'ndjson', limit: 10 });
    assert.deepEqual([first.lines.length, first.after, first.more], [10, 10, true]);
    const rest = await audit.export_events({ format: 'ndjson', after: first.after });
    assert.deepEqual([rest.lines.length, rest.more], [count - 10, false]);
    // of an earlier time than everything that was read
    const late = make_audit({ storage, now: () => 1_700_000_000_000, trace_days: 1 });
    await storage.transact((tx) => late.record(tx, by, { type: 'late.event' }));
    await audit.seal_chain();
    const later = await audit.export_events({ format: 'ndjson', after: rest.after });
    assert.deepEqual(
      later.lines.map((line) => (JSON.parse(line) as Json)['type']),
      ['late.event'],
    );
    assert.deepEqual((await audit.export_events({ format: 'ndjson', after: later.after })).lines, []);
    await storage.write_once(`DELETE FROM "audit_events" WHERE "type" = 'late.event'`, []);
  });

  it('OCSF: class, activity and type_uid belong together; sign-ins, accounts, groups and the rest each have their class', async () => {
    const events = await objects('ocsf');
    for (const event of events) {
      const { class_uid, activity_id, type_uid, category_uid, time, metadata } = event as Record<string, number> & { metadata: Json };
      assert.equal(type_uid, (class_uid ?? 0) * 100 + (activity_id ?? 0));
      assert.deepEqual([category_uid, metadata['version'], typeof time], [3, '1.3.0', 'number']);
    }
    const code = (event: Json): unknown => (event['metadata'] as Json)['event_code'];
    const uid = (type: string): unknown => of_type(events, type, code)['type_uid'];
    assert.deepEqual(
      ['login.succeeded', 'session.ended', 'user.created', 'user.deactivated', 'user.deleted', 'group.created', 'connection.updated'].map(
        uid,
      ),
      [300201, 300202, 300101, 300105, 300106, 300606, 300403],
    );
    assert.deepEqual([of_type(events, 'login.failed', code)['status_id'], of_type(events, 'login.succeeded', code)['status_id']], [2, 1]);
    assert.equal((of_type(events, 'user.updated', code)['user'] as Json)['uid'], 'x_1');
  });

  it('ECS: categories, outcome, who and whose', async () => {
    const events = await objects('ecs');
    const action = (event: Json): unknown => (event['event'] as Json)['action'];
    const login = of_type(events, 'login.failed', action);
    assert.deepEqual([(login['event'] as Json)['category'], (login['event'] as Json)['outcome']], [['authentication'], 'failure']);
    const made = of_type(events, 'user.created', action);
    assert.deepEqual((made['event'] as Json)['type'], ['creation', 'user']);
    assert.deepEqual([made['organization'], made['source']], [{ id: acme }, { ip: '192.0.2.1' }]);
    assert.deepEqual((made['user'] as Json)['id'], 'key_1');
    for (const event of events) assert.match(String(event['@timestamp']), /^\d{4}-\d\d-\d\dT/);
  });

  it('attack: nothing in an event begins another line or another field of CEF', async () => {
    const { lines } = await audit.export_events({ format: 'cef' });
    assert.equal(lines.length, count);
    for (const line of lines) {
      assert.doesNotMatch(line, /[\r\n]/);
      // seven bars that are not escaped make the header
      assert.equal(line.replaceAll(/\\[\\|=n]/g, '').split('|').length - 1 >= 7, true);
      assert.match(line, /^CEF:0\|Postern\|Postern\|1\|[a-z_.]+\|[^|]+\|\d\|rt=\d+ externalId=evt_/);
      assert.match(line, / suser=ops\\=\|\\\\ /);
    }
  });

  it('is narrowed like the list', async () => {
    const some = await audit.export_events({
      format: 'ndjson',
      type: 'user.created',
      organization_id: acme,
      actor: 'key_1',
      target: 'x_1',
    });
    assert.equal(some.lines.length, 1);
    assert.deepEqual((await audit.export_events({ format: 'ndjson', organization_id: new_org_id() })).lines, []);
    assert.deepEqual((await audit.export_events({ format: 'ndjson', since: now + 1 })).lines, []);
  });
});
