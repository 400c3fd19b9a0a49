import { createHash } from 'node:crypto';
import type { Middleware } from 'koa';
import { send_page } from '../http/index.ts';
import { InvalidInput } from '../kernel/index.ts';
import { reference_page, send_viewer } from './reference_page.ts';

const PATHS = ['/api/openapi.json', '/api/docs', '/api/docs/viewer.js'];

/** The OpenAPI document and the page made from it: open to all, they hold nothing of this installation. */
export function serve_documents(document: string): Middleware {
  const etag = `"${createHash('sha256').update(document).digest('base64url').slice(0, 22)}"`;
  return async (ctx, next) => {
    if (!PATHS.includes(ctx.path)) return next();
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') {
      ctx.set('allow', 'GET, HEAD, OPTIONS');
      if (ctx.method !== 'OPTIONS')
        throw new InvalidInput('method_not_allowed', 'This address does not take that method.', { status: 405 });
      ctx.status = 204;
      return;
    }
    if (ctx.path === '/api/docs/viewer.js') return send_viewer(ctx);
    if (ctx.path === '/api/docs') return send_page(ctx, 200, reference_page(ctx));
    ctx.status = 200;
    ctx.set({ etag, 'cache-control': 'no-cache', 'content-type': 'application/json; charset=utf-8' });
    if (ctx.fresh) ctx.status = 304;
    else ctx.body = document;
  };
}
