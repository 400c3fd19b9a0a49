import type { Context } from 'koa';
import type { Call } from '../../connectors/connector.ts';
import type { Act } from '../audit/index.ts';
import { type Browser, type FrameWishes, own_cookie, state_of } from '../http/index.ts';
import { LoginRefused, type OrgId, parse_org_id } from '../kernel/index.ts';
import type { Brand } from '../pages/index.ts';
import type { WaitingRequest } from '../tokens/index.ts';
import type { AskedFor, Attempt } from './attempt.ts';
import type { AppView, LoginDeps, OrganizationView } from './deps.ts';

/** One request of a person to one sign-in: who waits for what, in which browser. */
export interface Visit {
  readonly ctx: Context;
  readonly waiting: WaitingRequest;
  readonly browser: Browser;
  readonly app: AppView;
}

/** @throws LoginRefused 400 when this browser has no such sign-in; 403 when the app may not be used any more */
export async function open_visit(deps: LoginDeps, ctx: Context, uid: string): Promise<Visit> {
  const waiting = await deps.issuer.waiting_request(ctx, uid);
  const app = await deps.directory.client(waiting.client_id);
  if (app === undefined)
    throw new LoginRefused('app_not_allowed', 'This app may not be used.', { detail: `client ${waiting.client_id} is gone or disabled` });
  return { ctx, waiting, browser: deps.browsers.of(ctx), app };
}

export function new_attempt(deps: LoginDeps, { waiting, browser }: Visit): Attempt {
  const now = deps.now();
  return {
    id: waiting.uid,
    purpose: 'login',
    browser_hash: browser.hash,
    client_id: waiting.client_id,
    asked: asked_for(waiting.params),
    started_at: now,
    expires_at: now + deps.login_seconds * 1000,
    reference: deps.new_reference(),
    org_id: undefined,
    connection_id: undefined,
    login_hint: waiting.params['login_hint'],
    handle: undefined,
    pending: undefined,
    steps: [],
  };
}

function asked_for(params: Readonly<Record<string, string>>): AskedFor {
  const { login_hint, max_age, acr_values, ui_locales, prompt } = params;
  const seconds = max_age === undefined ? undefined : Number(max_age);
  const prompts = prompt?.split(' ') ?? [];
  const anew = prompts.includes('login') || prompts.includes('select_account') || seconds === 0;
  return {
    ...(login_hint !== undefined && { login_hint }),
    ...(anew && { force_authn: true }),
    ...(seconds !== undefined && Number.isFinite(seconds) && { max_age: seconds }),
    ...(acr_values !== undefined && { acr_values: acr_values.split(' ').filter((value) => value !== '') }),
    ...(ui_locales !== undefined && { ui_locales }),
  };
}

/** Notes a step for the trace. */
export function note(
  deps: Pick<LoginDeps, 'now'>,
  attempt: Attempt,
  check: { name: string; ok: boolean; detail: string; fix?: string },
): void {
  const { name, ok, detail, fix } = check;
  attempt.steps.push({ at: deps.now(), name, ok, detail: detail.slice(0, 1000), ...(fix !== undefined && { fix }) });
}

/** The deadline and the notebook of one call to a connector. */
export function call_of(deps: Pick<LoginDeps, 'now' | 'step_timeout_ms'>, attempt: Attempt): Call {
  return {
    signal: AbortSignal.timeout(deps.step_timeout_ms),
    check: (check) => note(deps, attempt, check),
    // nobody looks into what people bring who sign in
    ...(attempt.purpose === 'test' && {
      hear: (said: Readonly<Record<string, unknown>>) => {
        if (Object.keys(said).length > 0) attempt.heard = { ...attempt.heard, ...said };
      },
    }),
  };
}

export const act_of = (ctx: Context, user_id?: string): Act => {
  const { request_id, ip } = state_of(ctx);
  return { actor: { kind: 'user', ...(user_id !== undefined && { id: user_id }) }, request_id, ip };
};

/** How the organization presents itself on its pages. */
export function brand_of({ name, branding }: OrganizationView): Brand {
  return presented(name, branding);
}

/** How the app presents itself while no organization is known; undefined for one that has nothing to show. */
export function app_brand({ client_id, metadata }: AppView): Brand | undefined {
  const { client_name, branding, policy_uri, tos_uri } = metadata as Registered; // as organizations registered it
  if (branding === undefined) return undefined;
  return presented(client_name ?? client_id, {
    ...(policy_uri && { privacy_url: policy_uri }),
    ...(tos_uri && { terms_url: tos_uri }),
    ...branding,
  });
}

/** The language, the look and the words of a page of this sign-in: the organization's once it is known, the app's until then. */
export function wishes_of({ waiting, app }: Pick<Visit, 'waiting' | 'app'>, organization?: OrganizationView): FrameWishes {
  return {
    ui_locales: waiting.params['ui_locales'],
    brand: organization === undefined ? app_brand(app) : brand_of(organization),
    texts: (app.metadata as Registered).texts, // as above
  };
}

interface Registered {
  readonly client_name?: string;
  readonly branding?: Readonly<Record<string, string>>;
  readonly texts?: FrameWishes['texts'];
  readonly policy_uri?: string;
  readonly tos_uri?: string;
}

function presented(name: string, branding: Readonly<Record<string, string>>): Brand {
  const { accent, logo, logo_dark, locale, support_contact, support_url, privacy_url, terms_url } = branding;
  return { name, accent, logo_url: logo, logo_dark_url: logo_dark, locale, support_contact, support_url, privacy_url, terms_url };
}

const memory = ({ issuer_url }: Pick<LoginDeps, 'issuer_url'>) => own_cookie(issuer_url, 'postern_organization');
const YEAR_MS = 365 * 86_400_000;

/** The organization that signed in here last: offered, never chosen by itself. */
export const remembered_org = (deps: LoginDeps, ctx: Context): OrgId | undefined => parse_org_id(memory(deps).get(ctx) ?? '');

export function remember_org(deps: LoginDeps, ctx: Context, org_id: OrgId | undefined): void {
  if (org_id === undefined) memory(deps).clear(ctx);
  else memory(deps).set(ctx, org_id, YEAR_MS);
}
