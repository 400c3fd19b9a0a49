import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ENTERPRISE, GROUP, type Json, PATCH_OP, type ScimClient, scim_world, type ScimWorld, USER } from '../../support/scim_world.ts';

const MANAGER = `${ENTERPRISE}:manager`;

describe('Entra ID as it really speaks', () => {
  let world: ScimWorld;
  /** Set to entra; of nobody in particular, to be detected; and one that must get what the RFC says. */
  let entra: ScimClient;
  let auto: ScimClient;
  let strict: ScimClient;
  before(async () => {
    world = await scim_world();
    entra = await world.client({ dialect: 'entra' });
    auto = await world.client();
    strict = await world.client({ dialect: 'strict' });
  });
  after(() => world.close());
  const filtered = (client: ScimClient, collection: string, filter: string, more = '') =>
    client.call('GET', `${collection}?filter=${encodeURIComponent(filter)}${more}`);
  const members = async (client: ScimClient, id: string): Promise<string[]> =>
    ((await client.call('GET', `/Groups/${id}`)).json.members ?? []).map(({ value }) => value).sort();
  let count = 0;
  const user = (client: ScimClient, more: Readonly<Record<string, unknown>> = {}): Promise<Json> => client.user(`person${++count}`, more);

  it('E-1: operations begin with a capital; any case is taken, also strictly', async () => {
    for (const client of [entra, auto, strict]) {
      const { id } = await user(client);
      for (const op of ['Add', 'Replace', 'ADD', 'rePlace'])
        assert.equal((await client.patch(`/Users/${id}`, { op, path: 'title', value: op })).json['title'], op);
      assert.equal((await client.patch(`/Users/${id}`, { op: 'Remove', path: 'title' })).json['title'], undefined);
    }
  });

  it('E-2: `active` is a text; the strict reading refuses it', async () => {
    for (const value of ['False', 'false', false]) {
      const { id } = await user(entra);
      const answer = await entra.patch(`/Users/${id}`, { op: 'Replace', path: 'active', value });
      assert.equal(answer.status, 200, answer.text);
      assert.equal(answer.json.active, false);
      assert.equal((await entra.patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: 'True' })).json.active, true);
    }
    const { id } = await user(strict);
    const refused = await strict.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: 'False' });
    assert.equal(refused.status, 400);
    assert.equal(refused.json.scimType, 'invalidValue');
    assert.equal((await strict.call('GET', `/Users/${id}`)).json.active, true);
  });

  it('E-2: an `auto` token is strict until the client shows who it is, and stays what it showed', async () => {
    const fresh = await world.client();
    const { id } = await user(fresh);
    const before = await fresh.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: 'False' });
    assert.equal(before.status, 400);
    assert.equal((await fresh.patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: 'False' })).status, 200);
    assert.equal((await world.tokens(fresh.org_id).get(fresh.token_id)).view.detected_dialect, 'entra');
    assert.equal((await fresh.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: 'True' })).json.active, true);
    assert.equal((await filtered(fresh, '/Users', 'userName eq nobody')).status, 200);
  });

  it('E-3: a member is removed by value, by `$ref: null` and by path, never all of them', async () => {
    for (const client of [entra, auto]) {
      const people = await Promise.all([1, 2, 3, 4].map(() => user(client)));
      const [a = '', b = '', c = '', d = ''] = people.map(({ id }) => id);
      const { id } = await client.group(`E-3 ${client.token_id}`, [a, b, c, d]);
      for (const [operation, left] of [
        [{ op: 'Remove', path: 'members', value: [{ value: a }] }, [b, c, d]],
        [{ op: 'Remove', path: 'members', value: [{ $ref: null, value: b }] }, [c, d]],
        [{ op: 'Remove', path: `members[value eq "${c}"]` }, [d]],
        [{ op: 'Remove', path: 'members', value: [] }, [d]],
        [{ op: 'Remove', path: 'members', value: [{ value: 'usr_nobody' }] }, [d]],
      ] as const) {
        assert.equal((await client.patch(`/Groups/${id}`, operation)).status, 204);
        assert.deepEqual(await members(client, id), [...left].sort());
      }
    }
  });

  it('E-3: the strict reading refuses a value beside `remove`, and removes all when there is none', async () => {
    const [a, b] = [await user(strict), await user(strict)];
    const { id } = await strict.group('E-3', [a.id, b.id]);
    const refused = await strict.patch(`/Groups/${id}`, { op: 'remove', path: 'members', value: [{ value: a.id }] });
    assert.equal(refused.status, 400);
    assert.equal((await members(strict, id)).length, 2);
    assert.equal((await strict.patch(`/Groups/${id}`, { op: 'remove', path: 'members' })).status, 204);
    assert.deepEqual(await members(strict, id), []);
  });

  it('E-4: several members come in one operation, and nobody twice', async () => {
    const people = await Promise.all([1, 2, 3].map(() => user(entra)));
    const { id } = await entra.group('E-4');
    const value = people.map((one) => ({ $ref: null, value: one.id }));
    for (let times = 0; times < 2; times++)
      assert.equal((await entra.patch(`/Groups/${id}`, { op: 'Add', path: 'members', value })).status, 204);
    assert.deepEqual(await members(entra, id), people.map((one) => one.id).sort());
  });

  it('E-5: many operations at once, dotted keys and whole URNs as keys beside filtered paths', async () => {
    for (const client of [entra, auto]) {
      const { id } = await user(client);
      const answer = await client.patch(
        `/Users/${id}`,
        {
          op: 'replace',
          value: {
            displayName: 'Bjorn',
            'name.givenName': 'Bjorn',
            'name.familyName': 'B.',
            [`${ENTERPRISE}:employeeNumber`]: '42',
            [`${ENTERPRISE}:department`]: 'Sales',
          },
        },
        { op: 'replace', path: 'emails[type eq "work"].value', value: 'b@acme.example' },
      );
      assert.equal(answer.status, 200, answer.text);
      assert.deepEqual(answer.json.name, { givenName: 'Bjorn', familyName: 'B.' });
      assert.deepEqual(answer.json[ENTERPRISE], { employeeNumber: '42', department: 'Sales' });
      assert.equal(answer.json.emails[0]?.value, 'b@acme.example');
      assert.deepEqual(
        Object.keys(answer.json).sort(),
        ['active', 'displayName', ENTERPRISE, 'emails', 'id', 'meta', 'name', 'schemas', 'userName'].sort(),
      );
    }
    const { id } = await user(strict);
    const plain = await strict.patch(`/Users/${id}`, {
      op: 'replace',
      value: { 'name.givenName': 'x', [ENTERPRISE]: { department: 'y' } },
    });
    assert.equal(plain.json.name, undefined);
    assert.deepEqual(plain.json[ENTERPRISE], { department: 'y' });
  });

  it('E-6: what is not there yet is made, once, and nothing else is touched', async () => {
    const { id } = await user(entra, { emails: [{ value: 'home@acme.example', type: 'home' }] });
    const answer = await entra.patch(
      `/Users/${id}`,
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'w@acme.example' },
      { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+49 (0) 123' },
      { op: 'Add', path: 'addresses[type eq "work"].locality', value: 'Bonn' },
      { op: 'Replace', path: 'addresses[type eq "work"].postalCode', value: '53111' },
      { op: 'Add', path: 'addresses[type eq "work"].country', value: 'DE' },
    );
    assert.deepEqual(answer.json.emails, [
      { value: 'home@acme.example', type: 'home' },
      { type: 'work', value: 'w@acme.example' },
    ]);
    assert.deepEqual(answer.json.phoneNumbers, [{ type: 'mobile', value: '+49 (0) 123' }]);
    assert.deepEqual(answer.json.addresses, [{ type: 'work', locality: 'Bonn', postalCode: '53111', country: 'DE' }]);
  });

  it('E-6: strictly, `replace` of what the filter does not find is noTarget, and nothing of the request is kept', async () => {
    const { id } = await user(strict);
    const refused = await strict.patch(
      `/Users/${id}`,
      { op: 'replace', path: 'title', value: 'kept?' },
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'w@acme.example' },
    );
    assert.equal(refused.status, 400);
    assert.equal(refused.json.scimType, 'noTarget');
    assert.equal((await strict.call('GET', `/Users/${id}`)).json['title'], undefined);
  });

  it('E-7: the path of an extension has colons and a dot in its URN', async () => {
    for (const client of [entra, strict]) {
      const { id } = await user(client);
      const path = `${ENTERPRISE.toUpperCase().replace('URN', 'urn')}:Department`;
      const answer = await client.patch(`/Users/${id}`, { op: 'add', path, value: 'R&D' });
      assert.equal(answer.status, 200, answer.text);
      assert.deepEqual(answer.json[ENTERPRISE], { department: 'R&D' });
      assert.ok(answer.json.schemas.includes(ENTERPRISE));
    }
  });

  it('E-8: a manager is a text, an object or a list of one, need not be known, and goes by `remove` or by nothing', async () => {
    for (const value of ['boss', [{ $ref: 'http://x/Users/boss', value: 'boss' }], { value: 'boss' }]) {
      const { id } = await user(entra);
      const answer = await entra.patch(`/Users/${id}`, { op: 'Add', path: MANAGER, value });
      assert.equal(answer.status, 200, answer.text);
      assert.equal((answer.json[ENTERPRISE] as { manager: Json }).manager.value, 'boss');
      for (const gone of [
        { op: 'Replace', path: MANAGER, value: '' },
        { op: 'Remove', path: MANAGER },
      ]) {
        await entra.patch(`/Users/${id}`, { op: 'Add', path: MANAGER, value });
        assert.equal((await entra.patch(`/Users/${id}`, gone)).json[ENTERPRISE], undefined);
      }
    }
    const { id } = await user(strict);
    assert.equal((await strict.patch(`/Users/${id}`, { op: 'add', path: MANAGER, value: 'boss' })).json.scimType, 'invalidValue');
  });

  it('E-9: `id eq X and manager eq Y` answers the id alone', async () => {
    const { id } = await user(entra, { [ENTERPRISE]: { manager: { value: 'boss9' } } });
    const found = await filtered(entra, '/Users', `id eq "${id}" and manager eq "boss9"`, '&attributes=id');
    // manager stands in the extension: only its whole name finds it
    const whole = await filtered(entra, '/Users', `id eq "${id}" and ${MANAGER} eq "boss9"`, '&attributes=id');
    assert.equal(whole.json.totalResults, 1);
    assert.deepEqual(Object.keys(whole.json.Resources[0] ?? {}).sort(), ['id', 'schemas']);
    assert.equal(found.status, 200, found.text);
    assert.equal(found.json.totalResults, 1);
  });

  it('E-10: the filters that it sends; a value without quotes is for this dialect alone', async () => {
    const { id } = await user(entra, { externalId: 'jyoung', emails: [{ value: 'JY@acme.example', type: 'work' }] });
    for (const filter of ['externalId eq "jyoung"', 'externalId eq jyoung', 'emails[type eq "work"].value eq "jy@ACME.example"']) {
      const found = await filtered(entra, '/Users', filter);
      assert.deepEqual(
        found.json.Resources.map((one) => one.id),
        [id],
        filter,
      );
    }
    assert.equal((await filtered(entra, '/Users', 'emails[type eq "home"].value eq "jy@acme.example"')).json.totalResults, 0);
    const group = await entra.group('E-10', [id]);
    const by_name = await filtered(entra, '/Groups', 'displayName eq "e-10"', '&excludedAttributes=members');
    assert.equal(by_name.json.Resources[0]?.id, group.id);
    assert.equal(by_name.json.Resources[0]?.members, undefined);
    for (const client of [strict, await world.client()]) {
      const refused = await filtered(client, '/Users', 'externalId eq jyoung');
      assert.equal(refused.status, 400);
      assert.equal(refused.json.scimType, 'invalidFilter');
    }
  });

  it('E-11: the connection test looks for nobody and wants 200 with an empty list', async () => {
    const found = await filtered(auto, '/Users', 'userName eq "7c1d3f6e-0d8e-4f4c-9a55-0d6f4d1c2b3a"');
    assert.equal(found.status, 200);
    assert.equal(found.json.totalResults, 0);
    assert.deepEqual(found.json.Resources, []);
  });

  it('E-12: explicit nulls, empty lists, a read-only meta, and schemas that nobody knows', async () => {
    const made = await entra.call('POST', '/Users', {
      schemas: [USER, 'urn:ietf:params:scim:schemas:extension:enterprise:2.0User'],
      userName: 'e12',
      phoneNumbers: null,
      roles: [],
      meta: { resourceType: 'User' },
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0User': { department: 'typo' },
    });
    assert.equal(made.status, 201, made.text);
    assert.deepEqual(made.json.schemas, [USER]);
    const group = await auto.call('POST', '/Groups', {
      schemas: [GROUP, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
      displayName: 'e12',
    });
    assert.equal(group.status, 201, group.text);
    assert.deepEqual(group.json.schemas, [GROUP]);
  });

  it('E-13: a group is made empty, then patched, and that is answered 204; its name is unique in any case', async () => {
    const { id } = await entra.group('E-13');
    const { id: one } = await user(entra);
    const patched = await entra.patch(`/Groups/${id}`, { op: 'Add', path: 'members', value: [{ value: one }] });
    assert.equal(patched.status, 204);
    assert.equal(patched.text, '');
    const again = await entra.call('POST', '/Groups', { schemas: [GROUP], displayName: 'e-13' });
    assert.equal(again.status, 409);
    assert.equal(again.json.scimType, 'uniqueness');
    const shown = await entra.call('PATCH', `/Groups/${id}?attributes=displayName`, {
      schemas: [PATCH_OP],
      Operations: [{ op: 'Replace', path: 'displayName', value: 'E-13 b' }],
    });
    assert.deepEqual([shown.status, shown.json.displayName, shown.json.members], [200, 'E-13 b', undefined]);
  });

  it('E-14: who is switched off stays readable, comes back, and goes for good by DELETE', async () => {
    const { id, userName } = await user(entra);
    await entra.patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: 'False' });
    assert.equal((await entra.call('GET', `/Users/${id}`)).json.active, false);
    assert.equal((await filtered(entra, '/Users', `userName eq "${userName}"`)).json.Resources[0]?.active, false);
    assert.ok(world.ended.some((scope) => 'user_id' in scope && scope.user_id === id));
    assert.equal((await entra.patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: 'True' })).json.active, true);
    assert.equal((await entra.call('DELETE', `/Users/${id}`)).status, 204);
    assert.equal((await entra.call('GET', `/Users/${id}`)).status, 404);
  });

  it('E-15: values come back as they were sent', async () => {
    const sent = {
      phoneNumbers: [{ value: '+1 (555) 555-0100', type: 'work' }],
      emails: [{ value: 'Mixed.Case@Acme.Example', type: 'work', primary: true }],
    };
    const { id } = await user(entra, sent);
    const { json } = await entra.call('GET', `/Users/${id}`);
    assert.deepEqual({ phoneNumbers: json.phoneNumbers, emails: json.emails }, sent);
  });

  it('E-16: the schemas are a list without nulls', async () => {
    const { json, text } = await entra.call('GET', '/Schemas');
    assert.equal(json.totalResults, 3);
    assert.ok(!text.includes('null'));
    assert.equal((await entra.call('GET', `/Schemas/${ENTERPRISE}`)).json.id, ENTERPRISE);
  });

  it('E-18: app roles: a text as a boolean in a filter, and JSON within a text', async () => {
    const { id } = await user(entra);
    const one = await entra.patch(`/Users/${id}`, { op: 'Add', path: 'roles[primary eq "True"].value', value: 'Admin' });
    assert.deepEqual(one.json['roles'], [{ primary: true, value: 'Admin' }], one.text);
    const value = [JSON.stringify({ id: 'x', value: 'Reader', displayName: 'Reads' })];
    const two = await entra.patch(`/Users/${id}`, { op: 'Replace', path: 'roles', value });
    assert.deepEqual(two.json['roles'], [{ value: 'Reader', display: 'Reads' }]);
    assert.equal(await world.storage.org(entra.org_id).user_roles.count({ user_id: id }), 0, 'a role of the directory gives nothing');
  });

  it('E-19: a token that Entra issues itself for trying is no token of ours, and the answer is a SCIM error', async () => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const jwt = `${part({ alg: 'none' })}.${part({ aud: '8adf8e6e-67b2-4cf2-a259-e3dc5476c621', tid: 'x' })}.${'A'.repeat(340)}`;
    const answer = await fetch(`${world.url}/scim/${entra.org_id}/v2/Users`, { headers: { authorization: `Bearer ${jwt}` } });
    assert.equal(answer.status, 401);
    assert.equal(((await answer.json()) as { status: string }).status, '401');
  });

  it('E-20: the methods that each address takes', async () => {
    const { id } = await user(strict);
    for (const [method, path] of [
      ['PUT', '/Users'],
      ['POST', `/Users/${id}`],
      ['POST', '/Schemas'],
      ['DELETE', '/ServiceProviderConfig'],
      ['GET', '/Bulk'],
      ['GET', '/Users/.search'],
      ['PATCH', '/Groups'],
    ] as const) {
      const answer = await strict.call(method, path, method === 'GET' || method === 'DELETE' ? undefined : {});
      assert.equal(answer.status, 405, `${method} ${path}: ${answer.text}`);
      assert.notEqual(answer.headers.get('allow'), null);
      assert.equal(answer.json.status, String(answer.status));
    }
  });
});
