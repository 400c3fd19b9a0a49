import type { Context } from 'koa';
import type { Identity } from '../../connectors/connector.ts';
import { type Browser, form_of, frame_of, send_page, state_of } from '../http/index.ts';
import { LoginRefused, NotFound } from '../kernel/index.ts';
import { password_page, test_result_page, type TestResultView } from '../pages/index.ts';
import type { Attempt } from './attempt.ts';
import { type Conductor, go } from './conductor.ts';
import type { ConnectionView, OrganizationView, Preview } from './deps.ts';
import { depart } from './depart.ts';
import { account_key, count_guess } from './guesses.ts';
import { as_login_error, code_of, outcome_of, refused } from './refusals.ts';
import { said_by } from './said.ts';
import { test_id } from './test_sign_ins.ts';
import { detail_of, fix_of, trace_of } from './trace.ts';
import { brand_of, call_of, note } from './visit.ts';

/** What the page at the end shows; kept sealed with the attempt. */
type Result = Omit<TestResultView, 'time'> & { readonly at: number };

interface Trial {
  readonly ctx: Context;
  readonly browser: Browser;
  readonly attempt: Attempt & { readonly answer: unknown };
  readonly connection: ConnectionView;
  readonly organization: OrganizationView;
}

/** Somebody opens the address of a test: from now on it belongs to this browser. */
export async function open_test(conductor: Conductor, ctx: Context): Promise<void> {
  const { deps, attempts } = conductor;
  const id = test_id(ctx.path.split('/')[3] ?? '');
  const browser = deps.browsers.of(ctx);
  await attempts.claim_test(id, browser.hash);
  const trial = await read_trial(conductor, ctx, id, browser);
  const { attempt, connection } = trial;
  if (attempt.answer !== undefined) return go({ ctx }, result_path(attempt));
  try {
    const connector = await deps.connector(connection.id);
    if (connector.kind === 'credential') return show_password(trial, { status: 200 });
    await depart(conductor, ctx, attempt, connector, { brand: brand_of(trial.organization) });
  } catch (error) {
    await end_test(conductor, ctx, attempt, { error });
  }
}

/** A password for a directory that is tried: counted like every other guess. */
export async function try_password(conductor: Conductor, ctx: Context): Promise<void> {
  const { deps } = conductor;
  const trial = await own_trial(conductor, ctx);
  const { attempt, browser, connection, organization } = trial;
  const { values } = form_of(ctx);
  browser.check_csrf(attempt.id, values['csrf']);
  if (attempt.answer !== undefined) return go({ ctx }, result_path(attempt));
  const username = (values['username'] ?? '').slice(0, 1024).trim();
  const password = (values['password'] ?? '').slice(0, 1024);
  const guess = await count_guess(deps, account_key(organization.id, username), state_of(ctx).ip);
  try {
    const connector = await deps.connector(connection.id);
    if (connector.kind !== 'credential' || username === '' || password === '') return show_password(trial, { status: 400 });
    const outcome = await connector
      .verify({ username, password }, call_of(deps, attempt))
      .catch((error: unknown) => Promise.reject(as_login_error(error, 'upstream')));
    if (outcome.ok || outcome.reason !== 'invalid_credentials') await guess.forgive();
    await end_test(
      conductor,
      ctx,
      attempt,
      outcome.ok ? { identity: outcome.identity } : { error: refused(outcome.reason, outcome.detail) },
    );
  } catch (error) {
    await end_test(conductor, ctx, attempt, { error });
  }
}

/** What came of it, for the browser that tried. */
export async function show_result(conductor: Conductor, ctx: Context): Promise<void> {
  const { attempt, organization } = await own_trial(conductor, ctx);
  if (attempt.answer === undefined)
    throw new LoginRefused('login_not_found', 'This test has no result yet.', { status: 400, detail: 'test not answered' });
  const { at, ...view } = attempt.answer as Result; // sealed by end_test
  send_page(ctx, 200, test_result_page({ ...view, time: new Date(at) }, frame_of(ctx, { brand: brand_of(organization) })));
}

/** Ends a test, once: no user, no session, no app; a trace and a page that say what was seen. */
export async function end_test(
  conductor: Conductor,
  ctx: Context,
  attempt: Attempt,
  how: { readonly identity: Identity } | { readonly error: unknown; readonly claimed?: Readonly<Record<string, unknown>> | undefined },
): Promise<void> {
  const { deps, attempts } = conductor;
  const connection = await deps.directory.connection_view(attempt.connection_id ?? '');
  if (connection === undefined) throw new NotFound('page');
  const identity = 'identity' in how ? how.identity : undefined;
  const check = (one: Parameters<typeof note>[2]): void => note(deps, attempt, one);
  const preview = identity === undefined ? undefined : await deps.preview({ org_id: connection.org_id, connection, identity, note: check });
  let [code, outcome]: [string | null, 'succeeded' | 'refused' | 'failed'] = [null, 'succeeded'];
  if ('error' in how) {
    const { error } = how;
    [code, outcome] = [code_of(error), outcome_of(error)];
    check({ name: 'outcome', ok: false, detail: `${code}: ${detail_of(error)}`, ...fix_of(error) });
  } else if (preview?.ok === false) [code, outcome] = [preview.code, 'refused'];
  const user = preview?.ok === true ? preview.user : undefined;
  const claimed = 'claimed' in how ? how.claimed : undefined;
  const said = identity === undefined ? claimed && { unverified: claimed } : said_by(identity);
  const personal = said === undefined ? null : { ...said, ...(user !== undefined && { user }) };
  const { reference, steps } = attempt;
  const result: Result = {
    connection_name: connection.name,
    checks: steps.map(({ name, ok, detail, fix }, at) => ({
      name: steps.slice(0, at).some((other) => other.name === name) ? `${name} (${at + 1})` : name,
      result: ok ? 'passed' : 'failed',
      detail,
      fix,
    })),
    values: named_values(flat(identity === undefined ? { ...claimed } : said_by(identity))),
    unverified: identity === undefined && claimed !== undefined,
    user: user === undefined ? undefined : named_values(user),
    reference,
    at: deps.now(),
  };
  await deps.storage.transact(async (tx) => {
    await attempts.end_test(tx, attempt, result);
    await deps.save_trace(tx, { ...trace_of(deps, attempt, { outcome, code, user_id: null, personal }), purpose: 'test', client_id: null });
  });
  go({ ctx }, result_path(attempt));
}

const result_path = ({ id, asked }: Attempt): string => asked.back ?? `/login/test/${id}/result`;

const own_trial = (conductor: Conductor, ctx: Context): Promise<Trial> =>
  read_trial(conductor, ctx, ctx.path.split('/')[3] ?? '', conductor.deps.browsers.of(ctx));

/** @throws LoginRefused 400 for another browser's, 403 of a suspended organization. The connection may be switched off: nobody comes in by a test. */
async function read_trial(conductor: Conductor, ctx: Context, id: string, browser: Browser): Promise<Trial> {
  const { deps, attempts } = conductor;
  const attempt = await attempts.find(id);
  if (attempt?.purpose !== 'test' || attempt.browser_hash !== browser.hash)
    throw new LoginRefused('login_expired', 'This test has ended.', { status: 400, detail: 'test unknown, over, or of another browser' });
  const connection = await deps.directory.connection_view(attempt.connection_id ?? '');
  const organization = attempt.org_id === undefined ? undefined : await deps.directory.organization_view(attempt.org_id);
  if (organization?.active !== true || connection?.org_id !== organization.id)
    throw new LoginRefused('organization_suspended', 'Access of this organization is suspended.');
  return { ctx, browser, attempt, connection, organization };
}

function show_password({ ctx, browser, attempt, organization }: Trial, { status }: { readonly status: number }): void {
  const view = {
    action: `/login/test/${attempt.id}/password`,
    csrf: browser.csrf(attempt.id),
    organization_name: organization.name,
  };
  send_page(ctx, status, password_page(view, frame_of(ctx, { brand: brand_of(organization) })));
}

/** One level: `decoded.signed_by`. */
function flat(said: Readonly<Record<string, unknown>>, prefix = ''): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(said).flatMap(([name, value]): [string, unknown][] =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(flat({ ...value }, `${prefix}${name}.`))
        : [[`${prefix}${name}`, value]],
    ),
  );
}

const named_values = (said: NonNullable<Extract<Preview, { ok: true }>['user']> | Record<string, unknown>) =>
  Object.entries(said).map(([name, value]) => ({ name, values: (Array.isArray(value) ? value : [value]).map(text_of) }));

const text_of = (value: unknown): string => (typeof value === 'string' ? value : String(JSON.stringify(value)));
