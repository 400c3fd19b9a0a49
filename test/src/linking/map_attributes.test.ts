import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Attributes, Identity } from '../../../connectors/connector.ts';
import { type MappedPerson, map_attributes, type Mapping } from '../../../src/linking/index.ts';

type Protocol = 'oidc' | 'saml' | 'ldap';

const identity = (attributes: Attributes, more: Partial<Identity> = {}): Identity => ({ subject: 'subject-1', attributes, ...more });

function person(mapping: Mapping | null, attributes: Attributes, protocol: Protocol = 'saml', more: Partial<Identity> = {}): MappedPerson {
  const mapped = map_attributes(mapping, protocol, identity(attributes, more));
  assert.ok(mapped.ok);
  return mapped.person;
}

describe('without a mapping', () => {
  it('an OIDC partner is read by its standard claims', () => {
    const claims = {
      email: ['a@acme.example'],
      given_name: ['A'],
      family_name: ['B'],
      name: ['A B'],
      groups: ['Staff'],
      preferred_username: ['ab'],
      secret: ['x'],
    };
    assert.deepEqual(person(null, claims, 'oidc'), {
      email: 'a@acme.example',
      given_name: 'A',
      family_name: 'B',
      display_name: 'A B',
      groups: ['Staff'],
      attributes: {},
    });
  });

  const spellings: Readonly<Record<string, readonly string[]>> = {
    name: ['mail', 'givenName', 'sn', 'displayName', 'memberOf'],
    'group name': ['mail', 'givenName', 'sn', 'displayName', 'groups'],
    OID: [
      'urn:oid:0.9.2342.19200300.100.1.3',
      'urn:oid:2.5.4.42',
      'urn:oid:2.5.4.4',
      'urn:oid:2.16.840.1.113730.3.1.241',
      'urn:oid:1.2.840.113556.1.2.102',
    ],
    'Microsoft claim URI': [
      'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
      'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname',
      'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname',
      'http://schemas.microsoft.com/identity/claims/displayname',
      'http://schemas.microsoft.com/ws/2008/06/identity/claims/groups',
    ],
  };
  for (const [spelling, [mail = '', given = '', family = '', display = '', groups = '']] of Object.entries(spellings))
    for (const protocol of ['saml', 'ldap'] as const)
      it(`a ${protocol} partner is read by ${spelling}`, () => {
        const attributes = { [mail]: ['a@acme.example'], [given]: ['A'], [family]: ['B'], [display]: ['A B'], [groups]: ['Staff', 'IT'] };
        assert.deepEqual(person(null, attributes, protocol), {
          email: 'a@acme.example',
          given_name: 'A',
          family_name: 'B',
          display_name: 'A B',
          groups: ['Staff', 'IT'],
          attributes: {},
        });
      });

  it('LDAP attribute names are found in any case, all others only as they are written', () => {
    assert.equal(person(null, { MAIL: ['a@acme.example'] }, 'ldap').email, 'a@acme.example');
    assert.equal(person(null, { MAIL: ['a@acme.example'] }, 'saml').email, undefined);
  });

  it('a SAML NameID of the emailAddress format is the e-mail where no attribute says one; an OIDC sub or another format never', () => {
    const format = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';
    const named = { subject: 'a@acme.example', subject_format: format };
    assert.equal(person(null, {}, 'saml', named).email, 'a@acme.example');
    assert.equal(person(null, { mail: ['b@acme.example'] }, 'saml', named).email, 'b@acme.example');
    assert.equal(person(null, {}, 'saml', { subject: 'a@acme.example' }).email, undefined);
    assert.equal(person(null, {}, 'oidc', named).email, undefined);
    assert.equal(person({ given_name: 'givenName' }, {}, 'saml', named).email, undefined);
    assert.equal(person(null, {}, 'saml', { subject: 'no address', subject_format: format }).email, undefined);
  });

  it('nothing is mandatory', () => {
    assert.deepEqual(person(null, {}, 'oidc'), { groups: [], attributes: {} });
  });
});

describe('a mapping', () => {
  const attributes = {
    mail: ['Ann@Acme.example'],
    first: ['Ann'],
    last: ['Lee'],
    all: ['a;b; c ;;'],
    dn: ['CN=Staff,DC=x', 'CN=IT,DC=x', 'OU=Other'],
    empty: [],
    blank: ['  '],
  };
  const cases: readonly (readonly [string, Mapping, Partial<MappedPerson>])[] = [
    ['renames', { email: 'mail' }, { email: 'Ann@Acme.example' }],
    ['takes the first of several that was sent', { given_name: { from: ['absent', 'empty', 'first', 'last'] } }, { given_name: 'Ann' }],
    ['joins', { display_name: { from: ['first', 'last'], join: ' ' } }, { display_name: 'Ann Lee' }],
    ['joins what there is', { display_name: { from: ['first', 'absent'], join: ' ' } }, { display_name: 'Ann' }],
    ['splits, trims and drops the empty', { groups: { from: 'all', split: ';' } }, { groups: ['a', 'b', 'c'] }],
    [
      'picks by the first group of a pattern and drops what does not match',
      { groups: { from: 'dn', match: '^CN=([^,]+)' } },
      { groups: ['Staff', 'IT'] },
    ],
    ['picks the whole match where the pattern has no group', { groups: { from: 'dn', match: '^CN=' } }, { groups: ['CN='] }],
    [
      'picks by a template',
      { display_name: { from: 'mail', match: '^(.+)@(.+)$', value: '$1 of $2' } },
      { display_name: 'Ann of Acme.example' },
    ],
    [
      'names a group that the pattern lacks: nothing',
      { display_name: { from: 'first', match: 'A', value: 'x$7y' } },
      { display_name: 'xy' },
    ],
    ['gives a constant', { given_name: { value: 'Fixed' } }, { given_name: 'Fixed' }],
    [
      'gives a constant where the attribute was sent',
      { given_name: { from: 'first', value: 'Yes' }, family_name: { from: 'absent', value: 'No' } },
      { given_name: 'Yes' },
    ],
    [
      'keeps attributes of its own names: one value as text, several as a list',
      { department: 'first', tags: { from: 'all', split: ';' } },
      { attributes: { department: 'Ann', tags: ['a', 'b', 'c'] } },
    ],
    ['leaves out what was not sent, or is blank', { given_name: 'absent', family_name: 'blank', x: 'empty' }, {}],
    ['of groups that were not sent says: in none', { groups: 'absent' }, { groups: [] }],
    ['that says nothing of groups leaves them alone', { email: 'mail' }, { email: 'Ann@Acme.example' }],
    [
      'takes each group once',
      { groups: { from: ['dn', 'dn'], join: ',', split: ',' } },
      { groups: ['CN=Staff', 'DC=x', 'CN=IT', 'OU=Other'] },
    ],
  ];
  for (const [what, mapping, expected] of cases)
    it(what, () => assert.deepEqual(person(mapping, attributes), { attributes: {}, ...expected }));

  it('that requires what was not sent names all of it', () => {
    const mapped = map_attributes(
      { email: { from: 'absent', required: true }, x: { from: 'blank', required: true }, given_name: { from: 'first', required: true } },
      'saml',
      identity(attributes),
    );
    assert.deepEqual(mapped.ok ? [] : mapped.missing, ['email', 'x']);
  });

  it('of an e-mail takes the first value that is an address, with its domain in A-labels', () => {
    assert.equal(person({ email: 'm' }, { m: ['nobody', 'a@b@c', '<x@y.example>', 'd@bücher.example'] }).email, 'd@xn--bcher-kva.example');
  });

  it('with a rule that is none, or a pattern that RE2 does not take, leaves that field out and says so', () => {
    const wrong: Mapping = {
      a: 7,
      b: null,
      c: {},
      d: { from: 3 },
      e: { from: [] },
      f: { from: 'x', match: 1 },
      g: ['x'],
      '1st': 'x',
      h: { from: 'first', required: 'yes' },
    };
    const mapped = map_attributes(
      { ...wrong, i: { from: 'first', match: '(?=x)' }, j: { from: 'first', match: '(' }, k: { from: 'first', match: 'a'.repeat(600) } },
      'saml',
      identity(attributes),
    );
    assert.ok(mapped.ok);
    assert.deepEqual(mapped.person, { attributes: {} });
    assert.equal(mapped.ignored.length, 12);
  });
});

describe('hostile values', () => {
  const hostile: readonly (readonly [string, string])[] = [
    ['a NUL', 'a\u0000b'],
    ['a line feed', 'a\nb'],
    ['a lone surrogate', 'a\ud800b'],
    ['an override of direction', 'a\u202eb'],
    ['an isolate', 'a\u2066b'],
    ['a line separator', 'a\u2028b'],
  ];
  for (const [what, value] of hostile)
    it(`${what} is left out of every field, and the others stay`, () => {
      const mapping = { user_name: 'x', email: 'x', given_name: 'x', external_id: 'x', groups: 'x', own: 'x', family_name: 'y' };
      const mapped = map_attributes(mapping, 'saml', identity({ x: [value], y: ['Fine'] }));
      assert.ok(mapped.ok);
      assert.deepEqual(mapped.person, { family_name: 'Fine', groups: [], attributes: {} });
      assert.ok(mapped.ignored.every((note) => !note.includes(value)));
    });

  it('of more length than a field has are left out', () => {
    assert.equal(person({ given_name: 'x' }, { x: ['a'.repeat(256)] }).given_name, undefined);
    assert.equal(person({ given_name: 'x' }, { x: ['a'.repeat(255)] }).given_name?.length, 255);
  });

  it('in numbers beyond any use are left out', () => {
    const mapped = map_attributes({ groups: 'g' }, 'saml', identity({ g: Array.from({ length: 2001 }, (_, n) => `g${n}`) }));
    assert.ok(mapped.ok);
    assert.deepEqual([mapped.person.groups, mapped.ignored], [[], ['groups: more than 2000 values']]);
  });

  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty'])
    it(`under the prototype name ${name} reach nothing`, () => {
      // an own property, as JSON.parse makes it
      const mapping = JSON.parse(`{"${name}": "${name}", "given_name": "${name}"}`) as Mapping; // JSON of the line above
      for (const protocol of ['saml', 'oidc', 'ldap'] as const) {
        const nothing = person(mapping, {}, protocol);
        assert.deepEqual(nothing, { attributes: {} });
        const sent = person(mapping, JSON.parse(`{"${name}": ["x"]}`) as Attributes, protocol); // as above
        assert.equal(Object.getPrototypeOf(sent.attributes), Object.prototype);
        assert.deepEqual(Object.keys(sent.attributes), name === '__proto__' ? [] : [name]);
        assert.equal(sent.given_name, 'x');
      }
      assert.equal(({} as Record<string, unknown>)['x'], undefined);
    });

  it('meet patterns that would backtrack for years elsewhere, and the answer comes', () => {
    for (const match of ['(a+)+$', '(a|a)*b', '(.*)*,(.*)*;', '((a?){50}){20}b'])
      person({ x: { from: 'v', match } }, { v: Array.from({ length: 20 }, () => `${'a'.repeat(2040)}!`) });
  });
});

describe('whatever the mapping and the partner say', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('mail', 'email', '__proto__', 'constructor', 'a@acme.example', ' ', ''),
  );
  const attributes = fc.dictionary(text, fc.array(text, { maxLength: 5 }), { maxKeys: 6 });
  const rule = fc.oneof(
    text,
    fc.record(
      {
        from: fc.oneof(text, fc.array(text, { maxLength: 3 })),
        join: text,
        split: text,
        match: fc.oneof(text, fc.constantFrom('(.)', '.+', '(a)(b)?')),
        value: text,
        required: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const target = fc.oneof(text, fc.constantFrom('user_name', 'email', 'given_name', 'groups', 'external_id'));
  const mapping = fc.oneof(fc.constant(null), fc.dictionary(target, rule, { maxKeys: 8 }));

  it('reading never throws, and gives only what may be stored: printable, bounded, addresses that are addresses', () => {
    fc.assert(
      fc.property(
        mapping,
        attributes,
        fc.constantFrom('oidc' as const, 'saml' as const, 'ldap' as const),
        text,
        (rules, sent, protocol, subject) => {
          const mapped = map_attributes(rules, protocol, { subject, attributes: sent, subject_format: 'x:emailAddress' });
          if (!mapped.ok) return;
          const { attributes: own, groups = [], ...fields } = mapped.person;
          const values = [...Object.values(fields), ...groups, ...Object.values(own).flat()];
          for (const value of values) {
            assert.ok(value.trim() !== '' && value.length <= 1024);
            assert.doesNotMatch(value, /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/u);
          }
          if (fields.email !== undefined) assert.match(fields.email, /^[^@]+@[a-z0-9.-]+$/i);
          for (const name of Object.keys(own)) assert.match(name, /^(?!__proto__$)[A-Za-z][\w.:/-]{0,127}$/);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('reading is pure: the same again gives the same', () => {
    fc.assert(
      fc.property(mapping, attributes, (rules, sent) =>
        assert.deepEqual(map_attributes(rules, 'saml', identity(sent)), map_attributes(rules, 'saml', identity(sent))),
      ),
      { numRuns: 200 },
    );
  });
});
