import { createHmac } from 'node:crypto';
import type { Context } from 'koa';
import { hash_token, LoginRefused, random_token, same_secret } from '../kernel/index.ts';
import { own_cookie } from './own_cookie.ts';

/** The browser's own secret: binds sign-ins and forms to it. It names nobody and ends with the browser session. */
export interface Browser {
  /** How it is stored: never the cookie itself. */
  readonly hash: string;
  /** The anti-forgery value for forms about this subject (an attempt, a page). */
  csrf(subject: string): string;
  /** @throws LoginRefused 400 */
  check_csrf(subject: string, given: string | undefined): void;
}

export interface Browsers {
  /** The browser of this request; gives it its cookie when it has none. */
  of(ctx: Context): Browser;
  /** The same, without giving a cookie. */
  known(ctx: Context): Browser | undefined;
}

export function make_browsers(issuer: string, key: Uint8Array): Browsers {
  const kept = own_cookie(issuer, 'postern_browser');
  const given = new WeakMap<Context, string>();
  const browser_of = (cookie: string): Browser => {
    const csrf = (subject: string): string => createHmac('sha256', key).update(`csrf\n${cookie}\n${subject}`).digest('base64url');
    return {
      hash: hash_token(cookie),
      csrf,
      check_csrf(subject, given) {
        if (given === undefined || !same_secret(csrf(subject), given)) {
          throw new LoginRefused('browser_mismatch', 'This form was not made for this browser.', {
            status: 400,
            detail: 'CSRF value absent or wrong',
          });
        }
      },
    };
  };
  const known = (ctx: Context): Browser | undefined => {
    // the one that this very answer gives counts already
    const cookie = given.get(ctx) ?? kept.get(ctx);
    return cookie !== undefined && /^[\w-]{43}$/.test(cookie) ? browser_of(cookie) : undefined;
  };
  return {
    known,
    of(ctx) {
      const before = known(ctx);
      if (before !== undefined) return before;
      const cookie = random_token();
      given.set(ctx, cookie);
      kept.set(ctx, cookie);
      return browser_of(cookie);
    },
  };
}
