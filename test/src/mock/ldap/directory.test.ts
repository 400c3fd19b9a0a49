import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { Client, type Entry } from 'ldapts';
import { type MockLdap, start_mock_ldap } from '../../../../src/mock/ldap/index.ts';
import { person } from '../../../support/people.ts';

const people = [
  person('carol', { groups: ['Backend'], attributes: { title: ['Engineer', 'Lead'], employeeNumber: ['17'] } }),
  person('dave', { email: 'dave@other.example' }),
  person("o'brien, (x)*"),
];

describe('the mock directory, to a client of others', () => {
  let mock: MockLdap;
  let client: Client;
  before(async () => {
    mock = await start_mock_ldap({ people, nested_groups: { Backend: ['Engineering'] } });
    client = new Client({ url: mock.url, tlsOptions: { ca: mock.ca_pem }, timeout: 5000, connectTimeout: 5000 });
  });
  after(async () => {
    await client.unbind();
    await mock.close();
  });
  beforeEach(() => client.bind(mock.bind_dn, mock.bind_password));
  const search = async (
    filter: string,
    more: { base?: string; scope?: 'base' | 'one' | 'sub'; attributes?: string[] } = {},
  ): Promise<Entry[]> =>
    (await client.search(more.base ?? mock.base_dn, { filter, scope: more.scope ?? 'sub', attributes: more.attributes ?? [] }))
      .searchEntries;
  const found = async (filter: string): Promise<unknown[]> => (await search(filter, { attributes: ['uid'] })).map(({ uid }) => uid).sort();

  it('answers filters of every kind', async () => {
    assert.deepEqual(await found('(uid=CAROL)'), ['carol']);
    assert.deepEqual(await found('(&(objectClass=inetOrgPerson)(!(uid=carol))(mail=*other*))'), ['dave']);
    assert.deepEqual(await found('(|(uid=carol)(mail=dave@other.example))'), ['carol', 'dave']);
    assert.deepEqual(await found('(uid=c*r*l)'), ['carol']);
    assert.deepEqual(await found('(uid=*ro)'), []);
    assert.deepEqual(await found('(employeeNumber>=10)'), ['carol']);
    assert.deepEqual(await found('(employeeNumber<=10)'), []);
    assert.deepEqual(await found('(title=lead)'), ['carol']);
    assert.deepEqual(await found("(uid=o'brien, \\28x\\29\\2a)"), ["o'brien, (x)*"]);
    assert.deepEqual(await found('(nothing=*)'), []);
    assert.equal((await found('(&(uid=*)(objectClass=*))')).length, people.length);
  });

  it('finds groups, direct and in chains', async () => {
    const dn = `uid=carol,ou=people,${mock.base_dn}`;
    const names = async (filter: string): Promise<unknown[]> => (await search(filter, { attributes: ['cn'] })).map(({ cn }) => cn).sort();
    assert.deepEqual(await names(`(member=${dn})`), ['Backend']);
    assert.deepEqual(await names(`(member:1.2.840.113556.1.4.1941:=${dn})`), ['Backend', 'Engineering']);
    const [carol] = await search('(uid=carol)', { attributes: ['memberOf', 'entryUUID'] });
    assert.equal(carol?.['memberOf'], `cn=Backend,ou=groups,${mock.base_dn}`);
    assert.match(String(carol?.['entryUUID']), /^[0-9a-f-]{36}$/);
  });

  it('looks no further than the scope, and shows no password', async () => {
    assert.equal((await search('(objectClass=*)', { scope: 'base' })).length, 1);
    assert.equal((await search('(objectClass=*)', { scope: 'one' })).length, 3);
    const everything = JSON.stringify(await search('(objectClass=*)', { attributes: ['*', '+'] }));
    assert.ok(!everything.includes('-password'));
    await assert.rejects(search('(objectClass=*)', { base: 'dc=nowhere' }), { code: 32 });
  });

  it('knows who is bound', async () => {
    assert.equal((await client.exop('1.3.6.1.4.1.4203.1.11.3')).value, `dn:${mock.bind_dn}`);
    await client.bind(`uid=carol,ou=people,${mock.base_dn}`, 'carol-password');
    assert.equal((await client.exop('1.3.6.1.4.1.4203.1.11.3')).value, `dn:uid=carol,ou=people,${mock.base_dn}`);
    await assert.rejects(client.bind(`uid=carol,ou=people,${mock.base_dn}`, 'wrong'), { code: 49 });
    // a refused bind leaves nobody bound
    await assert.rejects(search('(uid=carol)'), { code: 50 });
    await assert.rejects(client.bind(`uid=carol,ou=people,${mock.base_dn}`, ''), { code: 53 });
  });

  it('reads its people anew at every answer', async () => {
    mock.people.push(person('late'));
    assert.deepEqual(await found('(uid=late)'), ['late']);
    mock.people.pop();
    assert.deepEqual(await found('(uid=late)'), []);
  });

  it('pages', async () => {
    const { searchEntries } = await client.search(mock.base_dn, { filter: '(objectClass=*)', paged: { pageSize: 2 } });
    assert.equal(searchEntries.length, 4 + 1 + people.length + 3);
  });

  it('speaks StartTLS on its port in clear', async () => {
    const plain = new Client({ url: mock.plain_urls[0] ?? '', timeout: 5000, connectTimeout: 5000 });
    try {
      await plain.startTLS({ ca: mock.ca_pem, host: '127.0.0.1' });
      await plain.bind(mock.bind_dn, mock.bind_password);
      assert.ok(mock.seen.at(-1)?.encrypted);
    } finally {
      await plain.unbind();
    }
  });

  it('has a summary for each way to misbehave', () => {
    for (const { name, summary } of mock.switches.known) assert.ok(/^[a-z_]+$/.test(name) && summary.length > 10, name);
    assert.throws(() => mock.switches.set('no_such_switch', true), /Known: slow, dead/);
  });
});
