import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Any resource of the target. */
export interface Resource {
  [name: string]: unknown;
  id: string;
}

export interface Asked {
  readonly method: string;
  /** Below the base address, with its query. */
  readonly path: string;
  readonly authorization: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Members that come and go with it. */
  readonly member_changes: number;
}

interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The SCIM server of a vendor's app, that behaves, and misbehaves on demand. */
export interface ScimTarget {
  readonly base_url: string;
  readonly users: Map<string, Resource>;
  readonly groups: Map<string, Resource>;
  readonly asked: Asked[];
  /** Changes since the last look, without reads. */
  writes(): Asked[];
  /** What it answers instead: a whole answer, half of what it would say, or nothing ever. Undefined: what it should. `after`: only once it has done what was asked. */
  misbehave: (asked: Asked) => Reply | 'half' | 'hang' | { readonly after: Reply | 'half' } | undefined;
  readonly limits: {
    patch: boolean;
    max_member_changes: number;
    /** Never all members at once. */
    replace_members: boolean;
    page: number;
    external_id_filter: boolean;
  };
  user_named(user_name: string): Resource | undefined;
  group_named(display_name: string): Resource | undefined;
  member_names(display_name: string): string[];
  /** Every connection dies. */
  drop(): Promise<void>;
  close(): Promise<void>;
}

export async function scim_target(): Promise<ScimTarget> {
  const users = new Map<string, Resource>();
  const groups = new Map<string, Resource>();
  const asked: Asked[] = [];
  let looked = 0;
  let made = 0;
  const limits: ScimTarget['limits'] = { patch: true, max_member_changes: 1000, replace_members: true, page: 50, external_id_filter: true };
  const answer = (got: Asked): Reply => {
    const [collection = '', id] = got.path.split('?', 1)[0]?.split('/').slice(1) ?? [];
    if (collection === 'ServiceProviderConfig')
      return {
        status: 200,
        body: { patch: { supported: limits.patch }, bulk: { supported: false }, filter: { supported: true, maxResults: limits.page } },
      };
    const kind = collection === 'Users' ? users : groups;
    const name = collection === 'Users' ? 'userName' : 'displayName';
    if (id === undefined) return got.method === 'GET' ? list(kind, got.path, limits) : create(kind, name, got.body, `r${++made}`);
    const found = kind.get(decodeURIComponent(id));
    if (found === undefined) return error(404);
    if (got.method === 'GET') return { status: 200, body: found };
    if (got.method === 'DELETE') {
      kind.delete(found.id);
      return { status: 204 };
    }
    const whole = got.method === 'PUT';
    if (!whole && !limits.patch) return error(405);
    if (got.member_changes > limits.max_member_changes) return error(400, 'tooMany');
    const next: Resource = whole ? { ...got.body, id: found.id } : structuredClone(found);
    if (whole && 'members' in got.body && !limits.replace_members) return error(400);
    if (!whole) {
      for (const operation of (got.body['Operations'] ?? []) as Operation[]) {
        const problem = operate(next, operation, limits, users);
        if (problem !== undefined) return problem;
      }
    }
    const holder = [...kind.values()].find((one) => one.id !== found.id && folded(one[name]) === folded(next[name]));
    if (holder !== undefined) return error(409, 'uniqueness');
    kind.set(found.id, next);
    return { status: 200, body: next };
  };
  const server = createServer((request, response) => {
    void body_of(request).then((body) => {
      const path = (request.url ?? '').replace(/^\/scim\/v2/, '');
      const got: Asked = {
        method: request.method ?? '',
        path,
        authorization: request.headers.authorization ?? '',
        body,
        member_changes: member_changes(body),
      };
      asked.push(got);
      const wrong = target.misbehave(got);
      if (wrong === 'hang') return;
      if (wrong === undefined) return send(response, answer(got));
      if (wrong === 'half') return send_half(response);
      if (!('after' in wrong)) return send(response, wrong);
      answer(got);
      if (wrong.after === 'half') return send_half(response);
      send(response, wrong.after);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address
  const named = (kind: ReadonlyMap<string, Resource>, attribute: string, value: string) =>
    [...kind.values()].find((one) => one[attribute] === value);
  const target: ScimTarget = {
    ...{ base_url: `http://127.0.0.1:${port}/scim/v2`, users, groups, asked, limits },
    misbehave: () => undefined,
    writes() {
      const since = asked.slice(looked).filter(({ method }) => method !== 'GET');
      looked = asked.length;
      return since;
    },
    user_named: (user_name) => named(users, 'userName', user_name),
    group_named: (display_name) => named(groups, 'displayName', display_name),
    member_names: (display_name) =>
      values(named(groups, 'displayName', display_name)?.['members'])
        .map((id) => {
          const name = users.get(id)?.['userName'];
          return typeof name === 'string' ? name : id;
        })
        .toSorted(),
    drop: async () => server.closeAllConnections(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return target;
}

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly value?: unknown;
}

const folded = (value: unknown): string => String(value).toLowerCase();
const values = (members: unknown): string[] => (Array.isArray(members) ? (members as { value: string }[]).map(({ value }) => value) : []);
const error = (status: number, scimType?: string, detail = 'no'): Reply => ({
  status,
  body: {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    ...(scimType !== undefined && { scimType }),
    detail,
  },
});

function create(kind: Map<string, Resource>, name: string, body: Readonly<Record<string, unknown>>, id: string): Reply {
  const holder = [...kind.values()].find((one) => folded(one[name]) === folded(body[name]));
  if (holder !== undefined) return error(409, 'uniqueness', `${String(body[name])} is taken`);
  const made = { ...structuredClone(body), id };
  kind.set(id, made);
  return { status: 201, body: made };
}

function list(kind: ReadonlyMap<string, Resource>, path: string, limits: ScimTarget['limits']): Reply {
  const query = new URLSearchParams(path.slice(path.indexOf('?')));
  const filter = query.get('filter');
  const read = filter === null ? null : /^(\w+) eq (".*")$/.exec(filter);
  if (filter !== null && read === null) return error(400, 'invalidFilter');
  const [, attribute = '', value = '""'] = read ?? [];
  if (attribute === 'externalId' && !limits.external_id_filter) return error(400, 'invalidFilter');
  const wanted = JSON.parse(value) as string;
  const found = [...kind.values()].filter((one) => read === null || folded(one[attribute]) === folded(wanted));
  const start = Number(query.get('startIndex') ?? 1);
  const Resources = found.slice(start - 1, start - 1 + Math.min(Number(query.get('count') ?? limits.page), limits.page));
  return { status: 200, body: { totalResults: found.length, startIndex: start, itemsPerPage: Resources.length, Resources } };
}

function operate(
  resource: Resource,
  { op, path, value }: Operation,
  limits: ScimTarget['limits'],
  users: ReadonlyMap<string, Resource>,
): Reply | undefined {
  const selected = /^members\[value eq "(.*)"\]$/.exec(path)?.[1];
  if (path === 'members' || selected !== undefined) {
    const present = values(resource['members']);
    const given = selected === undefined ? values(value) : [selected];
    if (op === 'replace' || (op === 'remove' && path === 'members' && given.length === 0))
      return limits.replace_members ? undefined : error(400);
    if (op === 'add' && given.some((id) => !users.has(id))) return error(400, 'invalidValue');
    const next = op === 'add' ? [...new Set([...present, ...given])] : present.filter((id) => !given.includes(id));
    resource['members'] = next.map((id) => ({ value: id }));
    return undefined;
  }
  const urn = /^(urn:.*):(\w+)$/.exec(path);
  const [holder, name] = urn === null ? inside(resource, path.split('.')) : inside(resource, [urn[1] ?? '', urn[2] ?? '']);
  if (op === 'remove') Reflect.deleteProperty(holder, name);
  else holder[name] = value;
  return undefined;
}

function inside(resource: Resource, [first = '', second]: readonly string[]): [Record<string, unknown>, string] {
  if (second === undefined) return [resource, first];
  const inner = { ...(resource[first] as object | undefined) };
  resource[first] = inner;
  return [inner as Record<string, unknown>, second]; // made above
}

const member_changes = (body: Readonly<Record<string, unknown>>): number =>
  ((body['Operations'] ?? []) as Operation[])
    .filter(({ path }) => typeof path === 'string' && path.startsWith('members'))
    .reduce((all, { path, value }) => all + (path === 'members' ? values(value).length : 1), 0);

async function body_of(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  return text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : { form: text };
}

function send(response: ServerResponse, { status, body, headers = {} }: Reply): void {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/scim+json', ...headers }).end(text);
}

/** It dies in the middle of its answer. */
function send_half(response: ServerResponse): void {
  response.writeHead(201, { 'content-type': 'application/scim+json', 'content-length': '500' });
  response.write('{"id": "r1", "userN', () => response.destroy());
}
