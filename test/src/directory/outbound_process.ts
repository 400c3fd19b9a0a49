/** A process that delivers to SCIM targets and goes on with loads, until it is killed: `tsx outbound_process.ts <orders as JSON>`. Says `alive` once. */
import { parse_settings, type Settings } from '../../../src/config/index.ts';
import { make_worker, scim_target } from '../../../src/events/index.ts';
import { make_world } from '../../../src/main.ts';
import { open_postern } from '../../../src/wiring.ts';

interface Orders {
  readonly database: Settings['database'];
  readonly secret: string;
  /** Milliseconds that its clock is ahead: leases of the dead have ended. */
  readonly ahead: number;
}

const { database, secret, ahead } = JSON.parse(process.argv[2] ?? '') as Orders; // as the test wrote it
const result = parse_settings(
  { POSTERN_SECRET: secret, POSTERN_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8', POSTERN_LOG_LEVEL: 'silent' },
  () => undefined,
);
if (!result.ok) throw new Error(JSON.stringify(result.problems));
const now = (): number => Date.now() + ahead;
const postern = await open_postern({ ...make_world({ ...result.settings, database }), now, random: () => 0 });
const worker = make_worker({
  ...{ storage: postern.storage, now, random: () => 0, log: () => {} },
  deliverers: { scim_target: scim_target({ deliver: (payload, hearing) => postern.outbound.deliver(payload, hearing) }) },
});
worker.start(5);
process.stdout.write('alive\n');
for (;;) {
  await postern.outbound.tend();
  await new Promise((resolve) => setTimeout(resolve, 5));
}
