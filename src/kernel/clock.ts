/** Time as an argument: epoch milliseconds. This file and `main.ts` are the only readers of the wall clock. */
export interface Clock {
  now(): number;
}

export const system_clock: Clock = { now: () => Date.now() };

/** RFC 3339 in UTC with milliseconds, the form of every time that leaves Postern. */
export function rfc3339(epoch_ms: number): string {
  return new Date(epoch_ms).toISOString();
}
