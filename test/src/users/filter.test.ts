import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { InvalidInput, type OrgId } from '../../../src/kernel/index.ts';
import type { PresentedUser, UserCollection } from '../../../src/users/index.ts';
import { act, people_world, type PeopleWorld } from '../../support/people_world.ts';

let world: PeopleWorld;
let org: OrgId;
let users: UserCollection;

const people = [
  { user_name: 'ann@acme.example', email: 'Ann@acme.example', external_id: 'A1', display_name: 'Ann Lee', given_name: 'Ann', active: true },
  { user_name: 'BOB', email: 'bob@globex.example', external_id: 'a1', display_name: 'Bob % Ray', family_name: 'Ray', active: false },
  { user_name: 'c_d%e', external_id: 'o\'hara \\ "x"', display_name: 'C_D 100%' },
  { user_name: 'münchen', email: 'd@bücher.example', display_name: 'Ünal 🙂 X' },
  { user_name: 'emoji🙂', external_id: '🙂' },
  { user_name: ';drop' },
];

before(async () => {
  world = await people_world();
  org = await world.add_organization();
  users = world.users.users(org);
  const other = await world.add_organization();
  for (const person of people) {
    await users.create(person, act);
    await world.users.users(other).create(person, act);
  }
});
after(() => world.close());

const found = async (filter: string): Promise<string[]> =>
  (await users.list({ filters: { filter }, limit: 1000 })).data.map((user) => user.user_name);
const refused = async (filter: string): Promise<string> => {
  const error: unknown = await users.list({ filters: { filter } }).catch((reason: unknown) => reason);
  assert.ok(error instanceof InvalidInput, `${filter.slice(0, 80)} was not refused`);
  assert.deepEqual([error.status, error.code, error.fields[0]?.path], [400, 'invalid_filter', 'filter']);
  return error.fields[0]?.message ?? '';
};

describe('the filter of a list of users', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['user_name eq "ANN@acme.example"', ['ann@acme.example']],
    ['USER_NAME EQ "bob"', ['BOB']],
    ['email eq "ANN@ACME.EXAMPLE"', ['ann@acme.example']],
    ['email eq "d@xn--bcher-kva.example"', ['münchen']],
    ['email eq "d@bücher.example"', ['münchen']],
    ['email co "globex"', ['BOB']],
    // the names of SCIM
    ['userName eq "bob"', ['BOB']],
    ['emails.value eq "ann@acme.example" and name.givenName eq "Ann"', ['ann@acme.example']],
    ['emails co "globex" and externalId eq "a1" and displayName sw "Bob" and name.familyName pr', ['BOB']],
    ['external_id eq "A1"', ['ann@acme.example']],
    ['external_id eq "🙂"', ['emoji🙂']],
    ['user_name ew "🙂"', ['emoji🙂']],
    ['user_name sw "mün"', ['münchen']],
    ['active eq false', ['BOB']],
    ['active ne true', ['BOB']],
    ['display_name co "%"', ['BOB', 'c_d%e']],
    ['user_name co "_"', ['c_d%e']],
    ['user_name co "%"', ['c_d%e']],
    ['display_name eq "ann lee"', ['ann@acme.example']],
    ['family_name pr', ['BOB']],
    ['not (email pr)', ['c_d%e', 'emoji🙂', ';drop']],
    ['email eq null and display_name pr', ['c_d%e']],
    ['email ne "ann@acme.example" and active eq true', ['c_d%e', 'münchen', 'emoji🙂', ';drop']],
    ['user_name eq "bob" or user_name eq "ann@acme.example" and active eq false', ['BOB']],
    ['(user_name eq "bob" or user_name eq "ann@acme.example") and active eq true', ['ann@acme.example']],
  ];
  for (const [filter, names] of cases)
    it(`finds with ${filter}`, async () => assert.deepEqual((await found(filter)).sort(), [...names].sort()));

  it('refuses what it cannot answer, with 400 and the field', async () => {
    const wrong = [
      '',
      'user_name',
      'user_name eq',
      'user_name eq bob',
      'user_name eq "bob',
      'user_name eq "a" and',
      'user_name eq "a" nonsense',
      'user_name gt "a"',
      'user_name co ""',
      'user_name eq 1',
      'active eq "true"',
      'active co true',
      'active eq null and user_name eq null or password eq "x"',
      'user_name_key eq "x"',
      'org_id eq "x"',
      'row.id eq "x"',
      'attributes[x eq "y"]',
      'emails[type eq "work"].value eq "x"',
      'constructor eq "x"',
      '__proto__ pr',
      'user_name eq "a" constructor user_name eq "b"',
      'user_name eq "a" __proto__ user_name eq "b"',
      'user_name eq "a\u0000"',
    ];
    for (const filter of wrong) await refused(filter);
  });

  it('refuses what is too long, too deep or too wide', async () => {
    assert.match(await refused(`user_name eq "${'a'.repeat(9000)}"`), /longer/);
    assert.match(await refused(`${'('.repeat(3000)}user_name pr${')'.repeat(3000)}`), /parentheses/);
    assert.match(await refused(`${'not '.repeat(2000)}user_name pr`), /parentheses/);
    assert.match(await refused(`${'not '.repeat(25)}user_name pr`), /deeper/);
    assert.match(await refused(Array.from({ length: 101 }, () => 'user_name pr').join(' or ')), /more than 100/);
    assert.equal((await found(Array.from({ length: 100 }, () => 'user_name pr').join(' or '))).length, people.length);
  });

  it('answers at once where the parser’s own pattern would take exponential time: an open quote before many line feeds', async () => {
    await refused(`user_name eq "${'\n'.repeat(60)}`);
    await refused(`user_name eq "${'\\\\'.repeat(2000)}`);
  });

  it('says what an evaluation in memory says, whatever the filter', async () => {
    const all = (await users.list({ limit: 1000 })).data;
    await fc.assert(
      fc.asyncProperty(expression(3), async ({ text, holds }) => {
        assert.deepEqual(
          (await found(text)).sort(),
          all
            .filter(holds)
            .map((user) => user.user_name)
            .sort(),
          text,
        );
      }),
      { numRuns: 300 },
    );
  });

  it('never injects: any value, also one that looks like SQL or a parameter, finds equals and nothing of another organization', async () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
      fc.constantFrom(
        "' OR 1=1 --",
        '") OR 1=1 --',
        ':filter_0',
        ':scope_org_id',
        '?',
        '$1',
        "'; DROP TABLE users; --",
        '%',
        '_',
        '\\',
        ':...x',
        '${x}',
        '$&',
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        hostile,
        fc.constantFrom('user_name', 'external_id', 'display_name'),
        fc.constantFrom('eq', 'co', 'sw', 'ew'),
        async (value, field, op) => {
          const page = await users
            .list({ filters: { filter: `${field} ${op} ${JSON.stringify(value)}` }, limit: 1000 })
            .catch((error: unknown) => error);
          if (page instanceof InvalidInput) return;
          const { data } = page as Awaited<ReturnType<typeof users.list>>; // anything else fails here
          assert.ok(data.length <= people.length);
          for (const user of data)
            assert.ok(JSON.stringify(user).toLowerCase().includes(value.toLowerCase().slice(0, 1)) || value !== value.normalize('NFKC'));
        },
      ),
      { numRuns: 300 },
    );
    assert.equal(await world.storage.org(org).users.count(), people.length);
  });

  it('never fails in any other way, whatever the text', async () => {
    const words = fc.constantFrom(
      'user_name',
      'active',
      'email',
      'and',
      'or',
      'not',
      '(',
      ')',
      '[',
      '].',
      'eq',
      'co',
      'pr',
      '"a"',
      'true',
      'null',
      '1',
      'toString',
      ' ',
    );
    const texts = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.array(words, { maxLength: 12 }).map((parts) => parts.join(' ')),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const answer: unknown = await users.list({ filters: { filter: text } }).catch((error: unknown) => error);
        assert.ok(!(answer instanceof Error) || answer instanceof InvalidInput, String(answer));
      }),
      { numRuns: 500 },
    );
  });
});

interface Expression {
  readonly text: string;
  readonly holds: (user: PresentedUser) => boolean;
}

/** A random filter and what it means. Folding is left to the named cases: here all values are plain. */
function expression(depth: number): fc.Arbitrary<Expression> {
  const values = fc.constantFrom('ann@acme.example', 'bob', 'a', '%', '_', 'example', 'Ann', 'A1', 'x', '100%', '🙂');
  const fold = (field: string, text: string): string => (field === 'external_id' ? text : text.toLowerCase());
  const of = (user: PresentedUser, field: 'user_name' | 'email' | 'external_id' | 'display_name', value: string) => {
    const stored = user[field];
    return stored === null ? undefined : ([fold(field, stored), fold(field, value)] as const);
  };
  const fields = fc.constantFrom('user_name' as const, 'email' as const, 'external_id' as const, 'display_name' as const);
  const test = {
    eq: (a: string, b: string) => a === b,
    co: (a: string, b: string) => a.includes(b),
    sw: (a: string, b: string) => a.startsWith(b),
    ew: (a: string, b: string) => a.endsWith(b),
  };
  const comparison = fc.tuple(fields, fc.constantFrom('eq' as const, 'co' as const, 'sw' as const, 'ew' as const), values).map(
    ([field, op, value]): Expression => ({
      text: `${field} ${op} "${value}"`,
      holds: (user) => {
        const pair = of(user, field, value);
        return pair !== undefined && test[op](...pair);
      },
    }),
  );
  const different = fc.tuple(fields, values).map(
    ([field, value]): Expression => ({
      text: `${field} ne "${value}"`,
      holds: (user) => {
        const pair = of(user, field, value);
        return pair === undefined || pair[0] !== pair[1];
      },
    }),
  );
  const present = fields.map((field): Expression => ({ text: `${field} pr`, holds: (user) => user[field] !== null }));
  const active = fc.boolean().map((on): Expression => ({ text: `active eq ${on}`, holds: (user) => user.active === on }));
  const leaf = fc.oneof(comparison, different, present, active);
  if (depth === 0) return leaf;
  const inner = expression(depth - 1);
  return fc.oneof(
    leaf,
    inner.map((part): Expression => ({ text: `not (${part.text})`, holds: (user) => !part.holds(user) })),
    fc
      .tuple(inner, inner)
      .map(([a, b]): Expression => ({ text: `(${a.text}) and (${b.text})`, holds: (user) => a.holds(user) && b.holds(user) })),
    fc
      .tuple(inner, inner)
      .map(([a, b]): Expression => ({ text: `(${a.text} or ${b.text})`, holds: (user) => a.holds(user) || b.holds(user) })),
  );
}
