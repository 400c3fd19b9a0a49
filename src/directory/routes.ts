import type { Context, Middleware } from 'koa';
import { json_body, query_of, state_of } from '../http/index.ts';
import { InvalidInput, NotFound } from '../kernel/index.ts';
import { authenticate, remember, type Token } from './authenticate.ts';
import { bulk } from './bulk.ts';
import type { Client, ScimDeps } from './deps.ts';
import { detect, dialect_of } from './dialect.ts';
import { group_endpoint } from './group_endpoint.ts';
import { LARGEST_BODY, LARGEST_BULK } from './limits.ts';
import { MethodNotAllowed, operate, type ScimAnswer, type ScimRequest } from './operate.ts';
import { invalid_syntax } from './refusals.ts';
import { user_endpoint } from './user_endpoint.ts';
import { etag_of } from './user_resource.ts';

const TYPES = ['application/scim+json', 'application/json', 'text/json'];
const SCIM_JSON = 'application/scim+json; charset=utf-8';

/** `/scim/{organization_id}/v2/…`: the SCIM server of each organization. */
export function scim_routes(deps: ScimDeps): Middleware {
  const endpoints = [user_endpoint(deps), group_endpoint(deps)];
  const bodies = { bulk: json_body(LARGEST_BULK, TYPES), other: json_body(LARGEST_BODY, TYPES) };
  return async (ctx, next) => {
    const found = /^\/scim\/([^/]+)\/v2(\/.*)?$/.exec(ctx.path);
    if (found === null) return next();
    const [, organization = '', below = ''] = found;
    const token = await authenticate(deps, ctx, organization);
    const path = parts_of(below);
    const is_bulk = path.length === 1 && path[0] === 'Bulk';
    const body = await body_of(ctx, is_bulk ? bodies.bulk : bodies.other);
    const client = await client_of(deps, ctx, token, body);
    if (is_bulk) {
      if (ctx.method !== 'POST') throw not_allowed(ctx, new MethodNotAllowed(['POST']));
      return send(ctx, { status: 200, body: await bulk(endpoints, client, body) });
    }
    const request: ScimRequest = {
      method: ctx.method === 'HEAD' ? 'GET' : ctx.method,
      path,
      query: query_of(ctx).values,
      body,
      if_match: ctx.get('if-match'),
    };
    send(ctx, await operate(endpoints, client, request).catch((error: unknown) => Promise.reject(not_allowed(ctx, error))));
  };
}

function not_allowed(ctx: Context, error: unknown): unknown {
  if (error instanceof MethodNotAllowed) ctx.set('allow', error.allow);
  return error;
}

function parts_of(path: string): string[] {
  try {
    return path
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent);
  } catch {
    throw new NotFound('endpoint');
  }
}

async function body_of(ctx: Context, parse: Middleware): Promise<unknown> {
  if (!['POST', 'PUT', 'PATCH'].includes(ctx.method)) return undefined;
  try {
    await parse(ctx, async () => {});
  } catch (error) {
    if (error instanceof InvalidInput && error.code === 'malformed_body') throw invalid_syntax('The body is no JSON.', error);
    throw error;
  }
  return ctx.request.body;
}

async function client_of(deps: ScimDeps, ctx: Context, token: Token, body: unknown): Promise<Client> {
  const { ip, request_id } = state_of(ctx);
  const seen = token.dialect === 'auto' ? detect({ agent: ctx.get('user-agent'), query: ctx.querystring, body }) : undefined;
  if (seen !== undefined && token.detected === undefined) await remember(deps.storage, token, seen);
  const dialect = token.dialect === 'auto' ? (seen ?? token.detected ?? 'strict') : token.dialect;
  return {
    ...{ org_id: token.org_id, token_id: token.id, connection_id: token.connection_id },
    dialect: dialect_of(dialect),
    act: { actor: { kind: 'scim_token', id: token.id, name: token.name }, request_id, ip },
    base_url: base_url_of(deps.issuer_url, token.org_id),
  };
}

/** Where the server of an organization is. */
export const base_url_of = (issuer_url: string, org_id: string): string => `${issuer_url.replace(/\/$/, '')}/scim/${org_id}/v2`;

function send(ctx: Context, { status, body, version, location }: ScimAnswer): void {
  ctx.status = status;
  ctx.set('cache-control', 'no-store');
  if (version !== undefined) ctx.set('etag', etag_of(version));
  if (location !== undefined) ctx.set('location', location);
  const known = ctx.get('if-none-match');
  if (
    version !== undefined &&
    ctx.method === 'GET' &&
    (known === '*' || known.split(',').some((one) => one.trim().replace(/^W\//, '') === `"${version}"`))
  ) {
    ctx.status = 304;
    return;
  }
  if (body === undefined) return;
  ctx.body = JSON.stringify(body);
  ctx.set('content-type', SCIM_JSON);
}
