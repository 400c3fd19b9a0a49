import Router from '@koa/router';
import type { Context, Middleware, Next } from 'koa';
import { json_body, state_of } from '../http/index.ts';
import { Forbidden, InvalidInput, is_deeper_than, NotFound, type OrgId } from '../kernel/index.ts';
import type { AdminDeps } from './deps.ts';
import { etag_of, read_if_match } from './etag.ts';
import { canonical, type Kept, once } from './idempotency.ts';
import { bound_to, type Caller, identify, type IdentifyDeps } from './identify.ts';
import { guard_operators } from './operators.ts';
import { is_allowed } from './policy.ts';
import { read_query } from './query.ts';
import type { Call, Reply, Route, Upload } from './route.ts';

export const API_PREFIX = '/api/v1';
const BODY_BYTES = 1024 * 1024;
const MAX_DEPTH = 32;

type RouterDeps = IdentifyDeps &
  Pick<AdminDeps, 'storage' | 'now' | 'operators_organization'> & {
    readonly organizations: Pick<AdminDeps['organizations'], 'require_organization'>;
  };

/** Serves the routes. Whoever is not known learns nothing, not even which addresses exist. */
export function serve_routes(deps: RouterDeps, routes: readonly Route[]): Middleware {
  const router = new Router({ prefix: API_PREFIX, strict: true, sensitive: true });
  const callers = new WeakMap<Context, Caller>();
  for (const route of routes) {
    router.register(route.path, [route.method], async (ctx: Context & { params: Record<string, string> }) => {
      const caller = callers.get(ctx);
      if (caller === undefined) throw new TypeError('a route was reached without a caller');
      await answer(deps, route, caller, ctx);
    });
  }
  const dispatch = router.routes();
  return async (ctx, next) => {
    if (ctx.path !== API_PREFIX && !ctx.path.startsWith(`${API_PREFIX}/`)) return next();
    ctx.set('cache-control', 'no-store');
    callers.set(ctx, await identify(deps, ctx));
    if (!router.match(ctx.path, ctx.method).route) return without_route(router, ctx);
    await dispatch(ctx as Parameters<typeof dispatch>[0], nothing_further); // the router adds its own fields
  };
}

const nothing_further: Next = async () => {
  throw new NotFound('page');
};

function without_route(router: Router, ctx: Context): void {
  const methods = router.match(ctx.path, ctx.method).path.flatMap((layer) => layer.methods);
  if (methods.length === 0) throw new NotFound('page');
  ctx.set('allow', [...new Set([...methods, 'OPTIONS'])].sort().join(', '));
  if (ctx.method !== 'OPTIONS') throw new InvalidInput('method_not_allowed', 'This address does not take that method.', { status: 405 });
  ctx.status = 204;
}

async function answer(deps: RouterDeps, route: Route, who: Caller, ctx: Context & { params: Record<string, string> }): Promise<void> {
  if (!is_allowed(route.permission, who.role))
    throw new Forbidden('role_not_allowed', 'The role of this key or token does not allow this.');
  const given = readable(ctx.params);
  const { organization_id } = given;
  const organization = organization_id === undefined ? undefined : await visible_organization(deps, who, organization_id);
  const org_id = organization?.id;
  const params = org_id === undefined ? given : { ...given, organization_id: org_id };
  const list = read_query(ctx, route);
  const { request_id, ip } = state_of(ctx);
  const upload = upload_of(ctx, route);
  const call: Call = {
    ...{ who, org_id, params, list },
    act: { actor: who.actor, role: who.role, request_id, ip },
    upload,
    body: upload === undefined ? await read_body(ctx, route) : undefined,
    accept: ctx.get('accept'),
    if_match: route.versioned === true ? read_if_match(ctx.get('if-match')) : 'nothing',
  };
  guard_operators(deps.operators_organization, route, who, organization?.slug, call.body);
  const key = ctx.get('idempotency-key');
  if (route.method !== 'post' || key === '') return send(ctx, kept_of(await route.handle(call)));
  const { kept, replayed } = await once(
    deps,
    {
      scope: `${who.actor.kind}/${who.actor.id ?? ''}`,
      key,
      // of a file, what is known before it is read
      fingerprint: `${ctx.method} ${ctx.path}?${ctx.querystring}\n${upload === undefined ? canonical(call.body) : `${upload.type} ${ctx.get('content-length')}`}`,
    },
    async () => kept_of(await route.handle(call)),
  );
  if (replayed) ctx.set('idempotency-replayed', 'true');
  send(ctx, kept);
}

/** What no id can contain never reaches a database. @throws NotFound */
function readable(params: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const value of Object.values(params)) if (value.length > 1024 || /[\p{Cc}\p{Cs}\ufffd]/u.test(value)) throw new NotFound();
  return params;
}

interface VisibleOrganization {
  readonly id: OrgId;
  readonly slug: string;
}

/** One that exists and one that is another's are the same to an `org_admin`. @throws NotFound */
async function visible_organization(deps: RouterDeps, who: Caller, id_or_slug: string): Promise<VisibleOrganization> {
  const absent = new NotFound('organization');
  try {
    const found = await deps.organizations.require_organization(id_or_slug);
    if ([undefined, found.id].includes(bound_to(who))) return found;
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
  }
  throw absent;
}

/** A file is read by whoever knows its form, as it comes. */
function upload_of(ctx: Context, { uploads = [] }: Route): Upload | undefined {
  const type = uploads.length === 0 ? false : ctx.is(...uploads);
  if (typeof type !== 'string') return undefined;
  const { charset } = ctx.request;
  return { type: uploads.find((one) => one === type) ?? type, charset: charset === '' ? undefined : charset, body: ctx.req };
}

const json_types = { post: ['application/json'], patch: ['application/json', 'application/merge-patch+json'] };

async function read_body(ctx: Context, { method }: Route): Promise<unknown> {
  if (method !== 'post' && method !== 'patch') return undefined;
  // what sends nothing need not say of which type it is
  if (ctx.get('content-length') === '0' && ctx.get('transfer-encoding') === '') return undefined;
  await json_body(BODY_BYTES, json_types[method])(ctx, async () => {});
  if ((ctx.request.rawBody ?? '') === '') return undefined;
  const { body } = ctx.request;
  if (is_deeper_than(MAX_DEPTH, body)) throw new InvalidInput('malformed_body', `The body is nested deeper than ${MAX_DEPTH} levels.`);
  return body;
}

function kept_of({ status, body, version, location, text }: Reply): Kept {
  if (text !== undefined) return { status, headers: { ...text.headers, 'content-type': text.type }, body: text.body };
  return {
    status,
    headers: {
      ...(version !== undefined && { etag: etag_of(version) }),
      ...(location !== undefined && { location: `${API_PREFIX}${location}` }),
      ...(body !== undefined && { 'content-type': 'application/json; charset=utf-8' }),
    },
    body: body === undefined ? '' : JSON.stringify(body),
  };
}

function send(ctx: Context, { status, headers, body }: Kept): void {
  ctx.status = status;
  if (status !== 204) ctx.body = body;
  ctx.set({ ...headers });
}
