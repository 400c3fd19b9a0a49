import type { Context } from 'koa';
import { Forbidden, same_secret } from '../kernel/index.ts';
import { csrf_of } from './session_cookie.ts';

/** A request that a page of ours made. Every browser sends Origin with what is not GET (Fetch standard, 3.2). @throws Forbidden */
export function require_own_page(ctx: Context, issuer_url: string): void {
  const origin = ctx.get('origin');
  const site = ctx.get('sec-fetch-site');
  const safe = ctx.method === 'GET' || ctx.method === 'HEAD';
  const own = origin === issuer_url || (safe && origin === '');
  if (!own || (site !== '' && site !== 'same-origin')) throw refused(`origin ${origin.slice(0, 200)}, sec-fetch-site ${site.slice(0, 40)}`);
}

/** The same, of the page that holds this session: what changes something says so itself, in a header that no form and no link can send. @throws Forbidden */
export function require_page_of(ctx: Context, issuer_url: string, token: string): void {
  require_own_page(ctx, issuer_url);
  if (ctx.method !== 'GET' && ctx.method !== 'HEAD' && !same_secret(csrf_of(token), ctx.get('x-postern-csrf')))
    throw refused('x-postern-csrf is absent or wrong');
}

const refused = (detail: string): Forbidden =>
  new Forbidden('not_from_the_console', 'This request did not come from the console.', { detail });
