import { z } from 'zod';
import type { AnyConnectorType } from '../deps.ts';
import { fingerprints } from './certificates.ts';

type Resolved = Readonly<Record<string, unknown>>;

/** How keeping a connection's trust fresh goes: the column `upkeep`. */
const upkeep = z.object({
  /** Epoch milliseconds of the last failure, and what it was; absent after a success. */
  error: z.object({ at: z.number(), message: z.string() }).optional(),
  /** What the partner publishes now, with keys that nobody has approved yet. */
  waiting: z.object({ found_at: z.number(), resolved: z.record(z.string(), z.unknown()) }).optional(),
});
export type Upkeep = z.output<typeof upkeep>;

export const read_upkeep = (column: Readonly<Record<string, unknown>>): Upkeep => upkeep.safeParse(column).data ?? {};

/** SHA-256 of certificates. */
export interface KeyChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** What differs between two sets of certificates (PEM); undefined: nothing. */
export function key_change(before: readonly string[], after: readonly string[]): KeyChange | undefined {
  const [old, fresh] = [fingerprints(before), fingerprints(after)];
  const added = fresh.filter((one) => !old.includes(one));
  const removed = old.filter((one) => !fresh.includes(one));
  return added.length + removed.length === 0 ? undefined : { added, removed };
}

export interface Settlement {
  /** What may be used. */
  readonly resolved: Resolved;
  /** Keys that took the place of others. */
  readonly changed?: KeyChange;
  /** Keys that wait. */
  readonly held?: KeyChange;
}

/** What of a fresh answer may be used: all of it, or, where new keys wait for approval, what was known for as long as the answer says. */
export function settle_keys(type: AnyConnectorType, config: unknown, kept: Resolved, fresh: Resolved): Settlement {
  const { trust } = type;
  // whoever was never read is believed the first time, as a person has just typed in where to read
  if (trust === undefined || Object.keys(kept).length === 0) return { resolved: fresh };
  const change = key_change(trust.certificates(config, kept), trust.certificates(config, fresh));
  if (change === undefined) return { resolved: fresh };
  return trust.waits(config) ? { resolved: trust.without_new_keys(kept, fresh), held: change } : { resolved: fresh, changed: change };
}
