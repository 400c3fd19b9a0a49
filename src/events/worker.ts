import type { Storage } from '../storage/index.ts';
import { due, lease, type Leased, PER_RECEIVER, settle, type Tried } from './due.ts';

/** One thing to deliver. Delivered at least once: whoever receives it must bear to hear it again. */
export interface Delivery {
  readonly id: string;
  readonly org_id: string | null;
  readonly payload: unknown;
  readonly attempt: number;
  readonly created_at: number;
  readonly signal: AbortSignal;
  /** What the receiver answered, in a word, for the log of deliveries. */
  note(answer: string): void;
}

/** No later try can succeed: given up at once. */
export class Hopeless extends Error {}

/** Not now, without anybody's fault: the receiver asked for patience, or there is more to do than one turn allows. Counts as no failure. */
export class PutOff extends Error {
  readonly wait_ms: number;

  constructor(wait_ms: number, reason: string) {
    super(reason);
    this.wait_ms = wait_ms;
  }
}

/** How one kind leaves Postern. */
export interface Deliverer {
  /** Throws to be tried again, Hopeless to be given up, PutOff to go on later. */
  deliver(delivery: Delivery): Promise<void>;
  /** Milliseconds to wait after each failed try; after the last, it is given up, loudly. */
  readonly schedule: readonly number[];
}

export interface WorkerDeps {
  readonly storage: Storage;
  /** By kind; what is of another kind waits for a process that knows it. */
  readonly deliverers: Readonly<Record<string, Deliverer>>;
  readonly now: () => number;
  /** 0 to 1. */
  readonly random: () => number;
  readonly log: (level: 'info' | 'warn' | 'error', message: string, fields: Record<string, unknown>) => void;
  /** Milliseconds that one delivery may take. Default 20 seconds. */
  readonly deadline_ms?: number;
}

export interface Worker {
  /** Delivers what is due, and what becomes due by that; answers how much it tried. */
  run_once(): Promise<number>;
  start(interval_ms: number): void;
  /** Waits for what is under way. */
  stop(): Promise<void>;
}

const DEADLINE_MS = 20_000;
/** Under way at once in one process. */
const MOST = 100;
const DAY_MS = 86_400_000;
const DEFAULT_KEPT: DeliveriesKept = { delivered_days: 7, given_up_days: 0 };

/**
 * Delivers what the outbox holds. Any process may run it: a row is leased by one conditional update, and a process that dies
 * loses its lease, not the row. Rows of one `order_key` leave in order: only the oldest is ever due. Nobody waits for a
 * receiver that is slow, except what is for that receiver.
 */
export function make_worker(deps: WorkerDeps): Worker {
  const { storage, now } = deps;
  const kinds = Object.keys(deps.deliverers);
  const under_way = new Map<Promise<void>, string>();
  let timer: NodeJS.Timeout | undefined;
  let filling: Promise<unknown> = Promise.resolve();

  const busy_with = (receiver: string): number => [...under_way.values()].filter((other) => other === receiver).length;
  const start_one = (row: Leased): void => {
    const ended = deliver(deps, row)
      .catch((error: unknown) => deps.log('error', 'how a delivery went cannot be written down', { delivery: row.id, error }))
      .finally(() => {
        under_way.delete(ended);
        if (timer !== undefined) wake();
      });
    under_way.set(ended, row.receiver);
  };
  const fill = async (): Promise<number> => {
    let started = 0;
    for (let more = kinds.length > 0; more; ) {
      more = false;
      for (const row of await due(storage, kinds, now())) {
        if (under_way.size >= MOST) return started;
        if (busy_with(row.receiver) >= PER_RECEIVER) continue;
        const leased = await lease(storage, row, now());
        if (leased === undefined) continue;
        start_one(leased);
        started += 1;
        more = true;
      }
    }
    return started;
  };
  /** One after the other: two that look at once would see the same rows. */
  const fill_in_turn = (): Promise<number> => {
    const turn = filling.then(fill, fill);
    filling = turn.catch(() => undefined);
    return turn;
  };
  let woken = false;
  const wake = (): void => {
    if (woken) return;
    woken = true;
    fill_in_turn()
      .catch((error: unknown) => deps.log('error', 'the outbox cannot be read', { error }))
      .finally(() => {
        woken = false;
      });
  };
  return {
    async run_once() {
      for (let tried = 0; ; ) {
        const started = await fill_in_turn();
        tried += started;
        if (started === 0 && under_way.size === 0) return tried;
        if (under_way.size > 0) await Promise.race(under_way.keys());
      }
    },
    start(interval_ms) {
      timer = setInterval(wake, interval_ms);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      timer = undefined;
      await filling;
      await Promise.all(under_way.keys());
    },
  };
}

/** How long the delivery log is kept, in days; what was given up stays until somebody looks where that is 0. */
export interface DeliveriesKept {
  readonly delivered_days: number;
  readonly given_up_days: number;
}

/** Removes what was delivered, or given up, long ago. */
export async function sweep_outbox(storage: Storage, now: number, kept: DeliveriesKept = DEFAULT_KEPT): Promise<number> {
  const delivered = await storage.write_once(`DELETE FROM "outbox" WHERE "done_at" < ?`, [now - kept.delivered_days * DAY_MS]);
  if (kept.given_up_days === 0) return delivered;
  return delivered + (await storage.write_once(`DELETE FROM "outbox" WHERE "dead_at" < ?`, [now - kept.given_up_days * DAY_MS]));
}

/** One try, and how it went. */
async function deliver(deps: WorkerDeps, row: Leased): Promise<void> {
  const { storage, now } = deps;
  const deliverer = deps.deliverers[row.kind];
  const began = now();
  let answer: string | undefined;
  const tried = (error?: string): Tried => ({
    ...{ at: began, ms: now() - began },
    ...(answer !== undefined && { answer }),
    ...(error !== undefined && { error }),
  });
  try {
    const payload = JSON.parse(storage.seal.open(row.sealed_payload, `outbox/${row.id}`)) as unknown; // sealed by append_outbox
    const { id, org_id, attempts: attempt, created_at } = row;
    const signal = AbortSignal.timeout(deps.deadline_ms ?? DEADLINE_MS);
    const note = (text: string): void => void (answer = text.slice(0, 100));
    await within(signal, deliverer?.deliver({ id, org_id, payload, attempt, created_at, signal, note }));
  } catch (error) {
    return failed(deps, row, tried, error, deliverer?.schedule ?? []);
  }
  await settle(storage, row, tried(), { done_at: now() });
}

/** A deliverer that does not listen to its signal is not waited for: the lease would run out under it. */
async function within(signal: AbortSignal, work: Promise<void> | undefined): Promise<void> {
  const late = Promise.withResolvers<undefined>();
  const end = (): void => late.reject(new Error('it took too long'));
  signal.addEventListener('abort', end, { once: true });
  try {
    await Promise.race([work, late.promise]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}

const sum = (waits: readonly number[]): number => waits.reduce((all, wait) => all + wait, 0);

async function failed(
  deps: WorkerDeps,
  row: Leased,
  tried: (error: string) => Tried,
  error: unknown,
  schedule: readonly number[],
): Promise<void> {
  if (error instanceof PutOff && Number(row.created_at) + 2 * sum(schedule) > deps.now())
    return settle(deps.storage, row, tried(error.message.slice(0, 300)), {
      available_at: deps.now() + error.wait_ms,
      error: error.message.slice(0, 300),
      put_off: true,
    });
  const wait = error instanceof Hopeless ? undefined : schedule[row.attempts - (row.put_off ?? 0) - 1];
  const reason = error instanceof Error ? error.message.slice(0, 300) : 'unknown';
  const about = { delivery: row.id, kind: row.kind, attempts: row.attempts, reason };
  if (wait === undefined) {
    deps.log('error', 'a delivery was given up', about);
    return settle(deps.storage, row, tried(reason), { dead_at: deps.now(), error: reason });
  }
  deps.log('warn', 'a delivery failed and will be tried again', about);
  // half of it again at most: receivers that came back together are not all met at once
  await settle(deps.storage, row, tried(reason), { available_at: deps.now() + Math.round(wait * (1 + deps.random() / 2)), error: reason });
}
