import type { Context, Middleware } from 'koa';
import { state_of } from './request_context.ts';

/** Headers of every answer. No `form-action`: browsers apply it to the redirects that follow a form, and ours end at partners and apps. */
export function security_headers(issuer: string): Middleware {
  const https = issuer.startsWith('https:');
  return async (ctx, next) => {
    ctx.set('content-security-policy', content_security_policy(state_of(ctx).nonce));
    ctx.set('x-content-type-options', 'nosniff');
    ctx.set('x-frame-options', 'DENY');
    ctx.set('referrer-policy', 'no-referrer');
    ctx.set('cross-origin-opener-policy', 'same-origin');
    ctx.set('cross-origin-resource-policy', 'same-origin');
    ctx.set('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=()');
    if (https) ctx.set('strict-transport-security', 'max-age=31536000');
    await next();
    if (ctx.path.startsWith('/.well-known/') || ctx.path === '/jwks') ctx.set('cross-origin-resource-policy', 'cross-origin');
  };
}

const content_security_policy = (
  nonce: string,
  { framed_by = "'none'", frames = [] }: { readonly framed_by?: string; readonly frames?: readonly string[] } = {},
): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    `frame-ancestors ${framed_by}`,
    ...(frames.length > 0 ? [`frame-src ${[...new Set(frames)].join(' ')}`] : []),
  ].join('; ');

/** Lets one origin show this answer in a frame: a partner that signs a person out of many applications at once. */
export function allow_frame(ctx: Context, origin: string): void {
  ctx.set('content-security-policy', content_security_policy(state_of(ctx).nonce, { framed_by: origin }));
  ctx.remove('x-frame-options');
}

/** Lets this answer show frames of exactly these origins: apps that are told of the end of a session by their own page. */
export function allow_frames(ctx: Context, origins: readonly string[]): void {
  ctx.set('content-security-policy', content_security_policy(state_of(ctx).nonce, { frames: origins }));
}

/** Sends a page: never stored by anyone. */
export function send_page(ctx: Context, status: number, html: string): void {
  ctx.status = status;
  ctx.type = 'html';
  ctx.set('cache-control', 'no-store');
  ctx.body = html;
}
