import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Audit, make_audit, make_receipts, system_act, trim_record } from '../../../src/audit/index.ts';
import { new_id, new_org_id } from '../../../src/kernel/index.ts';
import type { Storage } from '../../../src/storage/index.ts';
import { temporary_storage } from '../../support/temporary_storage.ts';

const DAY_MS = 86_400_000;

describe('the record, whose time is limited', () => {
  let storage: Storage;
  let audit: Audit;
  let now = 1_800_000_000_000;
  before(async () => {
    storage = await temporary_storage();
    audit = make_audit({ storage, now: () => now, trace_days: 1 });
  });
  after(() => storage.close());
  const write = (): Promise<void> =>
    storage.transact((tx) => audit.record(tx, system_act, { type: 'user.updated', target: { kind: 'user', id: 'usr_1' } }));
  const trim = (audit_days: number, receipt_days = 0) =>
    trim_record({ storage, now: () => now, record: audit.record }, { audit_days, receipt_days });

  it('loses its oldest events, says so, and verifies from where it now begins', async () => {
    for (let day = 0; day < 10; day++) {
      await write();
      now += DAY_MS;
    }
    await audit.seal_chain();
    await trim(0);
    assert.equal((await audit.verify_chain()).rows, 10);
    await trim(4);
    await audit.seal_chain();
    const report = await audit.verify_chain();
    assert.deepEqual([report.ok, report.rows, report.removed, report.head?.seq], [true, 5, 6, 11]);
    const [newest] = (await audit.list_events({})).data;
    assert.deepEqual([newest?.type, newest?.after], ['audit_events.removed', { removed: 6, older_than_days: 4 }]);
    await trim(4);
    await write();
    await audit.seal_chain();
    assert.equal((await audit.verify_chain()).ok, true);
  });

  it('shows when somebody without the secret takes out more, or puts the beginning elsewhere', async () => {
    await storage.write_once(`DELETE FROM "audit_events" WHERE "seq" = 7`, []);
    assert.deepEqual(
      (await audit.verify_chain()).problems.map(({ seq, what }) => [seq, what]),
      [[7, 'a row is missing']],
    );
    await storage.write_once(`UPDATE "audit_chain" SET "seq" = 7 WHERE "id" = 'start'`, []);
    assert.equal((await audit.verify_chain()).ok, false);
    await storage.write_once(
      `UPDATE "audit_chain" SET "sealed_head" = (SELECT "sealed_head" FROM "audit_chain" WHERE "id" = 'head') WHERE "id" = 'start'`,
      [],
    );
    await assert.rejects(audit.verify_chain(), { code: 'sealed_value_damaged' });
  });

  it('loses receipts that are complete, and none on which somebody has still to be told', async () => {
    const org_id = new_org_id();
    const receipts = make_receipts({ storage, now: () => now, record: audit.record });
    const open = (delivery_id: string | null) =>
      storage.transact(async (tx) => {
        const entry = { user_id: 'usr_1', kind: 'app', session_id: 'ses_1', client_id: 'app', tokens: 1 } as const;
        await receipts.open(tx, {
          org_id,
          user_id: 'usr_1',
          reason: 'user.deleted',
          act: system_act,
          entries: [{ ...entry, id: new_id('e'), delivery_id }],
        });
      });
    await open(null);
    await receipts.settle();
    const waiting = await storage.transact((tx) => audit.append_outbox(tx, { org_id, kind: 'test', order_key: 'a/b', payload: 1 }));
    await open(waiting);
    now += 31 * DAY_MS;
    await trim(0, 30);
    const { data } = await receipts.list(org_id, {});
    assert.deepEqual(
      data.map(({ completed_at }) => completed_at),
      [null],
    );
    const entries = await storage.sql.all(`SELECT "id" FROM "receipt_entries" WHERE "org_id" = ?`, [org_id]);
    assert.equal(entries.length, 1);
  });
});
