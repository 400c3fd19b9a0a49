import { RateLimiterMemory, RateLimiterPostgres, type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import { TooMany } from '../kernel/index.ts';

/** What is counted, how often it may happen, in how many seconds. Wide enough for an office behind one address. */
const LIMITS = {
  /** Sign-in pages, per client address. */
  login: { points: 600, duration: 60 },
  /** Wrong passwords, per account. */
  password_account: { points: 10, duration: 300 },
  /** Wrong passwords, per client address. */
  password_address: { points: 100, duration: 300 },
  /** Token, introspection and PAR endpoints, per client address. */
  token: { points: 6000, duration: 60 },
  /** Refused credentials of admin keys, SCIM tokens and set-up links, per client address. */
  credential: { points: 60, duration: 60 },
  /** SCIM, per organization. */
  scim: { points: 6000, duration: 60 },
};

export type Limit = keyof typeof LIMITS;

export interface RateLimits {
  /** Counts one. @throws TooMany */
  count(limit: Limit, key: string): Promise<void>;
  /** Looks without counting. @throws TooMany */
  check(limit: Limit, key: string): Promise<void>;
}

/** `shared`: a PostgreSQL pool where several processes count together; without it each process counts for itself. */
export function make_rate_limits(enabled: boolean, shared?: object): RateLimits {
  if (!enabled) return { count: async () => {}, check: async () => {} };
  const limiters = new Map<string, RateLimiterAbstract>();
  for (const [name, { points, duration }] of Object.entries(LIMITS)) {
    limiters.set(
      name,
      shared === undefined
        ? new RateLimiterMemory({ keyPrefix: name, points, duration })
        : new RateLimiterPostgres({ storeClient: shared, storeType: 'pool', tableName: 'rate_limits', keyPrefix: name, points, duration }),
    );
  }
  const limiter_of = (limit: Limit): RateLimiterAbstract => {
    const limiter = limiters.get(limit);
    if (limiter === undefined) throw new TypeError(`no such limit: ${limit}`);
    return limiter;
  };
  return {
    async count(limit, key) {
      try {
        await limiter_of(limit).consume(key);
      } catch (refused) {
        if (refused instanceof RateLimiterRes) throw new TooMany(Math.ceil(refused.msBeforeNext / 1000), { detail: `${limit} ${key}` });
        throw refused;
      }
    },
    async check(limit, key) {
      const known = await limiter_of(limit).get(key);
      if (known !== null && known.remainingPoints <= 0)
        throw new TooMany(Math.ceil(known.msBeforeNext / 1000), { detail: `${limit} ${key}` });
    },
  };
}
