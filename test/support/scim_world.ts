import { make_scim_requests, make_scim_tokens, scim_routes, type ScimRequests } from '../../src/directory/index.ts';
import { make_rate_limits } from '../../src/http/index.ts';
import type { OrgId } from '../../src/kernel/index.ts';
import { type Answer, ask, serve_room } from './admin_app.ts';
import { act, people_world, type PeopleWorld } from './people_world.ts';

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** Any SCIM message: a test names what it expects to be there. */
export interface Json {
  readonly [name: string]: unknown;
  readonly id: string;
  readonly schemas: readonly string[];
  readonly status: string;
  readonly scimType: string;
  readonly detail: string;
  readonly totalResults: number;
  readonly itemsPerPage: number;
  readonly startIndex: number;
  readonly nextCursor: string;
  readonly Resources: readonly Json[];
  readonly Operations: readonly Json[];
  readonly response: Json;
  readonly userName: string;
  readonly displayName: string;
  readonly active: boolean;
  readonly name: Readonly<Record<string, string>>;
  readonly emails: readonly Json[];
  readonly phoneNumbers: readonly Json[];
  readonly addresses: readonly Json[];
  readonly members: readonly Json[];
  readonly groups: readonly Json[];
  readonly value: string;
  readonly meta: Readonly<Record<string, string>>;
}

export interface ScimAnswer extends Omit<Answer, 'json'> {
  readonly json: Json;
}

/** One directory as it speaks to the server of its organization. */
export interface ScimClient {
  readonly org_id: OrgId;
  readonly token: string;
  readonly token_id: string;
  call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<ScimAnswer>;
  /** A POST that must succeed; answers the resource. */
  made(path: string, body: Readonly<Record<string, unknown>>): Promise<Json>;
  user(user_name: string, more?: Readonly<Record<string, unknown>>): Promise<Json>;
  group(displayName: string, members?: readonly string[]): Promise<Json>;
  patch(path: string, ...operations: readonly unknown[]): Promise<ScimAnswer>;
}

export interface ScimWorld extends PeopleWorld {
  /** What went wrong inside, as the log would have it. */
  readonly errors: unknown[];
  readonly url: string;
  client(options?: {
    org_id?: OrgId;
    dialect?: string;
    connection_id?: string | null;
    agent?: string;
    ip_ranges?: readonly string[];
    expires_at?: string;
  }): Promise<ScimClient>;
  readonly tokens: ReturnType<typeof make_scim_tokens>;
  readonly requests: ScimRequests;
}

/** The SCIM server over the real rooms, on a database of its own. */
export async function scim_world(options: { rate_limits?: boolean } = {}): Promise<ScimWorld> {
  const world = await people_world();
  const { storage, deps } = world;
  const tokens = make_scim_tokens({ storage, now: deps.now, record: deps.record as never, issuer_url: 'http://localhost:4400' }); // the same function, typed for people only
  const requests = make_scim_requests({
    ...{ storage, now: deps.now, end_access: deps.end_access, record: deps.record as never }, // as above
    ...{ issuer_url: 'http://localhost:4400', limits: { days: 14, most: 2000 } },
    log: (message, fields) => {
      throw new Error(`${message} ${JSON.stringify(fields)}`);
    },
  });
  const served = await serve_room(
    scim_routes({
      request_log: requests.log,
      ...{ storage, now: deps.now, end_access: deps.end_access, record: deps.record as never }, // as above
      issuer_url: 'http://localhost:4400',
      rate_limits: make_rate_limits(options.rate_limits ?? false),
    }),
    deps.now,
  );
  return {
    ...world,
    errors: served.errors,
    url: served.url,
    tokens,
    requests,
    async client({ org_id, agent, ...body } = {}) {
      const organization = org_id ?? (await world.add_organization());
      const { view } = await tokens(organization).create(body, act);
      return scim_client(served.url, organization, view.token, view.id, agent);
    },
    async close() {
      await served.stop();
      await world.close();
    },
  };
}

export function scim_client(url: string, org_id: OrgId, token: string, token_id: string, agent = 'test'): ScimClient {
  const call: ScimClient['call'] = (method, path, body, headers = {}) =>
    ask(`${url}/scim/${org_id}/v2${path}`, method, {
      key: token,
      ...(body !== undefined && { body }),
      headers: { 'user-agent': agent, ...(body !== undefined && { 'content-type': 'application/scim+json' }), ...headers },
    }) as Promise<ScimAnswer>;
  const made: ScimClient['made'] = async (path, body) => {
    const answer = await call('POST', path, body);
    if (answer.status !== 201) throw new Error(`POST ${path}: ${answer.status} ${answer.text}`);
    return answer.json;
  };
  return {
    ...{ org_id, token, token_id, call, made },
    user: (userName, more = {}) => made('/Users', { schemas: [USER], userName, ...more }),
    group: (displayName, members = []) => made('/Groups', { schemas: [GROUP], displayName, members: members.map((value) => ({ value })) }),
    patch: (path, ...Operations) => call('PATCH', path, { schemas: [PATCH_OP], Operations }),
  };
}
