import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import type { Act } from '../audit/index.ts';
import { json_body, query_of, state_of } from '../http/index.ts';
import { InvalidInput, Unauthenticated } from '../kernel/index.ts';
import type { StreamRoutesDeps } from './deps.ts';
import { make_poll } from './poll.ts';
import { make_streams } from './streams.ts';
import { POLL, PUSH } from './vocabulary.ts';

const LARGEST_BODY = 64 * 1024;

/** The transmitter of the framework: how it describes itself, and what an app keeps its stream by. */
export function stream_routes(deps: StreamRoutesDeps): Middleware {
  const streams = make_streams(deps);
  const poll = make_poll(deps);
  const router = new Router();
  const read = json_body(LARGEST_BODY, ['application/json']);
  const of_app = (work: (ctx: Context, app: App) => Promise<void>): Middleware => {
    return async (ctx) => {
      ctx.set('cache-control', 'no-store');
      await work(ctx, await identify(deps, ctx));
    };
  };
  const answer = (ctx: Context, body: unknown, status = 200): void => {
    ctx.status = status;
    ctx.set('content-type', 'application/json');
    ctx.body = JSON.stringify(body);
  };

  router.get('/.well-known/ssf-configuration', (ctx) => {
    ctx.set('cache-control', 'public, max-age=300');
    answer(ctx, configuration(deps.issuer_url));
  });
  router.get(
    '/ssf/streams',
    of_app(async (ctx, { client_id }) => {
      const { stream_id } = query_of(ctx).values;
      answer(ctx, stream_id === undefined ? await streams.list(client_id) : await streams.get(client_id, stream_id));
    }),
  );
  router.post(
    '/ssf/streams',
    read,
    of_app(async (ctx, app) => answer(ctx, await streams.create(app.client_id, body_of(ctx), app.act), 201)),
  );
  router.patch(
    '/ssf/streams',
    read,
    of_app(async (ctx, app) => answer(ctx, await streams.update(app.client_id, body_of(ctx), app.act, false))),
  );
  router.put(
    '/ssf/streams',
    read,
    of_app(async (ctx, app) => answer(ctx, await streams.update(app.client_id, body_of(ctx), app.act, true))),
  );
  router.delete(
    '/ssf/streams',
    of_app(async (ctx, app) => {
      await streams.remove(app.client_id, stream_named(ctx), app.act);
      ctx.status = 204;
    }),
  );
  router.get(
    '/ssf/status',
    of_app(async (ctx, { client_id }) => answer(ctx, await streams.status(client_id, stream_named(ctx)))),
  );
  router.post(
    '/ssf/status',
    read,
    of_app(async (ctx, app) => answer(ctx, await streams.set_status(app.client_id, body_of(ctx), app.act))),
  );
  router.post(
    '/ssf/verify',
    read,
    of_app(async (ctx, { client_id }) => {
      await streams.verify(client_id, body_of(ctx));
      ctx.status = 204;
    }),
  );
  router.post(
    '/ssf/poll/:stream_id',
    read,
    of_app(async (ctx, { client_id }) => {
      const gone = new AbortController();
      ctx.res.once('close', () => gone.abort());
      answer(ctx, await poll(client_id, ctx.path.split('/')[3] ?? '', body_of(ctx), gone.signal));
    }),
  );
  return router.routes() as unknown as Middleware; // the router's context is Koa's with more in it
}

interface App {
  readonly client_id: string;
  readonly act: Act;
}

/** @throws Unauthenticated | TooMany */
async function identify({ rate_limits, identify: who }: StreamRoutesDeps, ctx: Context): Promise<App> {
  const { ip, request_id } = state_of(ctx);
  await rate_limits.check('credential', ip);
  const token = /^bearer +([\x21-\x7e]{1,1024})$/i.exec(ctx.get('authorization'))?.[1];
  const client_id = token === undefined ? undefined : await who(token);
  if (client_id === undefined) {
    await rate_limits.count('credential', ip);
    ctx.set('www-authenticate', token === undefined ? 'Bearer' : 'Bearer error="invalid_token"');
    throw new Unauthenticated('invalid_credentials', 'Send an access token with the scope ssf.manage: Authorization: Bearer <token>.');
  }
  await rate_limits.count('signal_stream', client_id);
  return { client_id, act: { actor: { kind: 'client', id: client_id }, ip, request_id } };
}

const body_of = (ctx: Context): unknown => ctx.request.body ?? {};

/** @throws InvalidInput */
function stream_named(ctx: Context): string {
  const { stream_id } = query_of(ctx).values;
  if (stream_id !== undefined) return stream_id;
  throw new InvalidInput('invalid_body', 'Some fields are wrong.', { fields: [{ path: 'stream_id', message: 'must be named' }] });
}

/** Section 7.1 of the framework. Every stream is about all sessions of its app and nobody else's: there are no subjects to add or to remove. */
function configuration(issuer_url: string): Readonly<Record<string, unknown>> {
  const base = issuer_url.replace(/\/$/, '');
  return {
    spec_version: '1_0',
    issuer: issuer_url,
    jwks_uri: `${base}/jwks`,
    delivery_methods_supported: [PUSH, POLL],
    configuration_endpoint: `${base}/ssf/streams`,
    status_endpoint: `${base}/ssf/status`,
    verification_endpoint: `${base}/ssf/verify`,
    authorization_schemes: [{ spec_urn: 'urn:ietf:rfc:6749' }],
    default_subjects: 'ALL',
  };
}
