import ipaddr from 'ipaddr.js';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { hash_token, system_clock, TooMany } from '../kernel/index.ts';
import { in_portions, type Take } from './portions.ts';

/** What is counted, how often it may happen, in how many seconds. Wide enough for an office behind one address. */
const LIMITS = {
  /** Sign-in pages, per client address. */
  login: { points: 600, duration: 60 },
  /** Authorization requests and what else begins something that is kept until it ends, per client address. */
  authorize: { points: 1200, duration: 60 },
  /** Messages of partners, per client address: each is verified. */
  answer: { points: 600, duration: 60 },
  /** Messages of partners that were refused, per client address: each is kept as a trace. */
  refused_answer: { points: 120, duration: 60 },
  /** Codes that a person types for a device, per client address (RFC 8628 section 5.1). */
  user_code: { points: 30, duration: 60 },
  /** Wrong passwords, per account. */
  password_account: { points: 10, duration: 300 },
  /** Wrong passwords, per client address. */
  password_address: { points: 100, duration: 300 },
  /** Token, introspection and PAR endpoints, per client address. */
  token: { points: 6000, duration: 60 },
  /** Refused credentials of admin keys, SCIM tokens and set-up links, per client address. */
  credential: { points: 60, duration: 60 },
  /** Forms that are sent behind a set-up link, per link: most look something up, fetch or dial. */
  setup: { points: 120, duration: 60 },
  /** Wrong codes of a second factor, per admin key. */
  second_factor: { points: 5, duration: 900 },
  /** Security events of a partner's transmitter, per connection: each is verified. */
  signal_events: { points: 1200, duration: 60 },
  /** What an app does with its stream of security events, per app. */
  signal_stream: { points: 1200, duration: 60 },
  /** SCIM, per organization. */
  scim: { points: 6000, duration: 60 },
};

export type Limit = keyof typeof LIMITS;

export interface RateLimits {
  /** Counts one. @throws TooMany */
  count(limit: Limit, key: string): Promise<void>;
  /** Looks without counting. @throws TooMany */
  check(limit: Limit, key: string): Promise<void>;
  /** Takes back one that was counted before it was known to be in order: what runs side by side is counted first. */
  give_back(limit: Limit, key: string): Promise<void>;
}

interface Counter {
  readonly limiter: RateLimiterAbstract;
  readonly take: Take;
}

/** `shared`: what storage offers for counting together; without it each process counts for itself. */
export function make_rate_limits(enabled: boolean, shared?: object, now: () => number = system_clock.now): RateLimits {
  if (!enabled) return { count: async () => {}, check: async () => {}, give_back: async () => {} };
  const counters = new Map<string, Counter>();
  const counter_of = (name: Limit): Counter => {
    const made = counters.get(name) ?? make_counter(name, shared, now);
    counters.set(name, made);
    return made;
  };
  return {
    async count(limit, key) {
      try {
        await counter_of(limit).take(stored_key(key));
      } catch (refused) {
        if (refused instanceof RateLimiterRes) throw too_many(limit, refused);
        throw refused;
      }
    },
    async check(limit, key) {
      const known = await counter_of(limit).limiter.get(stored_key(key));
      if (known !== null && known.remainingPoints <= 0) throw too_many(limit, known);
    },
    async give_back(limit, key) {
      await counter_of(limit).limiter.reward(stored_key(key), 1);
    },
  };
}

function make_counter(name: Limit, shared: object | undefined, now: () => number): Counter {
  const options = { ...LIMITS[name], keyPrefix: name };
  const memory = new RateLimiterMemory(options);
  if (shared === undefined) return { limiter: memory, take: (key) => memory.consume(key) };
  // a hundredth at a time: what is counted thousands of times a minute must not cost a write each time
  const portion = Math.max(1, Math.floor(options.points / 100));
  const limiter = new RateLimiterPostgres({
    ...options,
    storeClient: shared,
    storeType: 'pool',
    tableName: 'rate_limits',
    tableCreated: true, // by the migration, like every other
    clearExpiredByTimeout: false, // storage sweeps it
    insuranceLimiter: memory, // while the database is away each process counts for itself
    ...(portion > 1 && { inMemoryBlockOnConsumed: options.points }),
  });
  return { limiter, take: in_portions(limiter, portion, now) };
}

// the key may name a person: it goes into no log
const too_many = (limit: Limit, { msBeforeNext }: RateLimiterRes): TooMany =>
  new TooMany(Math.max(1, Math.ceil(msBeforeNext / 1000)), { detail: `limit ${limit}` });

/** How a key is kept: a client with IPv6 has a whole /64 to choose addresses from, so that is what counts; names of people as hashes. */
function stored_key(key: string): string {
  if (!ipaddr.IPv6.isValid(key)) return hash_token(key);
  const parts = ipaddr.IPv6.parse(key).parts.slice(0, 4);
  return hash_token(`${parts.map((part) => part.toString(16)).join(':')}::/64`);
}
