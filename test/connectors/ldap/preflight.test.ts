import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Check } from '../../../connectors/connector.ts';
import { type MockLdap, start_mock_ldap } from '../../../src/mock/ldap/index.ts';
import { make_call, open_ldap } from '../../support/ldap_connector.ts';
import { person } from '../../support/people.ts';
import { settings_for } from './mock_stage.ts';

describe('the connection test', () => {
  let mock: MockLdap;
  before(async () => {
    mock = await start_mock_ldap({ people: [person('carol')] });
  });
  after(() => mock.close());
  afterEach(() => mock.switches.reset());
  const test = async (more: Record<string, unknown> = {}, now = Date.now()): Promise<readonly Check[]> => {
    const connector = open_ldap(settings_for(mock, 'openldap', more), { now: () => now });
    const call = make_call();
    const checks = await connector.preflight(call);
    assert.deepEqual(call.checks, checks);
    await connector.close?.();
    return checks;
  };
  const failed = (checks: readonly Check[]): string[] => checks.filter(({ ok }) => !ok).map(({ name }) => name);

  it('looks at everything that a sign-in needs', async () => {
    const names = ['connect', 'certificate', 'service_account', 'base_dn', 'group_base_dn', 'user_filter', 'immutable_id'];
    const checks = await test({ group_base_dn: mock.group_base_dn });
    assert.deepEqual(
      checks.map(({ name }) => name),
      names,
    );
    assert.deepEqual(failed(checks), []);
  });

  it('counts the days that the certificate has left', async () => {
    const in_80_days = Date.now() + 80 * 86_400_000;
    const checks = await test({}, in_80_days);
    assert.deepEqual(failed(checks), ['certificate']);
    assert.match(checks.find(({ name }) => name === 'certificate')?.detail ?? '', /valid for (9|10) days/);
  });

  it('calls clear text a fault', async () => {
    assert.deepEqual(failed(await test({ urls: mock.plain_urls, tls: 'none', ca_pem: undefined })), ['encryption']);
  });

  it('each fault says what to change', async () => {
    const faults: readonly (readonly [string, Record<string, unknown>, string?])[] = [
      ['connect', { urls: ['ldaps://127.0.0.1:1'] }],
      ['connect', { ca_pem: undefined }],
      ['connect', {}, 'wrong_name'],
      ['connect', {}, 'expired_certificate'],
      ['connect', { urls: mock.plain_urls, tls: 'starttls' }, 'no_starttls'],
      ['service_account', { bind_password: 'wrong' }],
      ['base_dn', { base_dn: 'dc=nowhere' }],
      ['group_base_dn', { group_base_dn: `ou=nowhere,${mock.base_dn}` }],
      ['user_filter', { user_filter: '(employeeNumber={login})' }],
      ['immutable_id', {}, 'no_ids'],
    ];
    for (const [name, more, on] of faults) {
      if (on !== undefined) mock.switches.set(on, true);
      const checks = await test(more);
      const bad = checks.filter(({ ok }) => !ok);
      assert.deepEqual(
        bad.map((check) => check.name),
        [name],
        `${name} ${on ?? ''}`,
      );
      assert.ok(
        bad.every(({ fix }) => fix !== undefined && fix.length > 10),
        `${name} ${on ?? ''}`,
      );
      mock.switches.reset();
    }
  });

  it('tries every server by itself', async () => {
    const checks = await test({ urls: ['ldaps://127.0.0.1:1', mock.url] });
    assert.deepEqual(failed(checks), ['connect']);
    assert.ok(checks.some(({ name, detail }) => name === 'user_filter' && detail.startsWith(mock.url)));
  });
});
