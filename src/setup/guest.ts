import type { Context } from 'koa';
import type { Act } from '../audit/index.ts';
import { type Browser, frame_of, own_cookie, send_page, state_of } from '../http/index.ts';
import { NotFound } from '../kernel/index.ts';
import type { SetupVisit } from '../organizations/index.ts';
import { type Frame, type LinkOver, setup_over_page } from '../pages/index.ts';
import type { Administrator } from './administrator.ts';
import { type AdministratorSession, session_here } from './administrator_session.ts';
import type { SetupDeps, SetupOrganization } from './deps.ts';

/** Somebody with a link, for one request. The organization of the link is the only one that anything here may touch. */
export interface Guest {
  readonly deps: SetupDeps;
  readonly ctx: Context;
  readonly visit: SetupVisit;
  readonly organization: SetupOrganization;
  /** At least one domain of it is proven, by whoever. */
  readonly domain_proven: boolean;
  readonly browser: Browser;
  /** Who is signed in through their own connection, and looks after what is in use; undefined behind a link. */
  readonly person: AdministratorSession | undefined;
  readonly act: Act;
  readonly frame: Frame;
}

/** What the link was, in the browser that opened it. */
export const link_cookie = ({ issuer_url }: Pick<SetupDeps, 'issuer_url'>) => own_cookie(issuer_url, 'postern_setup');

/** Who is there; undefined once a page has said why nobody is. A finished link shows its last page to whoever finished it. */
export async function enter(deps: SetupDeps, ctx: Context): Promise<Guest | undefined> {
  const token = link_cookie(deps).get(ctx);
  const visit = token === undefined ? undefined : await find(deps, ctx, token);
  const over = visit === undefined ? 'unknown' : why_over(visit);
  const at_the_end = over === 'finished' && ctx.path === '/setup/done' && visit !== undefined && visit.expires_at > deps.now();
  if (visit !== undefined && (over === undefined || at_the_end)) return guest_of(deps, ctx, visit, undefined);
  const person = await session_here(deps, ctx);
  if (person !== undefined) return look_after(deps, ctx, person);
  if (token === undefined && ctx.path.startsWith('/setup/manage'))
    return ctx.method === 'GET' ? go(ctx, '/setup') : turn_away(ctx, 'signed_out');
  return turn_away(ctx, over ?? 'unknown');
}

/** Whoever signed in looks after what is in use for their own organization; what a link sets up is not theirs. @throws NotFound */
async function look_after(deps: SetupDeps, ctx: Context, person: AdministratorSession): Promise<Guest | undefined> {
  if (ctx.path.startsWith('/setup/manage')) return guest_of(deps, ctx, visit_of(person), person);
  if (ctx.method !== 'GET') throw new NotFound('page');
  return go(ctx, '/setup/manage');
}

async function guest_of(
  deps: SetupDeps,
  ctx: Context,
  visit: SetupVisit,
  person: AdministratorSession | undefined,
): Promise<Guest | undefined> {
  const organization = await deps.organization(visit.org_id);
  if (organization?.active !== true) return turn_away(ctx, 'suspended');
  const state = state_of(ctx);
  const verified = await deps.organizations.domains(visit.org_id).list({ limit: 1, filters: { status: 'verified' } });
  const by_link: Act = { actor: { kind: 'setup_link', id: visit.id, name: visit.name }, request_id: state.request_id, ip: state.ip };
  return {
    ...{ deps, ctx, visit, organization, person },
    domain_proven: verified.data.length > 0,
    browser: deps.browsers.of(ctx),
    act: person === undefined ? by_link : act_of_administrator(person.administrator, state),
    frame: { ...frame_of(ctx, { brand: brand_of(deps, organization) }), locale: 'en' },
  };
}

export const act_of_administrator = (
  { user_id, name }: Administrator,
  { request_id, ip }: { readonly request_id: string; readonly ip: string },
): Act => ({ actor: { kind: 'user', id: user_id, name }, role: 'org_admin', request_id, ip });

/** What stands where others have a link: for everything that is looked after, and with nothing that could be set up. Its id is that of no row. */
const visit_of = ({ administrator: { org_id, user_id, name }, grant_hash, ends_at }: AdministratorSession): SetupVisit => ({
  ...{ id: `${user_id} ${grant_hash}`, name, org_id, steps: ['domain', 'connection', 'scim'] },
  ...{ requires_approval: true, approval: 'none', status: 'opened', opened: true, expires_at: ends_at, version: 0 },
  draft: { done: [], guide: null, connection_id: null, test: null, seen: null, scim_token_id: null },
});

/** Guessing is counted: a link that is none costs whoever tries. */
export async function find(deps: SetupDeps, ctx: Context, token: string): Promise<SetupVisit | undefined> {
  const { ip } = state_of(ctx);
  await deps.rate_limits.check('credential', ip);
  const visit = /^[\w-]{16,128}$/.test(token) ? await deps.organizations.setup_visits.find(token) : undefined;
  if (visit === undefined) await deps.rate_limits.count('credential', ip);
  return visit;
}

export function why_over({ status }: SetupVisit): LinkOver | undefined {
  return status === 'expired' || status === 'revoked' || status === 'finished' ? status : undefined;
}

const STATUS: Readonly<Record<LinkOver, number>> = {
  ...{ unknown: 404, expired: 410, revoked: 410, finished: 410, suspended: 403, not_administrator: 403, signed_out: 401 },
};

export function turn_away(ctx: Context, why: LinkOver): undefined {
  send_page(ctx, STATUS[why], setup_over_page(why, { ...frame_of(ctx), locale: 'en' }));
}

/** Forms of one link, in one browser. */
export const csrf_subject = ({ visit }: Pick<Guest, 'visit'>): string => `setup ${visit.id}`;

function brand_of(deps: SetupDeps, { branding }: SetupOrganization): NonNullable<Frame['brand']> {
  const { accent, support_contact, support_url, privacy_url, terms_url } = branding;
  return { name: deps.vendor_name, accent, support_contact, support_url, privacy_url, terms_url };
}

export function go(ctx: Context, path: string): undefined {
  ctx.status = 303;
  ctx.set('cache-control', 'no-store');
  ctx.set('location', path);
}
