import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { PEOPLE_SOURCES, type PeoplePolicy, type PeopleSource } from '../../../src/organizations/index.ts';
import { type Said, weigh } from '../../../src/users/index.ts';

/** What weighing looks at of a row. */
interface Row {
  readonly written_by: Record<string, string> | null;
  readonly attributes: Record<string, unknown>;
  readonly user_name: string;
  readonly email: string | null;
  readonly given_name: string | null;
  readonly family_name: string | null;
  readonly display_name: string | null;
  readonly active: boolean;
  readonly external_id: string | null;
}
const fresh: Row = {
  ...{ written_by: null, attributes: {}, user_name: 'ann', email: null, given_name: null, family_name: null },
  ...{ display_name: null, active: true, external_id: null },
};
type Name = 'given_name' | 'attributes.department';

interface Write {
  readonly source: PeopleSource;
  readonly name: Name;
  readonly value: string | null;
}

const value_of = (row: Row, name: Name): unknown => (name === 'given_name' ? row.given_name : (row.attributes['department'] ?? null));

function written(policy: PeoplePolicy, row: Row, { source, name, value }: Write): Row {
  const said: Said = { source, states: [name] };
  const { department: _before, ...others } = row.attributes;
  const wanted = name === 'given_name' ? { given_name: value } : { attributes: value === null ? others : { ...others, department: value } };
  const { changes, written_by } = weigh(policy, row, wanted, said);
  return { ...row, ...changes, written_by };
}

/** One place for each source: what it says now. The strongest that says something is heard; without an order, whoever spoke last. */
class Oracle {
  private owner: PeopleSource | undefined;
  private value: string | null = null;
  private readonly order: readonly PeopleSource[] | undefined;
  constructor(order: readonly PeopleSource[] | undefined) {
    this.order = order;
  }
  private place(source: PeopleSource): number {
    const at = this.order?.indexOf(source) ?? 0;
    return at < 0 ? 99 : at;
  }
  hear({ source, value }: Write): void {
    if (this.owner !== undefined && this.place(source) > this.place(this.owner)) return;
    [this.value, this.owner] = [value, value === null ? undefined : source];
  }
  get now(): string | null {
    return this.value;
  }
}

const order = fc.uniqueArray(fc.constantFrom(...PEOPLE_SOURCES), { minLength: 1 });
const write = fc.record({
  source: fc.constantFrom(...PEOPLE_SOURCES),
  name: fc.constantFrom<Name>('given_name', 'attributes.department'),
  value: fc.constantFrom('Ann', 'Anna', 'Anne', null),
});

describe('several sources that speak of the same person', () => {
  it('in whatever order they come: an attribute has the value of the strongest source that has spoken of it', () => {
    fc.assert(
      fc.property(
        fc.option(order, { nil: undefined }),
        fc.option(order, { nil: undefined }),
        fc.array(write, { maxLength: 30 }),
        (all, own, writes) => {
          const policy: PeoplePolicy = {
            attribute_owners: {
              ...(all !== undefined && { default: all }),
              ...(own !== undefined && { attributes: { 'attributes.department': own } }),
            },
          };
          const oracles = { given_name: new Oracle(all), 'attributes.department': new Oracle(own ?? all) };
          let row = fresh;
          for (const one of writes) {
            row = written(policy, row, one);
            oracles[one.name].hear(one);
            for (const name of ['given_name', 'attributes.department'] as const) assert.equal(value_of(row, name), oracles[name].now, name);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('without nulls, it is simply that of the strongest among all who spoke, and of its last word', () => {
    const spoken = write.filter(({ value }) => value !== null);
    fc.assert(
      fc.property(order, fc.array(spoken, { minLength: 1, maxLength: 30 }), (all, writes) => {
        const row = writes.reduce(
          (now, one) => written({ attribute_owners: { default: all } }, now, { ...one, name: 'given_name' }),
          fresh,
        );
        const place = (source: PeopleSource): number => (all.includes(source) ? all.indexOf(source) : all.length);
        const strongest = Math.min(...writes.map(({ source }) => place(source)));
        assert.equal(row.given_name, writes.filter(({ source }) => place(source) === strongest).at(-1)?.value);
      }),
      { numRuns: 300 },
    );
  });

  it('an e-mail address that is not taken over does not change what is known of the one that stays', () => {
    const row = { ...fresh, email: 'ann@acme.example', email_denied: false, written_by: { email: 'scim' } };
    const policy: PeoplePolicy = { attribute_owners: { default: ['scim', 'sign_in'] } };
    const { changes, held_back } = weigh(policy, row, { email: 'other@acme.example', email_denied: true }, { source: 'sign_in' });
    assert.deepEqual([changes, held_back], [{}, [{ path: 'email', message: 'is owned by scim' }]]);
    assert.deepEqual(weigh(policy, row, { email_denied: true }, { source: 'sign_in' }).changes, { email_denied: true });
  });
});
