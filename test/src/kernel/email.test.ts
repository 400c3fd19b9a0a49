import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parse_domain, parse_email } from '../../../src/kernel/index.ts';

describe('a domain', () => {
  const good: readonly (readonly [string, string])[] = [
    ['acme.example', 'acme.example'],
    ['ACME.Example', 'acme.example'],
    ['a.b.c.d.example', 'a.b.c.d.example'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['BÜCHER.example', 'xn--bcher-kva.example'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['日本.example', 'xn--wgv71a.example'],
    ['4chan.example', '4chan.example'],
    // UTS #46 maps full-width letters and the ideographic full stop
    ['ａｃｍｅ。example', 'acme.example'],
    [`${'a'.repeat(63)}.example`, `${'a'.repeat(63)}.example`],
  ];
  for (const [text, read] of good) it(`${text} is read as ${read}`, () => assert.equal(parse_domain(text), read));

  const bad = [
    '',
    '.',
    'acme',
    'acme.',
    '.acme.example',
    'acme..example',
    'acme.example.',
    '-acme.example',
    'acme-.example',
    'ac_me.example',
    'acme.example:443',
    'acme.example/',
    'http://acme.example',
    'ann@acme.example',
    'acme .example',
    'acme.example\n',
    'acme\u0000.example',
    'acme%2eexample',
    'acme\\example.com',
    '[::1]',
    '127.0.0.1',
    '1.2.3',
    'example.123',
    '0x7f.1',
    'acme.example?x',
    'acme.example#x',
    `${'a'.repeat(64)}.example`,
    `${'a.'.repeat(130)}example`,
  ];
  for (const text of bad) it(`${JSON.stringify(text)} is none`, () => assert.equal(parse_domain(text), undefined));

  it('that is read is read again as the same, and looks like a host name', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.domain(), fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 300 })),
        (text) => {
          const read = parse_domain(text);
          if (read === undefined) return;
          assert.match(read, /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/);
          assert.ok(read.length <= 253);
          assert.equal(parse_domain(read), read);
          assert.equal(new URL(`https://${read}/`).hostname, read);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('an e-mail address', () => {
  const good: readonly (readonly [string, string, string])[] = [
    ['ann@acme.example', 'ann@acme.example', 'ann@acme.example'],
    ['Ann.Lee+x@ACME.Example', 'Ann.Lee+x@ACME.Example', 'ann.lee+x@acme.example'],
    ["o'hara@acme.example", "o'hara@acme.example", "o'hara@acme.example"],
    ['ann@bücher.example', 'ann@xn--bcher-kva.example', 'ann@xn--bcher-kva.example'],
    ['jürgen@acme.example', 'jürgen@acme.example', 'jürgen@acme.example'],
    [`${'a'.repeat(64)}@acme.example`, `${'a'.repeat(64)}@acme.example`, `${'a'.repeat(64)}@acme.example`],
  ];
  for (const [text, address, key] of good)
    it(`${text} is read`, () => {
      const read = parse_email(text);
      assert.deepEqual([read?.address, read?.key], [address, key]);
    });

  const bad = [
    '',
    '@',
    'ann',
    'ann@',
    '@acme.example',
    'ann@acme',
    'a@b@acme.example',
    'ann@@acme.example',
    '.ann@acme.example',
    'ann.@acme.example',
    'a..b@acme.example',
    '"ann"@acme.example',
    'Ann <ann@acme.example>',
    'ann(x)@acme.example',
    'ann@[127.0.0.1]',
    'ann@127.0.0.1',
    'ann @acme.example',
    ' ann@acme.example',
    'ann@acme.example ',
    'ann@acme.example\r\nBcc: x@y.example',
    'ann\u0000@acme.example',
    'ann\u200b@acme.example',
    'ann\u202e@acme.example',
    'ann,bob@acme.example',
    'ann;bob@acme.example',
    'ann:bob@acme.example',
    'ann\\@acme.example',
    `${'a'.repeat(65)}@acme.example`,
    `a@${'a'.repeat(320)}.example`,
    '\ud800@acme.example',
  ];
  for (const text of bad) it(`${JSON.stringify(text)} is none`, () => assert.equal(parse_email(text), undefined));

  it('folds ASCII letters only: no look-alike becomes somebody else’s', () => {
    // what toLowerCase or NFKC would make of these is an ASCII letter
    for (const [look_alike, ascii] of [
      ['\u212a', 'k'],
      ['\u0130', 'i'],
      ['\uff41', 'a'],
      ['\u0430', 'a'],
      ['\u017f', 's'],
      ['\u2170', 'i'],
    ] as const)
      assert.notEqual(parse_email(`${look_alike}@acme.example`)?.key, `${ascii}@acme.example`, look_alike);
  });

  it('that is read has one domain, and is read again as the same', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.emailAddress(),
          fc.string({ unit: 'binary', maxLength: 80 }),
          fc.tuple(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.domain()).map(([local, domain]) => `${local}@${domain}`),
        ),
        (text) => {
          const read = parse_email(text);
          if (read === undefined) return;
          assert.equal(read.address.indexOf('@'), read.address.lastIndexOf('@'));
          assert.equal(read.key.slice(read.key.indexOf('@') + 1), read.domain);
          assert.equal(parse_domain(read.domain), read.domain);
          assert.deepEqual(parse_email(read.address), read);
          assert.equal(parse_email(read.key)?.key, read.key);
          assert.doesNotMatch(read.address, /[\s\p{Cc}\p{Cs}<>"(),:;[\]\\]/u);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('in a text of a hundred thousand characters is refused at once', () => {
    for (const text of [`${'a.'.repeat(50_000)}@acme.example`, `a@${'a.'.repeat(50_000)}example`, '@'.repeat(100_000)])
      assert.equal(parse_email(text), undefined);
  });
});
