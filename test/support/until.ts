import { setTimeout } from 'node:timers/promises';

/** Generous: a machine that is busy with something else is waited for, and what never comes fails all the same. */
const PATIENCE_MS = 60_000;
const EVERY_MS = 25;

/** Looks again and again until there is something (neither undefined nor null nor false), or what is wanted. @throws Error with what was seen last */
export async function until<Value>(look: () => Value | Promise<Value>): Promise<NonNullable<Exclude<Value, false>>>;
export async function until<Value>(look: () => Value | Promise<Value>, wanted: (value: Value) => boolean): Promise<Value>;
export async function until(look: () => unknown, wanted: (value: unknown) => boolean = is_something): Promise<unknown> {
  for (const late = performance.now() + PATIENCE_MS; ; await setTimeout(EVERY_MS)) {
    const seen = await look();
    if (wanted(seen)) return seen;
    if (performance.now() > late) throw new Error(`it never came; seen last: ${JSON.stringify(seen)}`);
  }
}

const is_something = (value: unknown): boolean => value !== undefined && value !== null && value !== false;
