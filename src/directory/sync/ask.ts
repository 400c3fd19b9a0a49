import type { OrgId } from '../../kernel/index.ts';
import type { Asked, CreationAnswer, ReadPerson } from './deps.ts';

type Person = Extract<ReadPerson, { ok: true }>['person'];

/** Endpoints of the vendor are asked about so many people at the same time. */
const AT_ONCE = 8;
/** So many in a row about whom the endpoint could not be heard, and it is left alone for the rest of the run. */
const DEAF_AFTER = 24;
/** However slow it is: a run over thousands of people must come to its end. */
const LONGEST_MS = 20 * 60_000;
/** The lease is longer than this by far. */
const HOLD_EVERY_MS = 30_000;

/** A user would be made of these people, and whoever has a say in that was not asked yet: nothing of the page is kept. */
export class AskFirst extends Error {
  readonly people: ReadonlyMap<string, Person>;

  constructor(people: ReadonlyMap<string, Person>) {
    super('somebody is to be asked first');
    this.people = people;
  }
}

/** Asks, in one run, whoever has a say in whom a directory makes; outside any unit of work. */
export class Asking {
  /** Somebody is not there who may be by the next run, though their entry has not changed. */
  waiting = false;
  private deaf = 0;
  private spent_ms = 0;
  private readonly of: { readonly org_id: OrgId; readonly connection_id: string };
  private readonly now: () => number;

  constructor(of: Asking['of'], now: () => number) {
    this.of = of;
    this.now = now;
  }

  /** The answer about each of these people. `hold` renews the lease. @throws what the signal was aborted with */
  async about(
    people: ReadonlyMap<string, Person>,
    asked: Asked,
    hold: () => Promise<void>,
    signal: AbortSignal,
  ): Promise<Map<string, CreationAnswer>> {
    const answers = new Map<string, CreationAnswer>();
    const left = [...people];
    let held_at = this.now();
    while (left.length > 0) {
      signal.throwIfAborted();
      const began = this.now();
      if (began - held_at >= HOLD_EVERY_MS) {
        await hold();
        held_at = began;
      }
      const given_up = this.given_up(asked);
      const some = left.splice(0, given_up === undefined ? AT_ONCE : left.length);
      const said = await Promise.all(some.map(async ([subject, person]) => given_up ?? asked.about({ ...this.of, subject, person })));
      this.spent_ms += this.now() - began;
      for (const [at, [subject]] of some.entries()) {
        const answer = said[at];
        if (answer !== undefined) answers.set(subject, this.heard(answer));
      }
    }
    return answers;
  }

  private given_up({ may_be_left_out }: Asked): CreationAnswer | undefined {
    if (this.deaf >= DEAF_AFTER)
      return { allow: false, why: 'failed', problem: 'not asked about: the inline hook failed for those before' };
    if (this.spent_ms < LONGEST_MS) return undefined;
    if (may_be_left_out) return { allow: true };
    return {
      allow: false,
      why: 'failed',
      problem: 'not asked about: the inline hook took too long for those before; the next run goes on',
    };
  }

  private heard(answer: CreationAnswer): CreationAnswer {
    const failed = !answer.allow && answer.why === 'failed';
    this.deaf = failed ? this.deaf + 1 : 0;
    if (failed || (!answer.allow && answer.why === 'wait')) this.waiting = true;
    return answer;
  }
}
