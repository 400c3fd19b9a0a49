import { even_out } from './even_out.ts';
import { ask_worker, worker_file } from './in_worker.ts';
import { MAX_ENCODED } from './message.ts';
import { type Note, Refusal, type RefusalReason } from './refusal.ts';
import { verify_response } from './response.ts';
import { values_by_name } from './statements.ts';
import type { Trust } from './trust.ts';
import { make_turns, type Turns } from './turns.ts';
import type { Verdict } from './verdict.ts';
import { is_dear, SMALL } from './weigh.ts';

/** Of one connection, the one that is being verified included. */
const MOST_OF_ONE = 8;

type Check = Parameters<Note>[0];

/** What a worker answers. */
export type Answer =
  | { readonly checks: readonly Check[]; readonly verdict: Verdict }
  | {
      readonly checks: readonly Check[];
      readonly refusal: { readonly reason: RefusalReason; readonly message: string; readonly fix?: string; readonly seconds?: number };
    };

export interface Question {
  readonly message: string;
  readonly trust: Trust;
}

export interface BoundedVerifier {
  /** As `verify_response`, without keeping other requests waiting for a message that costs much, nor telling by time why one is refused. @throws Refusal */
  verify(message_base64: string, trust: Trust, note: Note): Promise<Verdict>;
}

export interface BoundedOptions {
  /** Shared by all connections of a process. Default: its own. */
  readonly turns?: Turns;
  /** Base64 characters up to which a message may be verified where it arrives. */
  readonly small?: number;
  readonly deadline_ms?: number;
  readonly even_out?: typeof even_out;
}

/** The copy that came over has an ordinary prototype: no name of an attribute may mean anything to the language here either. */
function on_null_prototype(verdict: Verdict): Verdict {
  if (verdict.kind !== 'assertion') return verdict;
  const { assertion } = verdict;
  return { kind: 'assertion', assertion: { ...assertion, attributes: values_by_name(assertion.attribute_names) } };
}

/**
 * Verifies small messages at once, and dear ones in a worker with a deadline: one after the other for a connection, so that no partner's keep another's
 * waiting, and by turns for the process. One for each connection.
 */
export function make_bounded_verifier(options: BoundedOptions = {}): BoundedVerifier {
  const { turns = make_turns(), small = SMALL, deadline_ms } = options;
  const evenly = options.even_out ?? even_out;
  let own = 0;
  let last: Promise<unknown> = Promise.resolve();

  async function in_worker(message: string, trust: Trust, note: Note): Promise<Verdict> {
    if (own >= MOST_OF_ONE) throw new Refusal('malformed', 'too many large messages at the same time');
    own++;
    const question: Question = { message, trust };
    const how = { turns, ...(deadline_ms !== undefined && { deadline_ms }) };
    const turn = last.then(() => ask_worker(worker_file(import.meta.url, 'worker'), question, how));
    last = turn.catch(() => undefined);
    try {
      const answer = (await turn) as Answer; // what worker.ts posts
      for (const check of answer.checks) note(check);
      if ('verdict' in answer) return on_null_prototype(answer.verdict);
      const { reason, message, fix, seconds } = answer.refusal;
      throw new Refusal(reason, message, fix, seconds);
    } finally {
      own--;
    }
  }

  return {
    verify: (message, trust, note) =>
      evenly(async () =>
        // what is larger than any message may be is refused by its length alone
        message.length <= MAX_ENCODED && (message.length > small || is_dear(message))
          ? await in_worker(message, trust, note)
          : verify_response(message, trust, note),
      ),
  };
}
