import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { type Audit, make_audit, system_act } from '../../../src/audit/index.ts';
import { new_org_id } from '../../../src/kernel/index.ts';
import type { Storage } from '../../../src/storage/index.ts';
import { temporary_storage } from '../../support/temporary_storage.ts';

describe('the chain of audit events', () => {
  let storage: Storage;
  let audit: Audit;
  let now = 1_800_000_000_000;
  const org_id = new_org_id();
  before(async () => {
    storage = await temporary_storage();
    audit = make_audit({ storage, now: () => now, trace_days: 1 });
  });
  after(() => storage.close());
  beforeEach(async () => {
    for (let count = 0; count < 6; count++) await write(count);
    await audit.seal_chain();
  });
  afterEach(async () => {
    for (const table of ['audit_events', 'audit_chain']) await storage.write_once(`DELETE FROM "${table}"`, []);
  });
  const write = (count: number): Promise<void> => {
    now += 1;
    return storage.transact((tx) =>
      audit.record(
        tx,
        { actor: { kind: 'admin_key', id: 'key_1', name: 'ops' }, ip: '192.0.2.1' },
        {
          type: 'user.updated',
          org_id,
          target: { kind: 'user', id: `usr_${count}`, name: 'Ann' },
          before: { n: count },
          after: { n: count + 1 },
        },
      ),
    );
  };
  const change = (statement: string): Promise<number> => storage.write_once(statement, []);
  const said = async (): Promise<string[]> => (await audit.verify_chain()).problems.map(({ seq, what }) => `${seq ?? 'end'}: ${what}`);

  it('holds every event once, in order, and verifies', async () => {
    await write(6);
    const before_it = await audit.verify_chain();
    assert.deepEqual([before_it.ok, before_it.rows, before_it.waiting], [true, 6, 1]);
    assert.equal(await audit.seal_chain(), 1);
    assert.equal(await audit.seal_chain(), 0);
    const report = await audit.verify_chain();
    assert.deepEqual([report.ok, report.rows, report.waiting, report.erased, report.head?.seq], [true, 7, 0, 0, 7]);
    assert.notEqual(report.head?.link, before_it.head?.link);
  });

  for (const [what, column] of Object.entries({
    'what was before': `"before" = '{"n":9}'`,
    'who did it': `"actor" = '{"kind":"cli"}'`,
    'to whom': `"target_id" = 'usr_other'`,
    'its type': `"type" = 'user.created'`,
    'its time': `"at" = "at" - 1`,
    'whose it is': `"org_id" = NULL`,
    'from where': `"ip" = '198.51.100.1'`,
    'its digest': `"digest" = 'x'`,
    'its link': `"link" = 'x'`,
  }))
    it(`attack: a changed row shows (${what})`, async () => {
      assert.equal(await change(`UPDATE "audit_events" SET ${column} WHERE "seq" = 3`), 1);
      assert.ok(
        (await said()).some((line) => line.startsWith('3: ')),
        String(await said()),
      );
    });

  it('attack: a missing row shows, in the middle, at the beginning, at the end, and all of them', async () => {
    await change(`DELETE FROM "audit_events" WHERE "seq" = 3`);
    assert.deepEqual(await said(), ['3: a row is missing']);
    await change(`DELETE FROM "audit_events" WHERE "seq" = 1`);
    assert.deepEqual(await said(), ['1: a row is missing', '3: a row is missing']);
    await change(`DELETE FROM "audit_events" WHERE "seq" >= 5`);
    assert.equal((await said()).at(-1), 'end: the chain ends at 4, and must end at 6');
    await change(`DELETE FROM "audit_events"`);
    assert.deepEqual(await said(), ['end: the chain ends at 0, and must end at 6']);
  });

  it('attack: a row put in between, or two that changed places, show', async () => {
    await change(`UPDATE "audit_events" SET "seq" = -1 WHERE "seq" = 2`);
    await change(`UPDATE "audit_events" SET "seq" = 2 WHERE "seq" = 3`);
    await change(`UPDATE "audit_events" SET "seq" = 3 WHERE "seq" = -1`);
    assert.ok((await said()).length >= 1);
  });

  it('attack: whoever rewrites the whole chain cannot rewrite its end without the secret', async () => {
    const rows = await storage.sql.all<{ seq: number }>(`SELECT "seq" FROM "audit_events" WHERE "seq" IS NOT NULL`);
    assert.equal(rows.length, 6);
    // the last row goes, and everything before it is sound
    await change(`DELETE FROM "audit_events" WHERE "seq" = 6`);
    await change(`UPDATE "audit_chain" SET "seq" = 5`);
    assert.deepEqual(await said(), ['end: the chain ends at 5, and must end at 6']);
    await change(`UPDATE "audit_chain" SET "sealed_head" = 'v1.forged.value'`);
    await assert.rejects(audit.verify_chain());
  });

  it('attack: a row that was emptied without an erasure shows', async () => {
    await change(`UPDATE "audit_events" SET "salt" = NULL, "before" = NULL, "after" = NULL WHERE "seq" = 4`);
    assert.deepEqual(await said(), ['4: it was emptied, and nobody was erased']);
  });

  it('many processes that seal at once make one chain, while writers write', async () => {
    const processes = [1, 2, 3, 4].map(() => make_audit({ storage, now: () => now, trace_days: 1 }));
    const writing = (async () => {
      for (let count = 0; count < 40; count++) await write(count);
    })();
    for (let turn = 0; turn < 10; turn++) await Promise.all(processes.map((one) => one.seal_chain()));
    await writing;
    await Promise.all(processes.map((one) => one.seal_chain()));
    const report = await audit.verify_chain();
    assert.deepEqual([report.ok, report.rows, report.waiting], [true, 46, 0]);
  });

  it('more than one batch, and more than one page, are one chain', async () => {
    await storage.transact(async (tx) => {
      for (let count = 0; count < 1100; count++) await audit.record(tx, system_act, { type: 'role.created' });
    });
    assert.equal(await audit.seal_chain(), 1100);
    const report = await audit.verify_chain();
    assert.deepEqual([report.ok, report.rows], [true, 1106]);
  });
});
