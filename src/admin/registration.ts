import type { Context, Middleware } from 'koa';
import { json_body, type RateLimits, state_of } from '../http/index.ts';
import { InvalidInput, PosternError } from '../kernel/index.ts';
import type { Origin, Registered, Registration } from '../organizations/index.ts';

export interface RegistrationDeps {
  readonly registration: Registration;
  readonly rate_limits: RateLimits;
}

const read_json = json_body(64 * 1024, ['application/json']);

/** `/register`: apps register themselves with an initial access token, and look after their registration with their own (RFC 7591, 7592). */
export function registration_routes({ registration, rate_limits }: RegistrationDeps): Middleware {
  return async (ctx, next) => {
    if (ctx.path !== '/register' && !ctx.path.startsWith('/register/')) return next();
    try {
      await rate_limits.count('token', state_of(ctx).ip);
      await answer(registration, ctx);
    } catch (error) {
      refuse(ctx, error);
    }
  };
}

async function answer(registration: Registration, ctx: Context): Promise<void> {
  const token = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(ctx.get('authorization'))?.[1] ?? '';
  const { request_id, ip } = state_of(ctx);
  const origin: Origin = { request_id, ip };
  const client_id = id_in(ctx.path);
  const body = async (): Promise<unknown> => {
    await read_json(ctx, async () => {});
    return ctx.request.body;
  };
  if (client_id === undefined) {
    if (ctx.method !== 'POST') return not_allowed(ctx, 'POST');
    return send(ctx, 201, await registration.register(token, await body(), origin));
  }
  if (ctx.method === 'GET') return send(ctx, 200, await registration.read(client_id, token));
  if (ctx.method === 'PUT') return send(ctx, 200, await registration.replace(client_id, token, await body(), origin));
  if (ctx.method !== 'DELETE') return not_allowed(ctx, 'GET, PUT, DELETE');
  await registration.remove(client_id, token, origin);
  ctx.status = 204;
}

/** The app that the address names; undefined at `/register` itself. An id that cannot be read is nobody's. */
function id_in(path: string): string | undefined {
  if (path === '/register' || path === '/register/') return undefined;
  try {
    return decodeURIComponent(path.slice('/register/'.length));
  } catch {
    return '';
  }
}

function send(ctx: Context, status: number, registered: Registered): void {
  ctx.status = status;
  ctx.set('cache-control', 'no-store');
  ctx.body = registered;
}

function not_allowed(ctx: Context, allow: string): void {
  ctx.status = 405;
  ctx.set('allow', allow);
  ctx.body = { error: 'invalid_request', error_description: 'this method is not for this address' };
}

/** Errors as RFC 7591 section 3.2.2 and RFC 6750 section 3.1 have them. */
function refuse(ctx: Context, error: unknown): void {
  if (!(error instanceof PosternError) || error.status >= 500) throw error;
  ctx.set('cache-control', 'no-store');
  if (error.status === 401) {
    ctx.status = 401;
    ctx.set('www-authenticate', 'Bearer error="invalid_token"');
    ctx.body = { error: 'invalid_token', error_description: 'the token is unknown, used up or expired' };
    return;
  }
  if (error.status === 429) throw error;
  const wrong = error instanceof InvalidInput ? error.fields : undefined;
  const redirect = wrong?.some(({ path }) => path.startsWith('redirect_uris')) === true;
  const told = wrong?.map(({ path, message }) => `${path} ${message}`).join('; ');
  ctx.status = 400;
  ctx.body = {
    error: redirect ? 'invalid_redirect_uri' : 'invalid_client_metadata',
    // printable ASCII without quotes and backslashes, as RFC 6749 section 5.2 has descriptions
    error_description: (told ?? error.message).replaceAll(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?').slice(0, 1000),
  };
}
