import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { parse_date_time, Refusal, type Trust } from '../../../../connectors/saml/verify/index.ts';
import {
  accepted,
  base64,
  type Bench,
  forge_xml,
  type Forging,
  make_bench,
  NOW,
  refused,
  REQUEST_ID,
  swap,
  trust_of,
  try_response,
} from '../../../support/saml/forge.ts';
import { SP } from '../../../support/saml/connection.ts';
import { encrypt_for } from '../../../support/saml/encryption.ts';

describe('the profile of a SAML response', () => {
  let bench: Bench;
  before(async () => {
    bench = await make_bench();
  });
  /** Refused however it is signed: everything here was said by the partner itself. */
  const refuse = (forging: Forging, more: Partial<Trust> = {}): Refusal => {
    let last: Refusal | undefined;
    for (const sign of ['assertion', 'response', 'both'] as const)
      last = refused(try_response(base64(forge_xml(bench, { ...forging, sign })), trust_of(bench, more)));
    assert.ok(last);
    return last;
  };
  const assertion = (from: string | RegExp, to: string): Forging => ({ assertion: (xml) => swap(xml, from, to) });
  const response = (from: string | RegExp, to: string): Forging => ({ response: (xml) => swap(xml, from, to) });

  describe('is issued by this connection’s identity provider', () => {
    it('wrong issuer, of either', () => {
      for (const other of [
        'https://other.example',
        'https://idp.partner.example/metadata/',
        'https://IDP.partner.example/metadata',
        ' https://idp.partner.example/metadata',
        '',
      ]) {
        assert.equal(refuse(assertion('<saml:Issuer>https://idp.partner.example/metadata<', `<saml:Issuer>${other}<`)).reason, 'untrusted');
        assert.equal(refuse({ answer: { response_issuer: other } }).reason, 'untrusted');
      }
    });
    it('no issuer, of either', () => {
      const none = /<saml:Issuer>[^<]*<\/saml:Issuer>/;
      refused(try_response(base64(forge_xml(bench, { sign: 'nothing', response: (xml) => xml.replace(none, '') })), trust_of(bench)));
      refused(try_response(base64(swap(forge_xml(bench), none, '')), trust_of(bench)));
    });
    it('an issuer of a format that is no entity', () => {
      refuse(assertion('<saml:Issuer>', '<saml:Issuer Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">'));
    });
  });

  it('names its person once: not in plain and encrypted', () => {
    const twice = (xml: string): string => {
      const name_id = /<saml:NameID.*?<\/saml:NameID>/.exec(xml)?.[0] ?? '';
      return swap(xml, name_id, name_id + encrypt_for(bench.decryption.publicKey, name_id, 'saml:EncryptedID'));
    };
    refuse({ assertion: twice });
  });

  it('holds what may occur once no more than once', () => {
    const advice = '<saml:Advice></saml:Advice>';
    const extensions = '<samlp:Extensions><x></x></samlp:Extensions>';
    for (const forging of [
      assertion('<saml:AuthnStatement', `${advice}<saml:AuthnStatement`),
      response('<samlp:Status>', `${extensions}<samlp:Status>`),
    ])
      accepted(try_response(base64(forge_xml(bench, forging)), trust_of(bench)));
    refuse(assertion('<saml:AuthnStatement', `${advice}${advice}<saml:AuthnStatement`));
    refuse(response('<samlp:Status>', `${extensions}${extensions}<samlp:Status>`));
  });

  describe('is for us', () => {
    it('wrong audience, none, one that only looks like ours', () => {
      for (const audience of ['https://other.example', `${SP.entity_id}/`, SP.entity_id.toUpperCase(), `${SP.entity_id} `, ''])
        assert.match(refuse({ answer: { audience } }).fix ?? '', /audience/);
      refuse(assertion(/<saml:AudienceRestriction>.*<\/saml:AudienceRestriction>/, ''));
      refuse(assertion(/<saml:Audience>.*<\/saml:Audience>/, ''));
      refuse(assertion(/<saml:Conditions.*<\/saml:Conditions>/s, ''));
    });
    it('several audience restrictions hold together', () => {
      refuse(
        assertion(
          '<saml:AudienceRestriction>',
          '<saml:AudienceRestriction><saml:Audience>https://other.example</saml:Audience></saml:AudienceRestriction><saml:AudienceRestriction>',
        ),
      );
    });
    it('wrong destination, wherever it is; absent only when the response is not signed', () => {
      for (const destination of [
        'https://other.example/acs',
        `${SP.acs_url}/`,
        `${SP.acs_url}?x=1`,
        SP.acs_url.replace('con_1', 'con_2'),
        '',
      ])
        refuse({ answer: { destination } });
      for (const sign of ['response', 'both'] as const)
        refused(try_response(base64(forge_xml(bench, { sign, answer: { destination: undefined } })), trust_of(bench)));
    });
    it('wrong recipient, or none', () => {
      for (const recipient of ['https://other.example/acs', SP.acs_url.replace('con_1', 'con_2'), '']) refuse({ answer: { recipient } });
      refuse(assertion(/ Recipient="[^"]*"/, ''));
    });
    it('a condition that is not known', () => {
      refuse(
        assertion(
          '</saml:Conditions>',
          '<saml:Condition xmlns:x="urn:x" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="x:y"></saml:Condition></saml:Conditions>',
        ),
      );
      refuse(assertion('</saml:Conditions>', '<x:Condition xmlns:x="urn:x"></x:Condition></saml:Conditions>'));
      accepted(
        try_response(
          base64(forge_xml(bench, assertion('</saml:Conditions>', '<saml:OneTimeUse></saml:OneTimeUse></saml:Conditions>'))),
          trust_of(bench),
        ),
      );
    });
  });

  describe('answers the request that is pending', () => {
    const other = '_ffffffffffffffffffffffffffffffff';
    it('wrong InResponseTo, of response or confirmation, and none', () => {
      refuse({ answer: { in_response_to: other } });
      refuse({ answer: { in_response_to: undefined } });
      refuse(assertion(REQUEST_ID, other));
      refuse(assertion(/ InResponseTo="[^"]*"/, ''));
      refuse(
        response(
          /(<samlp:Response [^>]*InResponseTo=)"[^"]*"/,
          `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_response1" Version="2.0" IssueInstant="2030-01-15T12:00:00.000Z" Destination="${SP.acs_url}" InResponseTo="${other}"`,
        ),
      );
    });
    it('an answer is not unsolicited, and an unsolicited one is no answer', () => {
      refuse({}, { in_response_to: undefined });
      refuse(assertion(/ InResponseTo="[^"]*"/, ''), { in_response_to: undefined });
    });
  });

  describe('is confirmed by one bearer confirmation that holds in all', () => {
    it('no confirmation, no subject, another method, no data', () => {
      refuse(assertion(/<saml:SubjectConfirmation .*<\/saml:SubjectConfirmation>/s, ''));
      refuse(assertion(/<saml:Subject>.*<\/saml:Subject>/s, ''));
      refuse(assertion('cm:bearer', 'cm:holder-of-key'));
      refuse(assertion(/<saml:SubjectConfirmationData.*<\/saml:SubjectConfirmationData>/s, ''));
      refuse(
        assertion(
          /(<saml:SubjectConfirmationData Recipient="[^"]*") NotOnOrAfter="[^"]*"/,
          `<saml:SubjectConfirmationData Recipient="${SP.acs_url}"`,
        ),
      );
    });
    it('two confirmations that each hold in half', () => {
      const data = (recipient: string, in_response_to: string): string =>
        `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData Recipient="${recipient}" NotOnOrAfter="2030-01-15T12:05:00Z" InResponseTo="${in_response_to}"></saml:SubjectConfirmationData></saml:SubjectConfirmation>`;
      refuse(
        assertion(
          /<saml:SubjectConfirmation .*<\/saml:SubjectConfirmation>/s,
          data(SP.acs_url, '_other') + data('https://other.example', REQUEST_ID),
        ),
      );
    });
    it('a confirmation that is not valid yet, or no more', () => {
      refuse(assertion('<saml:SubjectConfirmationData ', '<saml:SubjectConfirmationData NotBefore="2030-01-15T12:02:00Z" '));
      refuse(
        assertion(
          /<saml:SubjectConfirmationData [^>]*/,
          `<saml:SubjectConfirmationData Recipient="${SP.acs_url}" InResponseTo="${REQUEST_ID}" NotOnOrAfter="2030-01-15T11:59:00Z"`,
        ),
      );
    });
  });

  describe('is of now', () => {
    it('Conditions that have not begun, or have ended, though everything else is of now', () => {
      const between = (from: number, to: number): Forging =>
        assertion(
          /<saml:Conditions [^>]*>/,
          `<saml:Conditions NotBefore="${new Date(NOW + from * 1000).toISOString()}" NotOnOrAfter="${new Date(NOW + to * 1000).toISOString()}">`,
        );
      accepted(try_response(base64(forge_xml(bench, between(59, 100))), trust_of(bench)));
      accepted(try_response(base64(forge_xml(bench, between(-100, -59))), trust_of(bench)));
      assert.equal(refuse(between(61, 100)).reason, 'expired');
      assert.equal(refuse(between(-100, -60)).reason, 'expired');
      // however much skew a connection asks for
      assert.equal(refuse(between(-1000, -180), { clock_skew_seconds: 1000 }).reason, 'expired');
    });
    it('expired, not valid yet, and issued in the future, beyond the skew', () => {
      for (const issued_at of [NOW - 300_000 - 60_000, NOW - 3_600_000, NOW + 61_000, NOW + 240_000]) {
        const refusal = refuse({ answer: { issued_at } });
        assert.equal(refusal.reason, 'expired');
        assert.match(refusal.message, /\d+ s/);
      }
    });
    it('names the difference of the clocks in seconds', () => {
      assert.match(refuse({ answer: { issued_at: NOW + 240_000 } }).message, /240 s ahead of our clock/);
    });
    it('older than the maximum age, whatever the assertion says of its validity', () => {
      refuse({ answer: { issued_at: NOW - 700_000, lifetime_ms: 20 * 3_600_000 } });
      accepted(
        try_response(base64(forge_xml(bench, { answer: { issued_at: NOW - 500_000, lifetime_ms: 20 * 3_600_000 } })), trust_of(bench)),
      );
    });
    it('older than the maximum age in a response that is fresh', () => {
      refuse(assertion('Version="2.0" IssueInstant="2030-01-15T12:00:00.000Z"', 'Version="2.0" IssueInstant="2030-01-15T11:45:00.000Z"'));
      refuse(
        response(
          /(<samlp:Response [^>]*IssueInstant=)"[^"]*"/,
          `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_response1" Version="2.0" IssueInstant="2030-01-15T11:45:00Z"`,
        ),
      );
    });
    it('has a session that is not over, and an authentication that is not to come', () => {
      refuse({ answer: { session_ends_at: NOW - 61_000 } });
      refuse({ answer: { authenticated_at: NOW + 61_000 } });
    });
    it('in the words of xs:dateTime only: no RFC 2822, no date alone, no time without a zone', () => {
      for (const text of [
        'Tue, 15 Jan 2030 12:05:00 GMT',
        '12/31/2099',
        '2030-01-15',
        '2030-01-15T12:05:00',
        '2030-01-15 12:05:00Z',
        '2030-13-15T12:05:00Z',
        '2030-02-30T12:05:00Z',
        '2030-01-15T25:00:00Z',
        '2030-01-15T12:05:00+15:00',
        '99999',
        '',
        ' 2030-01-15T12:05:00Z',
        '-2030-01-15T12:05:00Z',
        '２０３０-01-15T12:05:00Z',
      ]) {
        assert.equal(parse_date_time(text), undefined, text);
        refuse(
          assertion(
            /(<saml:Conditions [^>]*)NotOnOrAfter="[^"]*"/,
            `<saml:Conditions NotBefore="2030-01-15T11:59:55Z" NotOnOrAfter="${text}"`,
          ),
        );
      }
    });
    it('remembers an assertion until no moment can accept it again', () => {
      const { not_on_or_after } = accepted(try_response(base64(forge_xml(bench)), trust_of(bench)));
      assert.ok(not_on_or_after >= NOW + 300_000 + 180_000);
      refused(try_response(base64(forge_xml(bench)), trust_of(bench, { now: not_on_or_after, clock_skew_seconds: 180 })));
    });
  });

  describe('has a status', () => {
    it('other than Success: a refusal, whatever assertion is beside it', () => {
      for (const status of ['Responder', 'Requester', 'VersionMismatch', 'success', 'Success ', 'AuthnFailed']) {
        for (const sign of ['assertion', 'response', 'both'] as const) {
          const result = try_response(
            base64(forge_xml(bench, { sign, ...response('status:Success', `status:${status}`) })),
            trust_of(bench),
          );
          assert.ok('verdict' in result && result.verdict.kind === 'status');
        }
      }
    });
    it('exactly one', () => {
      refuse(response(/<samlp:Status>.*<\/samlp:Status>/s, ''));
      refuse(response(/<samlp:StatusCode [^>]*><\/samlp:StatusCode>/, ''));
      refuse(
        response(
          '<samlp:Status>',
          '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><samlp:Status>',
        ),
      );
      refuse(response('<samlp:Status>', '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/>'));
      refuse(response('Value="urn:oasis:names:tc:SAML:2.0:status:Success"', ''));
    });
    it('Success without an assertion', () => {
      refused(
        try_response(
          base64(forge_xml(bench, { sign: 'response', response: (xml) => xml.replace(/<saml:Assertion .*<\/saml:Assertion>/s, '') })),
          trust_of(bench),
        ),
      );
    });
  });

  it('has an authentication statement', () => {
    refuse(assertion(/<saml:AuthnStatement .*<\/saml:AuthnStatement>/s, ''));
  });

  it('of several authentication statements the oldest instant and the earliest end count', () => {
    const second = `<saml:AuthnStatement AuthnInstant="2030-01-15T10:00:00Z" SessionNotOnOrAfter="2030-01-15T13:00:00Z"></saml:AuthnStatement>`;
    const found = accepted(
      try_response(
        base64(
          forge_xml(bench, {
            answer: { session_ends_at: NOW + 7_200_000 },
            ...assertion('<saml:AttributeStatement>', `${second}<saml:AttributeStatement>`),
          }),
        ),
        trust_of(bench),
      ),
    );
    assert.equal(found.authn_instant, NOW - 7_200_000);
    assert.equal(found.session_not_on_or_after, NOW + 3_600_000);
  });

  it('message valid at one connection is refused at another', () => {
    const message = base64(forge_xml(bench, { sign: 'both' }));
    accepted(try_response(message, trust_of(bench)));
    for (const more of [
      { acs_url: SP.acs_url.replace('con_1', 'con_2') },
      { audience: SP.entity_id.replace('con_1', 'con_2') },
      { idp_entity_id: 'https://other.example' },
      { in_response_to: '_other' },
    ])
      refused(try_response(message, trust_of(bench, more)));
  });
});
