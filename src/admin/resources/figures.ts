import { z } from 'zod';
import { InvalidInput } from '../../kernel/index.ts';
import type { ResourceDeps } from '../deps.ts';
import { BUCKETS, count_sign_ins, LONGEST_MS, sign_in_figures } from '../figures/sign_ins.ts';
import { count_upkeep, upkeep_figures } from '../figures/upkeep.ts';
import { find_anything, found_shape } from '../find_anything.ts';
import { sees_personal } from '../policy.ts';
import { org_of, param, type Route } from '../route.ts';
import { named } from '../shapes.ts';
import { what_would_end, would_end } from '../what_would_end.ts';
import { BOUND } from './organizations.ts';

const HOUR_MS = 3_600_000;
const id = z.string().min(1).max(255);
const claims = named(
  'previewed claims',
  z.object({ id_token: z.record(z.string(), z.unknown()), userinfo: z.record(z.string(), z.unknown()) }),
);
const bucket = z.enum(['minute', 'five_minutes', 'hour', 'day']);

/** What an operator looks at first: figures, whatever they search for, and what would end with what they are about to do. */
export function figure_routes({ storage, now, organizations, users, preview_claims }: ResourceDeps): Route[] {
  return [
    {
      ...{ method: 'get', path: '/stats/sign-ins', permission: 'stats.read' },
      summary: 'Sign-ins of a stretch of time: by result, why they failed, how long each step took',
      query: { since: z.iso.datetime({ offset: true }), bucket },
      answer: { status: 200, shape: sign_in_figures },
      async handle({ list: { filters = {} } }) {
        const until = now();
        const since = filters['since'] === undefined ? until - HOUR_MS : Date.parse(filters['since']);
        if (since > until || since < until - LONGEST_MS) throw wrong('since', 'must lie within the last 7 days');
        const wanted = bucket.safeParse(filters['bucket']).data ?? widest(until - since);
        return { status: 200, body: await count_sign_ins(storage.sql, { since, until, bucket: wanted }) };
      },
    },
    {
      ...{ method: 'get', path: '/stats/upkeep', permission: 'stats.read' },
      summary: 'What will need a hand: certificates that end, deliveries that wait, directories that are refused',
      answer: { status: 200, shape: upkeep_figures },
      handle: async () => ({ status: 200, body: await count_upkeep(storage.sql, now()) }),
    },
    {
      ...{ method: 'get', path: '/search', permission: 'search.read' },
      summary: 'Find organizations, people, apps and sign-ins by the beginning of a name, an id or a reference',
      query: { q: z.string().trim().min(2).max(255) },
      answer: { status: 200, shape: found_shape },
      async handle({ list: { filters = {} } }) {
        const { q } = filters;
        if (q === undefined) throw wrong('q', 'is missing');
        return { status: 200, body: await find_anything(storage.sql, q) };
      },
    },
    {
      ...{ method: 'get', path: `${BOUND}/access`, permission: 'users.read' },
      summary: 'What would end with an organization, one of its people or one of its connections',
      query: { user_id: id, connection_id: id },
      answer: { status: 200, shape: would_end },
      async handle(call) {
        const { user_id, connection_id } = call.list.filters ?? {};
        const org_id = org_of(call);
        // one that is not there is told apart from one that has nothing
        if (user_id !== undefined) await users.users(org_id).get(user_id);
        if (connection_id !== undefined) await organizations.connections(org_id).get(connection_id);
        return { status: 200, body: await what_would_end(storage.sql, { organization_id: org_id, user_id, connection_id }, now()) };
      },
    },
    {
      ...{ method: 'get', path: '/clients/:id/claims', permission: 'clients.read' },
      summary: 'What an app would be told of a person: the claims of a sign-in that does not take place',
      query: { organization_id: id, user_id: id, scope: z.string().max(1000) },
      answer: { status: 200, shape: claims },
      async handle(call) {
        const { organization_id = '', user_id = '', scope = 'openid profile email groups roles' } = call.list.filters ?? {};
        const { id: org_id } = await organizations.require_organization(organization_id);
        const scopes = new Set(scope.split(' '));
        const told = await preview_claims({ org_id, user_id, client_id: param(call, 'id'), scopes });
        // what is said of a person is for those who answer for that person
        const of_person = sees_personal(call.who.role) ? told : { id_token: hidden(told.id_token), userinfo: hidden(told.userinfo) };
        return { status: 200, body: of_person };
      },
    },
    {
      ...{ method: 'get', path: '/clients/:id/access', permission: 'clients.read' },
      summary: 'What would end with an app',
      answer: { status: 200, shape: would_end },
      async handle(call) {
        await organizations.clients.get(param(call, 'id'));
        return { status: 200, body: await what_would_end(storage.sql, { client_id: param(call, 'id') }, now()) };
      },
    },
  ];
}

/** Names, and nothing of the person. */
const hidden = (said: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(said).map(([name, value]) => [name, OF_NOBODY.has(name) ? value : '***']));
const OF_NOBODY = new Set([
  'sub',
  'org_id',
  'org_slug',
  'org_name',
  'idp',
  'auth_time',
  'amr',
  'sid',
  'aud',
  'email_verified',
  'updated_at',
]);

const wrong = (path: string, message: string): InvalidInput =>
  new InvalidInput('invalid_parameter', 'Some query parameters are wrong.', { fields: [{ path, message }] });

/** So that a window has some sixty bars. */
function widest(milliseconds: number): keyof typeof BUCKETS {
  const names = bucket.options;
  return names.find((name) => milliseconds / BUCKETS[name] <= 100) ?? 'day';
}
