import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { decodeJwt } from 'jose';
import * as client from 'openid-client';
import { start_mock_oidc } from '../../src/mock/index.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { person } from '../support/people.ts';
import { add_connection, add_organization, oidc_settings } from '../support/tenant.ts';
import { until } from '../support/until.ts';

describe('two users who are one person', () => {
  let it_is: Installation;
  let second: Awaited<ReturnType<typeof start_mock_oidc>>;
  let second_connection: string;
  const mae = person('mae', { groups: ['Old'] });
  /** Whom the app was told to sign out. */
  const told: (string | undefined)[] = [];
  const app = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      told.push(decodeJwt(new URLSearchParams(body).get('logout_token') ?? '').sub);
      response.writeHead(200).end();
    });
  });
  before(async () => {
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
    const address = app.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    it_is = await start_installation({
      client: { backchannel_logout_uri: `http://127.0.0.1:${port}/logout` },
      people: [person('mae', { groups: ['Old'] }), person('solo')],
    });
    second = await start_mock_oidc({ people: [mae] });
    second_connection = (await add_connection(it_is.broker, it_is.acme, { ...oidc_settings(second), name: 'Second' })).id;
  });
  after(async () => {
    app.close();
    app.closeAllConnections();
    await second?.close();
    await it_is?.stop();
  });
  const users = (): string => `/organizations/${it_is.acme.org_id}/users`;
  interface User {
    readonly id: string;
    readonly email: string | null;
    readonly former_ids: readonly string[];
    readonly written_by: Readonly<Record<string, string>>;
    readonly identities: readonly { readonly connection_id: string }[];
    readonly groups: readonly { readonly display_name: string }[];
    readonly roles: readonly unknown[];
  }
  const scope = 'openid email offline_access';

  it('become one: identities, groups and roles move; tokens already out go on and answer with the old sub; the next sign-in is the one who stays', async () => {
    const old = await it_is.login({ connection: it_is.connection_id, scope }, { who: mae });
    const { id: into } = await it_is.broker.api<{ id: string }>('POST', users(), { user_name: 'mae-by-hand', roles: ['editor'] });
    await it_is.broker.api('PATCH', `${users()}/${old.user_id}`, { roles: ['reader'] });
    const merged = await it_is.broker.api<User>('POST', `${users()}/${old.user_id}/merge`, { into });
    assert.equal(merged.id, into);
    assert.deepEqual([merged.former_ids, merged.written_by['email']], [[old.user_id], 'sign_in']);
    assert.deepEqual(
      [merged.identities.map(({ connection_id }) => connection_id), merged.groups.map(({ display_name }) => display_name), merged.roles],
      [[it_is.connection_id], ['Old'], ['editor', 'reader']],
    );
    assert.equal(merged.email, 'mae@acme.example', 'what the one who stays did not have');
    assert.equal((await it_is.broker.call('GET', `${users()}/${old.user_id}`)).status, 404);

    const { config } = it_is.app;
    const info = await client.fetchUserInfo(config, old.tokens.access_token, old.user_id);
    assert.equal(info.sub, old.user_id);
    assert.equal((await client.tokenIntrospection(config, old.tokens.access_token)).active, true);
    const fresh = await client.refreshTokenGrant(config, old.tokens.refresh_token ?? '');
    assert.equal(fresh.claims()?.sub, old.user_id);
    const again = await it_is.login({ connection: it_is.connection_id, scope }, { who: mae });
    assert.equal(again.user_id, into);

    await it_is.broker.api('PATCH', `${users()}/${into}`, { active: false });
    for (const token of [fresh.access_token, again.tokens.access_token])
      assert.equal((await client.tokenIntrospection(config, token)).active, false, 'both ends when the one who stays is switched off');
    await it_is.broker.api('PATCH', `${users()}/${into}`, { active: true });
  });

  it('the old id says who it is now, to the API and over SCIM; the record and the export of who stays have what was recorded of both', async () => {
    const sue = person('sue');
    it_is.mock.people.push(sue);
    const old = await it_is.login({ connection: it_is.connection_id, scope }, { who: sue });
    const { id: into } = await it_is.broker.api<{ id: string }>('POST', users(), { user_name: 'sue-by-hand' });
    await it_is.broker.api('POST', `${users()}/${old.user_id}/merge`, { into });
    const gone = await it_is.broker.call('GET', `${users()}/${old.user_id}`);
    assert.deepEqual([gone.status, ((await gone.json()) as { title: string }).title], [404, `No such user: it was merged into ${into}.`]);
    const { token, base_url } = await it_is.broker.api<{ token: string; base_url: string }>(
      'POST',
      `/organizations/${it_is.acme.org_id}/scim-tokens`,
      {},
    );
    const over_scim = await fetch(`${base_url}/Users/${old.user_id}`, { headers: { authorization: `Bearer ${token}` } });
    assert.deepEqual(
      [over_scim.status, ((await over_scim.json()) as { detail: string }).detail],
      [404, `No such user: it was merged into ${into}.`],
    );
    const globex = await add_organization(it_is.broker, 'globex-beside');
    const [alias, unknown] = await Promise.all(
      [old.user_id, 'usr_000000000000000000000000'].map(async (id) => {
        const answer = await it_is.broker.call('GET', `/organizations/${globex.org_id}/users/${id}`);
        return { ...((await answer.json()) as object), request_id: '' };
      }),
    );
    assert.deepEqual(alias, unknown, 'another organization learns nothing of it');

    type Events = { readonly data: readonly { readonly type: string }[] };
    const recorded = await it_is.broker.api<Events>('GET', `/audit-events?target=${into}`);
    const types = recorded.data.map(({ type }) => type);
    for (const type of ['user.created', 'identity.linked', 'user.merged']) assert.ok(types.includes(type), type);
    const traces = await it_is.broker.api<{ data: unknown[] }>('GET', `/login-traces?user_id=${into}`);
    assert.equal(traces.data.length, 1);
    const exported = await it_is.broker.api<{ audit_events: { type: string }[]; login_traces: unknown[] }>(
      'GET',
      `${users()}/${into}/export`,
    );
    assert.ok(exported.audit_events.some(({ type }) => type === 'identity.linked'));
    assert.equal(exported.login_traces.length, 1);
  });

  it('back-channel logout names to each app the sub that it knows', async () => {
    const tom = person('tom');
    it_is.mock.people.push(tom);
    const old = await it_is.login({ connection: it_is.connection_id, scope }, { who: tom });
    const { id: into } = await it_is.broker.api<{ id: string }>('POST', users(), { user_name: 'tom-by-hand' });
    await it_is.broker.api('POST', `${users()}/${old.user_id}/merge`, { into });
    await it_is.login({ connection: it_is.connection_id, scope }, { who: tom });
    await it_is.broker.api('PATCH', `${users()}/${into}`, { active: false });
    await until(() => told.includes(into) && told.includes(old.user_id));
  });

  it('both known at one connection are two people to the partner: 409, nothing moved', async () => {
    const solo = await it_is.login({ connection: it_is.connection_id }, { who: person('solo') });
    const other = await it_is.login({ connection: it_is.connection_id }, { who: mae });
    const answer = await it_is.broker.call('POST', `${users()}/${solo.user_id}/merge`, { into: other.user_id });
    assert.deepEqual([answer.status, ((await answer.json()) as { code: string }).code], [409, 'merge_identities']);
    assert.equal((await it_is.broker.api<User>('GET', `${users()}/${solo.user_id}`)).identities.length, 1);
    const by_second = await it_is.login({ connection: second_connection }, { who: mae });
    const merged = await it_is.broker.api<User>('POST', `${users()}/${by_second.user_id}/merge`, { into: other.user_id });
    assert.equal(merged.identities.length, 2);
  });

  it('attack: a user of another organization is not found, as either; nor is one merged into itself', async () => {
    const globex = await add_organization(it_is.broker, 'globex');
    const { id: foreign } = await it_is.broker.api<{ id: string }>('POST', `/organizations/${globex.org_id}/users`, { user_name: 'g' });
    const { id: own } = await it_is.broker.api<{ id: string }>('POST', users(), { user_name: 'own' });
    for (const [from, into, status] of [
      [own, foreign, 404],
      [foreign, own, 404],
      [own, own, 409],
      [own, 'usr_none', 404],
    ] as const)
      assert.equal((await it_is.broker.call('POST', `${users()}/${from}/merge`, { into })).status, status, `${from} ${into}`);
    assert.equal((await it_is.broker.call('POST', `${users()}/${own}/merge`, { into: own, more: 1 })).status, 422);
  });
});
