import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as client from 'openid-client';
import { type Installation, start_installation } from '../support/installation.ts';
import { person } from '../support/people.ts';
import { relying_party } from '../support/relying_party.ts';
import { add_client } from '../support/tenant.ts';

describe('what an app’s tokens say, in its own words', () => {
  let it_is: Installation;
  const many = person('many', { groups: ['app-a', 'app-b', 'app-c', 'other'] });
  before(async () => {
    it_is = await start_installation({ people: [many] });
  });
  after(() => it_is.stop());

  async function claims_for(body: Readonly<Record<string, unknown>>, who = many): Promise<Record<string, unknown>> {
    const app = await relying_party({ issuer: it_is.broker.issuer, ...(await add_client(it_is.broker, body)) });
    const { tokens } = await it_is.login({}, { app, who });
    const claims = { ...tokens.claims() };
    const told: Record<string, unknown> = await client.fetchUserInfo(app.config, tokens.access_token, tokens.claims()?.sub ?? '');
    for (const [name, value] of Object.entries(told)) assert.deepEqual(claims[name], value, `userinfo says another ${name}`);
    return claims;
  }

  it('renames claims, and nothing is left under the old name', async () => {
    const claims = await claims_for({ claim_mapping: { rename: { email: 'mail', groups: 'https://app.example/groups' } } });
    assert.equal(claims['mail'], many.email);
    assert.deepEqual(claims['https://app.example/groups'], ['app-a', 'app-b', 'app-c', 'other']);
    assert.equal('email' in claims || 'groups' in claims, false);
  });

  it('shows only groups that begin with the prefix', async () => {
    assert.deepEqual((await claims_for({ claim_mapping: { groups_prefix: 'app-' } }))['groups'], ['app-a', 'app-b', 'app-c']);
  });

  it('caps groups, and says that there are more', async () => {
    const capped = await claims_for({ claim_mapping: { groups_limit: 2 } });
    assert.equal((capped['groups'] as string[]).length, 2);
    assert.equal(capped['groups_overage'], true);
    assert.equal('groups_overage' in (await claims_for({ claim_mapping: { groups_limit: 4 } })), false);
  });

  it('renames nothing to a claim that a token is checked by, and no two to one name', async () => {
    for (const rename of [
      { email: 'sub' },
      { groups: 'aud' },
      { name: 'org_id' },
      { email: '__proto__' },
      { email: 'x', name: 'x' },
      { sub: 'x' },
    ]) {
      const answer = await it_is.broker.call('POST', '/clients', {
        redirect_uris: ['http://127.0.0.1:9/callback'],
        claim_mapping: { rename },
      });
      assert.equal(answer.status, 422, JSON.stringify(rename));
    }
  });

  it('speaks as Auth0, Keycloak or Logto do, beside its own claims', async () => {
    const { org_id, slug } = it_is.acme;
    assert.equal((await claims_for({ claims_preset: 'auth0' }))['org_name'], slug);
    assert.deepEqual((await claims_for({ claims_preset: 'keycloak' }))['organization'], { [slug]: { id: org_id } });
    await it_is.broker.api('POST', '/roles', { name: 'editor' });
    await it_is.broker.api('POST', `/organizations/${org_id}/role-mappings`, { group: 'other', role: 'editor' });
    const logto = await claims_for({ claims_preset: 'logto' });
    assert.deepEqual(logto['organizations'], [org_id]);
    assert.deepEqual(logto['organization_roles'], [`${org_id}:editor`]);
    for (const claims_preset of ['auth0', 'keycloak', 'logto']) assert.equal((await claims_for({ claims_preset }))['org_id'], org_id);
  });

  it('ignores scopes that only its provider before knew', async () => {
    const registered = await add_client(it_is.broker, { claims_preset: 'keycloak' });
    const app = await relying_party({ issuer: it_is.broker.issuer, ...registered });
    const { tokens } = await it_is.login({ scope: 'openid profile organization' }, { app });
    assert.ok(tokens.id_token);
  });
});
