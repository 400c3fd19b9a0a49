import type { Context } from 'koa';
import { own_cookie } from '../http/index.ts';
import { hash_token } from '../kernel/index.ts';

/** The cookie of the console: no script reads it, and no other site's request carries it. */
export interface SessionCookie {
  /** Undefined when there is none that could be ours. */
  read(ctx: Context): string | undefined;
  give(ctx: Context, token: string): void;
  clear(ctx: Context): void;
}

export function make_session_cookie(issuer_url: string): SessionCookie {
  const kept = own_cookie(issuer_url, 'postern_console', 'strict');
  return {
    read(ctx) {
      const token = kept.get(ctx);
      return token !== undefined && /^[\w-]{43}$/.test(token) ? token : undefined;
    },
    // it ends with the browser, and much earlier on our side
    give: (ctx, token) => kept.set(ctx, token),
    clear: (ctx) => kept.clear(ctx),
  };
}

/** What a request must say in `x-postern-csrf`: known to our own pages only, for nobody else can read what tells it. */
export const csrf_of = (token: string): string => hash_token(`console csrf\n${token}`);
