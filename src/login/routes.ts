import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import { error_to_oauth, form_body, is_back_channel, send_error_page, state_of } from '../http/index.ts';
import { InvalidInput, NotFound, PosternError } from '../kernel/index.ts';
import { find_logo } from '../organizations/index.ts';
import { type Attempt, make_attempts } from './attempt.ts';
import { answered_attempt, arrival, came_back, take_answer } from './callback.ts';
import { connection, connections, forget, identifier, remembered } from './choose.ts';
import { type Arrival, type Conductor, go, name_of } from './conductor.ts';
import { consent, consent_form } from './consent.ts';
import type { LoginDeps } from './deps.ts';
import { answer_link, link_form } from './link_confirm.ts';
import { end_all_my_sessions, end_my_session, my_sessions } from './my_sessions.ts';
import { password, password_form } from './password.ts';
import { follow_partner_logout, offer_partner_logout } from './partner_logout.ts';
import { logout_message } from './single_logout.ts';
import { start } from './start.ts';
import { keep_failure } from './trace.ts';
import { end_test, open_test, show_result, try_password } from './try_connection.ts';
import { take_unsolicited } from './unsolicited.ts';
import { brand_of, open_visit, type Visit, wishes_of } from './visit.ts';

/** A SAML response with groups fits well; more is nobody's sign-in. */
const ACS_BYTES = 512 * 1024;
const FORM_BYTES = 64 * 1024;

/** Every address of a sign-in in flight, and where partners answer. */
export function login_routes(deps: LoginDeps): Middleware {
  const conductor: Conductor = { deps, attempts: make_attempts(deps.storage, deps.now) };
  const router = new Router();
  const step = (work: (conductor: Conductor, visit: Visit) => Promise<void> | void): Middleware => person_step(conductor, work);
  const form = form_body(FORM_BYTES);

  router.use('/login', async (ctx, next) => {
    await deps.rate_limits.count('login', state_of(ctx).ip);
    await next();
  });
  router.get(
    '/login/:uid',
    step((_, visit) => (visit.waiting.prompt === 'consent' ? consent_form(visit) : start(conductor, visit))),
  );
  router.post('/login/:uid/identifier', form, step(identifier));
  router.post('/login/:uid/remembered', form, step(remembered));
  router.post('/login/:uid/forget', form, step(forget));
  router.get('/login/:uid/connection', step(connections));
  router.post('/login/:uid/connection', form, step(connection));
  router.get('/login/:uid/password', step(password_form));
  router.post('/login/:uid/password', form, step(password));
  router.get('/login/:uid/return', step(came_back));
  router.get('/login/:uid/link', step(link_form));
  router.post('/login/:uid/link', form, step(answer_link));
  router.post('/login/:uid/consent', form, step(consent));
  router.get('/login/:uid/cancel', step(cancel));
  router.get('/login/test/:token', quiet_step(conductor, open_test));
  router.post('/login/test/:id/password', form, quiet_step(conductor, try_password));
  router.get('/login/test/:id/result', quiet_step(conductor, show_result));
  router.get('/login/:uid/identifier', back_to_start);
  router.get('/login/:uid/remembered', back_to_start);
  router.get('/login/:uid/forget', back_to_start);
  router.get('/login/:uid/consent', back_to_start);

  router.use('/sessions', async (ctx, next) => {
    await deps.rate_limits.count('login', state_of(ctx).ip);
    await next();
  });
  router.get('/sessions', quiet_step(conductor, my_sessions));
  router.post('/sessions/end', form, quiet_step(conductor, end_my_session));
  router.post('/sessions/end-all', form, quiet_step(conductor, end_all_my_sessions));

  router.get('/logos/:id', logo(conductor));

  router.get('/logout/partner/:token', quiet_step(conductor, offer_partner_logout));
  router.get('/logout/partner/:token/go', quiet_step(conductor, follow_partner_logout));

  router.post('/saml/:connection_id/acs', form_body(ACS_BYTES), partner_step(conductor, 'saml', answer_step));
  router.get('/saml/:connection_id/acs', only_by_post);
  router.get('/saml/:connection_id/slo', partner_step(conductor, 'saml', logout_message));
  router.post('/saml/:connection_id/slo', form_body(ACS_BYTES), partner_step(conductor, 'saml', logout_message));
  router.get('/saml/:connection_id/metadata', published(conductor, 'saml'));
  router.get('/oidc/:connection_id/jwks', published(conductor, 'oidc'));
  router.get('/oidc/:connection_id/callback', partner_step(conductor, 'oidc', answer_step));
  router.post('/oidc/:connection_id/callback', form, partner_step(conductor, 'oidc', answer_step));
  router.post('/oidc/:connection_id/backchannel-logout', form, partner_step(conductor, 'oidc', logout_message));
  router.get('/oidc/:connection_id/backchannel-logout', partner_step(conductor, 'oidc', logout_message));

  const routes = router.routes() as unknown as Middleware; // the router's context is Koa's with more in it
  return moved_over(conductor, routes);
}

/** A partner that knew another broker answers at that one's path: as if it had come to the address of its connection. */
function moved_over(conductor: Conductor, routes: Middleware): Middleware {
  const read = form_body(ACS_BYTES);
  const answer = (id: string): Middleware => partner_step(conductor, 'saml', answer_step, id);
  return async (ctx, next) => {
    // what is not ours falls through the whole application otherwise; one indexed look-up, remembered
    const id = ctx.method === 'POST' ? await conductor.deps.directory.connection_at(ctx.path) : undefined;
    if (id === undefined) return routes(ctx, next);
    await read(ctx, async () => {
      await answer(id)(ctx, next);
    });
  };
}

/** An answer by POST alone (SAML Profiles 4.1.3.5): in an address it would stand in logs and histories. */
const only_by_post: Middleware = (ctx) => {
  ctx.set('allow', 'POST');
  throw new InvalidInput('method_not_allowed', 'This address does not take that method.', { status: 405 });
};

/** The address of a form, opened by hand or by the back button. */
const back_to_start: Middleware = (ctx) => {
  const uid = ctx.path.split('/')[2] ?? '';
  go({ ctx }, `/login/${uid}`);
};

/** The person gives up: the app hears `access_denied`. */
async function cancel(_conductor: Conductor, visit: Visit): Promise<void> {
  await visit.waiting.refused('access_denied', 'the sign-in was cancelled');
  go(visit, visit.waiting.return_url);
}

/** Runs one step of a person's sign-in; what goes wrong becomes a page with a reference, and a trace under it. */
function person_step(conductor: Conductor, work: (conductor: Conductor, visit: Visit) => Promise<void> | void): Middleware {
  return async (ctx) => {
    const uid = ctx.path.split('/')[2] ?? '';
    const visit = await open_visit(conductor.deps, ctx, uid);
    try {
      await work(conductor, visit);
    } catch (error) {
      const attempt = (await conductor.attempts.find(uid)) ?? blank_attempt(conductor.deps, { id: uid, client_id: visit.app.client_id });
      await show_failure(conductor, ctx, attempt, error, { visit, retry: true });
    }
  };
}

/** Runs a step of nobody's sign-in, whose address is a secret: what goes wrong is a page, not a trace. */
function quiet_step(conductor: Conductor, work: (conductor: Conductor, ctx: Context) => Promise<void>): Middleware {
  return async (ctx) => {
    ctx.set('referrer-policy', 'no-referrer');
    await work(conductor, ctx);
  };
}

type PartnerStep = (conductor: Conductor, arrived: Arrival, attempt: Attempt) => Promise<void>;

/** Runs one step that a partner's message started. */
function partner_step(conductor: Conductor, protocol: 'saml' | 'oidc', work: PartnerStep, connection_id?: string): Middleware {
  return async (ctx) => {
    const id = connection_id ?? ctx.path.split('/')[2] ?? '';
    const { ip } = state_of(ctx);
    await conductor.deps.rate_limits.count('answer', ip);
    const arrived = await arrival(conductor, ctx, protocol, id);
    const notebook = blank_attempt(conductor.deps, { id: '', client_id: '', arrived });
    try {
      await work(conductor, arrived, notebook);
    } catch (error) {
      // a refusal is kept for good: nobody fills the record with forgeries
      await conductor.deps.rate_limits.count('refused_answer', ip);
      if (notebook.purpose === 'test')
        return end_test(conductor, ctx, notebook, { error, claimed: notebook.heard ?? arrived.connector.claimed?.(arrived.callback) });
      await show_failure(conductor, ctx, notebook, error, { retry: notebook.id !== '' });
    }
  };
}

/** The partner's answer: to a sign-in of ours, or to none. */
async function answer_step(conductor: Conductor, arrived: Arrival, notebook: Attempt): Promise<void> {
  const answered = await answered_attempt(conductor, arrived);
  if (answered === undefined) return take_unsolicited(conductor, arrived, notebook);
  Object.assign(notebook, answered.attempt);
  await take_answer(conductor, arrived, notebook, answered.handle);
}

function blank_attempt(deps: LoginDeps, about: { id: string; client_id: string; arrived?: Arrival }): Attempt {
  const now = deps.now();
  return {
    id: about.id,
    purpose: 'login',
    browser_hash: '',
    client_id: about.client_id,
    asked: {},
    started_at: now,
    expires_at: now + deps.login_seconds * 1000,
    reference: deps.new_reference(),
    org_id: about.arrived?.connection.org_id,
    connection_id: about.arrived?.connection.id,
    login_hint: undefined,
    handle: undefined,
    pending: undefined,
    steps: [],
  };
}

interface FailureView {
  /** Whose sign-in it was. */
  readonly visit?: Visit;
  readonly retry: boolean;
}

async function show_failure(conductor: Conductor, ctx: Context, attempt: Attempt, error: unknown, view: FailureView): Promise<void> {
  if (error instanceof NotFound || error instanceof InvalidInput) throw error;
  const { deps } = conductor;
  const reference = await keep_failure(conductor, ctx, attempt, error);
  // OpenID Connect Back-Channel Logout 1.0, 2.8: a program reads it
  if (is_back_channel(ctx)) return error_to_oauth(ctx, error);
  const organization = attempt.org_id === undefined ? undefined : await deps.directory.organization_view(attempt.org_id);
  const ended = error instanceof PosternError && ['login_expired', 'browser_mismatch', 'app_not_allowed'].includes(error.code);
  const { visit } = view;
  const app_name = visit && name_of(visit.app);
  send_error_page(ctx, error, {
    reference,
    now: deps.now(),
    ...(visit === undefined
      ? { ui_locales: attempt.asked.ui_locales, brand: organization && brand_of(organization) }
      : wishes_of(visit, organization)),
    ...(view.retry && !ended && { retry_url: `/login/${attempt.id}` }),
    ...(view.retry && app_name !== undefined && { app: { name: app_name, url: `/login/${attempt.id}/cancel` } }),
  });
}

/** A logo of a sign-in page: a picture and nothing else, whatever is in it. */
function logo({ deps }: Conductor): Middleware {
  return async (ctx) => {
    const picture = await find_logo(deps.storage, ctx.path);
    if (picture === undefined) throw new NotFound('page');
    ctx.set('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    // its address is the hash of what it holds
    ctx.set('cache-control', 'public, max-age=31536000, immutable');
    ctx.type = picture.content_type;
    ctx.body = picture.bytes;
  };
}

/** What we publish for a partner: SAML metadata, the keys that prove who we are. */
function published({ deps }: Conductor, protocol: 'saml' | 'oidc'): Middleware {
  return async (ctx) => {
    const view = await deps.directory.connection_view(ctx.path.split('/')[2] ?? '');
    const connector = view?.protocol === protocol ? await deps.connector(view.id) : undefined;
    if (connector?.kind !== 'redirect' || connector.metadata === undefined) throw new NotFound('page');
    const document = await connector.metadata();
    ctx.set('content-type', document.content_type);
    ctx.set('cache-control', 'public, max-age=300');
    ctx.body = document.body;
  };
}
