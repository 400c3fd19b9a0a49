import type { Context } from 'koa';
import { frame_of, make_own_sign_in, query_of, redirect, send_page, state_of } from '../http/index.ts';
import { LoginRefused } from '../kernel/index.ts';
import { setup_door_page } from '../pages/index.ts';
import { close_session, open_session } from './administrator_session.ts';
import type { SetupDeps } from './deps.ts';
import { act_of_administrator, type Guest, link_cookie, turn_away } from './guest.ts';

const HOME = '/setup/manage';
const LONGEST_HINT = 320;

const sign_in_of = ({ issuer_url, administrators }: SetupDeps) =>
  make_own_sign_in({ issuer_url, client_id: administrators.client_id, path: '/setup/callback', name: 'postern_setup_journey' });

/** `/setup` without a link: who is it, and where do they sign in. */
export async function show_door(deps: SetupDeps, ctx: Context): Promise<void> {
  // ready before somebody has typed who they are
  await deps.administrators.prepare();
  send_page(ctx, 200, setup_door_page({ vendor_name: deps.vendor_name }, { ...frame_of(ctx), locale: 'en' }));
}

/** `/setup/enter`: to the issuer, which leads to the organization of that address. */
export async function leave_for_issuer(deps: SetupDeps, ctx: Context): Promise<void> {
  await deps.administrators.prepare();
  const { values } = query_of(ctx);
  const hint = (values['login_hint'] ?? '').trim().slice(0, LONGEST_HINT);
  const again = values['again'] === '1';
  sign_in_of(deps).begin(ctx, { ...(hint !== '' && { login_hint: hint }), ...(again && { prompt: 'login' }) }, HOME);
}

/** `/setup/callback`: in, when the person was given the role by hand. @throws LoginRefused */
export async function come_back(deps: SetupDeps, ctx: Context): Promise<void> {
  const { return_to, ...given } = sign_in_of(deps).arrive(ctx);
  const grant_hash = await deps.administrators.redeem(given);
  if (grant_hash === undefined)
    throw new LoginRefused('login_expired', 'This sign-in has ended.', { status: 400, detail: 'the code is no good' });
  const administrator = await deps.administrators.of_grant(grant_hash);
  if (administrator === undefined) return turn_away(ctx, 'not_administrator');
  const { org_id } = administrator;
  await deps.storage.transact((tx) =>
    deps.audit.record(tx, act_of_administrator(administrator, state_of(ctx)), { type: 'setup.signed_in', org_id }),
  );
  // whoever signs in means their own organization, not that of a link which this browser opened some day
  link_cookie(deps).clear(ctx);
  open_session(deps, ctx, grant_hash);
  redirect(ctx, return_to);
}

/** Ends the sign-in itself, not only this page's knowledge of it. */
export async function sign_out({ deps, ctx, act, person }: Guest): Promise<string> {
  if (person === undefined) return '/setup';
  const { org_id } = person.administrator;
  await deps.storage.transact((tx) => deps.audit.record(tx, act, { type: 'setup.signed_out', org_id }));
  await deps.administrators.end(person.grant_hash);
  close_session(deps, ctx);
  return '/setup';
}
