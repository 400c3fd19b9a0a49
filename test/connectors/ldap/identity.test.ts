import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { complete, type Entry } from '../../../connectors/ldap/entry.ts';
import { attributes_of, subject_of } from '../../../connectors/ldap/identity.ts';
import { guid_text, sid_beside, sid_text } from '../../../connectors/ldap/microsoft_ids.ts';

const entry = (attributes: Record<string, readonly (string | Buffer)[]>): Entry => ({
  dn: 'uid=a,dc=b',
  attributes: Object.entries(attributes).map(([name, values]) => ({ name, values: values.map((value) => Buffer.from(value)) })),
});
const GUID = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
const UUID = '33221100-5544-7766-8899-aabbccddeeff';
const misconfigured = { name: 'ConnectorError', reason: 'misconfigured' };

describe('the subject', () => {
  it('is the objectGUID in its canonical spelling, first three fields turned round', () => {
    assert.equal(guid_text(GUID), UUID);
    assert.equal(subject_of(entry({ objectGUID: [GUID] }), 'active_directory'), UUID);
    assert.equal(subject_of(entry({ objectguid: [GUID] }), 'active_directory'), UUID);
  });

  it('is the same for an id whose bytes happen to be text', () => {
    assert.equal(subject_of(entry({ objectGUID: ['abcdefghijklmnop'] }), 'active_directory'), '64636261-6665-6867-696a-6b6c6d6e6f70');
  });

  it('is entryUUID or nsUniqueId elsewhere, in lower case', () => {
    assert.equal(subject_of(entry({ entryUUID: [UUID.toUpperCase()] }), 'openldap'), UUID);
    assert.equal(
      subject_of(entry({ nsUniqueId: ['6B7F2F01-9E8511EE-8F6BDEAD-BEEF0001'] }), '389ds'),
      '6b7f2f01-9e8511ee-8f6bdead-beef0001',
    );
    assert.equal(subject_of(entry({ entryUUID: [UUID] }), 'generic'), UUID);
  });

  it('is never a name or an address: without its id nobody is known', () => {
    const names = { uid: ['alice'], mail: ['alice@acme.example'], cn: ['Alice'] };
    for (const vendor of ['active_directory', 'openldap', '389ds', 'generic'] as const)
      assert.throws(() => subject_of(entry(names), vendor), misconfigured);
    assert.throws(() => subject_of(entry({ entryUUID: ['alice'] }), 'openldap'), misconfigured);
    assert.throws(() => subject_of(entry({ entryUUID: [UUID, UUID] }), 'openldap'), misconfigured);
    assert.throws(() => subject_of(entry({ objectGUID: ['short'] }), 'active_directory'), misconfigured);
    // an id of another kind is not taken for it
    assert.throws(() => subject_of(entry({ entryUUID: [UUID] }), 'active_directory'), misconfigured);
  });
});

describe('attributes', () => {
  it('are lists of strings: text as text, all else in base64, ids of Microsoft’s as they are written', () => {
    const sid = Buffer.from('010500000000000515000000010000000200000003000000f4010000', 'hex');
    assert.equal(sid_text(sid), 'S-1-5-21-1-2-3-500');
    assert.equal(sid_text(sid_beside(sid, 513) ?? Buffer.alloc(0)), 'S-1-5-21-1-2-3-513');
    assert.equal(sid_text(sid.subarray(1)), undefined);
    const attributes = attributes_of(
      entry({ mail: ['a', 'b'], jpegPhoto: [Buffer.from('ffd8', 'hex')], objectGUID: [GUID], objectSid: [sid], note: ['two\nlines'] }),
      [],
    );
    assert.deepEqual(
      { ...attributes },
      {
        mail: ['a', 'b'],
        jpegPhoto: ['/9g='],
        objectGUID: [UUID],
        objectSid: ['S-1-5-21-1-2-3-500'],
        note: ['two\nlines'],
        memberOf: [],
        groups: [],
        'memberOf;dn': [],
      },
    );
  });

  it('hold no password, in whatever form a directory shows it', () => {
    const secret = { userPassword: ['{SSHA}x'], unicodePwd: ['x'], sambaNTPassword: ['x'], 'ms-Mcs-AdmPwd': ['x'], krbPrincipalKey: ['x'] };
    assert.deepEqual(Object.keys(attributes_of(entry(secret), [])), ['memberOf', 'groups', 'memberOf;dn']);
  });

  it('say groups as they were found, not as an attribute that a person may write', () => {
    const claimed = entry({ memberOf: ['cn=admins,dc=b'], MEMBEROF: ['cn=x'], groups: ['admins'] });
    const attributes = attributes_of(claimed, [{ name: 'Staff', dn: 'cn=Staff,dc=b' }]);
    assert.deepEqual({ ...attributes }, { memberOf: ['Staff'], groups: ['Staff'], 'memberOf;dn': ['cn=Staff,dc=b'] });
  });

  it('with names of the language’s own do no harm', () => {
    const attributes = attributes_of(entry({ ['__proto__']: ['x'], constructor: ['y'] }), []);
    assert.deepEqual(Object.getOwnPropertyDescriptor(attributes, '__proto__')?.value, ['x']);
    assert.equal(Object.getPrototypeOf(attributes), Object.prototype);
  });
});

describe('lists that come in pieces', () => {
  const piece = (first: number, last: number | undefined, values: string[]): Entry => ({
    dn: 'x',
    attributes: [
      { name: 'member', values: [] },
      { name: 'member', values: values.map((value) => Buffer.from(value)), range: { first, last } },
    ],
  });

  it('are read to their end; the empty list beside them does not count', async () => {
    const asked: string[] = [];
    const whole = await complete(piece(0, 1, ['a', 'b']), async (description) => {
      asked.push(description);
      return asked.length === 1 ? piece(2, 3, ['c', 'd']) : piece(4, undefined, ['e']);
    });
    assert.deepEqual(asked, ['member;range=2-*', 'member;range=4-*']);
    assert.deepEqual(
      whole.attributes.map(({ values }) => values.map(String)),
      [['a', 'b', 'c', 'd', 'e']],
    );
  });

  it('that miss a piece are a fault, not a shorter list', async () => {
    await assert.rejects(
      complete(piece(0, 1, ['a', 'b']), async () => undefined),
      { reason: 'malformed' },
    );
    await assert.rejects(
      complete(piece(0, 1, ['a', 'b']), async () => piece(5, undefined, ['c'])),
      { reason: 'malformed' },
    );
    await assert.rejects(
      complete(piece(0, 1, ['a', 'b']), async () => piece(2, 2, ['c'])),
      { reason: 'malformed' },
    );
  });
});
