import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  accepted,
  ATTACKER,
  base64,
  type Bench,
  forge_xml,
  make_bench,
  refused,
  swap,
  trust_of,
  try_response,
} from '../../../support/saml/forge.ts';

/** Where in an honest assertion the value begins that an attacker wants cut short. */
const values: Readonly<Record<string, string>> = {
  NameID: ATTACKER,
  AttributeValue: 'readers',
  Audience: 'https://login.vendor.example/saml/con_1/metadata',
  AuthnContextClassRef: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
};

describe('what is read is exactly what was signed', () => {
  let bench: Bench;
  before(async () => {
    bench = await make_bench();
  });
  const inside = (local: string, value: string, broken: string): [RegExp, string] => [
    new RegExp(`(<saml:${local}[^>]*>)${value.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}</saml:${local}>`),
    `<saml:${local}>${broken}</saml:${local}>`,
  ];

  for (const [local, value] of Object.entries(values)) {
    const half = Math.floor(value.length / 2);
    const broken: Readonly<Record<string, string>> = {
      'comment truncation': `${value.slice(0, half)}<!-- -->${value.slice(half)}`,
      'a comment before it': `<!---->${value}`,
      'a comment behind it': `${value}<!---->`,
      'a CDATA section': `<![CDATA[${value}]]>`,
      'an empty CDATA section': `${value.slice(0, half)}<![CDATA[]]>${value.slice(half)}`,
      'mixed content': `${value}<x xmlns="urn:x">.evil.example</x>`,
      'a child element': `<x xmlns="urn:x">${value}</x>`,
    };
    for (const [attack, text] of Object.entries(broken)) {
      it(`${attack} in ${local} is refused, whether it was there when it was signed or put there afterwards`, () => {
        const [from, to] = inside(local, value, text);
        const change = (xml: string): string => swap(xml, from, to);
        refused(try_response(base64(forge_xml(bench, { after: change })), trust_of(bench)));
        refused(try_response(base64(forge_xml(bench, { sign: 'response', after: change })), trust_of(bench)));
        const signed = forge_xml(bench, { assertion: change });
        // the library that signs writes an empty CDATA section as nothing
        if (signed.includes(text)) refused(try_response(base64(signed), trust_of(bench)));
        else assert.match(attack, /empty CDATA/);
      });
    }
  }

  it('comment truncation in the Issuer of assertion and response', () => {
    const change = (xml: string): string =>
      swap(xml, '<saml:Issuer>https://idp.partner.example', '<saml:Issuer>https://idp.partner.example<!---->');
    refused(try_response(base64(forge_xml(bench, { assertion: change })), trust_of(bench)));
    refused(try_response(base64(forge_xml(bench, { response: change })), trust_of(bench)));
  });

  it('processing instructions anywhere', () => {
    for (const change of [
      (xml: string) => swap(xml, ATTACKER, `${ATTACKER}<?p .evil.example?>`),
      (xml: string) => swap(xml, '<saml:Subject>', '<?p x?><saml:Subject>'),
      (xml: string) => `<?p x?>${xml}`,
      (xml: string) => `${xml}<?p x?>`,
    ]) {
      refused(try_response(base64(forge_xml(bench, { after: change })), trust_of(bench)));
    }
  });

  it('foreign namespaces: a NameID, Conditions or AttributeStatement of another namespace beside the real one, signed', () => {
    for (const [before_this, foreign] of [
      ['<saml:NameID', '<e:NameID xmlns:e="urn:evil">victim-1</e:NameID>'],
      ['<saml:NameID', '<NameID xmlns="">victim-1</NameID>'],
      ['<saml:Conditions', '<e:Conditions xmlns:e="urn:evil"/>'],
      ['<saml:Subject>', '<e:Subject xmlns:e="urn:evil"/>'],
      ['<saml:AttributeStatement>', '<e:AttributeStatement xmlns:e="urn:evil"/>'],
      ['<saml:Attribute ', '<e:Attribute xmlns:e="urn:evil" Name="groups"/>'],
      ['<saml:AttributeValue>', '<e:AttributeValue xmlns:e="urn:evil">admins</e:AttributeValue>'],
      ['<saml:Audience>', '<e:Audience xmlns:e="urn:evil">x</e:Audience>'],
      ['<saml:AudienceRestriction>', '<e:AudienceRestriction xmlns:e="urn:evil"/>'],
    ] as const)
      refused(
        try_response(base64(forge_xml(bench, { assertion: (xml) => swap(xml, before_this, foreign + before_this) })), trust_of(bench)),
      );
  });

  it('two NameIDs, two Subjects, two Conditions, two Issuers, signed', () => {
    for (const pattern of [
      /<saml:NameID.*?<\/saml:NameID>/s,
      /<saml:Subject>.*<\/saml:Subject>/s,
      /<saml:Conditions.*<\/saml:Conditions>/s,
    ]) {
      const twice = (xml: string): string => xml.replace(pattern, (found) => found + found);
      refused(try_response(base64(forge_xml(bench, { assertion: twice })), trust_of(bench)));
    }
    const issuer = (xml: string): string =>
      swap(
        xml,
        /<saml:Issuer>.*?<\/saml:Issuer>/,
        '<saml:Issuer>https://idp.partner.example/metadata</saml:Issuer><saml:Issuer>https://evil.example</saml:Issuer>',
      );
    refused(try_response(base64(forge_xml(bench, { assertion: issuer, sign: 'response' })), trust_of(bench)));
    refused(try_response(base64(forge_xml(bench, { response: issuer })), trust_of(bench)));
  });

  it('SAML 1.1, or SAML in the wrong namespace', () => {
    const older = (xml: string): string => xml.replaceAll('urn:oasis:names:tc:SAML:2.0:assertion', 'urn:oasis:names:tc:SAML:1.0:assertion');
    const other = (xml: string): string => xml.replaceAll('urn:oasis:names:tc:SAML:2.0:protocol', 'urn:oasis:names:tc:SAML:1.0:protocol');
    refused(try_response(base64(forge_xml(bench, { assertion: older })), trust_of(bench)));
    refused(try_response(base64(forge_xml(bench, { response: other })), trust_of(bench)));
    for (const version of ['1.1', '2.1', '']) {
      const change = (xml: string): string => swap(xml, 'Version="2.0"', `Version="${version}"`);
      refused(try_response(base64(forge_xml(bench, { assertion: change })), trust_of(bench)));
      refused(try_response(base64(forge_xml(bench, { response: change })), trust_of(bench)));
    }
  });

  it('an empty or blank NameID, and none', () => {
    for (const name_id of ['', ' ', '\n\t', '\u00a0\u2003'])
      refused(try_response(base64(forge_xml(bench, { answer: { name_id } })), trust_of(bench)));
    refused(
      try_response(base64(forge_xml(bench, { assertion: (xml) => swap(xml, /<saml:NameID.*?<\/saml:NameID>/s, '') })), trust_of(bench)),
    );
  });

  it('an attribute named nameID or issuer is an attribute and nothing more', () => {
    const assertion = accepted(
      try_response(
        base64(forge_xml(bench, { answer: { attributes: { nameID: ['victim-1'], issuer: ['https://evil.example'] } } })),
        trust_of(bench),
      ),
    );
    if (assertion.name_id.value !== ATTACKER || assertion.issuer.includes('evil')) throw new Error('an attribute became the subject');
  });
});
