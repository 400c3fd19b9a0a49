import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A process that works until it is killed. */
export interface MortalProcess {
  /** Lets it begin. */
  go(): void;
  /** Waits until it has begun so many more steps. */
  steps(count: number): Promise<void>;
  /** SIGKILL, and waits for the end; it must not have ended by itself. */
  kill(): Promise<void>;
}

export interface Mortals {
  /** With its orders; it has opened everything and waits for `go` when this answers. */
  start(orders: Readonly<Record<string, unknown>>): Promise<MortalProcess>;
  /** Ends whoever is left, those included for whom nobody has waited yet. */
  end(): Promise<void>;
}

/** Processes of one file. */
export function make_mortals(file: string): Mortals {
  const all: Promise<MortalProcess>[] = [];
  return {
    start(orders) {
      const made = start_mortal(file, orders);
      all.push(made);
      return made;
    },
    async end() {
      for (const one of await Promise.allSettled(all)) if (one.status === 'fulfilled') await one.value.kill();
    },
  };
}

async function start_mortal(file: string, orders: Readonly<Record<string, unknown>>): Promise<MortalProcess> {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', file, JSON.stringify(orders)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  assert.ok(child.stdout !== null && child.stdin !== null);
  const { stdin } = child;
  // whoever is killed hears nothing any more
  stdin.on('error', () => undefined);
  let [said, wanted] = [0, 0];
  let reached = (): void => undefined;
  const closed = once(child, 'close');
  createInterface({ input: child.stdout }).on('line', () => {
    said += 1;
    if (said >= wanted) reached();
  });
  const lines = async (count: number): Promise<void> => {
    wanted = said + count;
    if (count === 0) return;
    const came = new Promise<'came'>((resolve) => (reached = () => resolve('came')));
    assert.equal(await Promise.race([came, closed.then(() => 'ended')]), 'came', 'the process ended by itself');
  };
  await lines(1);
  return {
    go: () => void stdin.write('go\n'),
    steps: lines,
    async kill() {
      child.kill('SIGKILL');
      await closed;
      assert.equal(child.signalCode, 'SIGKILL', 'the process ended by itself');
    },
  };
}

/** In the process itself: says that it is ready, and waits for `go`. */
export async function wait_for_go(): Promise<void> {
  step();
  await once(process.stdin, 'data');
}

/** In the process itself: a step begins. Heard at once, whatever happens next: a pipe is written to synchronously. */
export const step = (): void => void process.stdout.write('.\n');
