import { z } from 'zod';
import { new_id, rfc3339 } from '../kernel/index.ts';
import type { ResourceRow } from '../storage/index.ts';
import type { Collection } from './collection.ts';
import type { OrganizationsDeps } from './deps.ts';
import { parse, plain, strict_url, time, wrong } from './parse.ts';
import { ISSUER_SCOPES, OWNERS_SCOPES, SCOPE } from './scopes.ts';
import { make_versioned } from './versioned.ts';

/** A signed token cannot be taken back. */
const JWT_MAX_SECONDS = 300;
const OPAQUE_MAX_SECONDS = 86_400;

// RFC 8707 section 2: an absolute URI without a fragment
const identifier = plain(1024).refine(
  (text) => strict_url(text) !== undefined && !text.includes('#'),
  'must be an absolute URI without a fragment',
);
const scope = z
  .string()
  .regex(SCOPE, 'must be a scope name without spaces')
  .refine(
    (name) => ![...ISSUER_SCOPES, ...OWNERS_SCOPES].includes(name) && !name.startsWith('postern:'),
    'is a scope of the issuer itself',
  );
const format = z.enum(['jwt', 'opaque']);
/** Of the tokens that are JWTs. */
const signing_alg = z.enum(['RS256', 'ES256', 'EdDSA']);
const fields = {
  identifier,
  name: plain(255),
  scopes: z.array(scope).max(200),
  access_token_format: format,
  access_token_signing_alg: signing_alg,
  access_token_ttl_seconds: z.int().min(1).max(OPAQUE_MAX_SECONDS),
};
const resource_create = z
  .strictObject({
    ...fields,
    scopes: fields.scopes.default([]),
    access_token_format: format.default('jwt'),
    access_token_signing_alg: signing_alg.default('RS256'),
    access_token_ttl_seconds: fields.access_token_ttl_seconds.default(JWT_MAX_SECONDS),
  })
  .refine((body) => body.access_token_format === 'opaque' || body.access_token_ttl_seconds <= JWT_MAX_SECONDS, {
    path: ['access_token_ttl_seconds'],
    message: `must be at most ${JWT_MAX_SECONDS} for jwt, which cannot be taken back`,
  });
const resource_patch = z.strictObject(fields).partial();
const resource = z.object({
  id: z.string(),
  identifier: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  access_token_format: format,
  access_token_signing_alg: signing_alg,
  access_token_ttl_seconds: z.int(),
  created_at: time,
  updated_at: time,
});

export const resource_schemas = { resource, resource_create, resource_patch };
export type ResourceView = z.output<typeof resource>;

export function make_resource_collection(
  deps: OrganizationsDeps,
): Collection<ResourceView> & Required<Pick<Collection<ResourceView>, 'update'>> {
  const read = (body: unknown): z.output<typeof resource_create> => {
    const given = parse(resource_create, body);
    // a token for the issuer itself would open its own endpoints
    if (strict_url(given.identifier)?.href === strict_url(deps.issuer_url)?.href)
      throw wrong([{ path: 'identifier', message: 'is the issuer itself' }]);
    return { ...given, scopes: [...new Set(given.scopes)] };
  };
  return make_versioned<ResourceRow, ResourceView>(deps, {
    name: 'resource',
    reads: deps.storage.gateway.resources,
    writes: (tx) => tx.gateway.resources,
    filters: ['identifier'],
    present,
    label: (row) => row.name,
    body: ({ identifier, name, scopes, access_token_format, access_token_signing_alg, access_token_ttl_seconds }) => ({
      identifier,
      name,
      scopes,
      access_token_format,
      access_token_signing_alg,
      access_token_ttl_seconds,
    }),
    make(body) {
      const at = deps.now();
      return { id: new_id('res'), ...read(body), created_at: at, updated_at: at, version: 1 };
    },
    change: (_row, body) => read(body),
  });
}

const present = (row: ResourceRow): ResourceView => ({
  id: row.id,
  identifier: row.identifier,
  name: row.name,
  scopes: row.scopes,
  access_token_format: row.access_token_format,
  access_token_signing_alg: row.access_token_signing_alg,
  access_token_ttl_seconds: row.access_token_ttl_seconds,
  created_at: rfc3339(row.created_at),
  updated_at: rfc3339(row.updated_at),
});
