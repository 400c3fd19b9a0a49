import type { RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';

/** Takes one. Rejects with the RateLimiterRes when there is none left. */
export type Take = (key: string) => Promise<unknown>;

interface Portion {
  left: number;
  readonly until: number;
}

const MOST = 10_000;

/** Takes points of a shared store a portion at a time, and hands them out here one by one until their time is over. With a portion of 1 every one is taken there. */
export function in_portions(limiter: RateLimiterAbstract, portion: number, now: () => number): Take {
  if (portion === 1) return (key) => limiter.consume(key);
  const here = new Map<string, Portion>();
  const coming = new Map<string, Promise<RateLimiterRes>>();
  const fetch_portion = async (key: string): Promise<RateLimiterRes> => {
    const result = await limiter.consume(key, portion);
    if (here.size >= MOST) make_room(here, now());
    here.set(key, { left: portion, until: now() + result.msBeforeNext });
    return result;
  };
  return async (key) => {
    for (;;) {
      const one = here.get(key);
      if (one !== undefined && one.left > 0 && one.until > now()) {
        one.left -= 1;
        return;
      }
      // those that come at once share one portion
      const before = coming.get(key);
      const next = before ?? fetch_portion(key).finally(() => coming.delete(key));
      coming.set(key, next);
      await next;
    }
  };
}

/** What is forgotten was taken already: it only counts as used. */
function make_room(here: Map<string, Portion>, now: number): void {
  for (const [key, { left, until }] of here) if (left === 0 || until <= now) here.delete(key);
  if (here.size >= MOST) here.clear();
}
