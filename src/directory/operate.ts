import { InvalidInput, NotFound, PosternError } from '../kernel/index.ts';
import type { Client } from './deps.ts';
import { discovery } from './discovery.ts';
import type { Endpoint, Shown } from './endpoint.ts';
import type { Found } from './list.ts';
import { read_if_match } from './precondition.ts';
import { read_projection } from './project.ts';
import { type Parameters, parameters_of_search, parameters_of_url } from './query.ts';
import { search_everywhere } from './search_everywhere.ts';
import type { Resource } from './schema/index.ts';

/** One request as SCIM means it: alone, or within a bulk. */
export interface ScimRequest {
  readonly method: string;
  /** Below the base address, decoded, without empty parts. */
  readonly path: readonly string[];
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly if_match: string;
}

export interface ScimAnswer {
  readonly status: number;
  readonly body?: Resource;
  readonly etag?: string;
  readonly location?: string;
}

/** What we do not do, and say so (RFC 7644 section 3.11). */
export class NotImplemented extends PosternError {
  readonly status = 501;
}

/** Names the methods that an address takes (RFC 9110 section 15.5.6). */
export class MethodNotAllowed extends InvalidInput {
  readonly allow: string;
  constructor(methods: readonly string[]) {
    super('method_not_allowed', `This address takes ${methods.join(', ')}.`, { status: 405 });
    this.allow = methods.join(', ');
  }
}

/** Answers one request. @throws PosternError */
export async function operate(endpoints: readonly Endpoint[], client: Client, request: ScimRequest): Promise<ScimAnswer> {
  const [first, second, third] = request.path;
  const endpoint = endpoints.find(({ type }) => type.endpoint === `/${first ?? ''}`);
  if (first === undefined)
    return allow(request, { GET: async () => listed(await search_everywhere(endpoints, client, parameters_of_url(request.query))) });
  if (third !== undefined) throw nothing_there();
  if (first === 'Me') throw new NotImplemented('not_implemented', 'A token speaks for a directory, not for a person: there is no /Me.');
  if (first === '.search' && second === undefined)
    return allow(request, {
      POST: async () => listed(await search_everywhere(endpoints, client, parameters_of_search(request.body, client.dialect))),
    });
  if (endpoint === undefined) return discovered(client, request);
  if (second === undefined) return collection(endpoint, client, request);
  if (second === '.search')
    return allow(request, { POST: () => search(endpoint, client, parameters_of_search(request.body, client.dialect)) });
  return item(endpoint, client, request, second);
}

function collection(endpoint: Endpoint, client: Client, request: ScimRequest): Promise<ScimAnswer> {
  return allow(request, {
    GET: () => search(endpoint, client, parameters_of_url(request.query)),
    async POST() {
      const made = await endpoint.create(client, request.body, projection_of(endpoint, request));
      return { ...shown(201, made), location: `${client.base_url}${endpoint.type.endpoint}/${made.id}` };
    },
  });
}

function item(endpoint: Endpoint, client: Client, request: ScimRequest, id: string): Promise<ScimAnswer> {
  const projection = projection_of(endpoint, request);
  const versions = read_if_match(request.if_match);
  return allow(request, {
    GET: async () => shown(200, await endpoint.get(client, id, projection)),
    PUT: async () => shown(200, await endpoint.replace(client, id, request.body, versions, projection)),
    async PATCH() {
      const asked = 'attributes' in request.query || 'excludedAttributes' in request.query;
      // a group is not read to answer a change of one member
      if (endpoint.patch_shows || asked) return shown(200, await endpoint.patch(client, id, request.body, versions, projection));
      const bare = read_projection(endpoint.type, ['id'], undefined);
      return { status: 204, etag: (await endpoint.patch(client, id, request.body, versions, bare)).etag };
    },
    async DELETE() {
      await endpoint.remove(client, id, versions);
      return { status: 204 };
    },
  });
}

const projection_of = (endpoint: Endpoint, { query }: ScimRequest) => {
  const { attributes, excluded } = parameters_of_url(query);
  return read_projection(endpoint.type, attributes, excluded);
};

const search = async (endpoint: Endpoint, client: Client, parameters: Parameters): Promise<ScimAnswer> =>
  listed(await endpoint.list(client, parameters), parameters);

const shown = (status: number, { resource, etag }: Shown): ScimAnswer => ({ status, body: resource, etag });

const LIST_RESPONSE = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

function listed({ total, resources, next }: Found, parameters: Parameters = {}): ScimAnswer {
  const by_cursor = parameters.cursor !== undefined;
  const body = {
    schemas: [LIST_RESPONSE],
    totalResults: total,
    ...(!by_cursor && { startIndex: Math.max(parameters.start_index ?? 1, 1) }),
    itemsPerPage: resources.length,
    ...(next !== undefined && { nextCursor: next }),
    Resources: resources,
  };
  return { status: 200, body };
}

/** Schemas, resource types and what we can: they are read, never searched (RFC 7644 section 4). */
async function discovered(client: Client, request: ScimRequest): Promise<ScimAnswer> {
  const [first, second] = request.path;
  const known = discovery(client.base_url);
  if (first === 'ServiceProviderConfig' && second === undefined)
    return allow(request, { GET: async () => ({ status: 200, body: known.ServiceProviderConfig }) });
  if (first !== 'Schemas' && first !== 'ResourceTypes') throw nothing_there();
  return allow(request, {
    async GET() {
      if ('filter' in request.query) throw new FilterRefused('filter_refused', `/${first} is read as a whole.`);
      const all = known[first];
      if (second === undefined) return listed({ total: all.length, resources: all, next: undefined });
      const one = all.find((resource) => String(resource['id']).toLowerCase() === second.toLowerCase());
      if (one === undefined) throw new NotFound(first === 'Schemas' ? 'schema' : 'resource type');
      return { status: 200, body: one };
    },
  });
}

class FilterRefused extends PosternError {
  readonly status = 403;
}

const nothing_there = (): NotFound => new NotFound('endpoint');

/** @throws MethodNotAllowed */
function allow(request: ScimRequest, methods: Readonly<Partial<Record<string, () => Promise<ScimAnswer>>>>): Promise<ScimAnswer> {
  const handle = Object.hasOwn(methods, request.method) ? methods[request.method] : undefined;
  if (handle !== undefined) return handle();
  throw new MethodNotAllowed(Object.keys(methods));
}
