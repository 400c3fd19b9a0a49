import { type Deliverer, Hopeless, PutOff } from './worker.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How a delivery ended, where it did not end well. */
type Undelivered = { readonly give_up: string } | { readonly later_ms: number; readonly reason: string };

/** Tells an app by SCIM how one of its people or groups is. Tried for three days. */
export function scim_target(deps: {
  readonly deliver: (
    payload: unknown,
    hearing: { readonly signal: AbortSignal; readonly note: (answer: string) => void },
  ) => Promise<Undelivered | undefined>;
}): Deliverer {
  return {
    schedule: [
      5 * SECOND,
      30 * SECOND,
      2 * MINUTE,
      10 * MINUTE,
      30 * MINUTE,
      2 * HOUR,
      5 * HOUR,
      ...Array.from({ length: 6 }, () => 10 * HOUR),
    ],
    async deliver({ payload, signal, note }) {
      const undelivered = await deps.deliver(payload, { signal, note });
      if (undelivered === undefined) return;
      if ('give_up' in undelivered) throw new Hopeless(undelivered.give_up);
      throw new PutOff(undelivered.later_ms, undelivered.reason);
    },
  };
}
