import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { dn_key, is_under, own_name, parse_dn } from '../../../connectors/ldap/dn.ts';

describe('distinguished names', () => {
  it('are read as RFC 4514 writes them', () => {
    assert.deepEqual(parse_dn('cn=a+uid=b,dc=x'), [
      [
        { type: 'cn', value: 'a' },
        { type: 'uid', value: 'b' },
      ],
      [{ type: 'dc', value: 'x' }],
    ]);
    assert.deepEqual(parse_dn(''), []);
    assert.equal(own_name('cn=Dvořák\\2C Antonín,dc=x'), 'Dvořák, Antonín');
    assert.equal(own_name('CN=Dvo\\C5\\99\\C3\\A1k\\, ml.,DC=x'), 'Dvořák, ml.');
    assert.equal(own_name('cn=\\ a \\ ,dc=x'), ' a  ');
    assert.equal(own_name('cn="a, b",dc=x'), 'a, b');
    for (const broken of ['x', 'cn=a,', 'cn=a,b', '=a', 'cn=a\\', 'cn=a\\zz', 'c n=a', 'cn="a'])
      assert.equal(parse_dn(broken), undefined, broken);
  });

  it('are the same in every spelling', () => {
    const one = dn_key('CN=Dvořák\\, ml.,OU=Staff,DC=corp,DC=example');
    for (const other of ['cn=dvořák\\2c ml.,ou=staff,dc=corp,dc=example', 'cn=DVOŘÁK\\,  ML. , ou=Staff, dc=corp,dc=example'])
      assert.equal(dn_key(other), one);
    assert.equal(dn_key('uid=b+cn=a,dc=x'), dn_key('cn=a+uid=b,dc=x'));
    assert.notEqual(dn_key('cn=a\\,dc=y,dc=x'), dn_key('cn=a,dc=y,dc=x'));
  });

  it('lie under a base by their levels, not by their text', () => {
    const base = 'ou=people,dc=acme,dc=example';
    for (const inside of ['uid=a,ou=people,dc=acme,dc=example', 'UID=a, OU=People, DC=acme,DC=example', base])
      assert.ok(is_under(inside, base), inside);
    for (const outside of [
      '',
      'uid=a,dc=acme,dc=example',
      'uid=a\\,ou=people,dc=acme,dc=example',
      'uid=a,xou=people,dc=acme,dc=example',
      'uid=a;ou=people,dc=evil',
      'not a name',
    ]) {
      assert.ok(!is_under(outside, base), outside);
    }
  });

  it('never end the process, whatever a server sends', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof dn_key(text) === 'string'));
    fc.assert(fc.property(fc.stringMatching(/^[cn=,+\\" 0-9a-f]*$/), (text) => typeof dn_key(text) === 'string'));
  });
});
