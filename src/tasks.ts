import { trim_record } from './audit/index.ts';
import type { Task } from './background.ts';
import { sweep_outbox } from './events/index.ts';
import { watch_silence } from './notices/index.ts';
import { sweep_logos } from './organizations/index.ts';
import { sweep_expired } from './storage/index.ts';
import type { Postern } from './wiring.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 86_400_000;

/** What a process that serves does again and again. */
export function tasks_of({
  world,
  storage,
  audit,
  organizations,
  keys,
  outbound,
  receipts,
  scim_requests,
  user_imports,
  offboardings,
  users,
  directory_sync,
  transmitter,
}: Postern): Task[] {
  const { now, settings } = world;
  return [
    // a change in another process is seen within a second
    { name: 'configuration', interval_ms: SECOND_MS / 2, run: () => storage.poll_config_version() },
    { name: 'audit chain', interval_ms: SECOND_MS, run: () => audit.seal_chain() },
    { name: 'receipts', interval_ms: SECOND_MS, run: () => receipts.settle() },
    { name: 'SCIM targets', interval_ms: SECOND_MS / 2, run: () => outbound.tend() },
    { name: 'SCIM requests', interval_ms: SECOND_MS / 2, run: () => scim_requests.log.flush() },
    { name: 'user imports', interval_ms: SECOND_MS / 2, run: () => user_imports.work() },
    { name: 'user imports kept', interval_ms: MINUTE_MS, run: () => user_imports.trim() },
    { name: 'off-boarding', interval_ms: SECOND_MS, run: () => offboardings.work() },
    { name: 'record kept', interval_ms: 10 * MINUTE_MS, run: () => trim_record({ storage, now, record: audit.record }, settings) },
    { name: 'inactive people', interval_ms: 10 * MINUTE_MS, run: () => users.erase_inactive(settings.erase_inactive_days) },
    { name: 'SCIM requests kept', interval_ms: MINUTE_MS, run: () => scim_requests.log.trim() },
    {
      name: 'sweep',
      interval_ms: MINUTE_MS,
      run: () => Promise.all([sweep_expired(storage, now()), sweep_outbox(storage, now(), settings)]),
    },
    { name: 'signals', interval_ms: MINUTE_MS, run: () => transmitter.tend() },
    { name: 'logos', interval_ms: 60 * MINUTE_MS, run: () => sweep_logos(storage, now()) },
    {
      name: 'silent directories',
      interval_ms: 10 * MINUTE_MS,
      run: () => watch_silence({ storage, record: audit.record, days: settings.scim_silent_days }, now()),
    },
    { name: 'directory sync', interval_ms: SECOND_MS, run: () => directory_sync.tick() },
    { name: 'connections', interval_ms: MINUTE_MS, run: () => organizations.tend(now()) },
    { name: 'signing keys', interval_ms: 10 * MINUTE_MS, run: () => keys.tend(now(), settings.signing_key_days * DAY_MS) },
  ];
}
