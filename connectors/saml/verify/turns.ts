import { Refusal } from './refusal.ts';

/** Lets only so many large messages be worked on at once, and only so many wait: what they cost together is bounded too. */
export interface Turns {
  /** Runs when it is this one's turn. @throws Refusal at once when too many wait already */
  take<Result>(work: () => Promise<Result>): Promise<Result>;
}

const AT_ONCE = 2;
const MOST_WAITING = 32;

export function make_turns({ at_once = AT_ONCE, most_waiting = MOST_WAITING } = {}): Turns {
  let running = 0;
  const waiting: (() => void)[] = [];
  return {
    async take(work) {
      if (running < at_once) running++;
      else if (waiting.length >= most_waiting) throw new Refusal('malformed', 'too many large messages at the same time');
      // whoever leaves hands on the place, so that nobody who comes just then takes it
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next === undefined) running--;
        else next();
      }
    },
  };
}
