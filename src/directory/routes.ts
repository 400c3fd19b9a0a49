import type { Context, Middleware } from 'koa';
import { json_body, query_of, state_of } from '../http/index.ts';
import { InvalidInput } from '../kernel/index.ts';
import { base_url_of, parts_of } from './address.ts';
import { answer_scim, is_bulk } from './answer.ts';
import { authenticate, remember, type Token } from './authenticate.ts';
import type { Client, ScimDeps } from './deps.ts';
import { detect, dialect_of } from './dialect.ts';
import { names_etag } from './etag.ts';
import { group_endpoint } from './group_endpoint.ts';
import { LARGEST_BODY, LARGEST_BULK } from './limits.ts';
import { MethodNotAllowed, type ScimAnswer } from './operate.ts';
import { invalid_syntax } from './refusals.ts';
import { Watch } from './request_log/watch.ts';
import { user_endpoint } from './user_endpoint.ts';

const TYPES = ['application/scim+json', 'application/json', 'text/json'];
const SCIM_JSON = 'application/scim+json; charset=utf-8';

/** `/scim/{organization_id}/v2/…`: the SCIM server of each organization. */
export function scim_routes(deps: ScimDeps): Middleware {
  const endpoints = [user_endpoint(deps), group_endpoint(deps)];
  const bodies = { bulk: json_body(LARGEST_BULK, TYPES), other: json_body(LARGEST_BODY, TYPES) };
  const serve = async (ctx: Context, organization: string, below: string, watch: Watch): Promise<void> => {
    const token = await authenticate(deps, ctx, organization, (known) => {
      watch.token = known;
    });
    const path = parts_of(below);
    const body = await body_of(ctx, is_bulk(path) ? bodies.bulk : bodies.other, watch);
    const client = await client_of(deps, ctx, token, body, watch);
    const request = {
      method: ctx.method === 'HEAD' ? 'GET' : ctx.method,
      path,
      query: query_of(ctx).values,
      body,
      if_match: ctx.get('if-match'),
    };
    send(ctx, await answer_scim(endpoints, client, request).catch((error: unknown) => Promise.reject(not_allowed(ctx, error))));
  };
  return async (ctx, next) => {
    const found = /^\/scim\/([^/]+)\/v2(\/.*)?$/.exec(ctx.path);
    if (found === null) return next();
    const [, organization = '', below = ''] = found;
    const watch = new Watch(ctx, organization, below, deps.now);
    try {
      await serve(ctx, organization, below, watch);
    } catch (error) {
      watch.end(deps.request_log, error);
      throw error;
    }
    watch.end(deps.request_log);
  };
}

function not_allowed(ctx: Context, error: unknown): unknown {
  if (error instanceof MethodNotAllowed) ctx.set('allow', error.allow);
  return error;
}

async function body_of(ctx: Context, parse: Middleware, watch: Watch): Promise<unknown> {
  if (!['POST', 'PUT', 'PATCH'].includes(ctx.method)) return undefined;
  try {
    await parse(ctx, async () => {});
  } catch (error) {
    if (!(error instanceof InvalidInput) || error.code !== 'malformed_body') throw error;
    const { cause } = error;
    // the parser leaves the text with its complaint
    if (cause instanceof Error && 'body' in cause && typeof cause.body === 'string') watch.unread = cause.body;
    throw invalid_syntax('The body is no JSON.', error);
  }
  return ctx.request.body;
}

async function client_of(deps: ScimDeps, ctx: Context, token: Token, body: unknown, watch: Watch): Promise<Client> {
  const { ip, request_id } = state_of(ctx);
  const seen = token.dialect === 'auto' ? detect({ agent: ctx.get('user-agent'), query: ctx.querystring, body }) : undefined;
  if (seen !== undefined && token.detected === undefined) await remember(deps.storage, token, seen);
  const dialect = token.dialect === 'auto' ? (seen ?? token.detected ?? 'strict') : token.dialect;
  watch.dialect = dialect;
  return {
    ...{ org_id: token.org_id, token_id: token.id, connection_id: token.connection_id },
    dialect: dialect_of(dialect),
    observed: watch.observed,
    act: { actor: { kind: 'scim_token', id: token.id, name: token.name }, request_id, ip },
    base_url: base_url_of(deps.issuer_url, token.org_id),
  };
}

function send(ctx: Context, { status, body, etag, location }: ScimAnswer): void {
  ctx.status = status;
  ctx.set('cache-control', 'no-store');
  if (etag !== undefined) ctx.set('etag', etag);
  if (location !== undefined) ctx.set('location', location);
  if (etag !== undefined && ctx.method === 'GET' && names_etag(ctx.get('if-none-match'), etag)) {
    ctx.status = 304;
    return;
  }
  if (body === undefined) return;
  ctx.body = JSON.stringify(body);
  ctx.set('content-type', SCIM_JSON);
}
