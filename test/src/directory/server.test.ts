import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { GROUP, type ScimClient, scim_world, type ScimWorld, USER } from '../../support/scim_world.ts';

describe('the SCIM server', () => {
  let world: ScimWorld;
  let scim: ScimClient;
  before(async () => {
    world = await scim_world();
    scim = await world.client();
  });
  after(() => world.close());

  it('makes, shows, replaces, patches and removes a user', async () => {
    const made = await scim.call('POST', '/Users', {
      schemas: [USER],
      userName: 'Ann',
      name: { givenName: 'Ann', familyName: 'Archer', middleName: 'Q' },
      emails: [{ value: 'ann@acme.example', type: 'work', primary: true }],
      title: 'Engineer',
    });
    assert.equal(made.status, 201);
    const { id } = made.json;
    assert.match(id, /^usr_/);
    assert.equal(made.headers.get('location'), `http://localhost:4400/scim/${scim.org_id}/v2/Users/${id}`);
    assert.equal(made.headers.get('content-type'), 'application/scim+json; charset=utf-8');
    assert.equal(made.headers.get('etag'), 'W/"1"');
    const got = await scim.call('GET', `/Users/${id}`);
    assert.deepEqual(got.json, made.json);
    const row = await world.storage.org(scim.org_id).users.find_one({ id });
    assert.equal(row?.email, 'ann@acme.example');
    assert.equal(row.given_name, 'Ann');
    const put = await scim.call('PUT', `/Users/${id}`, { schemas: [USER], userName: 'ann2' });
    assert.equal(put.status, 200, put.text);
    assert.deepEqual(Object.keys(put.json).sort(), ['active', 'id', 'meta', 'schemas', 'userName']);
    const patched = await scim.patch(`/Users/${id}`, { op: 'replace', path: 'name.givenName', value: 'Anne' });
    assert.equal(patched.status, 200, patched.text);
    assert.deepEqual(patched.json.name, { givenName: 'Anne' });
    assert.equal((await scim.call('DELETE', `/Users/${id}`)).status, 204);
    assert.equal((await scim.call('GET', `/Users/${id}`)).status, 404);
    assert.deepEqual(world.errors.map(String), ['NotFound: No such user.']);
  });

  it('gives another entity tag to who is in another group, and to a group that somebody has left by being deleted', async () => {
    const dan = await scim.user('dan');
    const eve = await scim.user('eve');
    const tags = async (): Promise<string[]> => {
      const answers = [await scim.call('GET', `/Users/${eve.id}`), await scim.call('GET', `/Groups/${group.id}`)];
      for (const { headers, json } of answers) assert.equal(headers.get('etag'), json.meta.version);
      return answers.map(({ headers }) => headers.get('etag') ?? '');
    };
    const group = await scim.group('Night shift', [dan.id]);
    const [eve_alone = '', dan_only = ''] = await tags();
    await scim.patch(`/Groups/${group.id}`, { op: 'add', path: 'members', value: [{ value: eve.id }] });
    const [eve_inside = '', both = ''] = await tags();
    await scim.call('DELETE', `/Users/${dan.id}`);
    const [eve_still, eve_only = ''] = await tags();
    assert.equal(eve_still, eve_inside);
    assert.notEqual(eve_inside, eve_alone);
    assert.equal(new Set([dan_only, both, eve_only]).size, 3);
    const unless = (path: string, tag: string) => scim.call('GET', path, undefined, { 'if-none-match': tag });
    assert.equal((await unless(`/Users/${eve.id}`, eve_alone)).status, 200);
    assert.equal((await unless(`/Groups/${group.id}`, both)).status, 200);
    assert.equal((await unless(`/Groups/${group.id}`, eve_only)).status, 304);
    // what a change must find is the resource itself: its members are added to and taken from
    const renamed = { schemas: [GROUP], displayName: 'Late shift' };
    assert.equal((await scim.call('PUT', `/Groups/${group.id}`, renamed, { 'if-match': both })).status, 200);
    assert.equal((await scim.call('PUT', `/Groups/${group.id}`, renamed, { 'if-match': both })).status, 412);
  });

  it('makes groups and their members', async () => {
    const bob = await scim.user('bob');
    const cat = await scim.user('cat');
    const group = await scim.group('Staff', [bob.id]);
    assert.deepEqual(
      group.members.map((one) => one.value),
      [bob.id],
    );
    const patched = await scim.patch(`/Groups/${group.id}`, { op: 'add', path: 'members', value: [{ value: cat.id }] });
    assert.equal(patched.status, 204, patched.text);
    const got = await scim.call('GET', `/Groups/${group.id}`);
    assert.equal(got.json.members.length, 2);
    const user = await scim.call('GET', `/Users/${cat.id}`);
    assert.equal(user.json.groups[0]?.['display'], 'Staff');
    const found = await scim.call('GET', `/Users?filter=${encodeURIComponent('userName eq "BOB"')}`);
    assert.equal(found.json.totalResults, 1);
    assert.equal((await scim.call('POST', '/Groups', { schemas: [GROUP], displayName: 'STAFF' })).json.scimType, 'uniqueness');
  });
});
