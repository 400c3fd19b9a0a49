import type { Context } from 'koa';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { allow_frames, frame_of, send_page } from '../http/index.ts';
import { PosternError } from '../kernel/index.ts';
import type { ToldHere } from './front_channel_logout.ts';
import {
  device_code_page,
  device_confirm_page,
  device_done_page,
  error_page,
  error_words,
  logout_confirm_page,
  signed_out_page,
} from '../pages/index.ts';

/** The pages of the issuer's own routes. */

const frame = (ctx: KoaContextWithOIDC) => frame_of(ctx as unknown as Context, { ui_locales: text(ctx.oidc.params?.['ui_locales']) }); // the same Koa context, typed twice

const send = (ctx: KoaContextWithOIDC, status: number, html: string): void => send_page(ctx as unknown as Context, status, html); // as above

/** The forms of oidc-provider carry their anti-forgery value under this name. */
const xsrf = (ctx: KoaContextWithOIDC) => {
  const state = ctx.oidc.session?.state as { secret?: unknown } | undefined; // oidc-provider's own generateXsrf put it there
  return { name: 'xsrf', value: typeof state?.secret === 'string' ? state.secret : '' };
};

/** Codes of our catalogue for the errors of RFC 6749 that a person can meet as a page. */
export function render_error(deps: {
  new_reference: () => string;
  now: () => number;
  log: (ctx: KoaContextWithOIDC, error: unknown, reference: string) => void;
}) {
  return (ctx: KoaContextWithOIDC, out: { error: string }, error: unknown): void => {
    const reference = deps.new_reference();
    deps.log(ctx, error, reference);
    const code = code_of(out.error, error);
    const page = frame(ctx);
    const status = ctx.status >= 400 ? ctx.status : 400;
    send(ctx, status, error_page({ ...error_words(code, page.locale), status, code, reference, time: new Date(deps.now()) }, page));
  };
}

function code_of(name: string, error: unknown): string {
  if (error instanceof PosternError) return error.code;
  if (name === 'server_error') return 'internal';
  return error instanceof Error && error.name === 'SessionNotFound' ? 'login_expired' : 'invalid_request';
}

export function logout_form(ctx: KoaContextWithOIDC): void {
  const view = { action: ctx.oidc.urlFor('end_session_confirm'), csrf: xsrf(ctx), app_name: ctx.oidc.client?.clientName };
  send(ctx, 200, logout_confirm_page(view, frame(ctx)));
}

export function signed_out(ctx: KoaContextWithOIDC): void {
  const { client } = ctx.oidc;
  send(ctx, 200, signed_out_page({ return_url: client?.clientUri, return_name: client?.clientName }, frame(ctx)));
}

/** How long the apps that are told by this page have, before it goes on by itself. */
const GO_ON_SECONDS = 4;

/** The session is over; this page tells its old apps, each in a frame, and goes on to `onward`. */
export function signed_out_of(ctx: KoaContextWithOIDC, apps: readonly ToldHere[], onward: string | undefined): void {
  const { client } = ctx.oidc;
  const frames = apps.flatMap(({ frame_url }) => (frame_url === undefined ? [] : [new URL(frame_url).origin]));
  ctx.remove('location');
  if (onward !== undefined) ctx.set('refresh', `${GO_ON_SECONDS}; url=${onward}`);
  const view = {
    apps: apps.map(({ name, frame_url }) => ({ name, frame_url, state: 'pending' as const })),
    ...(onward === undefined ? { return_url: client?.clientUri } : { onward }),
    return_name: client?.clientName,
  };
  send(ctx, 200, signed_out_page(view, frame(ctx)));
  allow_frames(ctx as unknown as Context, frames); // as above
}

export function device_input(ctx: KoaContextWithOIDC, error: unknown): void {
  const name = error instanceof Error ? error.name : undefined;
  if (name === 'AbortedError') return send(ctx, 200, device_done_page({ outcome: 'denied' }, frame(ctx)));
  // an empty form is no mistake yet
  const problem = name === undefined || name === 'NoCodeError' ? undefined : 'code_invalid';
  send(
    ctx,
    problem === undefined ? 200 : 400,
    device_code_page({ action: ctx.oidc.urlFor('code_verification'), csrf: xsrf(ctx), error: problem }, frame(ctx)),
  );
}

export function device_confirm(ctx: KoaContextWithOIDC, app_name: string, code: string): void {
  send(ctx, 200, device_confirm_page({ action: ctx.oidc.urlFor('code_verification'), csrf: xsrf(ctx), code, app_name }, frame(ctx)));
}

export function device_done(ctx: KoaContextWithOIDC): void {
  send(ctx, 200, device_done_page({ outcome: 'connected' }, frame(ctx)));
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
