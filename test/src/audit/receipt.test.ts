import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { make_audit, make_receipts, type Receipts, system_act } from '../../../src/audit/index.ts';
import { make_worker } from '../../../src/events/index.ts';
import { new_id, new_org_id } from '../../../src/kernel/index.ts';
import type { Storage } from '../../../src/storage/index.ts';
import { temporary_storage } from '../../support/temporary_storage.ts';

describe('a receipt', () => {
  let storage: Storage;
  let receipts: Receipts;
  let now = 1_800_000_000_000;
  const org_id = new_org_id();
  before(async () => {
    storage = await temporary_storage();
    receipts = make();
  });
  after(() => storage.close());
  const audit = () => make_audit({ storage, now: () => now, trace_days: 1 });
  const make = (): Receipts => make_receipts({ storage, now: () => now, record: audit().record });
  const open = (apps: number): Promise<string> =>
    storage.transact(async (tx) => {
      const user_id = new_id('usr');
      const entries = [];
      for (let app = 0; app < apps; app++) {
        const delivery_id = await audit().append_outbox(tx, { org_id, kind: 'test', order_key: `app-${app}/${user_id}`, payload: app });
        const [id, session_id] = [new_id('grant'), new_id('ses')];
        entries.push({ id, user_id, kind: 'app' as const, session_id, client_id: `app-${app}`, tokens: 1, delivery_id });
      }
      await receipts.open(tx, { org_id, user_id, reason: 'user.deactivated', act: system_act, entries });
      return user_id;
    });
  const work = (fails: (app: unknown) => boolean): Promise<number> =>
    make_worker({
      ...{ storage, now: () => now, random: () => 0, log: () => {} },
      deliverers: {
        test: {
          schedule: [1000],
          deliver: ({ payload }) => (fails(payload) ? Promise.reject(new Error('the app answered 500')) : Promise.resolve()),
        },
      },
    }).run_once();
  const ended = async (user_id: string) => (await audit().list_events({ type: 'access.ended', target: user_id })).data;

  it('is complete once the last app was told or given up, and says which; it is told once, whoever settles', async () => {
    const user_id = await open(3);
    await receipts.settle();
    assert.deepEqual(await ended(user_id), []);
    await work((app) => app === 1);
    await receipts.settle();
    const { data } = await receipts.list(org_id, { user_id });
    assert.deepEqual([data[0]?.completed_at, data[0]?.apps.map(({ outcome }) => outcome).toSorted()], [null, ['pending', 'told', 'told']]);
    now += 1000;
    await work((app) => app === 1);
    await Promise.all([make().settle(), make().settle(), make().settle()]);
    const [event, another] = await ended(user_id);
    assert.equal(another, undefined);
    assert.equal(event?.after?.['everyone_told'], false);
    const [receipt] = (await receipts.list(org_id, { user_id })).data;
    assert.notEqual(receipt?.completed_at, null);
    const given_up = receipt?.apps.find(({ client_id }) => client_id === 'app-1');
    assert.deepEqual([given_up?.outcome, given_up?.tries, given_up?.error], ['given_up', 2, 'the app answered 500']);
  });

  it('of very many sessions is written as a whole, and its event names a hundred', async () => {
    const user_id = await open(230);
    await work(() => false);
    await receipts.settle();
    const [receipt] = (await receipts.list(org_id, { user_id })).data;
    assert.equal(receipt?.apps.length, 230);
    const [event] = await ended(user_id);
    assert.deepEqual([(event?.after?.['apps'] as unknown[]).length, event?.after?.['left_out']], [100, 130]);
  });

  it('whose delivery nobody knows any more is given up, not open for ever', async () => {
    const user_id = await open(1);
    await storage.write_once(`DELETE FROM "outbox" WHERE "done_at" IS NULL AND "dead_at" IS NULL`, []);
    await receipts.settle();
    const [receipt] = (await receipts.list(org_id, { user_id })).data;
    assert.deepEqual([receipt?.apps[0]?.outcome, receipt?.apps[0]?.error], ['given_up', 'nothing is known of it']);
  });
});
