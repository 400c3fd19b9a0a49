import type { Context } from 'koa';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

/** Figures of one process, in Prometheus' own form. Labels name no organization and no person. */
export interface Metrics {
  request(ctx: Context, milliseconds: number): void;
  login(outcome: string, protocol: string, code: string): void;
  text(): Promise<{ content_type: string; body: string }>;
}

export function make_metrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'postern_' });
  const requests = new Histogram({
    name: 'postern_http_request_duration_seconds',
    help: 'Requests by route, method and status',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  const logins = new Counter({
    name: 'postern_logins_total',
    help: 'Sign-ins by outcome, protocol and error code',
    labelNames: ['outcome', 'protocol', 'code'],
    registers: [registry],
  });
  return {
    request: (ctx, milliseconds) =>
      requests.observe({ route: route_of(ctx.path), method: ctx.method, status: String(ctx.status) }, milliseconds / 1000),
    login: (outcome, protocol, code) => logins.inc({ outcome, protocol, code }),
    text: async () => ({ content_type: registry.contentType, body: await registry.metrics() }),
  };
}

const ROUTES = [
  'authorize',
  'token',
  'userinfo',
  'introspect',
  'revoke',
  'par',
  'logout',
  'jwks',
  'device',
  'register',
  'login',
  'saml',
  'oidc',
  'scim',
  'api',
  'console',
  'setup',
  '.well-known',
  'healthz',
  'readyz',
];

/** The first part of the path if it is ours: anything else would let strangers make labels. */
function route_of(path: string): string {
  const first = path.split('/')[1] ?? '';
  return ROUTES.includes(first) ? `/${first}` : 'other';
}
