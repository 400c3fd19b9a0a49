import { Worker } from 'node:worker_threads';
import { Refusal } from './refusal.ts';
import type { Turns } from './turns.ts';

/** What a worker may take; wanting more ends it. Young objects are few at a time, so that dead ones do not pile up to look like memory. */
export const WORKER_LIMITS = { maxOldGenerationSizeMb: 40, maxYoungGenerationSizeMb: 8, codeRangeSizeMb: 8, stackSizeMb: 2 } as const;
const DEADLINE_MS = 5000;

export interface InWorker {
  /** Who else may be at it at the same time, in this process. */
  readonly turns: Turns;
  readonly deadline_ms?: number;
}

const out_of_memory = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';

/** One worker for one question: nothing of a message outlives it. Ends at the deadline whatever the message does. */
async function ask(file: URL, question: unknown, deadline_ms: number): Promise<unknown> {
  const worker = new Worker(file, { workerData: question, execArgv: [], env: {}, resourceLimits: WORKER_LIMITS });
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const timer = setTimeout(
    () => reject(new Refusal('malformed', `the message could not be verified within ${deadline_ms} ms`)),
    deadline_ms,
  );
  worker.once('message', resolve);
  worker.once('error', (error) => reject(out_of_memory(error) ? new Refusal('malformed', 'the message takes too much memory') : error));
  worker.once('exit', () => reject(new Refusal('malformed', 'the message could not be verified')));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

/** The file of a worker beside the file at `beside`, under the extension that it has: sources and build differ. */
export const worker_file = (beside: string, name: string): URL => new URL(`./${name}.${beside.endsWith('.ts') ? 'ts' : 'js'}`, beside);

/** Puts a question to a worker when it is its turn. The answer is what the worker posts. @throws Refusal at the deadline, without memory, or when too many wait */
export const ask_worker = (file: URL, question: unknown, { turns, deadline_ms = DEADLINE_MS }: InWorker): Promise<unknown> =>
  turns.take(() => ask(file, question, deadline_ms));
