import type { Context } from 'koa';
import type { SetupDeps } from './deps.ts';
import { find, go, link_cookie, turn_away, why_over } from './guest.ts';

/** `/setup/{token}`: the secret leaves the address at once and goes on as a cookie, so that it is in no history of later pages and in no Referer. */
export async function first_use(deps: SetupDeps, ctx: Context): Promise<void> {
  const token = ctx.path.slice('/setup/'.length);
  const visit = await find(deps, ctx, token);
  const over = visit === undefined ? 'unknown' : why_over(visit);
  if (visit === undefined || over !== undefined) return turn_away(ctx, over ?? 'unknown');
  // mail scanners ask by HEAD and by GET without keeping cookies: that is no visit yet
  link_cookie(deps).set(ctx, token, Math.max(1000, visit.expires_at - deps.now()));
  go(ctx, '/setup');
}
