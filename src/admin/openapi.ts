import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { ADMIN_ROLES, is_allowed } from './policy.ts';
import { API_PREFIX } from './router.ts';
import type { Named, Route } from './route.ts';
import { problem } from './shapes.ts';

type Answers = Parameters<OpenAPIRegistry['registerPath']>[0]['responses'];

const MAX_LIMIT = 1000;

/** The document of the routes, as JSON: OpenAPI 3.1. */
export function openapi_document(routes: readonly Route[], issuer_url: string): string {
  const registry = new OpenAPIRegistry();
  const bearer = registry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    description: 'An admin key, or an opaque access token with the scope postern:admin.',
  });
  for (const route of routes) {
    registry.registerPath({
      method: route.method,
      path: route.path.replaceAll(/:([a-z0-9_]+)/g, '{$1}'),
      operationId: operation_id(route),
      tags: [tag_of(route)],
      summary: route.summary,
      description: `For the roles: ${ADMIN_ROLES.filter((role) => is_allowed(route.permission, role)).join(', ')}.`,
      security: [{ [bearer.name]: [] }],
      request: {
        params: z.object(Object.fromEntries(path_params(route).map((name) => [name, z.string()]))),
        query: z.object({ ...optional(route.query ?? {}), ...(route.paged === true && paging()) }),
        headers: z.object(headers_of(route)),
        ...(route.body !== undefined && { body: { required: true, content: bodies(route, route.body) } }),
      },
      responses: answers_of(route),
    });
  }
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Postern admin API',
      version: 'v1',
      description: 'Organizations, connections, people, apps and keys of one Postern. Errors are problems (RFC 9457) with a stable `code`.',
    },
    servers: [{ url: new URL(API_PREFIX, issuer_url).href }],
  });
  return JSON.stringify(document);
}

/** `get_organizations_users_id` */
export const operation_id = ({ method, path }: Route): string =>
  [method, ...path.split('/').map((part) => part.replace(':', '').replaceAll('-', '_'))].filter((part) => part !== '').join('_');

const tag_of = ({ permission }: Route): string => (permission.split('.')[0] ?? '').replaceAll('_', ' ');

const path_params = ({ path }: Route): string[] => [...path.matchAll(/:([a-z0-9_]+)/g)].map(([, name]) => name ?? '');

const optional = (shape: Readonly<Record<string, z.ZodType>>) =>
  Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, schema.optional()]));

const paging = () => ({ limit: z.int().min(1).max(MAX_LIMIT).default(50), after: z.string().optional() });

const headers_of = ({ method, versioned }: Route): Record<string, z.ZodType> => ({
  ...(method === 'post' && { 'Idempotency-Key': z.string().min(1).max(255).optional() }),
  ...((method === 'patch' || method === 'delete') && versioned === true && { 'If-Match': z.string().optional() }),
});

const bodies = ({ method, uploads = [] }: Route, { schema }: Named) => ({
  ...Object.fromEntries(uploads.map((type) => [type, { schema: z.string() }])),
  'application/json': { schema },
  ...(method === 'patch' && { 'application/merge-patch+json': { schema } }),
});

const WORDS: Readonly<Record<number, string>> = {
  400: 'The request cannot be understood.',
  401: 'No valid key or token.',
  403: 'The role does not allow this.',
  404: 'There is no such thing, or it is of another organization.',
  409: 'It contradicts what is there.',
  412: 'It was changed in the meantime.',
  413: 'The body is too large.',
  415: 'The body has another media type.',
  422: 'Some fields are wrong; all of them are listed.',
  429: 'Too many refused credentials.',
  500: 'Something went wrong here.',
};

function answers_of(route: Route): Answers {
  const { status, shape, files = [] } = route.answer;
  const headers = {
    ...(status === 201 && { Location: { schema: { type: 'string' as const } } }),
    ...(route.versioned === true && status !== 204 && { ETag: { schema: { type: 'string' as const } } }),
  };
  const content =
    shape === undefined && files.length === 0
      ? {}
      : {
          content: {
            ...(shape !== undefined && { 'application/json': { schema: shape.schema } }),
            ...Object.fromEntries(files.map((type) => [type, { schema: { type: 'string' as const } }] as const)),
          },
        };
  const accepted =
    route.accepted === undefined
      ? {}
      : {
          202: {
            description: 'Taken: the work goes on behind.',
            headers: { Location: { schema: { type: 'string' as const } } },
            content: { 'application/json': { schema: route.accepted.schema } },
          },
        };
  const errors = error_statuses(route).map((code) => [
    code,
    { description: WORDS[code] ?? '', content: { 'application/problem+json': { schema: problem.schema } } },
  ]);
  return {
    [status]: { description: status === 204 ? 'Done.' : 'As asked.', headers, ...content },
    ...accepted,
    ...Object.fromEntries(errors),
  } as Answers; // built from entries
}

function error_statuses({ method, path, versioned }: Route): number[] {
  const changes = method !== 'get';
  const reads_body = method === 'post' || method === 'patch';
  return [
    400,
    401,
    403,
    ...(path.includes(':') ? [404] : []),
    ...(changes ? [409] : []),
    ...(changes && method !== 'post' && versioned === true ? [412] : []),
    ...(reads_body ? [413, 415, 422] : []),
    429,
    500,
  ];
}
