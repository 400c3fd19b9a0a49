/** A process that leases what is due and never finishes: `tsx dying_process.ts <database address as JSON> <secret, base64>`. Says `leased` for each. */
import { make_worker } from '../../../src/events/index.ts';
import { type DatabaseAddress, open_storage } from '../../../src/storage/index.ts';

const [address = '', secret = ''] = process.argv.slice(2);
const storage = await open_storage({
  database: JSON.parse(address) as DatabaseAddress, // as the test wrote it
  secrets: [Buffer.from(secret, 'base64')],
});
const worker = make_worker({
  storage,
  now: () => Date.now(),
  random: () => 0,
  log: () => {},
  deliverers: {
    test: {
      schedule: [],
      deliver: () => {
        process.stdout.write('leased\n');
        return new Promise(() => {});
      },
    },
  },
});
worker.start(10);
// the worker alone keeps no process
setInterval(() => {}, 1000);
