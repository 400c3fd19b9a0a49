import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { inflate_message, MAX_ENCODED, peek_in_response_to, Refusal } from '../../../../connectors/saml/verify/index.ts';
import {
  accepted,
  ATTACKER,
  base64,
  type Bench,
  forge_xml,
  make_bench,
  refused,
  REQUEST_ID,
  swap,
  trust_of,
  try_response,
} from '../../../support/saml/forge.ts';

describe('a message that is no acceptable document is refused before anything is believed', () => {
  let bench: Bench;
  let good: string;
  before(async () => {
    bench = await make_bench();
    good = forge_xml(bench);
  });
  const refuse = (message: string): Refusal => refused(try_response(message, trust_of(bench)));
  const malformed = (xml: string): void => assert.equal(refuse(base64(xml)).reason, 'malformed');

  it('DOCTYPE, entities and expansion bombs', () => {
    for (const doctype of [
      '<!DOCTYPE x>',
      '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">',
      '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
      '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
      '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:1/p"> %p;]>',
      '<!DOCTYPE x [<!ATTLIST saml:Assertion ID ID #IMPLIED>]>',
      '<!doctype x>',
    ]) {
      malformed(doctype + good);
      malformed(`<?xml version="1.0"?>${doctype}${good}`);
      malformed(`<!-- -->${doctype}${good}`);
      malformed(swap(good, '<saml:Subject>', `${doctype}<saml:Subject>`));
    }
  });

  it('entities that nobody declared', () => {
    for (const reference of ['&e;', '&nbsp;', '&', '&#0;', '&#x110000;', '&#xD800;', '&#;', '&#x;', '&amp', '&#11;'])
      malformed(swap(good, ATTACKER, `${ATTACKER}${reference}`));
  });

  it('XML that is not well-formed', () => {
    for (const [from, to] of [
      ['</saml:Subject>', '</saml:Subjec>'],
      ['</saml:Subject>', '</saml:Subjecx>'],
      ['</saml:Subject>', ''],
      ['<saml:Subject>', '<saml:Subject x=1>'],
      ['<saml:Subject>', '<saml:Subject x>'],
      ['<saml:Subject>', '<saml:Subject x="<">'],
      ['<saml:Subject>', '<saml:Subject x="1" x="2">'],
      ['<saml:Subject>', '<saml:Subject xmlns:a="urn:a" xmlns:b="urn:a" a:x="1" b:x="2">'],
      ['<saml:Subject>', '<saml:Subject x="1"y="2">'],
      ['<saml:Subject>', '<saml:Subject xmlns:a="urn:a" xmlns:a="urn:b">'],
      ['<saml:Subject>', '<undeclared:x/><saml:Subject>'],
      ['<saml:Subject>', '<saml:Subject undeclared:x="1">'],
      ['<saml:Subject>', '<saml:Subject xmlns:p="">'],
      ['<saml:Subject>', '<saml:Subject xmlns:xml="urn:x">'],
      ['<saml:Subject>', '<saml:Subject xmlns:xmlns="urn:x">'],
      ['<saml:Subject>', '<saml:Subject xmlns:p="http://www.w3.org/2000/xmlns/">'],
      ['<saml:Subject>', '<saml:Subject xmlns:p="relative/name">'],
      ['<saml:Subject>', '<1/><saml:Subject>'],
      ['<saml:Subject>', '< saml:Subject>'],
      ['<saml:Subject>', '<a:b:c/><saml:Subject>'],
      ['<saml:Subject>', '<!-- a -- b --><saml:Subject>'],
      ['<saml:Subject>', '<!-- a'],
      ['<saml:Subject>', ']]><saml:Subject>'],
      ['<saml:Subject>', '\u0001<saml:Subject>'],
      ['<saml:Subject>', '\ufffe<saml:Subject>'],
      ['<samlp:Response ', 'x<samlp:Response '],
      ['</samlp:Response>', '</samlp:Response>x'],
      ['</samlp:Response>', '</samlp:Response><x/>'],
      ['</samlp:Response>', '</samlp:Response></x>'],
      ['</samlp:Response>', '</samlp:Response'],
      ['</samlp:Response>', '</samlp:Response><![CDATA[]]>'],
    ] as const)
      assert.throws(() => accepted(try_response(base64(swap(good, from, to)), trust_of(bench))), `${from} to ${to}`);
    for (const whole of ['', ' ', '<', '<a', '<a>', '</a>', '<a/><b/>', 'text', '{}', '<!---->', '<samlp:Response/>', '<Response/>'])
      refuse(base64(whole));
  });

  it('XML that is not well-formed, also where no signature looks', () => {
    const beside = (inside: string): string => swap(good, '<samlp:Status>', `<samlp:Extensions>${inside}</samlp:Extensions><samlp:Status>`);
    accepted(try_response(base64(beside('<x a="1"/>')), trust_of(bench)));
    for (const inside of [
      '<x></y>',
      '<x a=1/>',
      '<x a="1" a="2"/>',
      '<x xmlns:a="urn:a" xmlns:b="urn:a" a:x="1" b:x="2"/>',
      '<undeclared:x/>',
      '<x undeclared:a="1"/>',
      '<x xmlns:p="relative"/>',
      '<x>\u0001</x>',
      '<x>\uffff</x>',
      '<x a="\u0000"/>',
      '<x>&nbsp;</x>',
      '<x>]]></x>',
      '<!-- a -- b -->',
      '<?p?>',
    ])
      malformed(beside(inside));
  });

  it('declarations that lie about the encoding, and other versions of XML', () => {
    for (const declaration of [
      '<?xml version="1.1"?>',
      '<?xml version="1.0" encoding="UTF-16"?>',
      '<?xml version="1.0" encoding="ISO-8859-1"?>',
      '<?xml encoding="UTF-8"?>',
      '<?xml version="1.0" standalone="maybe"?>',
      ' <?xml version="1.0"?>',
      '<?XML version="1.0"?>',
    ])
      malformed(declaration + good);
  });

  it('bytes that are not UTF-8', () => {
    const bytes = Buffer.from(good);
    const at = bytes.indexOf(ATTACKER);
    for (const bad of [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82]])
      refuse(Buffer.concat([bytes.subarray(0, at), Buffer.from(bad), bytes.subarray(at)]).toString('base64'));
    // also where no signature looks
    refuse(Buffer.concat([Buffer.from('<!-- '), Buffer.from([0xff]), Buffer.from(' -->'), bytes]).toString('base64'));
    refuse(Buffer.from(good, 'utf16le').toString('base64'));
    refuse(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(good, 'utf16le')]).toString('base64'));
  });

  it('base64 that is loose', () => {
    const message = base64(`${good} `.padEnd(Math.ceil((good.length + 1) / 3) * 3 + 1));
    accepted(try_response(message, trust_of(bench)));
    assert.ok(message.endsWith('=='));
    for (const loose of [
      `${message}=`,
      message.slice(0, -1),
      message.slice(0, -2),
      `${message}AAAA`,
      `!${message}`,
      `${message.slice(0, 8)}\u0000${message.slice(8)}`,
      `${message.slice(0, 8)}-${message.slice(9)}`,
      // bits left over behind the last byte
      `${message.slice(0, -3)}B==`,
      `data:;base64,${message}`,
    ])
      refuse(loose);
  });

  it('IDs that occur twice, under any spelling', () => {
    for (const attribute of ['ID', 'Id', 'id', 'iD', 'xml:id', 'AssertionID', 'ResponseID', 'RequestID'])
      malformed(swap(good, '<samlp:Status>', `<samlp:Status ${attribute}="_assertion1">`));
    malformed(swap(good, '_response1', '_assertion1'));
  });

  it('too large, too many elements, too many attributes, too deep, too many namespaces', () => {
    const extended = (inside: string): string =>
      swap(good, '<samlp:Status>', `<samlp:Extensions>${inside}</samlp:Extensions><samlp:Status>`);
    malformed(extended('<x/>'.repeat(300_000).slice(0, 240_000)));
    malformed(extended('<x/>'.repeat(11_000)));
    malformed(extended(`<x ${['a', 'b', 'c', 'd', 'e'].map((name) => `${name}=""`).join(' ')}/>`.repeat(9000)));
    malformed(extended(`${'<x>'.repeat(50)}${'</x>'.repeat(50)}`));
    malformed(extended(`<x ${Array.from({ length: 200 }, (_, index) => `xmlns:a${index}="urn:a"`).join(' ')}/>`));
    malformed(extended('<x>'.repeat(100_000).slice(0, 200_000)));
    refuse('A'.repeat(MAX_ENCODED + 4));
    // what is cut before it is decoded: line breaks count too
    accepted(try_response(base64(good) + '\n'.repeat(MAX_ENCODED - base64(good).length), trust_of(bench)));
    refuse(base64(good) + '\n'.repeat(MAX_ENCODED));
    refuse('A'.repeat(50_000_000));
  });

  it('DEFLATE bombs, and streams that are none', () => {
    const bomb = deflateRawSync(Buffer.alloc(50_000_000, 0x20)).toString('base64');
    for (const message of [
      bomb,
      '',
      'AAAA',
      base64(good),
      deflateRawSync(good).subarray(5).toString('base64'),
      'A'.repeat(MAX_ENCODED + 4),
    ])
      assert.throws(() => inflate_message(message), Refusal);
    assert.equal(Buffer.from(inflate_message(deflateRawSync(good).toString('base64'))).toString(), good);
  });

  it('another message of SAML, or none', () => {
    for (const root of ['AuthnRequest', 'LogoutResponse', 'LogoutRequest', 'ArtifactResponse'])
      malformed(good.replaceAll('samlp:Response', `samlp:${root}`));
    malformed(/<saml:Assertion .*<\/saml:Assertion>/s.exec(good)?.[0] ?? '');
  });

  it('is only peeked at for routing, and never throws there', () => {
    assert.equal(peek_in_response_to(base64(good)), REQUEST_ID);
    assert.equal(peek_in_response_to(base64(`\ufeff<?xml version="1.0"?><!-- é -->${good}`).replace(/.{7}/g, '$&\r\n')), REQUEST_ID);
    for (const message of [
      '',
      '!',
      base64('<x/>'),
      base64('<!DOCTYPE x>'),
      base64(`<!DOCTYPE x>${good}`),
      base64(good.replace('samlp:Response', 'samlp:Request')),
    ])
      assert.equal(peek_in_response_to(message), undefined);
  });

  it('is peeked at in its first tag only, so that it costs nothing there', () => {
    const tag = /^<samlp:Response [^>]*>/.exec(good)?.[0] ?? '';
    // nothing behind that tag is looked at: no size, no end
    for (const rest of ['', '<<<&', '<x>'.repeat(10_000_000)])
      assert.equal(peek_in_response_to(base64(tag.padEnd(9000) + rest)), REQUEST_ID);
    // and a tag that does not end soon is none
    assert.equal(peek_in_response_to(base64(swap(tag, ' ', ' '.repeat(20_000)))), undefined);
    assert.equal(peek_in_response_to(base64(`<!--${'x'.repeat(20_000)}-->${good}`)), undefined);
    // a character that is cut in two
    for (const shift of ['', 'x', 'xx', 'xxx'])
      assert.equal(peek_in_response_to(base64(`${tag}${shift}${'é日🦉'.repeat(8000)}`)), REQUEST_ID);
  });
});
