import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Middleware } from 'koa';
import type { Metrics } from './metrics.ts';

export interface HealthDeps {
  /** Each thing that must be in order before requests may come, by name. */
  readonly ready: Readonly<Record<string, () => Promise<boolean>>>;
  /** Undefined when metrics have an address of their own. */
  readonly metrics: Metrics | undefined;
  /** How long a thing may take to say that it is in order. */
  readonly patience_ms?: number;
}

/** No probe waits longer for its answer. */
const PATIENCE_MS = 5000;

/** `/healthz`: this process is alive. `/readyz`: it can serve. `/metrics`: its figures. */
export function health_routes(deps: HealthDeps): Middleware {
  const look_around = shared(() => look(deps.ready, deps.patience_ms));
  return async (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next();
    if (ctx.path === '/healthz') {
      ctx.body = { status: 'ok' };
    } else if (ctx.path === '/readyz') {
      const checks = await look_around();
      ctx.status = checks.every(([, ok]) => ok) ? 200 : 503;
      ctx.body = { status: ctx.status === 200 ? 'ready' : 'not ready', checks: Object.fromEntries(checks) };
    } else if (ctx.path === '/metrics' && deps.metrics !== undefined) {
      await send_metrics(ctx, deps.metrics);
    } else return next();
    ctx.set('cache-control', 'no-store');
  };
}

/** Asks each thing whether it is in order; one that does not say so in time is not. */
export async function look(ready: HealthDeps['ready'], patience_ms = PATIENCE_MS): Promise<[string, boolean][]> {
  const late = Promise.withResolvers<false>();
  // a connection that has died without a word would keep everybody waiting who asks, and long after another one works
  const timer = setTimeout(() => late.resolve(false), patience_ms);
  const checks = Object.entries(ready).map(
    async ([name, check]): Promise<[string, boolean]> => [name, await Promise.race([check().catch(() => false), late.promise])],
  );
  return Promise.all(checks).finally(() => clearTimeout(timer));
}

/** Anybody may ask, as often as they like: whoever asks while one look is under way gets its answer, and the database is asked once. */
function shared<Answer>(find_out: () => Promise<Answer>): () => Promise<Answer> {
  let under_way: Promise<Answer> | undefined;
  return () =>
    (under_way ??= find_out().finally(() => {
      under_way = undefined;
    }));
}

async function send_metrics(ctx: Parameters<Middleware>[0], metrics: Metrics): Promise<void> {
  const { content_type, body } = await metrics.text();
  ctx.set('content-type', content_type);
  ctx.body = body;
}

/** `/metrics` alone, for an address of its own. */
export function metrics_handler(metrics: Metrics): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const asked = request.method === 'GET' && request.url?.split('?')[0] === '/metrics';
    if (!asked) {
      response.writeHead(404).end();
      return;
    }
    metrics.text().then(
      ({ content_type, body }) => response.writeHead(200, { 'content-type': content_type, 'cache-control': 'no-store' }).end(body),
      () => response.writeHead(500).end(),
    );
  };
}
