import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import { api_routes } from '../../../src/admin/routes.ts';
import { ask } from '../../support/admin_app.ts';
import { admin_world, type AdminWorld, type Furnished, START } from '../../support/admin_world.ts';

type Json = Readonly<Record<string, unknown>>;
interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { name: string; in: string; required?: boolean }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Readonly<Record<string, { schema: Json }>> }>
  >;
  readonly security: readonly Json[];
}
interface Document {
  readonly openapi: string;
  readonly info: Json;
  readonly servers: readonly { url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>>; readonly securitySchemes: Readonly<Record<string, Json>> };
}

/** What these addresses cannot be asked without. */
const QUERIES: Readonly<Record<string, string>> = {
  '/search': '?q=acme',
  '/clients/{id}/claims': '?organization_id={organization_id}&user_id={user_id}',
};

describe('the OpenAPI document', () => {
  let world: AdminWorld;
  let acme: Furnished;
  let document: Document;
  let operations: readonly (readonly [path: string, method: string, operation: Operation])[];
  before(async () => {
    world = await admin_world();
    acme = await world.furnish('acme');
    const answer = await ask(`${world.served.url}/api/openapi.json`, 'GET');
    assert.equal(answer.status, 200);
    document = JSON.parse(answer.text) as Document;
    operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [path, method, operation] as const),
    );
  });
  after(() => world.close());

  it('is OpenAPI 3.1, open to all, with an ETag', async () => {
    assert.equal(document.openapi, '3.1.0');
    assert.equal(document.servers[0]?.url, 'http://localhost:4400/api/v1');
    const first = await ask(`${world.served.url}/api/openapi.json`, 'GET');
    assert.match(first.headers.get('content-type') ?? '', /^application\/json/);
    const etag = first.headers.get('etag') ?? '';
    assert.equal(
      (await ask(`${world.served.url}/api/openapi.json`, 'GET', { headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' } }))
        .status,
      304,
    );
    assert.equal((await ask(`${world.served.url}/api/openapi.json`, 'POST', { body: {} })).status, 405);
  });

  it('lists every route that is served, and no other', () => {
    const served = api_routes({} as Parameters<typeof api_routes>[0]); // nothing is called here
    const names = served.map(({ method, path }) => `${method} ${path.replaceAll(/:([a-z_0-9]+)/g, '{$1}')}`);
    assert.deepEqual(operations.map(([path, method]) => `${method} ${path}`).sort(), names.sort());
  });

  it('names every parameter of a path, once each', () => {
    for (const [path, method, { parameters = [] }] of operations) {
      const named = parameters.filter((parameter) => parameter.in === 'path');
      assert.deepEqual(
        named.map(({ name }) => name).sort(),
        [...path.matchAll(/\{([a-z_0-9]+)\}/g)].map(([, name]) => name ?? '').sort(),
        `${method} ${path}`,
      );
      assert.ok(named.every(({ required }) => required === true));
    }
  });

  it('gives every operation its own id, its credentials, and its answers', () => {
    const ids = operations.map(([, , { operationId }]) => operationId);
    assert.equal(new Set(ids).size, ids.length);
    for (const [path, method, { responses, security, requestBody }] of operations) {
      const place = `${method} ${path}`;
      assert.deepEqual(security, [{ bearer: [] }], place);
      // beside what it answers at once, it may take a file
      assert.equal(Object.keys(responses).filter((status) => status.startsWith('2') && status !== '202').length, 1, place);
      for (const status of ['400', '401', '403', '429', '500']) {
        assert.ok(responses[status]?.content?.['application/problem+json'] !== undefined, `${place} ${status}`);
      }
      if (method === 'patch') {
        assert.deepEqual(Object.keys(requestBody?.content ?? {}), ['application/json', 'application/merge-patch+json'], place);
        assert.ok(responses['412'] !== undefined, place);
      }
      if (method === 'get') assert.equal(requestBody, undefined, place);
    }
    assert.equal(document.components.securitySchemes['bearer']?.['scheme'], 'bearer');
  });

  it('has a schema behind every reference, and a reference to every schema', () => {
    const text = JSON.stringify(document);
    const referred = new Set([...text.matchAll(/"\$ref":"#\/components\/schemas\/([A-Za-z]+)"/g)].map(([, name]) => name ?? ''));
    assert.deepEqual([...referred].sort(), Object.keys(document.components.schemas).sort());
  });

  it('holds nothing of this installation', () => {
    assert.ok(!JSON.stringify(document).includes(acme.organization_id));
  });

  /** The schema of an answer, references resolved, as a validator. */
  const validator = (path: string, method: string, status: number, type: string): z.ZodType => {
    const schema = document.paths[path]?.[method]?.responses[String(status)]?.content?.[type]?.schema;
    assert.ok(schema !== undefined, `${method} ${path} does not name ${status} ${type}`);
    const whole = JSON.stringify({ ...schema, $defs: document.components.schemas }).replaceAll('#/components/schemas/', '#/$defs/');
    return z.fromJSONSchema(JSON.parse(whole) as Parameters<typeof z.fromJSONSchema>[0]); // as the document has it
  };
  const check = async (method: string, path: string, given: Readonly<Record<string, string>>, body?: unknown): Promise<Json> => {
    const real = (path + (QUERIES[path] ?? '')).replaceAll(/\{([a-z_0-9]+)\}/g, (_, name: string) => given[name] ?? '');
    const answer = await world.api(method.toUpperCase(), real, body === undefined ? {} : { body });
    const type = (answer.headers.get('content-type') ?? '').split(';')[0] ?? '';
    if (answer.status === 204) {
      assert.ok(document.paths[path]?.[method]?.responses['204'] !== undefined);
      return {};
    }
    const result = validator(path, method, answer.status, type).safeParse(
      type.endsWith('json') && !type.endsWith('ndjson') ? answer.json : answer.text,
    );
    assert.ok(result.success, `${method} ${path} ${answer.status} ${answer.text} ${JSON.stringify(result.error?.issues)}`);
    return answer.json ?? {};
  };

  /** Something that this target could not be told. */
  const give_up = (target_id: string): Promise<void> =>
    world.storage.transact((tx) => {
      const about = { target_id, kind: 'user', id: acme.user_id, org_id: acme.organization_id };
      return tx.gateway.outbox.insert({
        ...{ id: 'out_one', org_id: acme.organization_id, kind: 'scim_target', order_key: 'one', receiver: target_id },
        sealed_payload: world.storage.seal.seal(JSON.stringify(about), 'outbox/out_one'),
        ...{ attempts: 1, available_at: START, leased_until: null, done_at: null, dead_at: START, last_error: 'answered 409' },
        ...{ tries: null, put_off: null, created_at: START },
      });
    });

  it('describes the answers that are really given: every GET', async () => {
    const { id: client } = await world.made('/clients', { client_name: 'App', redirect_uris: ['https://app.example/cb'] });
    const { id: resource } = await world.made('/resources', { identifier: 'https://api.example', name: 'API', scopes: ['read'] });
    const { id: registration_token } = await world.made('/registration-tokens', { name: 't' });
    const { id: role } = await world.made('/roles', { name: 'reader' });
    const { id: admin_key } = await world.made('/admin-keys', { name: 'k', role: 'support' });
    const signing_key = ((await world.api('GET', '/signing-keys')).json?.['data'] as { id: string }[])[0]?.id ?? '';
    const { id: event_hook } = await world.made('/event-hooks', { url: 'https://app.example/hooks' });
    const { id: inline_hook } = await world.made('/inline-hooks', { url: 'https://app.example/ask', point: 'before_token' });
    const { id: scim_target } = await world.made('/scim-targets', {
      client_id: client,
      base_url: 'https://app.example/scim/v2',
      token: 'a token of the app',
      enabled: false,
    });
    const { id: scim_run } = await world.made(`/scim-targets/${scim_target}/load`, { dry_run: true });
    await give_up(scim_target);
    await world.storage.transact((tx) =>
      tx.gateway.signal_streams.insert({
        ...{ id: 'ssf_one', client_id: client, method: 'poll', endpoint_url: null, sealed_authorization: null, events_requested: null },
        ...{
          description: null,
          status: 'enabled',
          status_reason: null,
          verified_at: null,
          created_at: START,
          updated_at: START,
          version: 1,
        },
      }),
    );
    const { id: leaver } = await world.made(`/organizations/${acme.organization_id}/users`, { user_name: 'leaver' });
    await world.api('PATCH', `/organizations/${acme.organization_id}/users/${leaver}`, { body: { active: false } });
    const { id: leaving } = await world.made('/organizations', { slug: 'leaving', name: 'Leaving' });
    await world.api('POST', `/organizations/${leaving}/offboard`, { body: { confirm: 'leaving', background: true } });
    const first_id = async (address: string): Promise<string> =>
      ((await world.api('GET', address)).json?.['data'] as { id: string }[])[0]?.id ?? '';
    const ids: Readonly<Record<string, string>> = {
      'event-hooks': event_hook,
      'inline-hooks': inline_hook,
      deliveries: await first_id(`/event-hooks/${event_hook}/deliveries`),
      receipts: await first_id(`/organizations/${acme.organization_id}/receipts`),
      offboardings: await first_id('/offboardings'),
      clients: client,
      'scim-targets': scim_target,
      runs: scim_run,
      resources: resource,
      roles: role,
      'registration-tokens': registration_token,
      'admin-keys': admin_key,
      'signing-keys': signing_key,
      'audit-events': await first_id('/audit-events'),
      connections: acme.connection_id,
      tests: acme.connection_id,
      'sync-runs': acme.sync_run_id,
      groups: acme.group_id,
      'role-mappings': acme.role_mapping_id,
      contacts: acme.contact_id,
      'signal-sources': acme.signal_source_id,
      'setup-links': acme.setup_link_id,
      'scim-tokens': acme.scim_token_id,
      'scim-requests': acme.scim_request_id,
      'user-imports': acme.user_import_id,
      sessions: acme.session_id,
      users: acme.user_id,
    };
    await world.storage.transact((tx) =>
      tx.gateway.second_factors.insert({
        ...{
          id: 'fac_one',
          admin_key_id: admin_key,
          kind: 'totp',
          name: 'Phone',
          sealed_secret: null,
          credential_id: null,
          public_key: null,
        },
        ...{ transports: null, counter: 0, confirmed_at: START, last_used_at: null, created_at: START },
      }),
    );
    let checked = 0;
    for (const [path, method] of operations.filter(([, name]) => name === 'get')) {
      const collection = path.split('/{id}')[0]?.split('/').at(-1) ?? '';
      const shown = await check(method, path, {
        ...{ ...acme, hook_id: event_hook, target_id: scim_target, id: ids[collection] ?? '' },
        ...(path.endsWith('/{user_id}/receipts') && { user_id: leaver }),
      });
      if (Array.isArray(shown['data'])) assert.ok(shown['data'].length > 0, `${path} has nothing to look at`);
      checked++;
    }
    assert.ok(checked > 25);
  });

  it('describes what is created, changed, refused', async () => {
    const org = await check('post', '/organizations', {}, { slug: 'described', name: 'Described' });
    const given = { organization_id: String(org['id']) };
    await check('post', '/organizations', {}, { slug: 'described', name: 'Again' });
    await check('post', '/organizations', {}, { slug: '-' });
    await check('patch', '/organizations/{organization_id}', given, { name: 'Changed' });
    await check('patch', '/organizations/{organization_id}', { organization_id: 'nobody' }, { name: 'Changed' });
    const users = '/organizations/{organization_id}/users';
    const user = await check('post', users, given, { user_name: 'carl' });
    await check('patch', `${users}/{id}`, { ...given, id: String(user['id']) }, { active: false });
    await check('post', `${users}/import`, given, { users: [{ user_name: 'dora' }, { nonsense: 1 }], dry_run: true });
    await check('post', '/organizations/{organization_id}/domains', given, { domain: 'described.example' });
    await check('post', '/organizations/{organization_id}/domains/{domain}/verify', { ...given, domain: 'described.example' });
    await check('post', '/organizations/{organization_id}/connections/{id}/test', { ...acme, id: acme.connection_id });
    const client = await check('post', '/clients', {}, { redirect_uris: ['https://app.example/cb'] });
    await check('post', '/clients/{id}/rotate-secret', { id: String(client['id']) });
    await check('post', '/admin-keys', {}, { name: 'k', role: 'owner' });
    await check('post', '/signing-keys/rotate', {});
    await check('delete', '/organizations/{organization_id}', given);
  });
});
