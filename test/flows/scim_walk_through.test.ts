import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { OrgId } from '../../src/kernel/index.ts';
import { start_broker, type TestBroker } from '../support/broker.ts';
import { GROUP, type ScimClient, scim_client, USER } from '../support/scim_world.ts';
import { add_organization } from '../support/tenant.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** Both in the order of requests that these clients are known to send, on a whole broker, with tokens of the admin API. */
describe('provisioning from beginning to end', () => {
  let broker: TestBroker;
  before(async () => {
    broker = await start_broker();
  });
  after(() => broker.stop());

  async function connect(slug: string, agent: string): Promise<ScimClient> {
    const { org_id } = await add_organization(broker, slug);
    const made = await broker.api<{ id: string; token: string; base_url: string }>('POST', `/organizations/${org_id}/scim-tokens`, {});
    assert.equal(made.base_url, `${broker.issuer}/scim/${org_id}/v2`);
    return scim_client(broker.issuer, org_id as OrgId, made.token, made.id, agent);
  }
  const look_up = (client: ScimClient, collection: string, filter: string, more = '') =>
    client.call('GET', `${collection}?filter=${encodeURIComponent(filter)}${more}`);

  it('as Okta does it', async () => {
    const okta = await connect('okta', 'Okta SCIM Client 1.0.0');
    // test of the credentials, as it is saved
    assert.equal((await okta.call('GET', '/Users?startIndex=1&count=2')).status, 200);
    assert.equal((await okta.call('GET', '/Groups?startIndex=1&count=100')).status, 200);
    // assignment: look, then create
    const name = 'isaac.brock@example.com';
    const none = await look_up(okta, '/Users', `userName eq "${name}"`, '&startIndex=1&count=100');
    assert.deepEqual([none.status, none.json.totalResults], [200, 0]);
    const made = await okta.call('POST', '/Users', {
      schemas: [USER],
      userName: name,
      name: { givenName: 'Isaac', familyName: 'Brock' },
      emails: [{ primary: true, value: name, type: 'work' }],
      displayName: 'Isaac Brock',
      locale: 'en-US',
      externalId: '00ujl29u0le5T6Aj10h7',
      groups: [],
      password: '1mz050nq',
      active: true,
    });
    assert.equal(made.status, 201, made.text);
    const path = `/Users/${made.json.id}`;
    // profile: read, change, write back
    const read = await okta.call('GET', path);
    const updated = await okta.call('PUT', path, { ...read.json, name: { givenName: 'Isaac', familyName: 'Brock', middleName: 'K' } });
    assert.deepEqual([updated.status, updated.json.name['middleName']], [200, 'K']);
    // group push
    const group = await okta.call('POST', '/Groups', { schemas: [GROUP], displayName: 'Test SCIMv2', members: [] });
    assert.equal(group.status, 201, group.text);
    const group_path = `/Groups/${group.json.id}`;
    assert.equal((await okta.call('GET', group_path)).status, 200);
    const pushed = await okta.patch(
      group_path,
      { op: 'replace', value: { id: group.json.id, displayName: 'Test SCIMv2' } },
      { op: 'add', path: 'members', value: [{ value: made.json.id, display: name }] },
    );
    assert.ok([200, 204].includes(pushed.status), pushed.text);
    assert.equal((await okta.call('GET', group_path)).json.members.length, 1);
    assert.ok([200, 204].includes((await okta.patch(group_path, { op: 'remove', path: `members[value eq "${made.json.id}"]` })).status));
    // the end of the assignment
    const off = await okta.patch(path, { op: 'replace', value: { active: false } });
    assert.deepEqual([off.status, off.json.active], [200, false]);
    // and again
    const found = await look_up(okta, '/Users', `userName eq "${name}"`, '&startIndex=1&count=100');
    assert.equal(found.json.Resources[0]?.id, made.json.id);
    assert.equal((await okta.call('PUT', path, { ...found.json.Resources[0], active: true })).json.active, true);
    assert.equal((await okta.call('DELETE', group_path)).status, 204);
    // import
    const page = await okta.call('GET', '/Users?startIndex=1&count=100');
    assert.deepEqual([page.json.totalResults, page.json.Resources.length], [1, 1]);
  });

  it('as Entra ID does it', async () => {
    const entra = await connect('entra', '');
    // test of the connection
    const nobody = await look_up(entra, '/Users', 'userName eq "0f0e1f2a-5b0c-4b7a-8a43-3f2f0a0f1d6c"');
    assert.deepEqual([nobody.status, nobody.json.totalResults], [200, 0]);
    // a user
    assert.equal((await look_up(entra, '/Users', 'userName eq "Test_User_1@contoso.example"')).json.totalResults, 0);
    const make = (userName: string, externalId: string) =>
      entra.call('POST', '/Users', {
        schemas: [USER, ENTERPRISE],
        externalId,
        userName,
        active: true,
        emails: [{ primary: true, type: 'work', value: userName }],
        meta: { resourceType: 'User' },
        name: { formatted: 'givenName familyName', familyName: 'familyName', givenName: 'givenName' },
        phoneNumbers: null,
        roles: [],
      });
    const user = await make('Test_User_1@contoso.example', '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef');
    const boss = await make('Boss@contoso.example', '6c75de36-30fa-4d2d-a196-6bdcdb6b6539');
    assert.deepEqual([user.status, boss.status], [201, 201], user.text);
    const path = `/Users/${user.json.id}`;
    assert.equal((await entra.call('GET', path)).status, 200);
    // changes
    const changed = await entra.patch(
      path,
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'updated@contoso.example' },
      { op: 'Replace', path: 'name.familyName', value: 'updatedFamilyName' },
      { op: 'Add', path: `${ENTERPRISE}:manager`, value: boss.json.id },
      { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+1 555 0100' },
    );
    assert.equal(changed.status, 200, changed.text);
    assert.equal(changed.json.emails[0]?.value, 'updated@contoso.example');
    const managed = await look_up(entra, '/Users', `id eq "${user.json.id}" and manager eq "${boss.json.id}"`, '&attributes=id');
    assert.equal(managed.json.totalResults, 1);
    assert.equal((await entra.patch(path, { op: 'Replace', path: 'userName', value: '5b50642d@contoso.example' })).status, 200);
    // a group
    const name = 'displayName eq "Engineers"';
    assert.equal((await look_up(entra, '/Groups', name, '&excludedAttributes=members')).json.totalResults, 0);
    const group = await entra.call('POST', '/Groups', {
      schemas: [GROUP, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
      externalId: '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159',
      displayName: 'Engineers',
      meta: { resourceType: 'Group' },
    });
    assert.equal(group.status, 201, group.text);
    const group_path = `/Groups/${group.json.id}`;
    const read = await entra.call('GET', `${group_path}?excludedAttributes=members`);
    assert.deepEqual([read.status, read.json.members], [200, undefined]);
    assert.equal((await entra.patch(group_path, { op: 'Replace', path: 'displayName', value: 'Engineering' })).status, 204);
    const members = [user, boss].map(({ json }) => ({ $ref: null, value: json.id }));
    assert.equal((await entra.patch(group_path, { op: 'Add', path: 'members', value: members })).status, 204);
    assert.equal(
      (await entra.patch(group_path, { op: 'Remove', path: 'members', value: [{ $ref: null, value: boss.json.id }] })).status,
      204,
    );
    const left = (await entra.call('GET', group_path)).json.members;
    assert.deepEqual(
      left.map(({ value }) => value),
      [user.json.id],
    );
    assert.equal((await entra.call('DELETE', group_path)).status, 204);
    // who leaves is switched off, found as such, and removed for good later
    assert.equal((await entra.patch(path, { op: 'Replace', path: 'active', value: 'False' })).status, 200);
    assert.equal((await look_up(entra, '/Users', 'externalId eq "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef"')).json.Resources[0]?.active, false);
    assert.equal((await entra.call('DELETE', path)).status, 204);
    assert.equal((await entra.call('GET', path)).status, 404);
    assert.equal((await look_up(entra, '/Users', 'userName eq "5b50642d@contoso.example"')).json.totalResults, 0);
  });
});
