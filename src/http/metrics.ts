import type { Context } from 'koa';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Figures of one process, in Prometheus' own form. Labels name no organization and no person. */
export interface Metrics {
  request(ctx: Context, milliseconds: number): void;
  /** A sign-in ended; `reason` is the error code, empty when it succeeded. */
  login(result: string, protocol: string, reason: string, milliseconds: number): void;
  text(): Promise<{ content_type: string; body: string }>;
}

/** Figures that others keep and that are asked for when somebody looks. */
export interface MetricSources {
  /** Statements sent to the database since the start. */
  statements(): number;
  /** Deliveries that wait, and those that were given up. */
  outbox(): Promise<{ readonly waiting: number; readonly dead: number }>;
  /** Runs of directory syncs of this process, by how they ended. */
  syncs?(): ReadonlyMap<string, number>;
  /** Connections with a certificate that ends soon; a bounded number. `ends_in`: seconds. */
  certificates?(): Promise<readonly { readonly connection: string; readonly ends_in: number }[]>;
}

export function make_metrics(sources: MetricSources): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'postern_' });
  const registers = [registry];
  const requests = new Histogram({
    name: 'postern_http_request_duration_seconds',
    help: 'Requests by route, method and status',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const logins = new Counter({
    name: 'postern_login_total',
    help: 'Sign-ins by protocol, result and reason',
    labelNames: ['protocol', 'result', 'reason'],
    registers,
  });
  const durations = new Histogram({
    name: 'postern_login_duration_seconds',
    help: 'Sign-ins from the first page to the last, the person and the partner included',
    labelNames: ['protocol', 'result'],
    buckets: [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    registers,
  });
  new Counter({
    name: 'postern_database_statements_total',
    help: 'Statements sent to the database',
    registers,
    collect() {
      this.reset();
      this.inc(sources.statements());
    },
  });
  new Counter({
    name: 'postern_sync_runs_total',
    help: 'Runs of directory syncs by how they ended: finished, failed, stopped by the brake',
    labelNames: ['outcome'],
    registers,
    collect() {
      this.reset();
      for (const [outcome, times] of sources.syncs?.() ?? []) this.inc({ outcome }, times);
    },
  });
  new Gauge({
    name: 'postern_outbox_depth',
    help: 'Deliveries in the outbox of the whole installation: those that wait, and those that were given up',
    labelNames: ['state'],
    registers,
    async collect() {
      const { waiting, dead } = await sources.outbox();
      this.set({ state: 'waiting' }, waiting);
      this.set({ state: 'dead' }, dead);
    },
  });
  new Gauge({
    name: 'postern_cert_expiry_seconds',
    help: 'Time left of the first certificate of a connection to end, the partner’s or ours, where that is less than 60 days; negative once it has ended',
    labelNames: ['connection'],
    registers,
    async collect() {
      this.reset();
      for (const { connection, ends_in } of (await sources.certificates?.()) ?? []) this.set({ connection }, ends_in);
    },
  });
  return {
    request: (ctx, milliseconds) =>
      requests.observe({ route: route_of(ctx.path), method: ctx.method, status: String(ctx.status) }, milliseconds / 1000),
    login(result, protocol, reason, milliseconds) {
      logins.inc({ result, protocol, reason });
      durations.observe({ result, protocol }, milliseconds / 1000);
    },
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
  'ssf',
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
