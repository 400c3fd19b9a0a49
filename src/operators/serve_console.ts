import type { Context, Middleware } from 'koa';
import { send_page, state_of } from '../http/index.ts';
import { InvalidInput, NotFound } from '../kernel/index.ts';
import { type ConsoleFile, type ConsoleFiles, read_console } from './console_files.ts';
import { not_built_page } from './not_built_page.ts';

/** What stands in the built page where the nonce of each answer goes (`html.cspNonce` in scripts/console.ts). */
const NONCE = /%CSP_NONCE%/g;
/** Names that Vite gave a hash: what is under one never changes. */
const HASHED = /^assets\/.*-[\w-]{8,}\.\w+$/;

/** The console itself: its files, and the one page at every other address under `/console`, which finds the rest by itself. */
export function serve_console(folder: string): Middleware {
  let reading: Promise<ConsoleFiles> | undefined;
  const read = (): Promise<ConsoleFiles> => {
    reading ??= read_console(folder).catch((error: unknown) => {
      reading = undefined;
      throw error;
    });
    return reading;
  };
  return async (ctx, next) => {
    if (ctx.path !== '/console' && !ctx.path.startsWith('/console/')) return next();
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') {
      ctx.set('allow', 'GET, HEAD');
      throw new InvalidInput('method_not_allowed', 'This address does not take that method.', { status: 405 });
    }
    const { page, files } = await read();
    // built while we run: the next request looks again
    if (page === undefined) reading = undefined;
    ctx.set('content-security-policy', content_security_policy(state_of(ctx).nonce));
    const name = ctx.path.slice('/console/'.length);
    const file = files.get(name);
    if (file !== undefined) return send_file(ctx, name, file);
    // an asset of another version is gone: the page under its name would be taken for a script
    if (name.startsWith('assets/')) throw new NotFound('page');
    if (page === undefined) return send_page(ctx, 503, not_built_page(state_of(ctx).nonce));
    send_page(ctx, 200, page.replaceAll(NONCE, state_of(ctx).nonce));
  };
}

/** Scripts and styles are files of ours, and the styles that Mantine makes carry the nonce. Nothing else loads, nothing frames it, no form leaves it. */
const content_security_policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

function send_file(ctx: Context, name: string, file: ConsoleFile): void {
  ctx.status = 200;
  ctx.set({
    etag: file.etag,
    'content-type': file.type,
    'cache-control': HASHED.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache',
    vary: 'accept-encoding',
  });
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  const coding = ctx.acceptsEncodings(...(file.br === undefined ? ['identity'] : ['br', 'gzip', 'identity']));
  const body = coding === 'br' ? file.br : coding === 'gzip' ? file.gzip : undefined;
  if (body !== undefined) ctx.set('content-encoding', String(coding));
  ctx.body = body ?? file.plain;
  // Koa guesses from the body
  ctx.set('content-type', file.type);
}
