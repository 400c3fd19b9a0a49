import { setTimeout as wait } from 'node:timers/promises';
import type { OpenTarget } from './open_target.ts';
import { Later } from './outcome.ts';

/** Waits for the next turn at a target that takes only so many requests a second. @throws Later when it is far off */
export type Pace = (target: OpenTarget, signal: AbortSignal) => Promise<void>;

/** Waited for in place; longer makes room for others. */
const SHORT_MS = 2000;

export function make_pace(now: () => number): Pace {
  const next = new Map<string, number>();
  return async ({ row, can }, signal) => {
    if (can.requests_per_second === null) return;
    const at = Math.max(next.get(row.id) ?? 0, now());
    const ahead = at - now();
    if (ahead > SHORT_MS) throw new Later(ahead, 'the target takes no more requests at once');
    next.set(row.id, at + 1000 / can.requests_per_second);
    if (ahead > 0) await wait(ahead, undefined, { signal });
  };
}
