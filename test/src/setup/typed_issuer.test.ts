import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { other_slash, typed_issuer } from '../../../src/setup/typed_issuer.ts';

describe('an issuer as people paste it', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['https://login.acme.example', 'https://login.acme.example'],
    ['https://login.acme.example/', 'https://login.acme.example/'],
    ['https://login.acme.example/tenant/v2.0', 'https://login.acme.example/tenant/v2.0'],
    ['  https://login.acme.example/.well-known/openid-configuration\n', 'https://login.acme.example'],
    ['https://login.acme.example/realms/one/.well-known/openid-configuration/', 'https://login.acme.example/realms/one'],
    ['<https://login.acme.example>', 'https://login.acme.example'],
    ['"https://login.acme.example/",', 'https://login.acme.example/'],
    ['HTTPS://Login.Acme.Example/Tenant', 'https://login.acme.example/Tenant'],
    ['login.acme.example', 'https://login.acme.example'],
    ['login.acme.example:8443/x', 'https://login.acme.example:8443/x'],
    ['https://login.acme.example/?tenant=one', 'https://login.acme.example/?tenant=one'],
  ];
  for (const [typed, meant] of cases) it(`${JSON.stringify(typed)} is ${meant}`, () => assert.equal(typed_issuer(typed), meant));

  it('what is no address, or names a person, stays as it was typed, for whoever refuses it', () => {
    for (const typed of [
      '',
      'not an address',
      'ftp://login.acme.example',
      'https://user:word@login.acme.example',
      'https://x.example/#part',
    ])
      assert.equal(typed_issuer(typed), typed);
  });

  it('is the same when it is read a second time, whatever was typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl()), (typed) => assert.equal(typed_issuer(typed_issuer(typed)), typed_issuer(typed))),
    );
  });

  it('has the other slash, and back', () => {
    assert.equal(other_slash('https://a.example/'), 'https://a.example');
    assert.equal(other_slash('https://a.example/x'), 'https://a.example/x/');
  });
});
