import { randomBytes, type X509Certificate } from 'node:crypto';
import type { Context, Middleware } from 'koa';
import { type Frame, pick_locale } from '../pages/index.ts';
import { certificate_from_proxy } from './client_certificate.ts';
import { client_address } from './real_ip.ts';

/** What every request carries besides Koa's own. */
export interface RequestState {
  readonly request_id: string;
  /** Of this response's Content-Security-Policy. */
  readonly nonce: string;
  /** The client's address, through trusted proxies only. */
  readonly ip: string;
  /** Of mutual TLS, as a trusted proxy hands it on; nothing about it but its form was checked here. */
  readonly client_certificate: X509Certificate | undefined;
}

/** Gives every request its id, its nonce and the client's true address, and makes every absolute URL come from the configured issuer. */
export function request_context(issuer: string, trust_proxy: readonly string[], certificate_header?: string): Middleware {
  const { host, protocol } = new URL(issuer);
  const address_of = client_address(trust_proxy);
  const certificate_of = certificate_from_proxy(certificate_header, trust_proxy);
  return async (ctx, next) => {
    const state: RequestState = {
      request_id: `req_${randomBytes(12).toString('base64url')}`,
      nonce: randomBytes(18).toString('base64url'),
      ip: address_of(ctx.req),
      client_certificate: certificate_of(ctx.req),
    };
    Object.assign(ctx.state, state);
    ctx.set('x-request-id', state.request_id);
    origin_form(ctx);
    // nobody else decides what our own address is (host header poisoning)
    ctx.req.headers.host = host;
    ctx.req.headers['x-forwarded-proto'] = protocol.slice(0, -1);
    ctx.req.headers['x-forwarded-for'] = state.ip;
    delete ctx.req.headers['x-forwarded-host'];
    delete ctx.req.headers.forwarded;
    await next();
  };
}

/** `GET https://elsewhere/path` is a request for the path (RFC 9112, 3.2.2); whatever host stands there, Koa would make addresses of it. */
function origin_form(ctx: Context): void {
  const target = ctx.req.url ?? '/';
  if (target.startsWith('/')) return;
  const url = /^https?:\/\//i.test(target) ? URL.parse(target) : null;
  ctx.req.url = url === null ? '/' : url.pathname + url.search;
  ctx.originalUrl = ctx.request.originalUrl = ctx.req.url;
}

/** @see request_context, which ran before every handler */
export const state_of = (ctx: Context): RequestState => ctx.state as RequestState; // set by request_context

/** What a page needs to know of the request that it answers. */
export function frame_of(ctx: Context, more: FrameWishes = {}): Frame {
  const { nonce, request_id } = state_of(ctx);
  const { ui_locales, brand, texts } = more;
  const locale = pick_locale({ ui_locales, accept_language: ctx.get('accept-language'), fallback: brand?.locale });
  return { locale, nonce, request_id, brand, texts: texts?.[locale] };
}

export interface FrameWishes {
  readonly ui_locales?: string | undefined;
  readonly brand?: Frame['brand'];
  /** An app's own words, by language. */
  readonly texts?: Readonly<Partial<Record<string, Frame['texts']>>> | undefined;
}
