/** `postern` from its sources, in a process of its own: `node --import tsx test/support/serve_process.ts serve`. */
import { main } from '../../src/cli/main.ts';

await main(process.argv.slice(2));
