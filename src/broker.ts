import { hkdfSync } from 'node:crypto';
import type { Context } from 'koa';
import type { Logger } from 'pino';
import { admin_routes, registration_routes } from './admin/index.ts';
import { new_reference, system_act } from './audit/index.ts';
import { make_background } from './background.ts';
import { vendor_name } from './config/index.ts';
import { scim_routes } from './directory/index.ts';
import { back_channel_logout, event_hook, make_worker, outbox_depth, scim_target, signal_push, type Worker } from './events/index.ts';
import { as_web_fetch } from './http/egress/index.ts';
import {
  health_routes,
  logged_path,
  make_app,
  make_browsers,
  make_metrics,
  make_rate_limits,
  type Metrics,
  state_of,
} from './http/index.ts';
import { issuer_limits } from './issuer_limits.ts';
import { caller_of, open_console_door } from './console_door.ts';
import { read_installed } from './installed.ts';
import { PosternError } from './kernel/index.ts';
import { make_linking } from './linking/index.ts';
import { login_routes, make_partner_logout, make_recheck } from './login/index.ts';
import { console_routes, make_identify_session } from './operators/index.ts';
import { mail_deliverer } from './notices/index.ts';
import { route } from './routing/index.ts';
import { setup_administrators } from './setup_door.ts';
import { setup_routes } from './setup/index.ts';
import { signal_doors } from './signal_doors.ts';
import { tasks_of } from './tasks.ts';
import { make_issuer, preview_claims } from './tokens/index.ts';
import { system_checks, system_view } from './system_view.ts';
import { client_certificates, type Postern } from './wiring.ts';

/** One step that waits for a partner. */
const STEP_MS = 10_000;
/** An app waits for its tokens while a partner is asked. */
const RECHECK_MS = 5_000;

export interface Broker {
  /** A request handler for node:http. */
  readonly handler: ReturnType<ReturnType<typeof make_app>['callback']>;
  readonly metrics: Metrics;
  /** Puts the process out of readiness before it drains. */
  retire(): void;
  /** Watches for changes of other processes, delivers, tends keys and sweeps. */
  start_background(): void;
  /** Once, now: what the background does in time. */
  readonly worker: Worker;
  stop_background(): Promise<void>;
}

/** The server's side: the issuer, the sign-in pages, the API, and what goes on in the background. The database must be migrated. */
export async function open_broker(postern: Postern): Promise<Broker> {
  const { world, storage, audit, organizations, keys, egress, ask } = postern;
  const { settings, now, log } = world;
  const { directory } = organizations;
  const metrics = make_metrics({
    statements: () => storage.statements(),
    syncs: () => postern.directory_sync.outcomes(),
    outbox: () => outbox_depth(storage),
    certificates: async () => {
      const at = now();
      return (await organizations.ending_soon(at)).map(({ id, ends_at }) => ({
        connection: id,
        ends_in: Math.round((ends_at - at) / 1000),
      }));
    },
  });
  const browsers = make_browsers(settings.issuer, derive(world.secrets[0], 'browser'));
  const rate_limits = make_rate_limits(settings.rate_limits, storage.rate_limit_pool);
  await keys.ensure(now());
  const issuer = await make_issuer({
    issuer: settings.issuer,
    storage,
    directory,
    keys,
    now,
    cookie_keys: world.secrets.map((secret) => Buffer.from(derive(secret, 'cookies')).toString('base64url')),
    client_certificates: client_certificates(settings),
    fetch: as_web_fetch(egress.fetch),
    append_outbox: audit.append_outbox,
    ask_token_hook: (question) => ask.before_token(question),
    end_access: postern.end_access,
    partner_logout: make_partner_logout({ storage, now, issuer_url: settings.issuer, directory }),
    session_ended: (tx, { org_id, session_id, user }, by) =>
      audit.record(
        tx,
        // whoever was signed in before did nothing; who came is not named in the record of another organization
        by === 'person' ? { actor: { kind: 'user', id: user.id } } : system_act,
        { type: 'session.ended', org_id, target: { kind: 'session', id: session_id }, after: { by } },
      ),
    recheck: make_recheck({
      ...{ storage, now, record: audit.record, end_access: postern.end_access, timeout_ms: RECHECK_MS },
      connector: (id) => organizations.connector(id),
      log: (message, fields) => log.warn(fields, message),
    }),
    new_reference,
    log: (ctx, error, reference) => log_error(log, ctx as unknown as Context, error, reference), // the same Koa context, typed twice
    login_seconds: settings.login_minutes * 60,
    session_seconds: settings.session_hours * 3600,
    refresh_idle_seconds: settings.refresh_idle_days * 86_400,
    refresh_absolute_seconds: settings.refresh_days * 86_400,
  });
  const linking = make_linking({ storage, now, record: audit.record, users: postern.users, directory, ask_hook: ask.before_user_created });
  const login = login_routes({
    ...{ issuer, storage, browsers, rate_limits, now, directory, new_reference },
    issuer_url: settings.issuer,
    connector: (id) => organizations.connector(id),
    route: (request) => route(request, directory),
    link: (input) => linking.link(input),
    after_login: ask.after_login,
    people: (org_id) => postern.users.users(org_id),
    preview: (input) => linking.preview(input),
    end_access: postern.end_access,
    record: audit.record,
    save_trace: audit.save_trace,
    log_error: (error, about) => log.warn({ ...about, error }, 'a sign-in failed'),
    observe: metrics.login,
    login_seconds: settings.login_minutes * 60,
    session_seconds: settings.session_hours * 3600,
    refresh_seconds: settings.refresh_days * 86_400,
    step_timeout_ms: STEP_MS,
  });
  const installed = read_installed();
  const started_at = now();
  const console_door = await open_console_door(postern, issuer, rate_limits, installed);
  const background = make_background(
    tasks_of(postern),
    (task, error) => log.error({ task, error }, 'a task of the background failed'),
    now,
  );
  let retired = false;
  const ready = {
    serving: async () => !retired,
    database: () => storage.ping().then(() => true),
    migrations: async () => !(await storage.pending_migrations()),
    keys: async () => (await keys.signers()).length > 0,
  };
  const limited = issuer_limits(rate_limits);
  const app = make_app({
    issuer: settings.issuer,
    trust_proxy: settings.trust_proxy,
    client_certificate_header: settings.client_certificate_header,
    now,
    new_reference,
    observe: (ctx, milliseconds) => metrics.request(ctx, milliseconds),
    log_error: (ctx, error, reference) => log_error(log, ctx, error, reference),
    rooms: [
      health_routes({ ready, metrics: settings.metrics_address === undefined ? metrics : undefined }),
      login,
      console_routes(console_door),
      admin_routes({
        ...{ ...postern, now, rate_limits, fetch: egress.fetch },
        identify_session: make_identify_session(console_door),
        system: () => system_view({ settings, version: installed.version, started_at, storage, ready, tasks: background.states }),
        system_checks: system_checks(postern),
        preview_claims: (of) => preview_claims({ storage, directory, now }, of),
        first_key: settings.admin_key,
        issuer_url: settings.issuer,
        operators_organization: settings.operators_organization,
        identify_token: async (token) => caller_of(await issuer.admin_access(token), directory, settings.operators_organization),
      }),
      scim_routes({
        ...{ storage, now, rate_limits, record: audit.record, end_access: postern.end_access, issuer_url: settings.issuer },
        request_log: postern.scim_requests.log,
      }),
      setup_routes({
        ...{
          now,
          browsers,
          rate_limits,
          organizations,
          audit,
          issuer_url: settings.issuer,
          vendor_name: vendor_name(settings),
          scim_tokens: postern.scim_tokens,
          storage,
          seal: storage.seal,
          administrators: setup_administrators(postern, issuer),
        },
        organization: (id) => directory.organization_view(id),
        begin_test: (of, act, back) => postern.test_sign_ins.begin(of, act, back),
      }),
      ...signal_doors(postern, issuer, rate_limits),
      registration_routes({ registration: organizations.registration, rate_limits }),
      limited,
      issuer.middleware,
    ],
  });
  const worker = make_worker({
    storage,
    now,
    random: world.random,
    log: (level, message, fields) => log[level](fields, message),
    deliverers: {
      backchannel_logout: back_channel_logout({ fetch: egress.fetch, logout_token: (told) => issuer.logout_token(told) }),
      event_hook: event_hook({
        ...{ fetch: egress.fetch, now },
        target: (id) => organizations.event_hooks.target(id),
        disable: (id, reason) => organizations.event_hooks.disable(id, reason, system_act),
      }),
      ...(postern.mailer !== undefined && {
        mail: mail_deliverer({ mailer: postern.mailer, storage, vendor_name: vendor_name(settings) }),
      }),
      ssf_push: signal_push({ fetch: egress.fetch, signed: (id, payload) => postern.transmitter.signed(id, payload) }),
      scim_target: scim_target({ deliver: (payload, hearing) => postern.outbound.deliver(payload, hearing) }),
    },
  });
  return {
    handler: app.callback(),
    metrics,
    worker,
    retire() {
      retired = true;
    },
    start_background() {
      worker.start(500);
      background.start();
    },
    async stop_background() {
      await Promise.all([background.stop(), worker.stop()]);
      await postern.directory_sync.stop();
      await postern.scim_requests.log.flush();
    },
  };
}

/** A key for one purpose, from the secret that seals. */
const derive = (secret: Uint8Array | undefined, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret ?? new Uint8Array(), '', `postern ${purpose} v1`, 32));

/** What the client did wrong is a line for whoever looks; what is wrong here is an error. */
function log_error(log: Logger, ctx: Context, error: unknown, reference: string | undefined): void {
  const { request_id } = state_of(ctx);
  const about = { request_id, method: ctx.method, path: logged_path(ctx.path), ...(reference !== undefined && { reference }), error };
  if (is_ours(error)) log.error(about, 'a request failed');
  else log.info(about, 'a request was refused');
}

const is_ours = (error: unknown): boolean =>
  error instanceof PosternError
    ? error.status >= 500
    : !(error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status < 500);
