import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
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
  VICTIM,
} from '../../../support/saml/forge.ts';
import { encrypt_for, type EncryptOptions } from '../../../support/saml/encryption.ts';

const CIPHERS = ['aes128-gcm', 'aes256-gcm', 'aes128-cbc', 'aes256-cbc'] as const;

describe('encryption is not authentication', () => {
  let bench: Bench;
  before(async () => {
    bench = await make_bench();
  });
  const sealed =
    (options: EncryptOptions = {}) =>
    (xml: string) =>
      encrypt_for(bench.decryption.publicKey, xml, 'saml:EncryptedAssertion', options);

  for (const cipher of CIPHERS) {
    it(`unsigned encrypted assertion, ${cipher}`, () => {
      assert.equal(
        refused(
          try_response(
            base64(forge_xml(bench, { sign: 'nothing', answer: { name_id: VICTIM }, sealed: sealed({ cipher }) })),
            trust_of(bench),
          ),
        ).reason,
        'untrusted',
      );
    });
    it(`injected encrypted assertion beside or instead of the signed one, ${cipher}`, () => {
      const evil =
        /<saml:EncryptedAssertion>.*<\/saml:EncryptedAssertion>/s.exec(
          forge_xml(bench, { sign: 'nothing', answer: { name_id: VICTIM, assertion_id: '_evil' }, sealed: sealed({ cipher }) }),
        )?.[0] ?? '';
      const honest = forge_xml(bench, { sign: 'assertion' });
      refused(try_response(base64(swap(honest, '<saml:Assertion ', `${evil}<saml:Assertion `)), trust_of(bench)));
      refused(try_response(base64(swap(honest, '</samlp:Response>', `${evil}</samlp:Response>`)), trust_of(bench)));
      const signed = forge_xml(bench, { sign: 'response', sealed: sealed({ cipher }) });
      refused(try_response(base64(swap(signed, /<saml:EncryptedAssertion>.*<\/saml:EncryptedAssertion>/s, evil)), trust_of(bench)));
    });
  }

  it('a signed assertion inside a forged one that was encrypted', () => {
    const wrap = (xml: string): string =>
      sealed()(
        swap(
          swap(xml.replace(/<ds:Signature .*<\/ds:Signature>/s, ''), ATTACKER, VICTIM).replace('_assertion1', '_evil'),
          '<saml:AuthnStatement',
          `<saml:Advice>${xml}</saml:Advice><saml:AuthnStatement`,
        ),
      );
    refused(try_response(base64(forge_xml(bench, { sealed: wrap })), trust_of(bench)));
  });

  it('an assertion of another namespace inside, though the partner signed it', () => {
    const foreign = (xml: string): string =>
      xml.replace('<saml:Assertion ', '<e:Assertion xmlns:e="urn:e" ').replace('</saml:Assertion>', '</e:Assertion>');
    accepted(try_response(base64(forge_xml(bench, { sealed: sealed() })), trust_of(bench)));
    for (const sign of ['assertion', 'response'] as const)
      refused(try_response(base64(forge_xml(bench, { sign, assertion: foreign, sealed: sealed() })), trust_of(bench)));
  });

  it('an ID inside that is also outside', () => {
    const twin = (xml: string): string => sealed()(xml.replace('_assertion1', '_response1'));
    refused(try_response(base64(forge_xml(bench, { sign: 'response', sealed: twin })), trust_of(bench)));
  });

  it('a DOCTYPE, a processing instruction, two roots or something else inside', () => {
    const assertion = /<saml:Assertion .*<\/saml:Assertion>/s.exec(forge_xml(bench))?.[0] ?? '';
    for (const inside of [
      `<!DOCTYPE x [<!ENTITY e "x">]>${assertion}`,
      `<?p x?>${assertion}`,
      assertion + assertion,
      `<saml:Subject xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"/>`,
      '',
      'text',
      `<x>${assertion}</x>`,
    ])
      refused(try_response(base64(forge_xml(bench, { sign: 'response', sealed: () => sealed()(inside) })), trust_of(bench)));
  });

  it('every way to fail looks the same: wrong key, wrong tag, wrong padding, no XML inside, not signed', () => {
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
    const flip = (xml: string): string =>
      xml.replace(
        /(<xenc:CipherValue>)([A-Za-z0-9+/]{40})(?=[^<]*<\/xenc:CipherValue><\/xenc:CipherData><\/xenc:EncryptedData>)/,
        (_, open: string, value: string) => open + value.slice(0, -1) + (value.endsWith('A') ? 'B' : 'A'),
      );
    const answers = new Set<string>();
    for (const cipher of CIPHERS) {
      const messages = [
        forge_xml(bench, { sealed: (xml) => encrypt_for(stranger, xml, 'saml:EncryptedAssertion', { cipher }) }),
        flip(forge_xml(bench, { sealed: sealed({ cipher }) })),
        forge_xml(bench, { sealed: () => sealed({ cipher, content: randomBytes(64) })('') }),
        forge_xml(bench, { sealed: () => sealed({ cipher, content: Buffer.concat([randomBytes(63), Buffer.from([0])]) })('') }),
        forge_xml(bench, { sealed: () => sealed({ cipher, content: Buffer.concat([randomBytes(63), Buffer.from([17])]) })('') }),
        forge_xml(bench, { sealed: () => sealed({ cipher })('no xml at all') }),
      ];
      for (const message of messages) {
        const { reason, message: text, fix } = refused(try_response(base64(message), trust_of(bench)));
        answers.add(JSON.stringify([reason, text, fix]));
      }
    }
    assert.equal(answers.size, 1, [...answers].join('\n'));
    assert.equal(
      refused(try_response(base64(forge_xml(bench, { sign: 'nothing', sealed: sealed() })), trust_of(bench))).reason,
      'untrusted',
    );
  });

  it('a changed authentication tag, though a signature covers what is inside', () => {
    for (const cipher of ['aes128-gcm', 'aes256-gcm'] as const) {
      const honest = forge_xml(bench, { sealed: sealed({ cipher }) });
      const [, value = ''] = /<\/ds:KeyInfo><xenc:CipherData><xenc:CipherValue>([^<]*)</.exec(honest) ?? [];
      const bytes = Buffer.from(value, 'base64');
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
      refused(try_response(base64(swap(honest, value, bytes.toString('base64'))), trust_of(bench)));
    }
  });

  it('a NameID of which the authentication tag was changed, though the partner signed it so', () => {
    const spoilt = (xml: string): string => {
      const name_id = /<saml:NameID.*?<\/saml:NameID>/.exec(xml)?.[0] ?? '';
      const encrypted = encrypt_for(bench.decryption.publicKey, name_id, 'saml:EncryptedID');
      const [, value = ''] = /<\/ds:KeyInfo><xenc:CipherData><xenc:CipherValue>([^<]*)</.exec(encrypted) ?? [];
      const bytes = Buffer.from(value, 'base64');
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
      return swap(xml, name_id, swap(encrypted, value, bytes.toString('base64')));
    };
    for (const sign of ['assertion', 'response'] as const)
      refused(try_response(base64(forge_xml(bench, { sign, assertion: spoilt })), trust_of(bench)));
  });

  it('algorithms that are never allowed: RSA 1.5, 3DES, AES-192, none, and parameters nobody knows', () => {
    const honest = forge_xml(bench, { sealed: sealed() });
    for (const [from, to] of [
      ['http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p', 'http://www.w3.org/2001/04/xmlenc#rsa-1_5'],
      ['http://www.w3.org/2009/xmlenc11#aes256-gcm', 'http://www.w3.org/2001/04/xmlenc#tripledes-cbc'],
      ['http://www.w3.org/2009/xmlenc11#aes256-gcm', 'http://www.w3.org/2009/xmlenc11#aes192-gcm'],
      ['http://www.w3.org/2009/xmlenc11#aes256-gcm', 'constructor'],
      ['http://www.w3.org/2009/xmlenc11#aes256-gcm', ''],
      [
        '<xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p">',
        '<xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"><ds:DigestMethod xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Algorithm="md5"/>',
      ],
      ['xmlenc11#aes256-gcm"/>', 'xmlenc11#aes256-gcm"><xenc:KeySize>256</xenc:KeySize></xenc:EncryptionMethod>'],
      ['Type="http://www.w3.org/2001/04/xmlenc#Element"', 'Type="http://www.w3.org/2001/04/xmlenc#Content"'],
    ] as const)
      refused(try_response(base64(swap(honest, from, to)), trust_of(bench)));
  });

  it('a ciphertext elsewhere: CipherReference is not followed', () => {
    const honest = forge_xml(bench, { sealed: sealed() });
    refused(
      try_response(
        base64(honest.replaceAll(/<xenc:CipherValue>[^<]*<\/xenc:CipherValue>/g, '<xenc:CipherReference URI="http://127.0.0.1:1/"/>')),
        trust_of(bench),
      ),
    );
  });

  it('a hundred encrypted keys cost no hundred private key operations', () => {
    const honest = forge_xml(bench, { sealed: sealed() });
    const key = /<xenc:EncryptedKey.*<\/xenc:EncryptedKey>/s.exec(honest)?.[0] ?? '';
    assert.match(refused(try_response(base64(swap(honest, key, key.repeat(100))), trust_of(bench))).message, /encrypted keys/);
  });

  it('where encryption is wanted, a plain assertion is refused', () => {
    refused(try_response(base64(forge_xml(bench, { sign: 'both' })), trust_of(bench, { want_encrypted: true })));
  });
});
