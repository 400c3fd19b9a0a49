import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { SignedXml } from 'xml-crypto';
import { canonicalize, type Element, MESSAGE_CAPS, read_xml, XmlFault } from '../../../../connectors/saml/xml/index.ts';
import { C14N } from '../../../support/saml/signer.ts';

const read = (xml: string): Element => read_xml(xml, MESSAGE_CAPS);
const first = (element: Element): Element => {
  const found = element.children.find((child) => typeof child !== 'string' && 'children' in child);
  if (found === undefined || typeof found === 'string' || !('children' in found)) throw new Error('no child');
  return found;
};
const exclusive = (xml: string, inclusive_prefixes: readonly string[] = []): string =>
  canonicalize(first(read(xml)), { algorithm: 'exclusive', inclusive_prefixes });
const inclusive = (xml: string): string => canonicalize(first(read(xml)), { algorithm: 'inclusive' });
const inclusive_1_1 = (xml: string): string => canonicalize(first(read(xml)), { algorithm: 'inclusive_1_1' });
const whole = (xml: string): string => canonicalize(read(xml), { algorithm: 'inclusive' });

describe('canonicalization', () => {
  it('writes empty elements with end tags, sorts namespaces by prefix and attributes by namespace, then name (C14N 1.0, 3.3)', () => {
    assert.equal(
      whole(
        '<e5 a:attr="out" b:attr="sorted" attr2="all" attr="I\'m" xmlns:b="http://www.ietf.org" xmlns:a="http://www.w3.org" xmlns="http://example.org"/>',
      ),
      '<e5 xmlns="http://example.org" xmlns:a="http://www.w3.org" xmlns:b="http://www.ietf.org" attr="I\'m" attr2="all" b:attr="sorted" a:attr="out"></e5>',
    );
  });

  it('resolves references and writes its own, normalizes line ends and attribute white space (C14N 1.0, 3.4)', () => {
    assert.equal(
      whole('<d a="x&#10;y&#9;z&#13;\t\r\n." b="&lt;&gt;&amp;&quot;\'">&#13;\r\n&lt;&gt;&amp;"</d>'),
      '<d a="x&#xA;y&#x9;z&#xD;  ." b="&lt;>&amp;&quot;\'">&#xD;\n&lt;&gt;&amp;"</d>',
    );
  });

  it('leaves out comments and writes CDATA as text', () => {
    assert.equal(whole('<d>a<!-- c -->b<![CDATA[<&>]]></d>'), '<d>ab&lt;&amp;&gt;</d>');
  });

  it('exclusive: renders a namespace where it is first used, not where it is declared', () => {
    assert.equal(
      exclusive('<r xmlns="urn:d" xmlns:a="urn:a" xmlns:b="urn:b"><a:x><y b:z="1"/></a:x></r>'),
      '<a:x xmlns:a="urn:a"><y xmlns="urn:d" xmlns:b="urn:b" b:z="1"></y></a:x>',
    );
  });

  it('exclusive: takes a default namespace back where it was rendered, and only there', () => {
    assert.equal(exclusive('<r><x xmlns="urn:d"><y xmlns=""><z xmlns=""/></y></x></r>'), '<x xmlns="urn:d"><y xmlns=""><z></z></y></x>');
    assert.equal(exclusive('<r xmlns=""><x/></r>'), '<x></x>');
  });

  it('exclusive: a prefix of the list is rendered as inclusive canonicalization does, #default included', () => {
    const xml = '<r xmlns="urn:d" xmlns:a="urn:a" xmlns:b="urn:b"><b:x/></r>';
    assert.equal(exclusive(xml, ['a']), '<b:x xmlns:a="urn:a" xmlns:b="urn:b"></b:x>');
    assert.equal(exclusive(xml, ['']), '<b:x xmlns="urn:d" xmlns:b="urn:b"></b:x>');
    assert.equal(exclusive(xml, ['nobody']), '<b:x xmlns:b="urn:b"></b:x>');
  });

  it('inclusive: renders every namespace in scope once, and takes xml: attributes from outside', () => {
    const xml =
      '<r xmlns="urn:d" xmlns:a="urn:a" xml:lang="de" xml:space="preserve" xml:id="i"><x xmlns:a="urn:a" xml:lang="en"><a:y/></x></r>';
    assert.equal(inclusive(xml), '<x xmlns="urn:d" xmlns:a="urn:a" xml:id="i" xml:lang="en" xml:space="preserve"><a:y></a:y></x>');
    // C14N 1.1, 2.4: an id is not inherited
    assert.equal(inclusive_1_1(xml), '<x xmlns="urn:d" xmlns:a="urn:a" xml:lang="en" xml:space="preserve"><a:y></a:y></x>');
    assert.throws(() => inclusive_1_1('<r xml:base="urn:b"><x/></r>'), XmlFault);
  });

  it('sorts by code point, not by UTF-16 unit', () => {
    assert.equal(whole('<d 𐀀="2" 豈="1"/>'), '<d 豈="1" 𐀀="2"></d>');
  });

  it('leaves out the very element that it is told to, and not one that looks like it', () => {
    const root = read('<r><s/><s/></r>');
    assert.equal(canonicalize(root, { algorithm: 'exclusive', without: first(root) }), '<r><s></s></r>');
  });

  it('is what it was when it is read and written again', () => {
    const xml = '<r xmlns="urn:d" xmlns:a="urn:a"><a:x b="&#10;&lt;">&#13;<y xmlns=""/>🦉</a:x></r>';
    for (const algorithm of ['exclusive', 'inclusive', 'inclusive_1_1'] as const) {
      const once = canonicalize(read(xml), { algorithm });
      assert.equal(canonicalize(read(once), { algorithm }), once);
    }
  });

  it('agrees with xml-crypto on any tree of elements, attributes, namespaces and text', () => {
    const prefix = fc.constantFrom('', 'a', 'b');
    const uri = fc.constantFrom('urn:1', 'urn:2', 'urn:3');
    const text = fc.string({ maxLength: 6, unit: fc.constantFrom('x', ' ', '\n', '&lt;', '&amp;', '"', '&#13;', 'é', '🦉') });
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc
        .record({
          prefix,
          // the empty prefix is declared everywhere, so that every name has a namespace
          declared: fc.dictionary(prefix, uri, { maxKeys: 3 }),
          attributes: fc.dictionary(
            fc.constantFrom('p', 'q', 'a:p', 'b:q'),
            text.map((value) => value.replaceAll('"', '&quot;').replaceAll('\n', '&#10;')),
            { maxKeys: 3 },
          ),
          text,
          children: fc.oneof({ maxDepth: 5, depthIdentifier: 'tree' }, fc.constant<string[]>([]), fc.array(tie('tree'), { maxLength: 3 })),
        })
        .map(({ prefix, declared, attributes, text, children }) => {
          const name = prefix === '' ? 'e' : `${prefix}:e`;
          const written = [
            ...Object.entries(declared).map(([key, value]) => ` xmlns${key === '' ? '' : `:${key}`}="${value}"`),
            ...Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`),
          ].join('');
          return `<${name}${written}>${text}${children.join(text)}</${name}>`;
        }),
    }));
    const library = (xml: string, algorithm: string): string => {
      const signer = new SignedXml({ privateKey: 'unused', signatureAlgorithm: 'unused', canonicalizationAlgorithm: algorithm });
      const canonical: string[] = [];
      signer.SignatureAlgorithms['unused'] = class {
        getAlgorithmName = () => 'unused';
        getSignature = () => 'unused';
        verifySignature = () => false;
      } as never;
      signer.HashAlgorithms['unused'] = class {
        getAlgorithmName = () => 'unused';
        getHash = (text: string) => {
          canonical.push(text);
          return 'unused';
        };
      };
      signer.addReference({ xpath: "/*/*[local-name(.)='e']", transforms: [algorithm], digestAlgorithm: 'unused' });
      signer.computeSignature(xml);
      return canonical[0] ?? '';
    };
    fc.assert(
      fc.property(
        tree,
        fc.constantFrom(['exclusive', C14N.exclusive] as const, ['inclusive', C14N.inclusive] as const),
        (inner, [algorithm, uri]) => {
          const xml = `<root xmlns:a="urn:a" xmlns:b="urn:b" xmlns="urn:d">${inner.replace(/^<([^\s>]+)/, '<$1 ID="_1"')}</root>`;
          assert.equal(canonicalize(first(read(xml)), { algorithm }), library(xml, uri));
        },
      ),
      { numRuns: 300 },
    );
  });
});
