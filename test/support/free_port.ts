import { createServer } from 'node:net';

/**
 * Below those that the system hands out by itself (from 32768 on Linux): one of them could go to another test between being found and being listened on.
 * Above those that browsers refuse to call.
 */
const FIRST = 12_000;
const PER_PROCESS = 20;
const PROCESSES = 1000;

let given = 0;

/** A port of the loopback interface that nobody uses now, and that no other test process looks at before it is listened on. */
export async function free_port(): Promise<number> {
  for (let tries = 0; tries < PER_PROCESS; tries++) {
    // in turn: what was given a moment ago may not be listened on yet
    const port = FIRST + (process.pid % PROCESSES) * PER_PROCESS + (given++ % PER_PROCESS);
    if (await is_free(port)) return port;
  }
  throw new Error('there is no free port');
}

function is_free(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
