import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
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

const SIGNATURE = /<ds:Signature .*?<\/ds:Signature>/s;
const ASSERTION = /<saml:Assertion .*<\/saml:Assertion>/s;
const cut = (xml: string, pattern: RegExp): string => pattern.exec(xml)?.[0] ?? '';

/** The forged twin: about the victim, unsigned, under an ID of this style. */
const id_styles: Readonly<Record<string, (xml: string) => string>> = {
  'another ID': (xml) => xml.replace(/ ID="[^"]*"/, ' ID="_evil"'),
  'the same ID': (xml) => xml,
  'no ID': (xml) => xml.replace(/ ID="[^"]*"/, ''),
  'an ID of another spelling': (xml) => xml.replace(/ ID="([^"]*)"/, ' ID="_evil" Id="$1"'),
  'an xml:id': (xml) => xml.replace(/ ID="([^"]*)"/, ' ID="_evil" xml:id="$1"'),
  'an AssertionID': (xml) => xml.replace(/ ID="([^"]*)"/, ' ID="_evil" AssertionID="$1"'),
};
const forge = (xml: string): string => swap(xml.replace(SIGNATURE, ''), ATTACKER, VICTIM);
const in_object = (signature: string, content: string): string =>
  swap(signature, '</ds:Signature>', `<ds:Object>${content}</ds:Object></ds:Signature>`);

describe('signature wrapping never makes the attacker the victim', () => {
  let bench: Bench;
  let signed_response: string;
  let signed_assertion: string;
  let signed_both: string;
  before(async () => {
    bench = await make_bench();
    signed_response = forge_xml(bench, { sign: 'response' });
    signed_assertion = forge_xml(bench, { sign: 'assertion' });
    signed_both = forge_xml(bench, { sign: 'both' });
  });

  /** Every wrapped message by its name in the literature (Somorovsky et al. 2012), for one ID style. */
  const wrappings = (restyle: (xml: string) => string): Record<string, () => string> => {
    const response = () => ({
      original: signed_response.replace(SIGNATURE, ''),
      signature: cut(signed_response, SIGNATURE),
      evil: restyle(forge(signed_response)),
    });
    const assertion = () => {
      const original = cut(signed_assertion, ASSERTION);
      return { original, bare: original.replace(SIGNATURE, ''), signature: cut(original, SIGNATURE), evil: restyle(forge(original)) };
    };
    const behind_issuer = (xml: string, more: string): string => swap(xml, '</saml:Issuer>', `</saml:Issuer>${more}`);
    return {
      'XSW1, the signed response in the signature of a forged one': () => {
        const { original, signature, evil } = response();
        return behind_issuer(evil, swap(signature, '</ds:Signature>', `${original}</ds:Signature>`));
      },
      'XSW2, the signed response before its detached signature': () => {
        const { original, signature, evil } = response();
        return behind_issuer(evil, original + signature);
      },
      'XSW3, a forged assertion before the signed one': () => {
        const { original, evil } = assertion();
        return swap(signed_assertion, original, evil + original);
      },
      'XSW3, a forged assertion behind the signed one': () => {
        const { original, evil } = assertion();
        return swap(signed_assertion, original, original + evil);
      },
      'XSW4, the signed assertion inside a forged one': () => {
        const { original, evil } = assertion();
        return swap(signed_assertion, original, swap(evil, '</saml:Assertion>', `${original}</saml:Assertion>`));
      },
      'XSW5, the signature in a forged assertion, the signed one behind it': () => {
        const { original, bare, signature, evil } = assertion();
        return swap(signed_assertion, original, behind_issuer(evil, signature) + bare);
      },
      'XSW6, the signed assertion in the signature of a forged one': () => {
        const { original, bare, signature, evil } = assertion();
        return swap(signed_assertion, original, behind_issuer(evil, swap(signature, '</ds:Signature>', `${bare}</ds:Signature>`)));
      },
      'XSW7, a forged assertion in Extensions': () => {
        const { evil } = assertion();
        return swap(signed_assertion, '<samlp:Status>', `<samlp:Extensions>${evil}</samlp:Extensions><samlp:Status>`);
      },
      'XSW8, the signed assertion in an Object of the signature of a forged one': () => {
        const { original, bare, signature, evil } = assertion();
        return swap(signed_assertion, original, behind_issuer(evil, in_object(signature, bare)));
      },
      'the signed assertion in Advice of a forged one': () => {
        const { original, evil } = assertion();
        return swap(
          signed_assertion,
          original,
          swap(evil, '<saml:AuthnStatement', `<saml:Advice>${original}</saml:Advice><saml:AuthnStatement`),
        );
      },
      'the signed assertion in an attribute value of a forged one': () => {
        const { original, evil } = assertion();
        return swap(signed_assertion, original, swap(evil, '<saml:AttributeValue>', `<saml:AttributeValue>${original}`));
      },
      'the signed assertion in SubjectConfirmationData of a forged one': () => {
        const { original, evil } = assertion();
        return swap(
          signed_assertion,
          original,
          evil.replace(
            /<saml:SubjectConfirmationData([^>]*)\/>/,
            `<saml:SubjectConfirmationData$1>${original}</saml:SubjectConfirmationData>`,
          ),
        );
      },
      'the signed assertion in StatusDetail, a forged one in its place': () => {
        const { original, evil } = assertion();
        return swap(
          swap(signed_assertion, original, evil),
          '</samlp:Status>',
          `<samlp:StatusDetail>${original}</samlp:StatusDetail></samlp:Status>`,
        );
      },
      'a forged response around the signed one': () => {
        const { evil } = response();
        return swap(evil, '</samlp:Response>', `${signed_response}</samlp:Response>`);
      },
      'a forged assertion in the KeyInfo of the signature': () => {
        const { evil } = assertion();
        return swap(signed_assertion, '<ds:KeyInfo>', `<ds:KeyInfo>${evil}`);
      },
      'a forged assertion in another namespace beside the signed one': () => {
        const { original, evil } = assertion();
        const foreign = evil.replace(
          'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"',
          'xmlns:saml="urn:oasis:names:tc:SAML:1.0:assertion"',
        );
        return swap(signed_assertion, original, foreign + original);
      },
      'a forged assertion beside the one of a response that was signed with it': () => {
        const original = cut(signed_both, ASSERTION);
        return swap(signed_both, original, restyle(forge(original)) + original);
      },
    };
  };

  for (const [style, restyle] of Object.entries(id_styles)) {
    for (const [name, make] of Object.entries(wrappings(restyle))) {
      it(`${name}, under ${style}`, () => {
        const xml = make();
        assert.ok(xml.includes(VICTIM) && xml.includes('<ds:Signature'));
        for (const want_signed of ['either', 'assertion', 'response'] as const)
          refused(try_response(base64(xml), trust_of(bench, { want_signed })));
      });
    }
  }

  it('donor signature: that of the response is moved into the assertion, and the other way round', () => {
    const of_response = cut(signed_response, SIGNATURE);
    const unsigned = forge_xml(bench, { sign: 'nothing' });
    const into_assertion = unsigned.replace(/(<saml:Assertion .*?<\/saml:Issuer>)/s, `$1${of_response}`);
    refused(try_response(base64(swap(into_assertion, ATTACKER, VICTIM)), trust_of(bench)));
    const of_assertion = cut(signed_assertion, SIGNATURE);
    refused(try_response(base64(swap(unsigned, '</saml:Issuer>', `</saml:Issuer>${of_assertion}`)), trust_of(bench)));
  });

  it('donor signature: that of the partner’s metadata, or of an error of its, covers no assertion', () => {
    const metadata = `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" ID="_response1">${cut(signed_response, SIGNATURE)}</md:EntityDescriptor>`;
    refused(try_response(base64(metadata), trust_of(bench)));
    const refusal = forge_xml(bench, {
      sign: 'response',
      response: (xml) => swap(xml.replace(ASSERTION, ''), 'status:Success', 'status:Responder'),
    });
    const revived = swap(
      swap(refusal, 'status:Responder', 'status:Success'),
      '</samlp:Response>',
      `${forge(cut(signed_assertion, ASSERTION))}</samlp:Response>`,
    );
    refused(try_response(base64(revived), trust_of(bench)));
    const beside = swap(forge(signed_response), '</saml:Issuer>', `</saml:Issuer>${cut(refusal, SIGNATURE)}`);
    refused(try_response(base64(beside), trust_of(bench)));
  });

  it('a reference to the whole document, to nothing, to another element, by XPointer or by address', () => {
    for (const uri of [
      '',
      '#',
      '#_assertion1',
      '#xpointer(/)',
      "#xpointer(id('_response1'))",
      '_response1',
      'https://evil.example/signed.xml',
      '#_response1 ',
      '#%5fresponse1',
    ]) {
      refused(try_response(base64(swap(signed_response, 'URI="#_response1"', `URI="${uri}"`)), trust_of(bench)));
    }
    refused(try_response(base64(swap(signed_response, ' URI="#_response1"', '')), trust_of(bench)));
  });

  it('two assertions, both signed, are refused rather than chosen from', () => {
    const other = cut(forge_xml(bench, { answer: { assertion_id: '_assertion2', name_id: VICTIM } }), ASSERTION);
    const original = cut(signed_assertion, ASSERTION);
    refused(try_response(base64(swap(signed_assertion, original, original + other)), trust_of(bench)));
  });

  it('two signatures in one element, one of them another’s', () => {
    const theirs = cut(forge_xml(bench, { signer: bench.stranger }), SIGNATURE);
    const ours = cut(signed_assertion, SIGNATURE);
    for (const both of [theirs + ours, ours + theirs]) refused(try_response(base64(swap(signed_assertion, ours, both)), trust_of(bench)));
  });

  it('an assertion signed by a stranger inside a response signed by the partner, and the other way round', () => {
    const theirs = cut(forge_xml(bench, { signer: bench.stranger }), ASSERTION);
    refused(try_response(base64(forge_xml(bench, { sign: 'response', sealed: () => theirs })), trust_of(bench)));
    const outside = forge_xml(bench, { sign: 'response', signer: bench.stranger, sealed: () => cut(signed_assertion, ASSERTION) });
    refused(try_response(base64(outside), trust_of(bench)));
  });
});
