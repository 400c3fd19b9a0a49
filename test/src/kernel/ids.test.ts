import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  new_connection_id,
  new_group_id,
  new_id,
  new_org_id,
  new_user_id,
  parse_connection_id,
  parse_group_id,
  parse_org_id,
  parse_user_id,
} from '../../../src/kernel/index.ts';

const kinds = [
  ['org', new_org_id, parse_org_id],
  ['usr', new_user_id, parse_user_id],
  ['grp', new_group_id, parse_group_id],
  ['con', new_connection_id, parse_connection_id],
] as const;

describe('an id', () => {
  for (const [prefix, make, parse] of kinds)
    it(`of kind ${prefix} is opaque, never the same again, and read as its own kind only`, () => {
      const made = new Set(Array.from({ length: 2000 }, () => make()));
      assert.equal(made.size, 2000);
      for (const id of made) {
        assert.match(id, new RegExp(`^${prefix}_[0-9A-HJ-NP-Za-hj-km-np-z]{24}$`));
        assert.equal(parse(id), id);
      }
      for (const [other, , parse_other] of kinds) if (other !== prefix) assert.equal(parse_other(make()), undefined);
    });

  it('has no letters that are mistaken for digits', () => {
    for (let n = 0; n < 500; n++) assert.doesNotMatch(new_id('x').slice(2), /[IOilo]/);
  });

  it('uses every letter of its alphabet about as often as any other', () => {
    const counts = new Map<string, number>();
    for (let n = 0; n < 4000; n++) for (const letter of new_id('x').slice(2)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    assert.equal(counts.size, 54);
    // 96 000 letters: each about 1778 times, standard deviation 42; seven of them is chance once in a billion runs
    for (const [letter, count] of counts) assert.ok(Math.abs(count - 1778) < 7 * 42, `${letter}: ${count}`);
  });

  it('is not read from anything else', () => {
    const good = new_user_id();
    const near = [
      '',
      'usr_',
      `${good} `,
      ` ${good}`,
      `${good}\n`,
      `${good}x`,
      good.slice(0, -1),
      good.toUpperCase(),
      `usr-${good.slice(4)}`,
      `${good.slice(0, -1)}_`,
      `${good.slice(0, -1)}é`,
    ];
    for (const text of near) assert.equal(parse_user_id(text), undefined, JSON.stringify(text));
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        for (const [, , parse] of kinds) assert.equal(parse(text), undefined);
      }),
    );
  });
});
