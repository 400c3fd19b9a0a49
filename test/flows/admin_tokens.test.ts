import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as client from 'openid-client';
import { start_mock_oidc } from '../../src/mock/index.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { person } from '../support/people.ts';
import { type RelyingParty, relying_party } from '../support/relying_party.ts';
import { add_client, add_connection, add_organization, oidc_settings } from '../support/tenant.ts';

const SCOPE = 'openid postern:admin';
const eve = person('eve', { email: 'eve@globex.example' });
const names = ['olga', 'opal', 'sam', 'nora', 'ruth', 'dora'];

describe('the admin API with access tokens of our own', () => {
  let it_is: Installation;
  let globex_mock: Awaited<ReturnType<typeof start_mock_oidc>>;
  let globex: string;
  let console_app: RelyingParty;
  let console_id: string;
  before(async () => {
    it_is = await start_installation({
      env: { POSTERN_OPERATORS_ORGANIZATION: 'acme', POSTERN_RATE_LIMITS: 'off' },
      people: names.map((name) => person(name)),
    });
    const { broker } = it_is;
    for (const name of ['owner', 'operator', 'support']) await broker.call('POST', '/roles', { name });
    globex_mock = await start_mock_oidc({ people: [eve] });
    const tenant = await add_organization(broker, 'globex');
    globex = tenant.org_id;
    await add_connection(broker, tenant, oidc_settings(globex_mock));
    const registered = await add_client(broker, { scope: `${SCOPE} offline_access roles` });
    console_id = registered.client_id;
    console_app = await relying_party({ issuer: broker.issuer, ...registered });
  });
  after(async () => {
    await globex_mock.close();
    await it_is.stop();
  });

  const call = (token: string, method = 'GET', path = '/organizations', body?: unknown): Promise<Response> =>
    it_is.broker.call(method, path, body, { authorization: `Bearer ${token}` });
  const user = (user_id: string, org_id = it_is.acme.org_id): string => `/organizations/${org_id}/users/${user_id}`;
  const signed_in = async (name: string, roles: readonly unknown[], app = console_app) => {
    const { tokens, user_id } = await it_is.login({ scope: SCOPE }, { app, who: person(name) });
    if (roles.length > 0) await it_is.broker.api('PATCH', user(user_id), { roles });
    return { user_id, token: tokens.access_token };
  };

  it('a person of the operators’ organization with an admin role uses it, as far as the role goes, and is named in the record', async () => {
    const owner = await signed_in('olga', ['owner']);
    assert.equal((await call(owner.token)).status, 200);
    assert.equal((await call(owner.token, 'POST', '/admin-keys', { name: 'k', role: 'support' })).status, 201);
    const operator = await signed_in('opal', ['operator']);
    assert.equal((await call(operator.token, 'POST', '/organizations', { slug: 'new-one', name: 'New' })).status, 201);
    assert.equal((await call(operator.token, 'POST', '/admin-keys', { name: 'k', role: 'owner' })).status, 403);
    assert.equal(
      (await call(operator.token, 'PATCH', user(operator.user_id), { roles: ['owner'] })).status,
      403,
      'nobody makes themselves an owner',
    );
    const support = await signed_in('sam', ['support']);
    assert.equal((await call(support.token)).status, 200);
    assert.equal((await call(support.token, 'POST', '/organizations', { slug: 'another', name: 'Another' })).status, 403);
    const { data } = await it_is.broker.api<{ data: { actor: { kind: string; id: string } }[] }>(
      'GET',
      '/audit-events?type=organization.created&limit=1',
    );
    assert.deepEqual([data[0]?.actor.kind, data[0]?.actor.id], ['user', operator.user_id]);
  });

  it('a person without an admin role, and one whose role is of another app, is refused', async () => {
    const nobody = await signed_in('nora', []);
    assert.equal((await call(nobody.token)).status, 401);
    await it_is.broker.api('PATCH', user(nobody.user_id), { roles: [{ role: 'owner', client_id: it_is.client_id }] });
    assert.equal((await call(nobody.token)).status, 401);
    await it_is.broker.api('PATCH', user(nobody.user_id), { roles: [{ role: 'support', client_id: console_id }] });
    assert.equal((await call(nobody.token)).status, 200);
  });

  it('a role that a group or an attribute of the partner brings is no admin role (privilege by mapping)', async () => {
    const { broker, acme } = it_is;
    await broker.api('POST', `/organizations/${acme.org_id}/role-mappings`, { group: 'Staff', role: 'owner' });
    const mapped = await it_is.login({ scope: `${SCOPE} roles` }, { app: console_app, who: person('dora') });
    assert.deepEqual(mapped.tokens.claims()?.['roles'], ['owner']);
    assert.equal((await call(mapped.tokens.access_token)).status, 401);
  });

  it('a person of another organization is refused, whatever role they have there', async () => {
    const { tokens, user_id } = await it_is.login({ scope: SCOPE, organization: 'globex' }, { app: console_app, who: eve });
    await it_is.broker.api('PATCH', user(user_id, globex), { roles: ['owner'] });
    assert.equal((await call(tokens.access_token)).status, 401);
  });

  it('the role taken away, the session ended, or the person deactivated: refused at the next request', async () => {
    const one = await signed_in('ruth', ['support']);
    assert.equal((await call(one.token)).status, 200);
    await it_is.broker.api('PATCH', user(one.user_id), { roles: [] });
    assert.equal((await call(one.token)).status, 401);
    await it_is.broker.api('PATCH', user(one.user_id), { roles: ['support'] });
    assert.equal((await call(one.token)).status, 200);
    await it_is.broker.api('DELETE', `${user(one.user_id)}/sessions`);
    assert.equal((await call(one.token)).status, 401);
    const two = await signed_in('ruth', []);
    assert.equal((await call(two.token)).status, 200);
    await it_is.broker.api('PATCH', user(two.user_id), { active: false });
    assert.equal((await call(two.token)).status, 401);
  });

  it('a token without the scope, an ID token, a refresh token and a code are none', async () => {
    const { tokens } = await it_is.login({ scope: 'openid offline_access' }, { app: console_app, who: person('olga') });
    for (const token of [tokens.access_token, tokens.id_token ?? '', tokens.refresh_token ?? ''])
      assert.equal((await call(token)).status, 401);
  });

  it('an app whose registration does not name the scope gets none, and one that loses it has none', async () => {
    await assert.rejects(client.clientCredentialsGrant(it_is.app.config, { scope: 'postern:admin' }), { error: 'invalid_scope' });
    const { token } = await signed_in('olga', ['owner']);
    assert.equal((await call(token)).status, 200);
    await it_is.broker.api('PATCH', `/clients/${console_id}`, { scope: 'openid' });
    assert.equal((await call(token)).status, 401);
    await it_is.broker.api('PATCH', `/clients/${console_id}`, { scope: `${SCOPE} offline_access roles` });
  });

  it('an app in its own name (client credentials) operates, and owns nothing; disabled, it is refused', async () => {
    const registered = await add_client(it_is.broker, { grant_types: ['client_credentials'], redirect_uris: [], scope: 'postern:admin' });
    const app = await relying_party({ issuer: it_is.broker.issuer, ...registered });
    const { access_token } = await client.clientCredentialsGrant(app.config, { scope: 'postern:admin' });
    assert.equal((await call(access_token)).status, 200);
    assert.equal((await call(access_token, 'POST', '/admin-keys', { name: 'k', role: 'support' })).status, 403);
    await it_is.broker.api('PATCH', `/clients/${registered.client_id}`, { enabled: false });
    assert.equal((await call(access_token)).status, 401);
  });

  it('a token that is bound to a key is no bearer token (RFC 9449 section 7.2: proof of possession stripped)', async () => {
    const registered = await add_client(it_is.broker, { grant_types: ['client_credentials'], redirect_uris: [], scope: 'postern:admin' });
    const app = await relying_party({ issuer: it_is.broker.issuer, ...registered });
    const DPoP = client.getDPoPHandle(app.config, await client.randomDPoPKeyPair('ES256'));
    const bound = await client.clientCredentialsGrant(app.config, { scope: 'postern:admin' }, { DPoP });
    assert.equal(bound.token_type, 'dpop');
    assert.equal((await call(bound.access_token)).status, 401);
  });

  it('an operator gives no app the scope, and changes none that has it', async () => {
    const { key } = await it_is.broker.api<{ key: string }>('POST', '/admin-keys', { name: 'op', role: 'operator' });
    const body = { client_name: 'X', redirect_uris: ['http://127.0.0.1:9/callback'], scope: SCOPE };
    assert.equal((await call(key, 'POST', '/clients', body)).status, 403);
    assert.equal((await call(key, 'PATCH', `/clients/${console_id}`, { redirect_uris: ['https://evil.example/'] })).status, 403);
    assert.equal((await call(key, 'POST', `/clients/${console_id}/rotate-secret`)).status, 403);
  });
});
