import type { CredentialConnector, LoginOutcome, RefusalReason } from '../../connectors/connector.ts';
import { frame_of, send_page, state_of } from '../http/index.ts';
import { password_expired_page, password_page } from '../pages/index.ts';
import type { Attempt } from './attempt.ts';
import { checked_form, own_attempt } from './choose.ts';
import type { OrganizationView } from './deps.ts';
import { type Conductor, usable } from './conductor.ts';
import { account_key, count_guess } from './guesses.ts';
import { finish } from './finish.ts';
import { as_login_error, refused } from './refusals.ts';
import { start } from './start.ts';
import { keep_failure } from './trace.ts';
import { call_of, type Visit, wishes_of } from './visit.ts';

/** Longest name and password that are passed on. */
const LONGEST = 1024;

/** The right password, which is no longer good. */
const STALE: Readonly<Partial<Record<RefusalReason, 'expired' | 'must_change'>>> = {
  password_expired: 'expired',
  password_must_change: 'must_change',
};

/** The organization's password page. */
export async function password_form(conductor: Conductor, visit: Visit): Promise<void> {
  const attempt = await own_attempt(conductor, visit);
  if (attempt.connection_id === undefined) return start(conductor, visit);
  const { organization } = await usable(conductor.deps, visit, attempt);
  show(visit, organization, { status: 200, username: attempt.login_hint });
}

/** Checks a password at the partner's directory. Whatever must not be told apart gives the same page. */
export async function password(conductor: Conductor, visit: Visit): Promise<void> {
  const { deps } = conductor;
  const form = checked_form(visit);
  const attempt = await own_attempt(conductor, visit);
  if (attempt.connection_id === undefined) return start(conductor, visit);
  const { organization, connection } = await usable(deps, visit, attempt);
  const connector = await deps.connector(connection.id);
  if (connector.kind !== 'credential') return start(conductor, visit);

  const username = (form['username'] ?? '').slice(0, LONGEST).trim();
  const secret = form['password'] ?? '';
  const account = account_key(organization.id, username);
  const { ip } = state_of(visit.ctx);
  const guess = await count_guess(deps, account, ip);
  const outcome = await check(conductor, attempt, connector, { username, password: secret }).catch(async (error: unknown) => {
    await guess.forgive();
    throw as_login_error(error, 'upstream');
  });
  // a person who knows the password is never held up
  if (outcome.ok || outcome.reason !== 'invalid_credentials') await guess.forgive();
  if (outcome.ok) return finish(conductor, visit, attempt, outcome.identity);
  const refusal = refused(outcome.reason, outcome.detail);
  const stale = STALE[outcome.reason];
  if (outcome.reason !== 'invalid_credentials' && stale === undefined) throw refusal;
  const reference = await keep_failure(conductor, visit.ctx, attempt, refusal);
  if (stale !== undefined) return expired(visit, organization, { reason: stale, reference });
  show(visit, organization, { status: 401, username, error: 'invalid_credentials', reference });
}

async function check(
  { deps }: Conductor,
  attempt: Attempt,
  connector: CredentialConnector,
  typed: { username: string; password: string },
): Promise<LoginOutcome> {
  if (typed.username !== '' && typed.password !== '' && typed.password.length <= LONGEST)
    return connector.verify(typed, call_of(deps, attempt));
  return { ok: false, reason: 'invalid_credentials', detail: 'a field was empty or too long: nothing was sent to the directory' };
}

interface Shown {
  readonly status: number;
  readonly username: string | undefined;
  readonly error?: string;
  readonly reference?: string;
}

function show(visit: Visit, organization: OrganizationView, shown: Shown): void {
  const { ctx, waiting, browser } = visit;
  const view = {
    action: `/login/${waiting.uid}/password`,
    csrf: browser.csrf(waiting.uid),
    organization_name: organization.name,
    username: shown.username,
    error: shown.error,
    reference: shown.reference,
    forgot_url: organization.branding['password_reset_url'],
    other_url: `/login/${waiting.uid}`,
  };
  send_page(ctx, shown.status, password_page(view, frame_of(ctx, wishes_of(visit, organization))));
}

function expired(
  visit: Visit,
  organization: OrganizationView,
  found: { readonly reason: 'expired' | 'must_change'; readonly reference: string },
): void {
  const { ctx, waiting } = visit;
  const view = {
    organization_name: organization.name,
    ...found,
    change_url: organization.branding['password_reset_url'],
    retry_url: `/login/${waiting.uid}/password`,
  };
  send_page(ctx, 403, password_expired_page(view, frame_of(ctx, wishes_of(visit, organization))));
}
