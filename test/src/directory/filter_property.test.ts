import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { ENTERPRISE, type Json, type ScimClient, scim_world, type ScimWorld } from '../../support/scim_world.ts';

/** A filter as its text and as what a plain reading of the RFC says of a resource. */
interface Case {
  readonly text: string;
  readonly holds: (resource: Json) => boolean;
}

const words = [
  '',
  'a',
  'A',
  'ab',
  'b@acme.example',
  'B@ACME.example',
  'work',
  'home',
  'x y',
  'é',
  'É',
  '100%',
  'a_b',
  'a"b',
  'back\\slash',
];
const word = fc.constantFrom(...words);

/** Every value at a dotted path, lists opened. */
function values(resource: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(resource)) return resource.flatMap((one) => values(one, path));
  const [first, ...rest] = path;
  if (first === undefined) return resource === undefined || resource === '' ? [] : [resource];
  return typeof resource === 'object' && resource !== null ? values((resource as Record<string, unknown>)[first], rest) : [];
}

const texts: readonly (readonly [string, readonly string[], boolean])[] = [
  ['userName', ['userName'], false],
  ['USERNAME', ['userName'], false],
  ['externalId', ['externalId'], true],
  ['displayName', ['displayName'], false],
  ['name.givenName', ['name', 'givenName'], false],
  ['title', ['title'], false],
  ['emails.value', ['emails', 'value'], false],
  ['emails', ['emails', 'value'], false],
  ['emails.type', ['emails', 'type'], false],
  [`${ENTERPRISE}:department`, [ENTERPRISE, 'department'], false],
];

const comparisons: Readonly<Record<string, (have: string, want: string) => boolean>> = {
  eq: (have, want) => have === want,
  co: (have, want) => have.includes(want),
  sw: (have, want) => have.startsWith(want),
  ew: (have, want) => have.endsWith(want),
  gt: (have, want) => have > want,
  ge: (have, want) => have >= want,
  lt: (have, want) => have < want,
  le: (have, want) => have <= want,
};

const compare = (value: string, op: string, exact: boolean) => {
  const fold = (text: string): string => (exact ? text : text.toLowerCase());
  return (have: unknown): boolean => typeof have === 'string' && comparisons[op]?.(fold(have), fold(value)) === true;
};

const on_text: fc.Arbitrary<Case> = fc
  .tuple(fc.constantFrom(...texts), fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'), word)
  .map(([[name, path, exact], op, value]) => ({
    text: `${name} ${op} ${JSON.stringify(value)}`,
    holds: (resource) => {
      const have = values(resource, path);
      if (op === 'ne') return have.length === 0 || have.some((one) => !compare(value, 'eq', exact)(one));
      return have.some(compare(value, op, exact));
    },
  }));
const on_presence: fc.Arbitrary<Case> = fc
  .constantFrom(...texts)
  .map(([name, path]) => ({ text: `${name} pr`, holds: (resource) => values(resource, path).length > 0 }));
const on_active: fc.Arbitrary<Case> = fc
  .tuple(fc.constantFrom('eq', 'ne'), fc.boolean())
  .map(([op, value]) => ({ text: `active ${op} ${value}`, holds: (resource) => (resource.active === value) === (op === 'eq') }));
const on_element: fc.Arbitrary<Case> = fc
  .tuple(word, fc.constantFrom('eq', 'co', 'sw'), word, fc.boolean())
  .map(([type, op, value, behind]) => ({
    text: behind
      ? `emails[type eq ${JSON.stringify(type)}].value ${op} ${JSON.stringify(value)}`
      : `emails[type eq ${JSON.stringify(type)} and value ${op} ${JSON.stringify(value)}]`,
    holds: (resource) =>
      (resource.emails ?? []).some((one) => compare(type, 'eq', false)(one['type']) && compare(value, op, false)(one.value)),
  }));

const { filter } = fc.letrec<{ filter: Case }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    on_text,
    on_presence,
    on_active,
    on_element,
    fc.tuple(fc.constantFrom('and', 'or'), tie('filter'), tie('filter')).map(([op, a, b]) => ({
      text: `(${a.text}) ${op} (${b.text})`,
      holds: (resource: Json) => (op === 'and' ? a.holds(resource) && b.holds(resource) : a.holds(resource) || b.holds(resource)),
    })),
    tie('filter').map((a) => ({ text: `not (${a.text})`, holds: (resource: Json) => !a.holds(resource) })),
  ),
}));

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const given = word.filter((text) => text !== '');
const person = fc.record({
  displayName: maybe(given),
  title: maybe(given),
  active: fc.boolean(),
  name: maybe(fc.record({ givenName: given })),
  emails: fc.array(fc.record({ value: given, type: fc.constantFrom('work', 'home') }), { maxLength: 3 }),
  [ENTERPRISE]: maybe(fc.record({ department: given })),
});

describe('a filter', () => {
  let world: ScimWorld;
  let scim: ScimClient;
  let everyone: readonly Json[];
  before(async () => {
    world = await scim_world();
    scim = await world.client({ dialect: 'strict' });
    const people = fc.sample(person, { seed: 7, numRuns: 40 });
    for (const [index, one] of people.entries()) {
      const word_of = words[index] ?? '';
      await scim.user(word_of === '' ? `user ${index}` : `${word_of}${index > 7 ? '!' : ''} ${index % 2}`, {
        ...one,
        ...(index % 3 === 0 && { externalId: `${index % 2 === 0 ? 'A' : 'a'}${index}` }),
      });
    }
    everyone = (await scim.call('GET', '/Users?count=100')).json.Resources;
  });
  after(() => world.close());

  it('finds exactly what a plain reading of the RFC finds', async () => {
    await fc.assert(
      fc.asyncProperty(filter, async ({ text, holds }) => {
        const { status, json, text: body } = await scim.call('GET', `/Users?count=100&filter=${encodeURIComponent(text)}`);
        assert.equal(status, 200, `${text}: ${body}`);
        const expected = everyone.filter(holds).map(({ id }) => id);
        assert.deepEqual(
          json.Resources.map(({ id }) => id),
          expected,
          text,
        );
        assert.equal(json.totalResults, expected.length);
      }),
      { numRuns: 400 },
    );
  });

  it('and `and` binds before `or`, as the RFC has it, and `not` before both', async () => {
    const found = async (text: string): Promise<number> =>
      (await scim.call('GET', `/Users?filter=${encodeURIComponent(text)}`)).json.totalResults;
    assert.equal(await found('userName pr or userName pr and id eq "x"'), everyone.length);
    assert.equal(await found('(userName pr or userName pr) and id eq "x"'), 0);
    assert.equal(await found('not (id eq "x") and id eq "x"'), 0);
    assert.equal(await found('NOT (id eq "x") OR id EQ "x"'), everyone.length);
  });

  it('by time compares moments, not texts', async () => {
    const { meta } = everyone[0] ?? assert.fail();
    const at = meta['created'] ?? '';
    const shifted = new Date(Date.parse(at) + 3_600_000).toISOString().replace('Z', '+01:00');
    for (const [text, count] of [
      [`meta.created eq "${at}"`, everyone.length],
      [`meta.created eq "${shifted}"`, everyone.length],
      [`meta.lastModified gt "${at}"`, 0],
      [`meta.lastModified ge "${at}"`, everyone.length],
    ] as const)
      assert.equal((await scim.call('GET', `/Users?filter=${encodeURIComponent(text)}`)).json.totalResults, count, text);
  });

  it('and every page by cursor is the list by index, in every order', async () => {
    for (const order of [
      '',
      '&sortBy=userName',
      '&sortBy=displayName&sortOrder=descending',
      '&sortBy=emails',
      '&sortBy=active',
      `&sortBy=meta.created`,
    ]) {
      const all = (await scim.call('GET', `/Users?count=100${order}`)).json.Resources.map(({ id }) => id);
      const seen: string[] = [];
      let cursor = '';
      do {
        const { status, json, text } = await scim.call('GET', `/Users?count=7${order}&cursor=${cursor}`);
        assert.equal(status, 200, text);
        assert.equal(json.totalResults, everyone.length);
        seen.push(...json.Resources.map(({ id }) => id));
        cursor = json.nextCursor ?? '';
      } while (cursor !== '');
      assert.deepEqual(seen, all, order);
      assert.equal(new Set(all).size, everyone.length);
    }
  });

  it('sorts whoever lacks the attribute last, and first when descending', async () => {
    const names = async (order: string): Promise<(string | undefined)[]> =>
      (await scim.call('GET', `/Users?count=100&sortBy=displayName&sortOrder=${order}`)).json.Resources.map((one) => one.displayName);
    const ascending = await names('ascending');
    assert.equal(ascending.at(-1), undefined);
    assert.equal((await names('descending'))[0], undefined);
  });
});
