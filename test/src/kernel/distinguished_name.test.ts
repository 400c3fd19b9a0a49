import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parse_distinguished_name, same_name } from '../../../src/kernel/index.ts';

const parts = (text: string) => parse_distinguished_name(text)?.map((part) => Object.fromEntries(part));
const [CN, O, C, OU] = ['2.5.4.3', '2.5.4.10', '2.5.4.6', '2.5.4.11'];

describe('a distinguished name (RFC 4514)', () => {
  it('reads the other way round than a certificate; types in any case, or as object identifiers', () => {
    assert.deepEqual(parts('CN=app,O=Example,C=DE'), [{ [C]: ['DE'] }, { [O]: ['Example'] }, { [CN]: ['app'] }]);
    assert.deepEqual(parts('cn=app, o=Example ,2.5.4.6=DE'), parts('CN=app,O=Example,C=DE'));
  });

  it('of several values in one part, and of values with escaped characters, bytes, and blanks (section 4)', () => {
    assert.deepEqual(parts('OU=Sales+CN=J.  Smith,DC=example'), [
      { '0.9.2342.19200300.100.1.25': ['example'] },
      { [OU]: ['Sales'], [CN]: ['J.  Smith'] },
    ]);
    assert.deepEqual(parts('CN=James \\"Jim\\" Smith\\, III'), [{ [CN]: ['James "Jim" Smith, III'] }]);
    assert.deepEqual(parts('CN=Lu\\C4\\8Di\\C4\\87'), [{ [CN]: ['Lučić'] }]);
    assert.deepEqual(parts('CN=\\ app\\ '), [{ [CN]: [' app '] }]);
    assert.deepEqual(parts('2.5.4.3=#0C03617070'), [{ [CN]: ['app'] }]);
  });

  it('that cannot be read is none', () => {
    for (const text of [
      '',
      'app',
      'CN=',
      '=app',
      'CN=a,',
      'CN=a,,O=b',
      'CN=a;O=b',
      'CN="a"',
      'unheard=a',
      'CN=a\\',
      'CN=a\\q',
      'CN=#0C',
      'CN=#3000',
      'CN=a\\FF',
      'CN=a\0',
      'constructor=a',
      '__proto__=a',
    ])
      assert.equal(parse_distinguished_name(text), undefined, JSON.stringify(text));
  });

  it('is the same when every part is, in order and letter by letter', () => {
    const same = (a: string, b: string): boolean => same_name(parse_distinguished_name(a) ?? [], parse_distinguished_name(b) ?? []);
    assert.ok(same('CN=a+OU=b,O=c', 'OU=b+CN=a,O=c'));
    for (const other of ['CN=A,O=c', 'O=c,CN=a', 'CN=a', 'CN=a,O=c,C=DE', 'CN=a+O=c', 'CN=a\\,O=c'])
      assert.equal(same('CN=a,O=c', other), false, other);
  });

  it('of any text: an answer, in no time that grows out of hand; what was escaped reads as it was', () => {
    fc.assert(fc.property(fc.string({ maxLength: 1024 }), (text) => parse_distinguished_name(text)?.length !== 0));
    const escaped = (value: string): string => value.replaceAll(/[\\ "#+,;<=>]/g, '\\$&');
    const values = fc.string({ minLength: 1, maxLength: 40, unit: fc.constantFrom(...Array.from('aZ9 ,+"\\<>;=#ü€\'/.-')) });
    fc.assert(fc.property(values, (value) => assert.deepEqual(parts(`CN=${escaped(value)},O=x`), [{ [O]: ['x'] }, { [CN]: [value] }])));
  });
});
