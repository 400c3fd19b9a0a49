import type { Middleware } from 'koa';
import { type Limit, type RateLimits, state_of } from './http/index.ts';

/** Requests to the issuer that cost something or let somebody guess, counted by the address they come from. */
export function issuer_limits(rate_limits: RateLimits): Middleware {
  const counted = new Map<string, Limit>([
    ...['/token', '/introspect', '/revoke', '/par', '/device/authorization'].map((path) => [path, 'token'] as const),
    // each of these keeps something until it ends
    ...['/authorize', '/device', '/logout'].map((path) => [path, 'authorize'] as const),
  ]);
  return async (ctx, next) => {
    const limit = ctx.path === '/device' && ctx.method === 'POST' ? 'user_code' : counted.get(ctx.path);
    if (limit !== undefined) await rate_limits.count(limit, state_of(ctx).ip);
    await next();
  };
}
