import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ldap } from '../../../connectors/ldap/ldap.ts';

const good = {
  urls: ['ldaps://dc1.acme.example'],
  bind_dn: 'cn=svc,dc=acme,dc=example',
  bind_password: 'secret',
  base_dn: 'dc=acme,dc=example',
};
const wrong_of = (settings: unknown): string[] => {
  const parsed = ldap.parse(settings);
  return parsed.ok ? [] : parsed.errors.map(({ path }) => path);
};
const config_of = (settings: unknown) => {
  const parsed = ldap.parse(settings);
  assert.ok(parsed.ok, parsed.ok ? '' : JSON.stringify(parsed.errors));
  return parsed.config;
};

describe('LDAP settings', () => {
  it('have defaults by vendor', () => {
    const config = config_of(good);
    assert.deepEqual(config.servers, [{ url: 'ldaps://dc1.acme.example', host: 'dc1.acme.example', port: 636 }]);
    assert.equal(config.vendor, 'generic');
    assert.equal(config.timeout_ms, 5000);
    assert.equal(config.nested_groups, true);
    assert.equal(config.group_base_dn, good.base_dn);
    assert.deepEqual([config.sync.enabled, config.sync.interval_seconds, config.sync.on_absent], [false, 300, 'deactivate']);
  });

  it('take everything that the contract names', () => {
    const all = {
      ...good,
      urls: ['ldap://dc1.acme.example:3389', 'ldap://[::1]', 'ldap://10.0.0.7/'],
      vendor: 'active_directory',
      tls: 'starttls',
      user_filter: '(&(objectClass=inetOrgPerson)(|(uid={login})(mail={login})))',
      group_base_dn: 'ou=groups,dc=acme,dc=example',
      group_filter: '(objectClass=group)',
      nested_groups: false,
      timeout_ms: 1000,
      sync: { enabled: true, interval_seconds: 1, user_filter: '(objectClass=person)', on_absent: 'deactivate' },
    };
    const config = config_of(all);
    assert.deepEqual(
      config.servers.map(({ host, port }) => [host, port]),
      [
        ['dc1.acme.example', 3389],
        ['::1', 389],
        ['10.0.0.7', 389],
      ],
    );
  });

  it('name every wrong field at once', () => {
    const settings = {
      urls: ['http://x', 'ldaps://ok'],
      vendor: 'novell',
      timeout_ms: 1,
      base_dn: 'acme',
      colour: 'red',
      ca_pem: 'no certificate',
      user_filter: '(uid=',
      group_filter: '(member={dn})',
      bind_password: 'a\0b',
      sync: { interval_seconds: 0, user_filter: '(', on_absent: 'delete' },
    };
    const fields = [
      'base_dn',
      'bind_password',
      'ca_pem',
      'colour',
      'group_filter',
      'sync.interval_seconds',
      'sync.on_absent',
      'sync.user_filter',
    ];
    const all = [...fields, 'timeout_ms', 'urls.0', 'user_filter', 'vendor'];
    assert.deepEqual(
      wrong_of(settings).sort(),
      all.map((field) => `ldap.${field}`),
    );
    assert.deepEqual(wrong_of(undefined), ['ldap']);
    assert.deepEqual(wrong_of({}).sort(), ['ldap.base_dn', 'ldap.urls']);
  });

  it('refuse an address whose scheme is not what tls says', () => {
    assert.deepEqual(wrong_of({ ...good, urls: ['ldap://dc1'] }), ['ldap.urls.0']);
    assert.deepEqual(wrong_of({ ...good, tls: 'starttls' }), ['ldap.urls.0']);
    assert.deepEqual(wrong_of({ ...good, tls: 'none' }), ['ldap.urls.0']);
    for (const url of [
      'ldaps://',
      'ldaps://user@dc1',
      'ldaps://dc1/dc=acme',
      'ldaps://dc1?x',
      'ldaps://dc1:0',
      'ldaps://dc1:70000',
      'ldaps://dc 1',
      'ldaps://dc1\n',
    ]) {
      assert.deepEqual(wrong_of({ ...good, urls: [url] }), ['ldap.urls.0'], url);
    }
  });

  it('search anonymously only when neither name nor password is given, and never in Active Directory', () => {
    const { bind_dn: _dn, bind_password: _password, ...anonymous } = good;
    assert.equal(config_of(anonymous).service, undefined);
    assert.deepEqual(wrong_of({ ...anonymous, vendor: 'active_directory' }), ['ldap.bind_dn']);
    assert.deepEqual(wrong_of({ ...anonymous, bind_dn: good.bind_dn }), ['ldap.bind_password']);
    assert.deepEqual(wrong_of({ ...anonymous, bind_password: 'x' }), ['ldap.bind_dn']);
    // an empty password would be an anonymous bind with a name on it
    assert.deepEqual(wrong_of({ ...good, bind_password: '' }), ['ldap.bind_password']);
  });

  it('want {login} in the filter for people, in values only', () => {
    for (const user_filter of ['(objectClass=person)', '({login}=x)', '(uid={login}*)', '(uid=*{login})', '({login})', 'uid={login}']) {
      assert.deepEqual(wrong_of({ ...good, user_filter }), ['ldap.user_filter'], user_filter);
    }
    assert.deepEqual(wrong_of({ ...good, group_filter: '(memberUid={login})' }).at(0), 'ldap.group_filter');
  });

  it('say which of them are secret, and which say where the partner is', () => {
    assert.deepEqual(ldap.secrets, ['bind_password']);
    assert.deepEqual(ldap.endpoints, ['urls', 'tls']);
  });
});
