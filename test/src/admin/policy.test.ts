import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Route } from '../../../src/admin/route.ts';
import { api_routes } from '../../../src/admin/routes.ts';
import { new_id, new_org_id } from '../../../src/kernel/index.ts';
import type { AdminRole } from '../../../src/storage/index.ts';
import type { Answer } from '../../support/admin_app.ts';
import { admin_world, type AdminWorld, type Furnished } from '../../support/admin_world.ts';

/** Who may call what: o owner, p operator, s support, a org_admin in its own organization. Whoever adds a route says it here. */
const MATRIX = `
  opsa GET /organizations/:organization_id
  ops- GET /organizations
  op-- POST /organizations
  op-a PATCH /organizations/:organization_id
  op-- DELETE /organizations/:organization_id
  opsa GET /organizations/:organization_id/health
  opsa GET /organizations/:organization_id/domains
  op-a POST /organizations/:organization_id/domains
  opsa GET /organizations/:organization_id/domains/:domain
  op-a DELETE /organizations/:organization_id/domains/:domain
  op-a POST /organizations/:organization_id/domains/:domain/verify
  opsa GET /organizations/:organization_id/connections
  op-a POST /organizations/:organization_id/connections
  opsa GET /organizations/:organization_id/connections/:id
  op-a PATCH /organizations/:organization_id/connections/:id
  op-a DELETE /organizations/:organization_id/connections/:id
  opsa GET /organizations/:organization_id/connections/:connection_id/sync-runs
  op-a POST /organizations/:organization_id/connections/:connection_id/sync-runs
  opsa GET /organizations/:organization_id/connections/:connection_id/sync-runs/:id
  op-a POST /organizations/:organization_id/connections/:id/test
  opsa GET /organizations/:organization_id/connections/:id/tests/:test
  op-a POST /organizations/:organization_id/connections/:id/approve-keys
  op-a POST /organizations/:organization_id/connections/:id/certificates
  op-a DELETE /organizations/:organization_id/connections/:id/certificates/:sha256
  op-a POST /organizations/:organization_id/connections/:id/keys
  op-a POST /organizations/:organization_id/connections/:id/keys/:kid/activate
  op-a DELETE /organizations/:organization_id/connections/:id/keys/:kid
  opsa GET /organizations/:organization_id/role-mappings
  op-a POST /organizations/:organization_id/role-mappings
  opsa GET /organizations/:organization_id/role-mappings/:id
  op-a PATCH /organizations/:organization_id/role-mappings/:id
  op-a DELETE /organizations/:organization_id/role-mappings/:id
  opsa GET /organizations/:organization_id/contacts
  op-a POST /organizations/:organization_id/contacts
  opsa GET /organizations/:organization_id/contacts/:id
  op-a PATCH /organizations/:organization_id/contacts/:id
  op-a DELETE /organizations/:organization_id/contacts/:id
  opsa GET /organizations/:organization_id/setup-links
  op-a POST /organizations/:organization_id/setup-links
  opsa GET /organizations/:organization_id/setup-links/:id
  op-a DELETE /organizations/:organization_id/setup-links/:id
  op-a POST /organizations/:organization_id/setup-links/:id/revoke
  op-- POST /organizations/:organization_id/setup-links/:id/approve
  opsa GET /organizations/:organization_id/signal-sources
  op-a POST /organizations/:organization_id/signal-sources
  opsa GET /organizations/:organization_id/signal-sources/:id
  op-a PATCH /organizations/:organization_id/signal-sources/:id
  op-a DELETE /organizations/:organization_id/signal-sources/:id
  opsa GET /organizations/:organization_id/scim-tokens
  op-a POST /organizations/:organization_id/scim-tokens
  opsa GET /organizations/:organization_id/scim-tokens/:id
  op-a DELETE /organizations/:organization_id/scim-tokens/:id
  opsa GET /organizations/:organization_id/scim-requests
  opsa GET /organizations/:organization_id/scim-requests/:id
  op-a POST /organizations/:organization_id/scim-requests/:id/replay
  opsa GET /organizations/:organization_id/user-imports
  opsa GET /organizations/:organization_id/user-imports/:id
  opsa GET /organizations/:organization_id/user-imports/:id/report
  op-a DELETE /organizations/:organization_id/user-imports/:id
  opsa GET /organizations/:organization_id/users
  op-a POST /organizations/:organization_id/users
  op-a POST /organizations/:organization_id/users/import
  opsa GET /organizations/:organization_id/users/:id
  op-a PATCH /organizations/:organization_id/users/:id
  op-a DELETE /organizations/:organization_id/users/:id
  opsa GET /organizations/:organization_id/users/:user_id/export
  op-a POST /organizations/:organization_id/users/:user_id/erase
  op-a POST /organizations/:organization_id/users/:user_id/merge
  op-- POST /organizations/:organization_id/offboard
  ops- GET /offboardings
  ops- GET /offboardings/:id
  opsa POST /organizations/:organization_id/role-mappings/preview
  op-a POST /organizations/:organization_id/connections/:id/preview-mapping
  opsa GET /organizations/:organization_id/users/:user_id/sessions
  op-a DELETE /organizations/:organization_id/users/:user_id/sessions
  opsa GET /organizations/:organization_id/users/:user_id/sessions/:id
  op-a DELETE /organizations/:organization_id/users/:user_id/sessions/:id
  opsa GET /organizations/:organization_id/users/:user_id/consents
  op-a DELETE /organizations/:organization_id/users/:user_id/consents/:id
  opsa GET /organizations/:organization_id/groups
  op-a POST /organizations/:organization_id/groups
  opsa GET /organizations/:organization_id/groups/:id
  op-a PATCH /organizations/:organization_id/groups/:id
  op-a DELETE /organizations/:organization_id/groups/:id
  opsa GET /organizations/:organization_id/receipts
  opsa GET /organizations/:organization_id/receipts/:id
  opsa GET /organizations/:organization_id/users/:user_id/receipts
  ops- GET /clients
  op-- POST /clients
  ops- GET /clients/:id
  op-- PATCH /clients/:id
  op-- DELETE /clients/:id
  op-- POST /clients/:id/rotate-secret
  ops- GET /registration-tokens
  op-- POST /registration-tokens
  ops- GET /registration-tokens/:id
  op-- DELETE /registration-tokens/:id
  ops- GET /resources
  op-- POST /resources
  ops- GET /resources/:id
  op-- PATCH /resources/:id
  op-- DELETE /resources/:id
  ops- GET /roles
  op-- POST /roles
  ops- GET /roles/:id
  op-- PATCH /roles/:id
  op-- DELETE /roles/:id
  ops- GET /inline-hooks
  op-- POST /inline-hooks
  ops- GET /inline-hooks/:id
  op-- PATCH /inline-hooks/:id
  op-- DELETE /inline-hooks/:id
  op-- POST /inline-hooks/:id/rotate-secret
  ops- GET /event-hooks
  op-- POST /event-hooks
  ops- GET /event-hooks/:id
  op-- PATCH /event-hooks/:id
  op-- DELETE /event-hooks/:id
  op-- POST /event-hooks/:id/rotate-secret
  ops- GET /event-hooks/:hook_id/deliveries
  ops- GET /event-hooks/:hook_id/deliveries/:id
  op-- POST /event-hooks/:hook_id/deliveries/:id/resend
  ops- GET /scim-targets
  op-- POST /scim-targets
  ops- GET /scim-targets/:id
  op-- PATCH /scim-targets/:id
  op-- DELETE /scim-targets/:id
  op-- POST /scim-targets/:target_id/load
  op-- POST /scim-targets/:target_id/drift-check
  ops- GET /scim-targets/:target_id/runs
  ops- GET /scim-targets/:target_id/runs/:id
  ops- GET /scim-targets/:target_id/dead-letters
  op-- POST /scim-targets/:target_id/resend
  ops- GET /admin-keys
  o--- POST /admin-keys
  ops- GET /admin-keys/:id
  o--- DELETE /admin-keys/:id
  ops- GET /signing-keys
  ops- GET /signing-keys/:id
  op-- DELETE /signing-keys/:id
  op-- POST /signing-keys/rotate
  ops- GET /audit-events
  ops- GET /audit-events/:id
  ops- GET /login-traces
  opsa GET /login-traces/:reference
  ops- GET /stats
  ops- GET /stats/sign-ins
  ops- GET /stats/upkeep
  ops- GET /search
  ops- GET /system
  op-- GET /system/checks
  o--- GET /tenants
  o--- POST /tenants/diff
  o--- POST /tenants/apply
  op-- POST /inline-hooks/:id/test
  opsa GET /organizations/:organization_id/access
  ops- GET /clients/:id/access
  ops- GET /clients/:id/claims
  ops- GET /clients/:id/signal-streams
  ops- GET /page-texts/:locale
  ops- GET /admin-keys/:id/second-factors
  o--- DELETE /admin-keys/:id/second-factors
`;
const expected: ReadonlyMap<string, string> = new Map(
  MATRIX.trim()
    .split('\n')
    .map((line) => [line.trim().slice(5), line.trim().slice(0, 4)] as const),
);
const LETTERS: Readonly<Record<AdminRole, string>> = { owner: 'o', operator: 'p', support: 's', org_admin: 'a' };
const ROLES: readonly AdminRole[] = ['owner', 'operator', 'support', 'org_admin'];

const name_of = ({ method, path }: Route): string => `${method.toUpperCase()} ${path}`;

/** The table that the router is made from; the rooms behind it are asked only when a request comes. */
const routes: readonly Route[] = api_routes({} as Parameters<typeof api_routes>[0]); // nothing is called here

describe('who may do what', () => {
  let world: AdminWorld;
  let acme: Furnished;
  let globex: Furnished;
  let keys: Readonly<Record<AdminRole, string>>;
  before(async () => {
    world = await admin_world();
    acme = await world.furnish('acme');
    globex = await world.furnish('globex');
    keys = {
      owner: await world.new_key('owner'),
      operator: await world.new_key('operator'),
      support: await world.new_key('support'),
      org_admin: await world.new_key('org_admin', acme.organization_id),
    };
  });
  after(() => world.close());

  /** The route's address; what `given` does not name becomes an id that nobody has. */
  const address = ({ path }: Route, given: Readonly<Record<string, string>>): string =>
    path.replaceAll(/:([a-z_]+)/g, (_, name: string) => given[name] ?? (name === 'organization_id' ? new_org_id() : new_id('no')));
  const call = (route: Route, path: string, key: string | undefined, body: unknown = {}): Promise<Answer> =>
    world.api(route.method.toUpperCase(), path, {
      ...{ headers: key === undefined ? { authorization: '' } : { authorization: `Bearer ${key}` } },
      ...((route.method === 'post' || route.method === 'patch') && { body }),
    });
  /** What an answer tells, without what differs from one request to the next. */
  const told = ({ status, json, headers }: Answer): unknown => [
    status,
    { ...json, request_id: '' },
    headers.get('content-type'),
    headers.get('content-length'),
    headers.get('etag'),
  ];
  /** Items of another organization under their parameters. */
  const items = (of: Furnished, route: Route): Record<string, string> => ({
    domain: of.domain,
    user_id: of.user_id,
    reference: of.reference,
    connection_id: of.connection_id,
    id: route.path.includes('/connections')
      ? route.path.includes('/sync-runs')
        ? of.sync_run_id
        : of.connection_id
      : route.path.includes('/role-mappings')
        ? of.role_mapping_id
        : route.path.includes('/signal-sources')
          ? of.signal_source_id
          : route.path.includes('/contacts')
            ? of.contact_id
            : route.path.includes('/setup-links')
              ? of.setup_link_id
              : route.path.includes('/user-imports')
                ? of.user_import_id
                : route.path.includes('/scim-requests')
                  ? of.scim_request_id
                  : route.path.includes('/scim-tokens')
                    ? of.scim_token_id
                    : route.path.includes('/groups')
                      ? of.group_id
                      : route.path.includes('/consents')
                        ? of.consent_id
                        : route.path.includes('/sessions')
                          ? of.session_id
                          : of.user_id,
  });

  it('is said here for exactly the routes that there are', () => {
    assert.deepEqual(routes.map(name_of).sort(), [...expected.keys()].sort());
  });

  for (const route of routes) {
    const name = name_of(route);
    const allowed = expected.get(name) ?? '';

    it(`${name}: nobody without a key`, async () => {
      const answer = await call(route, address(route, { organization_id: acme.organization_id, ...items(acme, route) }), undefined);
      assert.equal(answer.status, 401);
      assert.equal(answer.json?.['code'], 'credentials_required');
    });

    for (const role of ROLES) {
      const may = allowed.includes(LETTERS[role]);
      it(`${name}: ${role} ${may ? 'may' : 'may not'}`, async () => {
        // what is deleted is one's own to lose
        const goes = may && name === 'DELETE /organizations/:organization_id';
        const slug = `gone-${role}`;
        const organization_id = goes ? (await world.made('/organizations', { slug, name: slug })).id : acme.organization_id;
        const own = await call(route, address(route, { organization_id }), keys[role]);
        if (!may) {
          assert.equal(own.status, 403, own.text);
          assert.equal(own.json?.['code'], 'role_not_allowed');
          return;
        }
        assert.ok(own.status !== 401 && own.status !== 403 && own.status < 500, `${own.status} ${own.text}`);
      });
    }

    if (allowed.endsWith('a') && route.path.includes(':organization_id')) {
      it(`${name}: another organization and its items are as unknown as what never was`, async () => {
        const foreign = await call(
          route,
          address(route, { organization_id: globex.organization_id, ...items(globex, route) }),
          keys.org_admin,
        );
        const nothing = await call(route, address(route, {}), keys.org_admin);
        assert.equal(foreign.status, 404);
        assert.deepEqual(told(foreign), told(nothing));
      });
    }
    const own_items = route.path.split('/').length > 4 || route.path.includes(':reference');
    if (allowed.endsWith('a') && own_items && route.path.includes(':')) {
      it(`${name}: an item of another organization, under one's own, is not there`, async () => {
        const given = { organization_id: acme.organization_id, ...items(globex, route) };
        const foreign = await call(route, address(route, given), keys.org_admin);
        const nothing = await call(route, address(route, { organization_id: acme.organization_id }), keys.org_admin);
        if (!/:(id|user_id|domain|reference)/.test(route.path)) return;
        assert.equal(foreign.status, 404, foreign.text);
        assert.deepEqual(told(foreign), told(nothing));
        // nobody else finds it there either
        if (!route.path.includes(':reference')) assert.equal((await call(route, address(route, given), keys.owner)).status, 404);
      });
    }

    if (/:(?!organization_id)/.test(route.path)) {
      it(`${name}: an unknown id is 404`, async () => {
        const answer = await call(route, address(route, { organization_id: acme.organization_id }), keys.owner);
        assert.equal(answer.status, 404, answer.text);
        assert.equal(answer.json?.['code'], 'not_found');
      });
    }
    if (route.path.includes(':organization_id')) {
      it(`${name}: an unknown organization is 404`, async () => {
        assert.equal((await call(route, address(route, {}), keys.owner)).status, 404);
      });
    }
    if (route.body !== undefined) {
      it(`${name}: a body that is not of the API is refused, every field named`, async () => {
        const path = address(route, { organization_id: acme.organization_id, ...items(acme, route) });
        const known = /^\/(clients|resources|roles|admin-keys|event-hooks|inline-hooks|scim-targets)\/:id/.test(route.path)
          ? undefined
          : path;
        if (known === undefined) return;
        const answer = await call(route, known, keys.owner, { no_such_field: 1, neither_this: 2 });
        assert.equal(answer.status, 422, answer.text);
        const paths = JSON.stringify(answer.json?.['errors']);
        for (const field of ['no_such_field', 'neither_this']) assert.ok(paths.includes(field), paths);
        for (const body of [[], 'null', '[{}]', '"x"', '{'])
          assert.ok([400, 422].includes((await call(route, known, keys.owner, body)).status), JSON.stringify(body));
      });
    }
  }

  it('a key of one organization changes neither its status nor its slug (self-unsuspension)', async () => {
    for (const body of [{ status: 'suspended' }, { slug: 'stolen' }]) {
      const answer = await world.api('PATCH', `/organizations/${acme.organization_id}`, { key: keys.org_admin, body });
      assert.equal(answer.status, 403, answer.text);
    }
    const renamed = await world.api('PATCH', `/organizations/${acme.organization_id}`, { key: keys.org_admin, body: { name: 'Acme Ltd' } });
    assert.equal(renamed.status, 200, renamed.text);
  });

  it('a key of one organization cannot say that a domain is its own (domain takeover)', async () => {
    const path = `/organizations/${acme.organization_id}/domains`;
    const answer = await world.api('POST', path, { key: keys.org_admin, body: { domain: 'victim.example', verified: true } });
    assert.equal(answer.status, 403, answer.text);
  });

  it('what a partner said of a person is masked for support', async () => {
    const read = (key: string): Promise<Answer> => world.api('GET', `/login-traces/${acme.reference}`, { key });
    const [full, masked, own] = await Promise.all([read(keys.operator), read(keys.support), read(keys.org_admin)]);
    assert.ok(full.text.includes('ann@acme.example') && own.text.includes('ann@acme.example'), full.text);
    assert.equal(masked.status, 200);
    assert.ok(!masked.text.includes('ann@acme.example'), masked.text);
  });

  it('what a directory sent is masked for support', async () => {
    const path = `/organizations/${acme.organization_id}/scim-requests/${acme.scim_request_id}`;
    const read = async (key: string): Promise<boolean> => (await world.api('GET', path, { key })).text.includes('ann@acme.example');
    assert.deepEqual(await Promise.all([read(keys.operator), read(keys.org_admin), read(keys.support)]), [true, true, false]);
  });

  it('an access token of ours is bound as a key is', async () => {
    world.tokens.set('opaque-support', { role: 'support', actor: { kind: 'user', id: 'usr_1' } });
    assert.equal((await world.api('GET', '/organizations', { key: 'opaque-support' })).status, 200);
    assert.equal((await world.api('POST', '/organizations', { key: 'opaque-support', body: {} })).status, 403);
  });
});
