import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import * as client from 'openid-client';
import { Browser } from '../support/browser.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { person } from '../support/people.ts';
import { arrive } from '../support/relying_party.ts';
import { sign_in } from '../support/sign_in.ts';
import { PATCH_OP, USER } from '../support/scim_world.ts';

interface User {
  readonly id: string;
  readonly active: boolean;
  readonly in_allowed_group: boolean;
  readonly given_name: string | null;
  readonly groups: readonly { readonly id: string; readonly display_name: string }[];
}

describe('the people policy of an organization', () => {
  let it_is: Installation;
  let scim: (method: string, path: string, body?: unknown) => Promise<Response>;
  const people = ['abe', 'bob', 'cy', 'dee', 'eve'].map((name) => person(name, { groups: name === 'bob' ? [] : ['Staff'] }));
  const [abe, bob, cy, dee, eve] = people;
  before(async () => {
    it_is = await start_installation({ people });
    const { token, base_url } = await it_is.broker.api<{ token: string; base_url: string }>('POST', `${organization()}/scim-tokens`, {
      connection_id: it_is.connection_id,
    });
    scim = (method, path, body) =>
      fetch(`${base_url}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
  });
  after(() => it_is?.stop());
  beforeEach(() => policy(null));
  const organization = (): string => `/organizations/${it_is.acme.org_id}`;
  const policy = (people_policy: unknown): Promise<unknown> => it_is.broker.api('PATCH', organization(), { people_policy });
  const user = (id: string): Promise<User> => it_is.broker.api<User>('GET', `${organization()}/users/${id}`);
  const try_in = async (who: (typeof people)[number]) => {
    const started = await it_is.app.begin({ connection: it_is.connection_id });
    const browser = new Browser();
    return sign_in(browser, await arrive(browser, it_is.app, started.url), who);
  };

  it('is read back as it was set, without a policy as nothing; what it cannot be is named', async () => {
    const wanted = { attribute_owners: { default: ['scim', 'admin'] }, allowed_groups: ['Nobody yet'] };
    assert.deepEqual(
      ((await it_is.broker.api('PATCH', organization(), { people_policy: wanted })) as { people_policy: unknown }).people_policy,
      wanted,
    );
    await policy({ attribute_owners: null });
    assert.deepEqual((await it_is.broker.api<{ people_policy: unknown }>('GET', organization())).people_policy, {
      allowed_groups: ['Nobody yet'],
    });
    await policy(null);
    assert.deepEqual((await it_is.broker.api<{ people_policy: unknown }>('GET', organization())).people_policy, {});
    for (const wrong of [
      { match_by: ['shoe_size'] },
      { attribute_owners: { default: [] } },
      { attribute_owners: { attributes: { id: ['scim'] } } },
      { on: 1 },
    ])
      assert.equal((await it_is.broker.call('PATCH', organization(), { people_policy: wrong })).status, 422, JSON.stringify(wrong));
  });

  it('leaving the last allowed group over SCIM ends access at once with a receipt; the sign-in is refused in words; coming back restores', async () => {
    assert.ok(cy !== undefined);
    const { user_id, tokens } = await it_is.login({ connection: it_is.connection_id, scope: 'openid offline_access' }, { who: cy });
    const { id: group } = await it_is.broker.api<{ id: string }>('POST', `${organization()}/groups`, {
      display_name: 'Let in',
      members: [user_id],
    });
    await policy({ allowed_groups: ['let IN'] });
    const { config } = it_is.app;
    assert.equal((await client.tokenIntrospection(config, tokens.access_token)).active, true);
    const left = await scim('PATCH', `/Groups/${group}`, {
      schemas: [PATCH_OP],
      Operations: [{ op: 'remove', path: `members[value eq "${user_id}"]` }],
    });
    assert.equal(left.status, 204);
    assert.equal((await client.tokenIntrospection(config, tokens.access_token)).active, false);
    await assert.rejects(client.refreshTokenGrant(config, tokens.refresh_token ?? ''));
    const now = await user(user_id);
    assert.deepEqual([now.active, now.in_allowed_group], [true, false]);
    const { data } = await it_is.broker.api<{ data: { reason: string; user_id: string | null }[] }>('GET', `${organization()}/receipts`);
    assert.ok(data.some((one) => one.user_id === user_id && one.reason === 'user.kept_out'));
    const page = await try_in(cy);
    assert.equal(page.status, 403);
    assert.match(page.html, /none of the groups that may sign in here/);
    await scim('PATCH', `/Groups/${group}`, {
      schemas: [PATCH_OP],
      Operations: [{ op: 'add', path: 'members', value: [{ value: user_id }] }],
    });
    assert.equal((await it_is.login({ connection: it_is.connection_id }, { who: cy })).user_id, user_id);
    await it_is.broker.api('DELETE', `${organization()}/groups/${group}`);
    assert.equal((await user(user_id)).in_allowed_group, false, 'a group that is gone lets nobody in');
  });

  it('nobody is made only to be refused; whom the partner’s groups let in is made, and out again when they no longer do', async () => {
    assert.ok(bob !== undefined && dee !== undefined);
    await policy({ allowed_groups: ['Staff'] });
    assert.equal((await try_in(bob)).status, 403);
    const { data } = await it_is.broker.api<{ data: unknown[] }>(
      'GET',
      `${organization()}/users?filter=${encodeURIComponent('user_name co "bob"')}`,
    );
    assert.equal(data.length, 0);
    const { user_id } = await it_is.login({ connection: it_is.connection_id }, { who: dee });
    const at = it_is.mock.people.findIndex(({ username }) => username === 'dee');
    it_is.mock.people.splice(at, 1, { ...dee, groups: [] });
    assert.equal((await try_in(dee)).status, 403);
    assert.deepEqual([(await user(user_id)).in_allowed_group, (await user(user_id)).groups], [false, []]);
  });

  it('a membership that SCIM adds again outlives the sign-in that made it', async () => {
    assert.ok(abe !== undefined);
    const { user_id } = await it_is.login({ connection: it_is.connection_id }, { who: abe });
    const [staff] = (await user(user_id)).groups;
    await scim('PATCH', `/Groups/${staff?.id ?? ''}`, {
      schemas: [PATCH_OP],
      Operations: [{ op: 'add', path: 'members', value: [{ value: user_id }] }],
    });
    const at = it_is.mock.people.findIndex(({ username }) => username === 'abe');
    it_is.mock.people.splice(at, 1, { ...abe, groups: [] });
    await it_is.login({ connection: it_is.connection_id }, { who: abe });
    assert.deepEqual(
      (await user(user_id)).groups.map(({ display_name }) => display_name),
      ['Staff'],
    );
  });

  it('what SCIM owns, an administrator is told of, and a sign-in leaves alone; what the sign-in owns, SCIM is shown as it is', async () => {
    assert.ok(eve !== undefined);
    await policy({ attribute_owners: { default: ['scim', 'admin', 'sign_in'], attributes: { given_name: ['sign_in', 'scim'] } } });
    const { user_id } = await it_is.login({ connection: it_is.connection_id }, { who: eve });
    const path = `${organization()}/users/${user_id}`;
    const put = await scim('PUT', `/Users/${user_id}`, {
      schemas: [USER],
      userName: 'eve@acme.example',
      displayName: 'Eve of SCIM',
      name: { givenName: 'Other' },
    });
    const shown = (await put.json()) as { displayName: string; name: { givenName: string } };
    assert.deepEqual([put.status, shown.displayName, shown.name.givenName], [200, 'Eve of SCIM', 'Eve']);
    const refused = await it_is.broker.call('PATCH', path, { display_name: 'By hand' });
    const problem = (await refused.json()) as { code: string; errors: unknown };
    assert.deepEqual(
      [refused.status, problem.code, problem.errors],
      [422, 'owned_elsewhere', [{ path: 'display_name', message: 'is owned by scim' }]],
    );
    await policy({ admin_override: true });
    assert.equal((await it_is.broker.call('PATCH', path, { display_name: 'By hand' })).status, 200);
    const at = it_is.mock.people.findIndex(({ username }) => username === 'eve');
    it_is.mock.people.splice(at, 1, { ...eve, given_name: 'Evelyn', display_name: 'Evelyn of the partner' });
    await it_is.login({ connection: it_is.connection_id }, { who: eve });
    const now = await it_is.broker.api<{ given_name: string; display_name: string }>('GET', path);
    assert.deepEqual([now.given_name, now.display_name], ['Evelyn', 'By hand']);
  });

  it('that refuses conflicts lets SCIM take over nobody whom another source made', async () => {
    const { id } = await it_is.broker.api<User>('POST', `${organization()}/users`, { user_name: 'by-hand' });
    await policy({ on_conflict: 'refuse' });
    for (const answer of [
      await scim('PUT', `/Users/${id}`, { schemas: [USER], userName: 'taken-over' }),
      await scim('DELETE', `/Users/${id}`),
    ])
      assert.equal(answer.status, 403);
    await policy(null);
    assert.equal((await scim('PUT', `/Users/${id}`, { schemas: [USER], userName: 'taken-over' })).status, 200);
  });
});
