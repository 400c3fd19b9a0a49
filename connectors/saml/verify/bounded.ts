import { Worker } from 'node:worker_threads';
import { type Note, Refusal, type RefusalReason } from './refusal.ts';
import { verify_response } from './response.ts';
import { values_by_name } from './statements.ts';
import type { Trust } from './trust.ts';
import type { Verdict } from './verdict.ts';

/** Base64 characters up to which a message is verified where it arrives: that takes a few milliseconds. */
export const SMALL = 96 * 1024;
const DEADLINE_MS = 5000;
const MOST_WAITING = 8;
/** Heap of the worker; a message that wants more ends it. */
const HEAP_MB = 64;

type Check = Parameters<Note>[0];

/** What a worker answers. */
export type Answer =
  | { readonly checks: readonly Check[]; readonly verdict: Verdict }
  | {
      readonly checks: readonly Check[];
      readonly refusal: { readonly reason: RefusalReason; readonly message: string; readonly fix?: string };
    };

export interface Question {
  readonly message: string;
  readonly trust: Trust;
}

export interface BoundedVerifier {
  /** As `verify_response`, without keeping other requests waiting for a large message. @throws Refusal */
  verify(message_base64: string, trust: Trust, note: Note): Promise<Verdict>;
}

/** One worker for one message: nothing of a message outlives it. Ends at the deadline whatever the message does. */
async function ask_worker(question: Question, deadline_ms: number): Promise<Answer> {
  // beside this file, under the extension that this file has: sources and build differ
  const file = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);
  const worker = new Worker(file, { workerData: question, execArgv: [], env: {}, resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } });
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const timer = setTimeout(
    () => reject(new Refusal('malformed', `the message could not be verified within ${deadline_ms} ms`)),
    deadline_ms,
  );
  worker.once('message', (answer: Answer) => resolve(answer));
  worker.once('error', (error) => reject(out_of_memory(error) ? new Refusal('malformed', 'the message takes too much memory') : error));
  worker.once('exit', () => reject(new Refusal('malformed', 'the message could not be verified')));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

const out_of_memory = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';

/** The copy that came over has an ordinary prototype: no name of an attribute may mean anything to the language here either. */
function on_null_prototype(verdict: Verdict): Verdict {
  if (verdict.kind !== 'assertion') return verdict;
  const { assertion } = verdict;
  return { kind: 'assertion', assertion: { ...assertion, attributes: values_by_name(assertion.attribute_names) } };
}

/** Verifies small messages at once, and large ones one after the other in a worker with a deadline. One for each connection, so that no partner waits for another's. */
export function make_bounded_verifier({ small = SMALL, deadline_ms = DEADLINE_MS } = {}): BoundedVerifier {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  return {
    async verify(message_base64, trust, note) {
      if (message_base64.length <= small) return verify_response(message_base64, trust, note);
      if (waiting >= MOST_WAITING) throw new Refusal('malformed', 'too many large messages at the same time');
      waiting++;
      const turn = last.then(() => ask_worker({ message: message_base64, trust }, deadline_ms));
      last = turn.catch(() => undefined);
      try {
        const answer = await turn;
        for (const check of answer.checks) note(check);
        if ('verdict' in answer) return on_null_prototype(answer.verdict);
        const { reason, message, fix } = answer.refusal;
        throw new Refusal(reason, message, fix);
      } finally {
        waiting--;
      }
    },
  };
}
