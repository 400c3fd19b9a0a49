import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { make_audit } from '../../../src/audit/index.ts';
import { make_worker, outbox_depth } from '../../../src/events/index.ts';
import { open_storage } from '../../../src/storage/index.ts';
import { temporary_database } from '../../support/temporary_database.ts';

describe('kill -9', () => {
  it('of a process with deliveries in hand loses none of them', async (t) => {
    const { address, dispose } = await temporary_database();
    const secret = randomBytes(32);
    const storage = await open_storage({ database: address, secrets: [secret] });
    t.after(async () => {
      await storage.close();
      await dispose();
    });
    await storage.migrate();
    const audit = make_audit({ storage, now: () => Date.now(), trace_days: 1 });
    const ids = await storage.transact(async (tx) => {
      const made: string[] = [];
      for (let count = 0; count < 6; count++)
        made.push(await audit.append_outbox(tx, { org_id: null, kind: 'test', order_key: `app-${count % 3}/ann`, payload: count }));
      return made;
    });
    const script = join(import.meta.dirname, 'dying_process.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(address), secret.toString('base64')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = new Promise((resolve) => child.once('exit', resolve));
    let leased = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      if (line === 'leased') leased += 1;
      if (leased === 3) break;
    }
    child.kill('SIGKILL');
    await exited;

    const delivered: string[] = [];
    const worker = (now: () => number) =>
      make_worker({
        storage,
        now,
        random: () => 0,
        log: () => {},
        deliverers: { test: { schedule: [], deliver: async ({ id }) => void delivered.push(id) } },
      });
    // while the leases of the dead last, each key waits for its first
    assert.equal(await worker(() => Date.now()).run_once(), 0);
    assert.equal(await worker(() => Date.now() + 61_000).run_once(), 6);
    assert.deepEqual(delivered.toSorted(), ids.toSorted());
    for (const key of [0, 1, 2])
      assert.deepEqual(
        delivered.filter((id) => ids.indexOf(id) % 3 === key),
        [ids[key], ids[key + 3]],
      );
    assert.deepEqual(await outbox_depth(storage), { waiting: 0, dead: 0 });
  });
});
