import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { before, describe, it } from 'node:test';
import { prepare_certificates } from '../../../../connectors/saml/verify/index.ts';
import {
  accepted,
  ATTACKER,
  base64,
  type Bench,
  forge_xml,
  type Forging,
  make_bench,
  NOW,
  refused,
  swap,
  trust_of,
  try_response,
} from '../../../support/saml/forge.ts';
import { type EncryptOptions, encrypt_for } from '../../../support/saml/encryption.ts';
import { C14N, ec_signer, RSA_SHA256, rsa_signer, SIGNATURE_URIS } from '../../../support/saml/signer.ts';

describe('a SAML response is accepted', () => {
  let bench: Bench;
  before(async () => {
    bench = await make_bench();
  });
  const take = (forging: Forging, more: Parameters<typeof trust_of>[1] = {}) =>
    accepted(try_response(base64(forge_xml(bench, forging)), trust_of(bench, more)));

  for (const sign of ['assertion', 'response', 'both'] as const) {
    it(`signed on ${sign}`, () => {
      const assertion = take({ sign }, { want_signed: sign });
      assert.equal(assertion.name_id.value, ATTACKER);
      assert.deepEqual({ ...assertion.attributes }, { mail: ['attacker@partner.example'], groups: ['readers'] });
    });
  }

  for (const algorithm of SIGNATURE_URIS.filter((uri) => /rsa-sha(256|384|512)|MGF1/.test(uri))) {
    it(`signed by ${algorithm.replace(/.*#/, '')}`, () => {
      const digest = algorithm.includes('384') ? 'sha384' : algorithm.includes('512') ? 'sha512' : 'sha256';
      assert.equal(take({ sign: 'both', options: { algorithm, digest } }).algorithms.signature, algorithm);
    });
  }

  for (const [curve, hash] of [
    ['P-256', '256'],
    ['P-384', '384'],
    ['P-521', '512'],
    ['P-256', '512'],
  ] as const) {
    it(`signed by ECDSA on ${curve} with SHA-${hash}`, async () => {
      const signer = await ec_signer(curve);
      const algorithm = `http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha${hash}`;
      take({ signer, options: { algorithm } }, { certificates: prepare_certificates([signer.certificate_pem]) });
    });
  }

  for (const bits of [3072, 4096]) {
    it(`signed with an RSA key of ${bits} bits`, async () => {
      const signer = await rsa_signer(bits);
      take({ signer }, { certificates: prepare_certificates([signer.certificate_pem]) });
    });
  }

  it('signed with any one of several certificates, as during a rollover', () => {
    const certificates = prepare_certificates([bench.stranger.certificate_pem, bench.idp.certificate_pem]);
    const assertion = take({}, { certificates });
    assert.equal(assertion.signed_by, certificates[1]?.fingerprint);
  });

  for (const [name, canonicalization] of Object.entries(C14N).filter(([name]) => !name.includes('comments'))) {
    for (const reference_canonicalization of [C14N.exclusive, C14N.inclusive, C14N.inclusive_1_1]) {
      it(`canonicalized by ${name} and, in the reference, ${reference_canonicalization.replace(/.*\//, '')}`, () => {
        take({ sign: 'response', options: { canonicalization, reference_canonicalization } });
      });
    }
  }

  it('with an InclusiveNamespaces prefix list, prefixes and #default', () => {
    const declared = (xml: string): string =>
      swap(xml, '<samlp:Response ', '<samlp:Response xmlns="urn:unused" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:z="urn:z" ');
    take({ sign: 'response', response: declared, options: { inclusive_prefixes: ['xs', 'saml'] } });
    take({ sign: 'response', response: declared, options: { inclusive_prefixes: ['z', 'absent'] } });
  });

  it('with xsi:type and xs:string on attribute values, as most identity providers write them', () => {
    const typed = (xml: string): string =>
      xml.replaceAll(
        '<saml:AttributeValue>',
        '<saml:AttributeValue xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string">',
      );
    for (const sign of ['assertion', 'response'] as const)
      assert.deepEqual(take({ sign, assertion: typed, options: { inclusive_prefixes: ['xs'] } }).attributes['groups'], ['readers']);
  });

  it('with other prefixes, or none', () => {
    const renamed = (xml: string): string =>
      xml
        .replaceAll('saml:', 'a:')
        .replaceAll('xmlns:saml=', 'xmlns:a=')
        .replaceAll('samlp:', 'ns0:')
        .replaceAll('xmlns:samlp=', 'xmlns:ns0=');
    const plain = (xml: string): string => xml.replaceAll('<saml:', '<').replaceAll('</saml:', '</').replaceAll('xmlns:saml=', 'xmlns=');
    for (const sign of ['assertion', 'response', 'both'] as const) {
      take({ sign, assertion: renamed, response: renamed, options: { prefix: 'x' } });
      take({ sign, assertion: plain, options: { prefix: '' } });
    }
  });

  it('with white space between elements, in tags, and single quotes', () => {
    const spaced = (xml: string): string => xml.replaceAll('><', '>\r\n  <').replaceAll(/ ID="([^"]*)"/g, "\n\tID = '$1'");
    const tight = (xml: string): string =>
      xml
        .replace(/<(saml:(?:NameID|Audience|Issuer|AuthnContextClassRef|AttributeValue))([^>]*)>\s+/g, '<$1$2>')
        .replace(/\s+<\/(saml:(?:NameID|Audience|Issuer|AuthnContextClassRef|AttributeValue))>/g, '</$1>');
    const after = (xml: string): string => xml.replaceAll(/\n/g, '\r\n');
    for (const sign of ['assertion', 'response', 'both'] as const) take({ sign, assertion: (xml) => tight(spaced(xml)) });
    take({ sign: 'response', response: (xml) => tight(spaced(xml)), after });
    take({ sign: 'assertion', assertion: (xml) => tight(spaced(xml)), after });
  });

  it('with the base64 of the digest and the signature broken into lines', () => {
    take({
      after: (xml) =>
        xml.replace(
          /(<ds:SignatureValue>)([^<]+)/,
          (_, open: string, value: string) => `${open}\n${(value.match(/.{1,64}/g) ?? []).join('\n')}\n`,
        ),
    });
  });

  it('with the base64 of the message broken into lines', () => {
    const message = (base64(forge_xml(bench)).match(/.{1,76}/g) ?? []).join('\r\n');
    accepted(try_response(message, trust_of(bench)));
  });

  it('with comments outside values, before and after it was signed', () => {
    const commented = (xml: string): string => swap(xml, '<saml:Subject>', '<!-- a > b --><saml:Subject><!---->');
    take({ assertion: commented });
    take({ after: commented });
    take({ sign: 'response', after: commented });
    accepted(try_response(base64(`<!-- first -->\n${forge_xml(bench)}<!-- last -->\n`), trust_of(bench)));
  });

  it('with an XML declaration and a byte order mark', () => {
    for (const start of [
      '<?xml version="1.0"?>',
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
      "\ufeff<?xml version='1.0' encoding='utf-8'?>",
    ])
      accepted(try_response(base64(start + forge_xml(bench)), trust_of(bench)));
  });

  it('with any Unicode, kept exactly', () => {
    const values = [
      'Zoë',
      'Łukasz 🦉',
      '日本語',
      'e\u0301',
      '\u00a0',
      // no U+2028 here: the library that signs takes it for a line end, which it is in XML 1.1 only
      '<&>"\'',
      '\t tab',
      'ß',
      '\u{10ffff}'.slice(0, 2),
      '𝒳',
      '',
    ];
    for (const sign of ['assertion', 'response'] as const)
      assert.deepEqual(take({ sign, answer: { name_id: 'Zoë 🦉 <&>', attributes: { cn: values } } }).attributes['cn'], values);
  });

  it('with attributes whose names mean something to JavaScript', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'nameID', 'issuer'];
    const assertion = take({
      answer: { attributes: Object.fromEntries(names.filter((name) => name !== '__proto__').map((name) => [name, [name]])) },
      assertion: (xml) =>
        swap(
          xml,
          '<saml:AttributeStatement>',
          '<saml:AttributeStatement><saml:Attribute Name="__proto__"><saml:AttributeValue>own</saml:AttributeValue></saml:Attribute>',
        ),
    });
    assert.equal(Object.getPrototypeOf(assertion.attributes), null);
    assert.deepEqual(Object.keys(assertion.attributes).sort(), names.sort());
    assert.deepEqual(assertion.attributes['__proto__'], ['own']);
    assert.equal(assertion.name_id.value, ATTACKER);
    assert.equal(({} as Record<string, unknown>)['own'], undefined);
  });

  it('of 256 KB with 2,000 attribute values', () => {
    const groups = Array.from({ length: 2000 }, (_, index) => `group ${index} ${'x'.repeat(60)}`);
    const xml = forge_xml(bench, { sign: 'both', answer: { attributes: { groups } } });
    assert.ok(xml.length > 200_000, String(xml.length));
    assert.deepEqual(accepted(try_response(base64(xml), trust_of(bench))).attributes['groups'], groups);
  });

  it('without Destination when only the assertion is signed', () => {
    take({ answer: { destination: undefined } });
  });

  it('with several audiences, one of which is ours', () => {
    take({ assertion: (xml) => swap(xml, '<saml:Audience>', '<saml:Audience>https://other.example</saml:Audience><saml:Audience>') });
  });

  it('with a second confirmation that confirms nothing, beside one that does', () => {
    take({
      assertion: (xml) =>
        swap(
          xml,
          '<saml:SubjectConfirmation ',
          '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"></saml:SubjectConfirmation><saml:SubjectConfirmation ',
        ),
    });
  });

  it('with times that have fractions, or zones other than UTC', () => {
    const zoned = (xml: string): string => xml.replaceAll('2030-01-15T12:00:00.000Z', '2030-01-15T14:00:00.1234567+02:00');
    take({ assertion: zoned, response: zoned });
  });

  it('within the clock skew, and up to it', () => {
    take({ answer: { issued_at: NOW + 59_000 } });
    take({ answer: { issued_at: NOW - 300_000 - 59_000 } });
    take({ answer: { issued_at: NOW + 179_000 } }, { clock_skew_seconds: 180 });
  });

  it('unsolicited, when nothing is pending', () => {
    take({ answer: { in_response_to: undefined } }, { in_response_to: undefined });
  });

  it('signed with SHA-1 only where the connection allows it, and then the evidence says so', () => {
    const forging: Forging = { options: { algorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1', digest: 'sha1' } };
    assert.match(take(forging, { allow_sha1: true }).algorithms.signature, /rsa-sha1$/);
    const refusal = refused(try_response(base64(forge_xml(bench, forging)), trust_of(bench)));
    assert.match(refusal.fix ?? '', /SHA-1/);
  });

  const encryptions: readonly EncryptOptions[] = [
    ...(['aes128-gcm', 'aes256-gcm', 'aes128-cbc', 'aes256-cbc'] as const).map((cipher) => ({ cipher })),
    { digest: 'sha256', mask: 'sha1' },
    { digest: 'sha256', mask: 'sha256' },
    { digest: 'sha1', mask: 'sha256' },
    { digest: 'sha1', mask: 'sha1', uri: 'oaep11' },
    { label: Buffer.from('a label') },
    { key_beside: true },
  ];
  for (const options of encryptions) {
    it(`encrypted: ${JSON.stringify(options)}`, () => {
      const sealed = (xml: string): string => encrypt_for(bench.decryption.publicKey, xml, 'saml:EncryptedAssertion', options);
      for (const sign of ['assertion', 'response', 'both'] as const) {
        const assertion = take({ sign, sealed }, { want_encrypted: true });
        assert.equal(assertion.encrypted, true);
        assert.equal(assertion.name_id.value, ATTACKER);
      }
    });
  }

  it('encrypted for the next of our keys, or the one before', () => {
    const sealed = (xml: string): string => encrypt_for(bench.decryption.publicKey, xml, 'saml:EncryptedAssertion');
    const other = createPublicKey(bench.idp.private_key);
    assert.ok(other);
    take({ sealed }, { decryption_keys: [bench.stranger.private_key, bench.decryption.privateKey] });
  });

  it('with an encrypted NameID', () => {
    const sealed = (xml: string): string => {
      const name_id = /<saml:NameID.*?<\/saml:NameID>/.exec(xml)?.[0] ?? '';
      return swap(xml, name_id, encrypt_for(bench.decryption.publicKey, name_id, 'saml:EncryptedID'));
    };
    for (const sign of ['assertion', 'response'] as const) assert.equal(take({ sign, assertion: sealed }).name_id.value, ATTACKER);
  });

  it('whose algorithms the trace can name', () => {
    const { algorithms, signed_by } = take({});
    assert.equal(algorithms.signature, RSA_SHA256);
    assert.match(signed_by, /^[0-9a-f]{64}$/);
  });
});
