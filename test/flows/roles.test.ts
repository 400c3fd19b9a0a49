import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Installation, start_installation } from '../support/installation.ts';
import { person } from '../support/people.ts';
import { relying_party } from '../support/relying_party.ts';
import { add_client } from '../support/tenant.ts';

describe('roles', () => {
  let it_is: Installation;
  const scope = 'openid postern:admin roles groups';
  before(async () => {
    it_is = await start_installation({
      env: { POSTERN_OPERATORS_ORGANIZATION: 'acme', POSTERN_RATE_LIMITS: 'off' },
      people: [
        person('one', { groups: ['Staff'] }),
        person('two', { groups: ['Staff', 'Finance'] }),
        person('three', { groups: ['Finance'] }),
      ],
    });
  });
  after(() => it_is.stop());
  const org = (): string => `/organizations/${it_is.acme.org_id}`;

  it('a preview says who of the recorded sign-ins a mapping would reach, and who has the role already; it makes nothing', async () => {
    const ids: Record<string, string> = {};
    for (const name of ['one', 'two', 'three']) ids[name] = (await it_is.login({}, { who: person(name) })).user_id;
    await it_is.broker.api('POST', `${org()}/users`, { user_name: 'never-signed-in' });
    await it_is.broker.api('PATCH', `${org()}/users/${ids['two'] ?? ''}`, { roles: ['analyst'] });
    interface Preview {
      readonly looked_at: number;
      readonly matching: number;
      readonly new: number;
      readonly people: readonly { readonly user_id: string; readonly already: boolean; readonly reference: string }[];
    }
    const preview = await it_is.broker.api<Preview>('POST', `${org()}/role-mappings/preview`, { group: 'Staff', role: 'analyst' });
    assert.deepEqual([preview.looked_at, preview.matching, preview.new], [3, 2, 1]);
    assert.deepEqual(
      new Map(preview.people.map(({ user_id, already }) => [user_id, already])),
      new Map([
        [ids['two'], true],
        [ids['one'], false],
      ]),
    );
    assert.equal((await it_is.broker.call('GET', `/login-traces/${preview.people[0]?.reference ?? ''}`)).status, 200);
    assert.deepEqual((await it_is.broker.api<{ data: unknown[] }>('GET', `${org()}/role-mappings`)).data, []);
    assert.equal((await it_is.broker.call('POST', `${org()}/role-mappings/preview`, { role: 'analyst' })).status, 422);
  });

  it('a mapping may be an expression over groups and attributes; what it cannot say is refused, and the preview answers before it is made', async () => {
    const { api, call } = it_is.broker;
    const when = 'groups eq "Finance" and not (groups eq "Staff") and email ew "@acme.example"';
    const { user_id } = await it_is.login({}, { who: person('three') });
    const preview = await api<{ people: { user_id: string }[] }>('POST', `${org()}/role-mappings/preview`, { when, role: 'auditor' });
    assert.deepEqual(
      preview.people.map((found) => found.user_id),
      [user_id],
    );
    const made = await api<{ id: string; when: string }>('POST', `${org()}/role-mappings`, { when, role: 'auditor' });
    assert.equal(made.when, when);
    const roles = async (name: string): Promise<unknown> =>
      (await it_is.login({ scope: 'openid roles' }, { who: person(name) })).tokens.claims()?.['roles'];
    assert.deepEqual([await roles('three'), await roles('one')], [['auditor'], []]);
    for (const wrong of [
      'groups',
      'groups eq Finance',
      'groups matches "a"',
      'groups gt "a"',
      'x eq 1',
      'a[b eq "c"]',
      `x eq "${'y'.repeat(1000)}"`,
    ])
      assert.equal((await call('POST', `${org()}/role-mappings`, { when: wrong, role: 'auditor' })).status, 422, wrong);
    assert.equal((await call('POST', `${org()}/role-mappings`, { when, group: 'Staff', role: 'auditor' })).status, 422);
    await call('DELETE', `${org()}/role-mappings/${made.id}`);
  });

  it('attack: a SCIM or directory group named owner, and a mapping of it, never make an admin; given by hand, the role does', async () => {
    const { broker } = it_is;
    const app = await relying_party({ issuer: broker.issuer, ...(await add_client(broker, { scope })) });
    const { user_id, tokens } = await it_is.login({ scope }, { app, who: person('two') });
    const token = await broker.api<{ token: string; base_url: string }>('POST', `${org()}/scim-tokens`, {});
    const made = await fetch(`${token.base_url}/Groups`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token.token}`, 'content-type': 'application/scim+json' },
      body: JSON.stringify({
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
        displayName: 'owner',
        members: [{ value: user_id }],
      }),
    });
    assert.equal(made.status, 201, await made.text());
    for (const group of ['owner', 'Staff']) await broker.api('POST', `${org()}/role-mappings`, { group, role: 'owner' });
    const again = await it_is.login({ scope }, { app, who: person('two') });
    assert.ok((again.tokens.claims()?.['roles'] as string[]).includes('owner'), 'to the app it is a role like any other');
    const call = (access: string): Promise<Response> =>
      broker.call('GET', '/organizations', undefined, { authorization: `Bearer ${access}` });
    for (const access of [tokens.access_token, again.tokens.access_token]) assert.equal((await call(access)).status, 401);
    await broker.api('PATCH', `${org()}/users/${user_id}`, { roles: ['support'] });
    assert.equal((await call(again.tokens.access_token)).status, 200);
  });
});
