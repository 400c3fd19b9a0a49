import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { BerReader, BerWriter } from 'ldapts';
import { EncodedFilter, type Filter } from '../../../connectors/ldap/filter.ts';
import { parse_filter } from '../../../connectors/ldap/filter_text.ts';

const bytes_of = (filter: Filter): string => {
  const writer = new BerWriter();
  new EncodedFilter(filter).write(writer);
  return Buffer.from(writer.buffer).toString('hex');
};
const hex = (text: string): string => bytes_of(parse_filter(text).with_login('LOGIN'));

describe('LDAP filters', () => {
  it('are encoded as RFC 4511 says', () => {
    assert.equal(hex('(cn=A)'), 'a307' + '0402636e' + '040141');
    assert.equal(hex('(cn=*)'), '8702636e');
    assert.equal(hex('(!(cn=*))'), 'a204' + '8702636e');
    assert.equal(hex('(&(a=*)(b=*))'), 'a006' + '870161' + '870162');
    assert.equal(hex('(|(a=*))'), 'a103' + '870161');
    assert.equal(hex('(a>=1)'), 'a506' + '040161' + '040131');
    assert.equal(hex('(a<=1)'), 'a606' + '040161' + '040131');
    assert.equal(hex('(a~=1)'), 'a806' + '040161' + '040131');
    assert.equal(hex('(a=x*y*z)'), 'a40e' + '040161' + '3009' + '800178' + '810179' + '82017a');
    assert.equal(hex('(a=*y*)'), 'a408' + '040161' + '3003' + '810179');
    assert.equal(hex('(a:1.2.3:=x)'), 'a90d' + '8105312e322e33' + '820161' + '830178');
    assert.equal(hex('(a:dn:=x)'), 'a909' + '820161' + '830178' + '8401ff');
    assert.equal(hex('(:1.2.3:=x)'), 'a90a' + '8105312e322e33' + '830178');
  });

  it('keep escaped bytes, whatever they are: escaped UTF-8 is not taken for other characters', () => {
    assert.equal(hex('(a=\\c3\\a9)'), hex('(a=é)'));
    assert.equal(hex('(a=\\a0\\60\\00)'), 'a308' + '040161' + '0403a06000');
    assert.equal(hex('(a=\\2a\\28\\29\\5c)'), 'a309' + '040161' + '04042a28295c');
  });

  it('that cannot be read are refused', () => {
    const broken = [
      '',
      'a=b',
      '(a=b',
      '(a=b))',
      '(a=b)(c=d)',
      '()',
      '(&)',
      '(!)',
      '(a)',
      '(=b)',
      '(a b=c)',
      '(a=b(c)',
      '(a=\\zz)',
      '(a=\\4)',
      '(a:=b:c*)',
      '(a*=b)',
      '(&(a=b)x)',
      `${'(!'.repeat(40)}(a=b)${')'.repeat(40)}`,
    ];
    for (const text of broken) assert.throws(() => parse_filter(text), SyntaxError, text);
  });

  it('injection: the assertion value is what was typed, byte by byte', () => {
    const { with_login } = parse_filter('(&(objectClass=person)(|(uid={login})(proxyAddresses=smtp:{login})))');
    const check = (typed: string): void => {
      const filter = with_login(typed);
      assert.ok(filter.kind === 'and' && filter.of[1]?.kind === 'or');
      const [plain, prefixed] = filter.of[1].of;
      assert.ok(plain?.kind === 'equal' && prefixed?.kind === 'equal');
      assert.ok(plain.value.equals(Buffer.from(typed)));
      assert.ok(prefixed.value.equals(Buffer.from(`smtp:${typed}`)));
      // nothing that is typed changes the shape
      const reader = new BerReader(Buffer.from(bytes_of(plain), 'hex'));
      assert.equal(reader.readSequence(), 0xa3);
      assert.equal(reader.readString(), 'uid');
      assert.ok(reader.readString(0x04, true)?.equals(Buffer.from(typed)));
      assert.equal(reader.remain, 0);
    };
    for (const typed of ['*', '\\2a', '*)(uid=*', 'é', '\u202e', '{login}', 'a\\', 'x'.repeat(1000)]) check(typed);
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 1 }).filter((text) => text.isWellFormed()),
        check,
      ),
    );
  });

  it('ask for anyone by asking whether there is a value at all', () => {
    const anyone = parse_filter('(&(objectClass=person)(|(uid={login})(mail={login})))').for_anyone();
    assert.equal(bytes_of(anyone), hex('(&(objectClass=person)(|(uid=*)(mail=*)))'));
  });
});
