import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { attributes_of, email_verified } from '../../../connectors/oidc/claims.ts';

describe('claims as attributes', () => {
  it('are lists of strings in their order; a claim within a claim is named with a dot', () => {
    const claims = {
      sub: 's',
      groups: ['b', 'a'],
      level: 3,
      employed: true,
      nothing: null,
      address: { country: 'FR', street: { name: 'Rue' } },
      realm_access: { roles: ['x', 'y'] },
      teams: [{ id: 1 }, { id: 2 }],
    };
    assert.deepEqual(attributes_of(claims, undefined), {
      sub: ['s'],
      groups: ['b', 'a'],
      level: ['3'],
      employed: ['true'],
      'address.country': ['FR'],
      'address.street.name': ['Rue'],
      'realm_access.roles': ['x', 'y'],
      'teams.id': ['1', '2'],
    });
  });

  it('of the signed ID token go before those of userinfo, whole', () => {
    assert.deepEqual(attributes_of({ groups: ['a'] }, { groups: ['b', 'c'], department: 'R' }), { groups: ['a'], department: ['R'] });
  });

  it('that belong to the message are left out', () => {
    const message = { iss: 'i', aud: 'a', exp: 1, iat: 1, nonce: 'n', at_hash: 'h', sid: 's', jti: 'j', azp: 'z' };
    assert.deepEqual(attributes_of(message, message), {});
  });

  it('with names of prototypes are names like others', () => {
    const claims = JSON.parse('{"__proto__":{"admin":true},"constructor":"c","toString":"t"}') as Record<string, unknown>; // an object, seen above
    const attributes = attributes_of(claims, undefined);
    assert.equal(Object.getPrototypeOf(attributes), Object.prototype);
    assert.equal(({} as { admin?: unknown }).admin, undefined); // nothing was put on every object
    assert.deepEqual(attributes['constructor'], ['c']);
    assert.deepEqual(attributes['__proto__.admin'], ['true']);
  });

  it('say that groups were left out (Entra ID, group overage)', () => {
    const overage = { _claim_names: { groups: 'src1' }, _claim_sources: { src1: { endpoint: 'https://evil.example' } } };
    assert.deepEqual(attributes_of(overage, undefined), { groups_overage: ['true'] });
  });

  it('of any shape are bounded', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 12 })), (claims) => {
        const values = Object.values(attributes_of(claims, claims));
        assert.ok(values.every((list) => list.length > 0 && list.every((value) => typeof value === 'string')));
        assert.ok(values.flat().length <= 2000);
      }),
    );
  });
});

describe('what a provider says of the address', () => {
  const cases: readonly (readonly [what: string, id_token: object, userinfo: object | undefined, expected: boolean | undefined])[] = [
    ['nothing', { email: 'a' }, { email: 'a' }, undefined],
    ['verified', { email: 'a', email_verified: true }, undefined, true],
    ['verified, as text', { email: 'a', email_verified: 'true' }, undefined, true],
    ['not verified, as text', { email: 'a', email_verified: 'false' }, undefined, false],
    ['something else', { email: 'a', email_verified: 1 }, undefined, undefined],
    ['verified in userinfo', { sub: 's' }, { email: 'a', email_verified: true }, true],
    ['one says no', { email: 'a', email_verified: true }, { email: 'a', email_verified: false }, false],
    [
      'nOAuth: verified, but another address than the one that is used',
      { email: 'victim' },
      { email: 'mine', email_verified: true },
      undefined,
    ],
    ['verified, but of no address', { email_verified: true }, { email: 'a' }, undefined],
  ];
  for (const [what, id_token, userinfo, expected] of cases)
    it(`${what}: ${String(expected)}`, () => {
      assert.equal(email_verified({ ...id_token }, userinfo && { ...userinfo }), expected);
    });
});
