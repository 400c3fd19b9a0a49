import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { before, describe, it } from 'node:test';
import { prepare_certificate, prepare_certificates, Refusal } from '../../../../connectors/saml/verify/index.ts';
import {
  ATTACKER,
  accepted,
  base64,
  type Bench,
  forge_xml,
  type Forging,
  make_bench,
  refused,
  swap,
  trust_of,
  try_response,
  VICTIM,
} from '../../../support/saml/forge.ts';
import {
  C14N,
  DIGEST,
  ec_signer,
  RSA_SHA256,
  rsa_signer,
  SIGNATURE_URIS,
  sign_by_hand,
  sign_xml,
  type ByHand,
} from '../../../support/saml/signer.ts';

const SIGNATURE = /<ds:Signature .*?<\/ds:Signature>/s;

describe('a SAML signature', () => {
  let bench: Bench;
  let good: string;
  before(async () => {
    bench = await make_bench();
    good = forge_xml(bench);
    accepted(try_response(base64(good), trust_of(bench)));
  });
  const refuse = (xml: string, more: Parameters<typeof trust_of>[1] = {}): Refusal =>
    refused(try_response(base64(xml), trust_of(bench, more)));
  const refuse_forged = (forging: Forging, more: Parameters<typeof trust_of>[1] = {}): Refusal => refuse(forge_xml(bench, forging), more);

  describe('is there, and is not optional', () => {
    it('stripped: nothing is signed', () => {
      assert.equal(refuse_forged({ sign: 'nothing' }).reason, 'untrusted');
      refuse(good.replace(SIGNATURE, ''));
    });
    it('stripped: an empty Signature, or one without its parts', () => {
      refuse(good.replace(SIGNATURE, '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>'));
      for (const part of [
        /<ds:SignedInfo>.*<\/ds:SignedInfo>/s,
        /<ds:SignatureValue>.*<\/ds:SignatureValue>/s,
        /<ds:Reference .*<\/ds:Reference>/s,
        /<ds:DigestValue>.*<\/ds:DigestValue>/s,
        /<ds:Transforms>.*<\/ds:Transforms>/s,
        /<ds:SignatureMethod [^>]*\/>/,
        /<ds:CanonicalizationMethod [^>]*\/>/,
        /<ds:DigestMethod [^>]*\/>/,
      ])
        refuse(swap(good, part, ''));
    });
    it('stripped: a Signature in no namespace, or another', () => {
      refuse(good.replaceAll('http://www.w3.org/2000/09/xmldsig#"', 'urn:other"'));
      refuse(good.replace('xmlns:ds="http://www.w3.org/2000/09/xmldsig#"', 'xmlns:ds="http://www.w3.org/2000/09/xmldsig"'));
    });
    it('without a certificate nothing is believed', () => {
      refuse(good, { certificates: [] });
      refuse_forged({ sign: 'nothing' }, { certificates: [] });
    });
    it('on the element where the connection wants it', () => {
      refuse_forged({ sign: 'assertion' }, { want_signed: 'response' });
      refuse_forged({ sign: 'assertion' }, { want_signed: 'both' });
      refuse_forged({ sign: 'response' }, { want_signed: 'assertion' });
      refuse_forged({ sign: 'response' }, { want_signed: 'both' });
    });
  });

  describe('is by a key of the connection only', () => {
    it('KeyInfo trust: signed by a stranger whose certificate is in KeyInfo', () => {
      refuse_forged({ signer: bench.stranger });
      refuse_forged({ signer: bench.stranger, sign: 'both' });
    });
    it('KeyInfo trust: a stranger’s signature beside the partner’s certificate', () => {
      const body = (pem: string): string => pem.replace(/-----[A-Z ]+-----|\s+/g, '');
      const theirs = forge_xml(bench, { signer: bench.stranger });
      refuse(swap(theirs, body(bench.stranger.certificate_pem), body(bench.idp.certificate_pem)));
    });
    it('KeyInfo trust: what KeyInfo says changes nothing, a RetrievalMethod is not followed', () => {
      for (const info of [
        '',
        '<ds:KeyInfo><ds:KeyName>other</ds:KeyName></ds:KeyInfo>',
        '<ds:KeyInfo><ds:RetrievalMethod URI="http://127.0.0.1:1/key"/></ds:KeyInfo>',
      ])
        accepted(try_response(base64(swap(good, /<ds:KeyInfo>.*<\/ds:KeyInfo>/s, info)), trust_of(bench)));
    });
    it('weak keys cannot be configured: RSA below 2048 bits, exponent 1, other curves', async () => {
      const small = await rsa_signer(1024);
      assert.throws(() => prepare_certificate(small.certificate_pem), Refusal);
      assert.throws(() => prepare_certificate('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'), Refusal);
      assert.throws(() => prepare_certificate(''), Refusal);
    });
    it('algorithm confusion: an EC key does not verify RSA, an RSA key no ECDSA', async () => {
      const ec = await ec_signer('P-256');
      const certificates = prepare_certificates([ec.certificate_pem]);
      refuse(good, { certificates });
      const signed_by_ec = forge_xml(bench, { signer: ec, options: { algorithm: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256' } });
      accepted(try_response(base64(signed_by_ec), trust_of(bench, { certificates })));
      refuse(signed_by_ec);
      refuse(swap(signed_by_ec, 'xmldsig-more#ecdsa-sha256', 'xmldsig-more#rsa-sha256'), { certificates });
    });
    it('an ECDSA signature of all zeros, and one in DER', async () => {
      const ec = await ec_signer('P-256');
      const certificates = prepare_certificates([ec.certificate_pem]);
      const xml = forge_xml(bench, { signer: ec, options: { algorithm: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256' } });
      for (const length of [0, 1, 63, 64, 65, 96])
        refuse(swap(xml, /<ds:SignatureValue>[^<]*/, `<ds:SignatureValue>${Buffer.alloc(length).toString('base64')}`), { certificates });
    });
  });

  describe('is by an allowed algorithm', () => {
    it('algorithm confusion: HMAC keyed with the certificate or the public key', () => {
      const public_pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' });
      for (const uri of ['http://www.w3.org/2000/09/xmldsig#hmac-sha1', 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256']) {
        for (const key of [bench.idp.certificate_pem, public_pem]) {
          const renamed = swap(good, RSA_SHA256, uri);
          const value = createHmac('sha256', key)
            .update(/<ds:SignedInfo>.*<\/ds:SignedInfo>/s.exec(renamed)?.[0] ?? '')
            .digest('base64');
          refuse(swap(renamed, /<ds:SignatureValue>[^<]*/, `<ds:SignatureValue>${value}`));
        }
      }
    });
    it('HMACOutputLength and other parameters of the method', () => {
      refuse(
        swap(
          good,
          `<ds:SignatureMethod Algorithm="${RSA_SHA256}"/>`,
          `<ds:SignatureMethod Algorithm="${RSA_SHA256}"><ds:HMACOutputLength>0</ds:HMACOutputLength></ds:SignatureMethod>`,
        ),
      );
    });
    it('SHA-1 and MD5 by default; MD5 even where SHA-1 is allowed', () => {
      const [sha1 = ''] = SIGNATURE_URIS.filter((uri) => uri.endsWith('rsa-sha1'));
      const [md5 = ''] = SIGNATURE_URIS.filter((uri) => uri.endsWith('rsa-md5'));
      refuse_forged({ options: { algorithm: sha1 } });
      refuse_forged({ options: { digest: 'sha1' } });
      refuse_forged({ options: { algorithm: md5 } }, { allow_sha1: true });
      refuse_forged({ options: { digest: 'md5' } }, { allow_sha1: true });
    });
    it('names that mean something to JavaScript, none, and unknown ones', () => {
      for (const uri of [
        'constructor',
        '__proto__',
        'toString',
        '',
        'none',
        'http://www.w3.org/2000/09/xmldsig#dsa-sha1',
        `${RSA_SHA256} `,
      ]) {
        refuse(swap(good, `SignatureMethod Algorithm="${RSA_SHA256}"`, `SignatureMethod Algorithm="${uri}"`));
        refuse(swap(good, `DigestMethod Algorithm="${DIGEST.sha256}"`, `DigestMethod Algorithm="${uri}"`));
        refuse(swap(good, `CanonicalizationMethod Algorithm="${C14N.exclusive}"`, `CanonicalizationMethod Algorithm="${uri}"`));
        refuse(swap(good, `Transform Algorithm="${C14N.exclusive}"`, `Transform Algorithm="${uri}"`));
      }
      refuse(swap(good, `SignatureMethod Algorithm="${RSA_SHA256}"`, 'SignatureMethod'));
    });
    it('canonicalization that keeps comments', () => {
      refuse_forged({ options: { canonicalization: C14N.exclusive_with_comments } });
      refuse_forged({ options: { reference_canonicalization: C14N.exclusive_with_comments } });
      refuse_forged({ options: { canonicalization: C14N.inclusive_with_comments } });
    });
    it('transforms: XSLT, XPath, base64, too many, none, in another order, enveloped missing', () => {
      const transform = (...uris: string[]): string =>
        `<ds:Transforms>${uris.map((uri) => `<ds:Transform Algorithm="${uri}"/>`).join('')}</ds:Transforms>`;
      const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
      for (const uris of [
        [],
        [C14N.exclusive],
        [C14N.exclusive, enveloped],
        [enveloped, enveloped],
        [enveloped, C14N.exclusive, C14N.exclusive],
        [enveloped, 'http://www.w3.org/TR/1999/REC-xslt-19991116'],
        [enveloped, 'http://www.w3.org/TR/1999/REC-xpath-19991116'],
        [enveloped, 'http://www.w3.org/2002/06/xmldsig-filter2'],
        ['http://www.w3.org/2000/09/xmldsig#base64'],
        [...Array<string>(1000).fill(enveloped)],
      ])
        refuse(swap(good, /<ds:Transforms>.*<\/ds:Transforms>/s, transform(...uris)));
    });
    it('signed over transforms that are not allowed, honestly', () => {
      const only_c14n = (xml: string): string =>
        sign_xml(xml, "//*[local-name(.)='Assertion']", bench.idp, { transforms: [C14N.exclusive] });
      refuse(forge_xml(bench, { sign: 'nothing', sealed: only_c14n }));
    });
    it('parameters that the canonicalization does not have', () => {
      refuse(
        swap(
          good,
          `<ds:CanonicalizationMethod Algorithm="${C14N.exclusive}"/>`,
          `<ds:CanonicalizationMethod Algorithm="${C14N.exclusive}"><ds:XPath>1</ds:XPath></ds:CanonicalizationMethod>`,
        ),
      );
    });
  });

  describe('covers what is read, and nothing else is read', () => {
    it('the NameID, an attribute, the audience, any time, or white space was changed', () => {
      for (const [from, to] of [
        [ATTACKER, VICTIM],
        ['readers', 'admins'],
        ['NotOnOrAfter="2030-01-15T12:05', 'NotOnOrAfter="2030-01-15T12:06'],
        ['Version="2.0" IssueInstant', 'Version="2.0"  x="y" IssueInstant'],
        ['<saml:Subject>', ' <saml:Subject>'],
      ] as const) {
        const assertion = /<saml:Assertion .*<\/saml:Assertion>/s.exec(good)?.[0] ?? '';
        refuse(swap(good, assertion, swap(assertion, from, to)));
      }
    });
    it('digest tricks: two DigestValues, a comment or an element in the digest, an empty one', () => {
      const [, digest = ''] = /<ds:DigestValue>([^<]*)</.exec(good) ?? [];
      const forged = swap(good, ATTACKER, VICTIM);
      for (const xml of [good, forged]) {
        refuse(
          swap(
            xml,
            /<ds:DigestValue>[^<]*<\/ds:DigestValue>/,
            `<ds:DigestValue>${digest}</ds:DigestValue><ds:DigestValue>${digest}</ds:DigestValue>`,
          ),
        );
        refuse(swap(xml, digest, `<!-- ${digest} -->${digest}`));
        refuse(swap(xml, digest, `${digest.slice(0, 5)}<!---->${digest.slice(5)}`));
        refuse(swap(xml, digest, `<x>${digest}</x>`));
        refuse(swap(xml, digest, `<![CDATA[${digest}]]>`));
        refuse(swap(xml, digest, ''));
        // the digest of nothing
        refuse(swap(xml, digest, '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='));
        refuse(swap(xml, digest, digest.slice(0, -4)));
      }
    });
    it('signed by the partner in a form that is not SAML’s: another reference, more transforms, more in SignedInfo', () => {
      // attributes in canonical order, so that the text is its own canonical form
      const canonical = (xml: string): string =>
        xml
          .replace(/ (ID="[^"]*") (Version="[^"]*") (IssueInstant="[^"]*")/, ' $1 $3 $2')
          .replace(/ (Recipient="[^"]*") (NotOnOrAfter="[^"]*") (InResponseTo="[^"]*")/, ' $3 $2 $1');
      const by_hand = (how: Partial<ByHand>): string =>
        forge_xml(bench, {
          sign: 'nothing',
          assertion: canonical,
          sealed: (xml) => swap(xml, '</saml:Issuer>', `</saml:Issuer>${sign_by_hand(xml, bench.idp, { uri: '#_assertion1', ...how })}`),
        });
      accepted(try_response(base64(by_hand({})), trust_of(bench)));
      const enveloped = '<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"></ds:Transform>';
      const exclusive = `<ds:Transform Algorithm="${C14N.exclusive}"></ds:Transform>`;
      const with_parameters = (within: string, beside: string): string =>
        `<ds:Transforms>${enveloped}<ds:Transform Algorithm="${C14N.exclusive}"><ec:InclusiveNamespaces xmlns:ec="${C14N.exclusive}" PrefixList="x">${within}</ec:InclusiveNamespaces>${beside}</ds:Transform></ds:Transforms>`;
      accepted(try_response(base64(by_hand({ transforms: with_parameters('', '') })), trust_of(bench)));
      const reference = `<ds:Reference URI="#_response1"><ds:DigestMethod Algorithm="${DIGEST.sha256}"></ds:DigestMethod><ds:DigestValue>AAAA</ds:DigestValue></ds:Reference>`;
      for (const how of [
        { uri: '' },
        { uri: '#_response1' },
        { uri: '_assertion1' },
        { transforms: `<ds:Transforms>${enveloped}${exclusive}${exclusive}</ds:Transforms>` },
        { transforms: `<ds:Transforms>${exclusive}${enveloped}</ds:Transforms>` },
        { transforms: `<ds:Transforms>${exclusive}</ds:Transforms>` },
        { transforms: `<ds:Transforms>${exclusive}${exclusive}</ds:Transforms>` },
        {
          transforms: `<ds:Transforms><ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"></ds:Transform>${exclusive}</ds:Transforms>`,
        },
        { transforms: with_parameters('<x></x>', '') },
        { transforms: with_parameters('', '<ds:XPath></ds:XPath>') },
        { beside: reference },
        { beside: '<ds:Object></ds:Object>' },
        { within: '<ds:Object></ds:Object>' },
        { within: '<ds:DigestValue>AAAA</ds:DigestValue>' },
      ])
        refuse(by_hand(how));
    });
    it('two SignedInfo, two References, two SignatureValues', () => {
      for (const part of [
        /<ds:SignedInfo>.*<\/ds:SignedInfo>/s,
        /<ds:Reference .*<\/ds:Reference>/s,
        /<ds:SignatureValue>.*<\/ds:SignatureValue>/s,
        /<ds:Transforms>.*<\/ds:Transforms>/s,
      ]) {
        const found = part.exec(good)?.[0] ?? '';
        refuse(swap(good, found, found + found));
        refuse(swap(good, found, found.replace('ds:', 'ds:').replace('#_assertion1', '#_response1') + found));
      }
    });
    it('a SignedInfo that another one is hidden in', () => {
      const info = /<ds:SignedInfo>.*<\/ds:SignedInfo>/s.exec(good)?.[0] ?? '';
      refuse(
        swap(
          good,
          info,
          `<ds:SignedInfo><ds:CanonicalizationMethod Algorithm="${C14N.exclusive}">${info}</ds:CanonicalizationMethod></ds:SignedInfo>`,
        ),
      );
      refuse(swap(good, '<ds:KeyInfo>', `<ds:KeyInfo>${info}`).replace(/<ds:SignedInfo>.*?<\/ds:SignedInfo>/s, ''));
    });
    it('an Object or a Manifest in the signature', () => {
      refuse(swap(good, '</ds:Signature>', '<ds:Object><ds:Manifest></ds:Manifest></ds:Object></ds:Signature>'));
    });
    it('a signature that is loose base64', () => {
      const [, value = ''] = /<ds:SignatureValue>([^<]*)</.exec(good) ?? [];
      for (const loose of [
        `${value}!`,
        `-${value}`,
        value.replace(/=+$/, ''),
        `${value}====`,
        value.replaceAll('+', '-').replaceAll('/', '_').concat('_'),
        `&#0;${value}`,
      ])
        refuse(swap(good, value, loose));
    });
    it('namespaces changed around the signed element, where canonicalization does not see them', () => {
      // exclusive canonicalization leaves out what is not used: the element stays the same, and so does what is read
      const assertion = accepted(
        try_response(base64(swap(good, '<samlp:Response ', '<samlp:Response xmlns="urn:evil" xmlns:evil="urn:evil" ')), trust_of(bench)),
      );
      assert.equal(assertion.name_id.value, ATTACKER);
      refuse(good.replace('xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_assertion1"', 'xmlns:saml="urn:evil" ID="_assertion1"'));
    });
  });
});
