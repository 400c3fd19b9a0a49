/** A process that reads a directory whenever it is due, until it is killed: `tsx sync_process.ts <orders as JSON>`. Each unit of work is a step. */
import { make_audit } from '../../../../src/audit/index.ts';
import { make_directory_sync } from '../../../../src/directory/index.ts';
import type { OrgId } from '../../../../src/kernel/index.ts';
import { partner_people } from '../../../../src/linking/index.ts';
import { type DatabaseAddress, open_storage, type Storage } from '../../../../src/storage/index.ts';
import { step, wait_for_go } from '../../../support/mortal_process.ts';
import { directory_of, type Entry } from '../../../support/told_directory.ts';

interface Orders {
  readonly database: DatabaseAddress;
  readonly secret: string;
  /** Its clock begins here: leases of the dead have ended. */
  readonly from: number;
  readonly org_id: OrgId;
  /** Who is in the directory. */
  readonly entries: readonly Entry[];
}

const { database, secret, from, org_id, entries } = JSON.parse(process.argv[2] ?? '') as Orders; // as the test wrote it
const opened = await open_storage({ database, secrets: [Buffer.from(secret, 'base64')] });
const storage: Storage = {
  ...opened,
  transact: (work) => {
    step();
    return opened.transact(work);
  },
};
const began = Date.now();
const now = (): number => from + Date.now() - began;
const sync = make_directory_sync({
  ...{ storage, now, people: partner_people },
  record: make_audit({ storage, now, trace_days: 30 }).record,
  end_access: async () => undefined,
  connector: async () => directory_of(entries),
  async connection(id) {
    const row = await storage.org(org_id).connections.find_one({ id });
    return row === undefined ? undefined : { ...row, org_id };
  },
  verified_domains: async () => new Set(),
  log: () => undefined,
});
await wait_for_go();
for (;;) {
  await sync.tick();
  step();
  await new Promise((resolve) => setTimeout(resolve, 5));
}
