import { setTimeout as pause } from 'node:timers/promises';
import { Refusal } from './refusal.ts';

/** Longer than verifying any message takes where it arrives. */
const STEP_MS = 50;

interface Time {
  /** Milliseconds of a clock that only runs forward. */
  readonly ticks: () => number;
  readonly pause: (ms: number) => Promise<unknown>;
}

const real: Time = { ticks: () => performance.now(), pause };

/**
 * Lets a refusal leave only at whole steps of time after the message came. Holds: how long a refusal took says nothing about where it happened: whether something
 * could be decrypted, was XML once decrypted, or had the wrong signature (XML Encryption 1.1 section 6.1.1).
 */
export async function even_out<Result>(work: () => Promise<Result>, { ticks, pause }: Time = real): Promise<Result> {
  const came = ticks();
  try {
    return await work();
  } catch (fault) {
    if (fault instanceof Refusal) await pause(STEP_MS - ((ticks() - came) % STEP_MS));
    throw fault;
  }
}
