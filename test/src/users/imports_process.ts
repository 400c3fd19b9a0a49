/** A process that works on files of people until it is killed: `tsx imports_process.ts <orders as JSON>`. Each unit of work is a step. */
import { make_audit } from '../../../src/audit/index.ts';
import type { OrgId } from '../../../src/kernel/index.ts';
import { type DatabaseAddress, open_storage, type Storage } from '../../../src/storage/index.ts';
import { make_user_imports } from '../../../src/users/index.ts';
import { step, wait_for_go } from '../../support/mortal_process.ts';

interface Orders {
  readonly database: DatabaseAddress;
  readonly secret: string;
  /** Its clock begins here: leases of the dead have ended. */
  readonly from: number;
  /** A file that it takes in first. */
  readonly file?: { readonly org_id: OrgId; readonly text: string };
}

const { database, secret, from, file } = JSON.parse(process.argv[2] ?? '') as Orders; // as the test wrote it
const opened = await open_storage({ database, secrets: [Buffer.from(secret, 'base64')] });
const storage: Storage = {
  ...opened,
  transact: (work) => {
    step();
    return opened.transact(work);
  },
  write_once: (statement, values) => {
    step();
    return opened.write_once(statement, values);
  },
};
const began = Date.now();
const now = (): number => from + Date.now() - began;
const nothing_to_do = async (): Promise<void> => undefined;
const imports = make_user_imports({
  ...{ storage, now, days: 30, read_bulk: () => [] },
  record: make_audit({ storage, now, trace_days: 30 }).record,
  end_access: nothing_to_do,
  domains: () => new Set(),
});
await wait_for_go();
async function* body(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
if (file !== undefined)
  await imports(file.org_id).begin(
    { format: 'csv', body: body(file.text) },
    { actor: { kind: 'admin_key', id: 'key_test', name: 'test' } },
  );
for (;;) {
  if (await imports.work()) continue;
  step();
  await new Promise((resolve) => setTimeout(resolve, 5));
}
