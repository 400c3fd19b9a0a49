import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { outcome_of_status } from '../../../connectors/saml/status_outcome.ts';

const STATUS = 'urn:oasis:names:tc:SAML:2.0:status:';
/** SAML core 3.2.2.2, all but Success. */
const TOP = ['Requester', 'Responder', 'VersionMismatch'];
const SECOND = [
  'AuthnFailed',
  'InvalidAttrNameOrValue',
  'InvalidNameIDPolicy',
  'NoAuthnContext',
  'NoAvailableIDP',
  'NoPassive',
  'NoSupportedIDP',
  'PartialLogout',
  'ProxyCountExceeded',
  'RequestDenied',
  'RequestUnsupported',
  'RequestVersionDeprecated',
  'RequestVersionTooHigh',
  'RequestVersionTooLow',
  'ResourceNotRecognized',
  'TooManyResponses',
  'UnknownAttrProfile',
  'UnknownPrincipal',
  'UnsupportedBinding',
];
const outcome = (status: string, second?: string, message?: string) =>
  outcome_of_status({ kind: 'status', status, second, message, in_response_to: undefined });

describe('a status of the identity provider', () => {
  it('of SAML core 3.2.2.2, alone or as sub-code, is a sentence that says what to do', () => {
    const unknown = outcome('urn:x').detail.split(' (')[0];
    for (const word of [...TOP, ...SECOND]) {
      const alone = outcome(STATUS + word);
      assert.ok(!alone.detail.startsWith(unknown ?? ''), word);
      // what is, a colon, and what to do about it
      assert.match(alone.detail, /^The [^:]+: [^.]+\b/, word);
      assert.ok(alone.detail.endsWith(`(${word})`), alone.detail);
      const nested = outcome(`${STATUS}Responder`, STATUS + word);
      assert.equal(nested.reason, alone.reason);
      assert.equal(nested.detail.split(' (')[0], alone.detail.split(' (')[0]);
      assert.ok(nested.detail.endsWith(`(Responder / ${word})`), nested.detail);
    }
  });

  it('tells a person who was refused, who gave up, and who was not asked as the app wants, from a fault', () => {
    const reason = (second: string) => outcome(`${STATUS}Responder`, STATUS + second).reason;
    assert.deepEqual(['AuthnFailed', 'RequestDenied', 'UnknownPrincipal', 'NoAuthnContext', 'NoPassive', 'TooManyResponses'].map(reason), [
      'cancelled',
      'denied',
      'denied',
      'authentication_context',
      'authentication_context',
      'partner_error',
    ]);
  });

  it('of nobody’s, or one named like something of the language, is told as it is; a sub-code that is unknown leaves the first to speak', () => {
    for (const word of ['urn:x', 'constructor', '__proto__', STATUS, `${STATUS}toString`]) {
      const { reason, detail } = outcome(word);
      assert.equal(reason, 'partner_error');
      assert.match(detail, /does not define/);
    }
    assert.match(outcome(`${STATUS}Requester`, 'urn:vendor:x').detail, /found fault with our request.*\(Requester \/ urn:vendor:x\)$/);
  });

  it('keeps the partner’s own words, on one line', () => {
    assert.ok(outcome(`${STATUS}Responder`, undefined, ' not\n now ').detail.endsWith('It says: not now'));
  });
});
