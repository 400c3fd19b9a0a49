import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type Audit, type LatestEntry, make_audit } from '../../../src/audit/index.ts';
import { make_worker, PutOff } from '../../../src/events/index.ts';
import type { Storage } from '../../../src/storage/index.ts';
import { temporary_storage } from '../../support/temporary_storage.ts';

describe('what says in the outbox how things are now', () => {
  let storage: Storage;
  let audit: Audit;
  let now = 1_767_225_600_000;
  beforeEach(async () => {
    storage = await temporary_storage();
    audit = make_audit({ storage, now: () => now, trace_days: 1 });
  });
  afterEach(() => storage.close());
  const entry = (id: string, more: Partial<LatestEntry> = {}): LatestEntry => ({
    ...{ org_id: null, kind: 'test', order_key: `target/${id}`, payload: id },
    ...more,
  });
  const append = (...entries: LatestEntry[]): Promise<string[]> => storage.transact((tx) => audit.append_latest(tx, entries));
  const rows = () => storage.gateway.outbox.find({ receiver: 'target' });
  const worker = (deliver: (payload: unknown) => Promise<void>, schedule: readonly number[] = []) =>
    make_worker({
      storage,
      now: () => now,
      random: () => 0,
      log: () => {},
      deliverers: { test: { schedule, deliver: ({ payload }) => deliver(payload) } },
    });

  it('waits once, however often it changes, for as many as there are', async () => {
    const first = await append(entry('a'), entry('b'));
    const many = Array.from({ length: 500 }, (_, index) => entry(`p${index}`));
    const second = await append(entry('b'), entry('a'), ...many);
    assert.deepEqual([second[0], second[1]], [first[1], first[0]]);
    assert.equal((await rows()).length, 502);
    assert.deepEqual(await append(...many), second.slice(2));
  });

  it('is appended again while it is being said, and after it was', async () => {
    const [first] = await append(entry('a'));
    const said: unknown[] = [];
    let second: string | undefined;
    await worker(async (payload) => {
      said.push(payload);
      if (said.length === 1) [second] = await append(entry('a'));
    }).run_once();
    assert.equal(said.length, 2);
    assert.ok((second ?? '') > (first ?? ''), 'in its order');
    await append(entry('a'));
    assert.equal((await rows()).length, 3);
  });

  it('goes first and at once when it is urgent, also what failed before it', async () => {
    await append(entry('slow'), entry('late', { delay_ms: 5000 }), entry('failed'));
    await storage.write_once(`UPDATE "outbox" SET "attempts" = 3, "available_at" = ? WHERE "order_key" = 'target/failed'`, [
      now + 3_600_000,
    ]);
    await append(entry('failed', { urgent: true }), entry('new', { urgent: true }));
    const said: unknown[] = [];
    await worker(async (payload) => void said.push(payload)).run_once();
    assert.deepEqual(said.toSorted(), ['failed', 'failed', 'new', 'slow']);
    assert.deepEqual([said.indexOf('new') < said.indexOf('slow'), said.indexOf('failed') < said.indexOf('slow')], [true, true]);
  });

  it('is put off without counting as failed, and not for ever', async () => {
    await append(entry('a'));
    const schedule = [1000, 1000];
    const step = async (deliver: () => Promise<void>): Promise<void> => {
      await worker(deliver, schedule).run_once();
      now += 1000;
    };
    await step(() => Promise.reject(new PutOff(1000, 'patience')));
    await step(() => Promise.reject(new PutOff(1000, 'patience')));
    await step(() => Promise.reject(new Error('no')));
    const [row] = await rows();
    assert.deepEqual([row?.attempts, row?.put_off, row?.dead_at], [3, 2, null]);
    await step(() => Promise.reject(new PutOff(1000, 'patience')));
    await step(() => Promise.reject(new PutOff(1000, 'patience')));
    await step(() => Promise.reject(new PutOff(1000, 'patience')));
    assert.notEqual((await rows())[0]?.dead_at, null, 'after twice the time of its schedule');
  });
});
