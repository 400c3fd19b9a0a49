import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConnectorError } from '../../../connectors/connector.ts';
import { verdict_of } from '../../../connectors/ldap/bind_verdict.ts';
import { policy_value } from '../../../src/mock/ldap/wire.ts';

interface Answered {
  readonly code: number;
  readonly message?: string;
  readonly error?: number;
  readonly grace?: number;
  readonly expired_control?: boolean;
}

function outcome({ code, message = '', error, grace, expired_control = false }: Answered): string {
  const controls = new Map<string, Buffer>();
  if (error !== undefined || grace !== undefined) {
    controls.set(
      '1.3.6.1.4.1.42.2.27.8.5.1',
      policy_value({ ...(error !== undefined && { error }), ...(grace !== undefined && { grace }) }),
    );
  }
  if (expired_control) controls.set('2.16.840.1.113730.3.4.4', Buffer.from('0'));
  return judged({ result: { code, message }, controls });
}

function judged(answer: Parameters<typeof verdict_of>[0]): string {
  try {
    const verdict = verdict_of(answer);
    return verdict.ok ? 'ok' : verdict.reason;
  } catch (fault) {
    assert.ok(fault instanceof ConnectorError);
    return fault.reason;
  }
}
const ad = (data: string): string => `80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data ${data}, v1db1\0`;

describe('the answer to a password check', () => {
  it('of OpenLDAP is read with its password policy', () => {
    assert.equal(outcome({ code: 0 }), 'ok');
    assert.equal(outcome({ code: 0, grace: 2 }), 'ok');
    assert.equal(outcome({ code: 0, error: 2 }), 'password_must_change');
    assert.equal(outcome({ code: 0, error: 0 }), 'password_expired');
    assert.equal(outcome({ code: 0, error: 1 }), 'invalid_credentials');
    assert.equal(outcome({ code: 0, error: 99 }), 'invalid_credentials');
    assert.equal(outcome({ code: 49 }), 'invalid_credentials');
    assert.equal(outcome({ code: 49, error: 0 }), 'password_expired');
    assert.equal(outcome({ code: 49, error: 1 }), 'invalid_credentials');
  });

  it('of Active Directory is read by its sub-code: only 532 and 773 mean a right password, expired or to be changed first', () => {
    for (const data of ['52e', '525', '530', '531', '533', '701', '775', '0', 'ffffffff'])
      assert.equal(outcome({ code: 49, message: ad(data) }), 'invalid_credentials', data);
    assert.equal(outcome({ code: 49, message: ad('532') }), 'password_expired');
    assert.equal(outcome({ code: 49, message: ad('773') }), 'password_must_change');
    assert.equal(outcome({ code: 49, message: 'data 532x' }), 'invalid_credentials');
    // the words alone, with another result, say nothing
    assert.equal(outcome({ code: 53, message: ad('532') }), 'invalid_credentials');
  });

  it('of 389 Directory Server is read by its control and codes', () => {
    assert.equal(outcome({ code: 0, expired_control: true }), 'password_expired');
    assert.equal(outcome({ code: 0, expired_control: true, grace: 1 }), 'ok');
    assert.equal(outcome({ code: 49, expired_control: true }), 'password_expired');
    assert.equal(outcome({ code: 53, message: 'Account inactivated. Contact system administrator.' }), 'invalid_credentials');
    assert.equal(outcome({ code: 19, message: 'Exceed password retry limit. Please try later.' }), 'invalid_credentials');
  });

  it('that is about the directory is a fault, never a wrong password', () => {
    for (const code of [8, 13, 10, 1, 34]) assert.equal(outcome({ code }), 'misconfigured', String(code));
    for (const code of [51, 52]) assert.equal(outcome({ code }), 'unreachable');
    assert.equal(outcome({ code: 3 }), 'timed_out');
    assert.equal(outcome({ code: 80 }), 'partner_error');
  });

  it('with a password policy that cannot be read is a fault, never success', () => {
    for (const broken of ['30', '3003810500', '300381', '04', '3003820101', '300381010130', '3081', '3006a00400000000']) {
      const controls = new Map([['1.3.6.1.4.1.42.2.27.8.5.1', Buffer.from(broken, 'hex')]]);
      assert.equal(judged({ result: { code: 0, message: '' }, controls }), 'malformed', broken);
    }
    const nothing = new Map([['1.3.6.1.4.1.42.2.27.8.5.1', Buffer.from('3000', 'hex')]]);
    assert.equal(judged({ result: { code: 0, message: '' }, controls: nothing }), 'ok');
  });

  it('that nobody knows is never success', () => {
    for (let code = 1; code < 130; code++) assert.notEqual(outcome({ code }), 'ok');
  });
});
