/** A process that records and delivers until it is killed: `node busy_process.ts <JSON: {address, secret, url, name, ahead}>`. Says `ready` once it has recorded something. */
import { make_audit, system_act } from '../../../src/audit/index.ts';
import type { OrgId } from '../../../src/kernel/index.ts';
import { type DatabaseAddress, open_storage } from '../../../src/storage/index.ts';
import { hook_world } from './hook_world.ts';

interface Orders {
  readonly address: DatabaseAddress;
  readonly secret: string;
  readonly url: string;
  readonly name: string;
  /** Milliseconds that this clock is ahead: the leases of those who were killed are over. */
  readonly ahead: number;
}
const { address, secret, url, name, ahead } = JSON.parse(process.argv[2] ?? '') as Orders; // as the test wrote it
const storage = await open_storage({ database: address, secrets: [Buffer.from(secret, 'base64')] });
const now = (): number => Date.now() + ahead;
const { worker, subscribers } = hook_world(storage, url, now);
const audit = make_audit({ storage, now, trace_days: 1, subscribers });
worker.start(5);
for (let count = 0; ; count++) {
  const id = `usr_${name}_${count % 3}`;
  await storage
    .transact(async (tx) => {
      await audit.record(tx, system_act, {
        type: 'user.updated',
        org_id: 'org_1' as OrgId, // any will do
        target: { kind: 'user', id },
        after: { count },
      });
      // one in eight is rolled back: nobody may ever hear of it
      if (count % 8 === 7) throw new Error('rolled back');
    })
    .catch(() => undefined);
  if (count === 0) process.stdout.write('ready\n');
  await new Promise((resolve) => setTimeout(resolve, 2));
}
