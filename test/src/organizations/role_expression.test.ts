import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compile_expression, type Values, WrongExpression } from '../../../src/organizations/role_expression.ts';

const person: Values = (name) => ({ groups: ['Staff', 'Finance'], department: ['Sales EMEA'], grade: ['7'] })[name] ?? [];
const holds = (text: string): boolean => compile_expression(text)(person);

describe('an expression of a role mapping', () => {
  it('compares text as it is; a name with several values holds when one does', () => {
    assert.ok(holds('groups eq "Finance"'));
    assert.ok(!holds('groups eq "finance"'));
    assert.ok(holds('department sw "Sales" and department ew "EMEA" and department co "les"'));
    assert.ok(holds('grade pr and not (nothing pr)'));
  });

  it('ne is the opposite of eq, whatever is absent', () => {
    assert.ok(!holds('groups ne "Finance"'));
    assert.ok(holds('groups ne "Legal"') && holds('nothing ne "x"'));
  });

  it('binds and before or, and not before both', () => {
    assert.ok(holds('groups eq "Staff" or grade eq "9" and grade eq "8"'));
    assert.ok(!holds('not (groups eq "Staff") or grade eq "9" and groups eq "Staff"'));
  });

  it('is refused for what it cannot mean, in words', () => {
    for (const [text, message] of Object.entries({
      'grade gt "5"': /cannot compare grade by gt/,
      'grade eq 7': /text in quotes/,
      'groups eq Staff': /cannot be read|text in quotes/,
      'emails[type eq "work"]': /compare values/,
      'a constructor "b"': /compare values|cannot/,
      '': /cannot be read/,
      ['('.repeat(30)]: /parentheses/,
      [Array.from({ length: 21 }, () => 'a eq "b"').join(' and ')]: /20 comparisons/,
      [`a eq "${'b'.repeat(1000)}"`]: /1000 characters/,
    }))
      assert.throws(
        () => compile_expression(text),
        (error) => error instanceof WrongExpression && message.test(error.message),
        text,
      );
  });

  it('whatever it is, it is read or refused, and never looks beyond the values that it is given', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 60 }), fc.stringMatching(/^[a-z()"[\] .]{0,60}$/)), (text) => {
        try {
          assert.equal(typeof compile_expression(text)(() => []), 'boolean');
        } catch (error) {
          assert.ok(error instanceof WrongExpression, String(error));
        }
      }),
    );
  });
});
