import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { make_audit } from '../../../src/audit/index.ts';
import { type Deliverer, type Delivery, make_worker, outbox_depth, sweep_outbox, type Worker } from '../../../src/events/index.ts';
import { due, lease } from '../../../src/events/due.ts';
import type { OutboxRow, Storage } from '../../../src/storage/index.ts';
import { temporary_storage } from '../../support/temporary_storage.ts';

const DAY = 86_400_000;

describe('the outbox', () => {
  let storage: Storage;
  let now = 1_800_000_000_000;
  let delivered: Delivery[];
  let logged: string[];
  /** What `deliver` does next. */
  let behave: (delivery: Delivery) => Promise<void>;
  before(async () => {
    storage = await temporary_storage();
  });
  after(() => storage.close());
  beforeEach(async () => {
    await storage.write_once(`DELETE FROM "outbox"`, []);
    now += DAY;
    delivered = [];
    logged = [];
    behave = () => Promise.resolve();
  });
  const audit = (): ReturnType<typeof make_audit> => make_audit({ storage, now: () => now, trace_days: 1 });
  const append = (order_key: string, payload: unknown = null, kind = 'test'): Promise<string> =>
    storage.transact((tx) => audit().append_outbox(tx, { org_id: null, kind, order_key, payload }));
  const deliverer: Deliverer = {
    schedule: [1000, 10_000],
    deliver(delivery) {
      delivered.push(delivery);
      return behave(delivery);
    },
  };
  const worker = (more: { random?: number; deadline_ms?: number; deliverers?: Record<string, Deliverer> } = {}): Worker =>
    make_worker({
      storage,
      now: () => now,
      random: () => more.random ?? 0,
      deliverers: more.deliverers ?? { test: deliverer },
      log: (level, message) => logged.push(`${level} ${message}`),
      ...(more.deadline_ms !== undefined && { deadline_ms: more.deadline_ms }),
    });
  const row = async (id: string): Promise<OutboxRow> => {
    const found = await storage.gateway.outbox.find_one({ id });
    assert.ok(found);
    return found;
  };
  const refuse = (): Promise<void> => Promise.reject(new Error('the app answered 500'));

  it('delivers what was appended, as it was, once', async () => {
    const id = await append('app/ann', { sub: 'usr_1' });
    assert.equal(await worker().run_once(), 1);
    assert.equal(await worker().run_once(), 0);
    assert.equal(delivered.length, 1);
    const [one] = delivered;
    assert.deepEqual([one?.id, one?.payload, one?.attempt, one?.created_at, one?.org_id], [id, { sub: 'usr_1' }, 1, now, null]);
    const { done_at, dead_at, leased_until, last_error } = await row(id);
    assert.deepEqual([done_at, dead_at, leased_until, last_error], [now, null, null, null]);
  });

  it('holds nothing of a unit of work that was rolled back', async () => {
    await assert.rejects(
      storage.transact(async (tx) => {
        await audit().append_outbox(tx, { org_id: null, kind: 'test', order_key: 'a', payload: null });
        throw new Error('rolled back');
      }),
    );
    assert.equal(await worker().run_once(), 0);
  });

  it('what is of one key leaves in the order in which it was appended, the next only after the one before', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 12; count++) ids.push(await append('app/ann', { count }));
    let at_once = 0;
    behave = async () => {
      at_once += 1;
      assert.equal(at_once, 1);
      await new Promise((resolve) => setTimeout(resolve, 1));
      at_once -= 1;
    };
    await worker().run_once();
    assert.deepEqual(
      delivered.map((one) => one.id),
      ids,
    );
  });

  it('one that failed holds up its own key, and no other', async () => {
    await append('app/ann', 'first');
    await append('app/ann', 'second');
    await append('app/bob', 'other');
    behave = ({ payload }) => (payload === 'first' ? refuse() : Promise.resolve());
    await worker().run_once();
    assert.deepEqual(delivered.map((one) => one.payload).toSorted(), ['first', 'other']);
  });

  it('is tried again by its schedule, a little later each time than it says, and then given up, loudly', async () => {
    behave = ({ payload }) => (payload === 'given up' ? refuse() : Promise.resolve());
    const id = await append('app/ann', 'given up');
    const next = await append('app/ann', 'next');
    const times: number[] = [];
    const start = now;
    const tries = worker({ random: 1 });
    for (; delivered.length < 4; now += 100) {
      if ((await tries.run_once()) > 0) times.push(now - start);
      assert.ok(now - start < DAY);
    }
    // 1 s and 10 s, and half of it again at most
    assert.deepEqual(times, [0, 1500, 16_500]);
    assert.deepEqual(
      delivered.map((one) => [one.id, one.attempt]),
      // what was given up holds up nobody
      [
        [id, 1],
        [id, 2],
        [id, 3],
        [next, 1],
      ],
    );
    const { dead_at, last_error, attempts } = await row(id);
    assert.notEqual(dead_at, null);
    assert.deepEqual([last_error, attempts], ['the app answered 500', 3]);
    assert.deepEqual(logged, [
      'warn a delivery failed and will be tried again',
      'warn a delivery failed and will be tried again',
      'error a delivery was given up',
    ]);
    assert.deepEqual(await outbox_depth(storage), { waiting: 0, dead: 1 });
  });

  it('of several processes one delivers each', async () => {
    for (let count = 0; count < 60; count++) await append(`app-${count % 7}/person-${count}`);
    const processes = [worker(), worker(), worker(), worker()];
    behave = () => new Promise((resolve) => setTimeout(resolve, 2));
    const tried = await Promise.all(processes.map((one) => one.run_once()));
    await Promise.all(processes.map((one) => one.run_once()));
    assert.equal(new Set(delivered.map((one) => one.id)).size, 60);
    assert.equal(delivered.length, 60);
    assert.ok(tried.every((count) => count <= 60));
  });

  it('a process that died with a delivery loses the lease, not the delivery: another tries it when the lease is over', async () => {
    const id = await append('app/ann');
    behave = () => new Promise(() => {});
    void worker({ deadline_ms: 2_000_000_000 }).run_once();
    while (delivered.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    behave = () => Promise.resolve();
    assert.equal(await worker().run_once(), 0);
    now += 60_000;
    assert.equal(await worker().run_once(), 0);
    now += 1;
    assert.equal(await worker().run_once(), 1);
    assert.equal((await row(id)).attempts, 2);
  });

  it('a process that comes back after its lease was over does not say how it went: the later one does', async () => {
    const id = await append('app/ann');
    const first = Promise.withResolvers<undefined>();
    behave = () => first.promise.then(refuse);
    const slow = worker({ deadline_ms: 2_000_000_000 }).run_once();
    while (delivered.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    now += 60_001;
    const second = Promise.withResolvers<undefined>();
    behave = () => second.promise;
    const later = worker().run_once();
    while (delivered.length === 1) await new Promise((resolve) => setTimeout(resolve, 1));
    first.resolve(undefined);
    // the slow one fails now; its failure must not free the row under the later one
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.notEqual((await row(id)).leased_until, null);
    assert.equal((await row(id)).last_error, null);
    second.resolve(undefined);
    await Promise.all([slow, later]);
    assert.notEqual((await row(id)).done_at, null);
  });

  it('what another process tried and failed meanwhile is not leased by what was seen before', async () => {
    await append('app/ann');
    const [seen] = await due(storage, ['test'], now);
    assert.ok(seen);
    behave = refuse;
    await worker().run_once();
    assert.equal(await lease(storage, seen, now), undefined);
  });

  it('a receiver that hangs holds up nobody else, however much is for it', async () => {
    for (let count = 0; count < 200; count++) await append(`hangs/person-${count}`, 'hangs');
    await append('healthy/ann', 'healthy');
    const reached = Promise.withResolvers<undefined>();
    let hanging = 0;
    const give_up = Promise.withResolvers<undefined>();
    behave = ({ payload }) => {
      if (payload === 'healthy') reached.resolve(undefined);
      else hanging += 1;
      return payload === 'healthy' ? Promise.resolve() : give_up.promise.then(refuse);
    };
    const running = worker().run_once();
    await reached.promise;
    assert.ok(hanging <= 4, String(hanging));
    give_up.resolve(undefined);
    await running;
    assert.equal(hanging, 200);
  });

  it('one that does not end in time is ended, and tried again', async () => {
    await append('app/ann');
    behave = () => new Promise(() => {});
    assert.equal(await worker({ deadline_ms: 10 }).run_once(), 1);
    assert.deepEqual(logged, ['warn a delivery failed and will be tried again']);
    assert.equal(delivered[0]?.signal.aborted, true);
  });

  it('what is of a kind that this process does not know waits for one that does, its key with it', async () => {
    const id = await append('app/ann', null, 'of a later version');
    await append('app/ann', null);
    assert.equal(await worker().run_once(), 0);
    assert.equal((await row(id)).done_at, null);
    assert.equal(await worker({ deliverers: { test: deliverer, 'of a later version': deliverer } }).run_once(), 2);
    assert.equal(await worker({ deliverers: {} }).run_once(), 0);
  });

  it('one that cannot be opened is a failure like any other, and holds up nobody', async () => {
    const id = await append('app/ann');
    await storage.write_once(`UPDATE "outbox" SET "sealed_payload" = ? WHERE "id" = ?`, [storage.seal.seal('"moved"', 'outbox/other'), id]);
    await append('app/bob');
    await worker().run_once();
    assert.equal(delivered.length, 1);
    assert.match((await row(id)).last_error ?? '', /cannot be opened/);
  });

  it('what was delivered is swept after a week; what waits and what was given up is not', async () => {
    await append('app/ann', 'done');
    await worker().run_once();
    behave = refuse;
    await append('app/bob', 'waits');
    await worker().run_once();
    now += 6 * DAY;
    assert.equal(await sweep_outbox(storage, now), 0);
    now += DAY + 1;
    assert.equal(await sweep_outbox(storage, now), 1);
    assert.deepEqual(await outbox_depth(storage), { waiting: 1, dead: 0 });
  });

  it('started, it delivers by itself; stopped, it has finished what was under way', async () => {
    const one = worker();
    const begun = Promise.withResolvers<undefined>();
    let finished = 0;
    behave = async () => {
      begun.resolve(undefined);
      await new Promise((resolve) => setTimeout(resolve, 20));
      finished += 1;
    };
    one.start(5);
    await append('app/ann');
    await begun.promise;
    await one.stop();
    assert.equal(finished, 1);
    await append('app/bob');
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.equal(finished, 1);
  });
});
