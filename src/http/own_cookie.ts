import type { Context } from 'koa';

/** A cookie of our own pages. */
export interface OwnCookie {
  get(ctx: Context): string | undefined;
  /** Without a life it ends with the browser session. */
  set(ctx: Context, value: string, life_ms?: number): void;
  clear(ctx: Context): void;
}

/** On https it is `__Host-`: neither a neighbouring host nor plain http can plant one in a browser (RFC 6265bis section 4.1.3.2). */
export function own_cookie(issuer: string, name: string, same_site: 'lax' | 'strict' = 'lax'): OwnCookie {
  const secure = issuer.startsWith('https:');
  const full = secure ? `__Host-${name}` : name;
  const set = (ctx: Context, value: string, maxAge: number | undefined): void => {
    ctx.cookies.set(full, value, {
      ...{ httpOnly: true, sameSite: same_site, secure, path: '/', signed: false, overwrite: true },
      ...(maxAge !== undefined && { maxAge }),
    });
  };
  return { get: (ctx) => ctx.cookies.get(full), set, clear: (ctx) => set(ctx, '', 0) };
}
