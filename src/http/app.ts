import Koa, { type Context, type Middleware } from 'koa';
import { LoginRefused, InvalidInput, NotFound, PosternError } from '../kernel/index.ts';
import { type Brand, error_page, error_words } from '../pages/index.ts';
import { error_to_oauth, error_to_problem, error_to_scim, told } from './errors.ts';
import { type FrameWishes, frame_of, request_context, state_of } from './request_context.ts';
import { security_headers, send_page } from './security_headers.ts';

export interface AppDeps {
  readonly issuer: string;
  readonly trust_proxy: readonly string[];
  /** Where a trusted proxy hands on the certificate of mutual TLS; absent: nowhere. */
  readonly client_certificate_header?: string | undefined;
  readonly now: () => number;
  /** A reference for a page that no login trace belongs to; it is in the log. */
  readonly new_reference: () => string;
  /** Each request once, when it has been answered. */
  readonly observe: (ctx: Context, milliseconds: number) => void;
  /** What went wrong, with its cause: for the log, never for the wire. */
  readonly log_error: (ctx: Context, error: unknown, reference: string | undefined) => void;
  /** In order; the first that answers ends it. */
  readonly rooms: readonly Middleware[];
}

/** The whole application: context, headers, the four error edges, then the rooms. */
export function make_app(deps: AppDeps): Koa {
  const app = new Koa({ proxy: true });
  app.silent = true; // errors are logged below, with their request id
  app.use(async (ctx, next) => {
    const started = performance.now();
    await next();
    deps.observe(ctx, performance.now() - started);
  });
  app.use(request_context(deps.issuer, deps.trust_proxy, deps.client_certificate_header));
  app.use(security_headers(deps.issuer));
  app.use(error_edges(deps));
  for (const room of deps.rooms) app.use(room);
  app.use((ctx) => {
    throw ctx.status === 405
      ? new InvalidInput('method_not_allowed', 'This address does not take that method.', { status: 405 })
      : new NotFound('page');
  });
  return app;
}

function error_edges(deps: AppDeps): Middleware {
  return async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      const edge = edge_of(ctx);
      const reference = edge === 'html' ? reference_of(error, deps) : undefined;
      deps.log_error(ctx, error, reference);
      if (ctx.headerSent) return;
      if (edge === 'scim') error_to_scim(ctx, error);
      else if (edge === 'oauth') error_to_oauth(ctx, error);
      else if (edge === 'problem') error_to_problem(ctx, error, state_of(ctx).request_id);
      else send_error_page(ctx, error, { reference: reference ?? '', now: deps.now() });
    }
  };
}

/** A login that failed carries the reference of its trace. */
const reference_of = (error: unknown, deps: AppDeps): string =>
  error instanceof PosternError && 'reference' in error && typeof error.reference === 'string' ? error.reference : deps.new_reference();

const OAUTH_PATHS = /^\/(token|introspect|revoke|par|userinfo|jwks|register|device\/authorization|\.well-known)(\/|$)/;

/** A partner's server sends a logout token; by GET it is a browser that comes back. */
export const is_back_channel = (ctx: Context): boolean => ctx.method === 'POST' && /^\/oidc\/[^/]+\/backchannel-logout$/.test(ctx.path);

function edge_of(ctx: Context): 'html' | 'problem' | 'oauth' | 'scim' {
  if (ctx.path.startsWith('/scim/')) return 'scim';
  if (ctx.path.startsWith('/api/') || ctx.path.startsWith('/ssf/') || /^\/console\/(session|mocks)/.test(ctx.path)) return 'problem';
  if (OAUTH_PATHS.test(ctx.path) || is_back_channel(ctx)) return 'oauth';
  return ctx.accepts('html', 'json') === 'json' ? 'problem' : 'html';
}

export interface ErrorPageOptions {
  readonly reference: string;
  readonly now: number;
  readonly retry_url?: string | undefined;
  readonly app?: { readonly name?: string | undefined; readonly url?: string | undefined } | undefined;
  readonly brand?: Brand | undefined;
  readonly texts?: FrameWishes['texts'];
  readonly ui_locales?: string | undefined;
}

/** The page of an error: what happened, what to do, whom to ask, and the reference. */
export function send_error_page(ctx: Context, error: unknown, options: ErrorPageOptions): void {
  const { status, code } = told(error);
  const frame = frame_of(ctx, options);
  if (status === 429 && error instanceof PosternError && 'retry_after' in error) ctx.set('retry-after', String(error.retry_after));
  const view = {
    ...error_words(code, frame.locale, { seconds: error instanceof LoginRefused ? error.seconds : undefined }),
    status,
    code,
    said: error instanceof LoginRefused ? error.said : undefined,
    reference: options.reference,
    time: new Date(options.now),
    retry_url: options.retry_url,
    app_url: options.app?.url,
    app_name: options.app?.name,
  };
  send_page(ctx, status, error_page(view, frame));
}
