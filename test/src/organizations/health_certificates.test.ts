import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { partner_certificates, partner_metadata, own_certificates } from '../../../src/organizations/health/certificates.ts';
import type { ConnectionView } from '../../../src/organizations/index.ts';
import type { ConnectionKeyRow } from '../../../src/storage/index.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 0, 1);
const at = (days: number): string => new Date(NOW + days * DAY_MS).toISOString();
const certificate = (days: number) => ({
  ...{ subject: 'CN=idp', issuer: 'CN=idp', serial: '01', sha256: 'ab', not_before: at(-1), not_after: at(days), days_left: days },
});
const trust = {
  certificates: [] as ReturnType<typeof certificate>[],
  waiting: null,
  read_at: null,
  refresh_at: null,
  valid_until: null,
  last_error: null,
};
const connection = (
  changes: Partial<typeof trust> & Pick<NonNullable<ConnectionView['trust']>, 'certificates'>,
  rest = {},
): ConnectionView => ({
  ...{ id: 'con_1', protocol: 'saml', name: 'Acme', enabled: true, attribute_mapping: null, created_at: at(0), updated_at: at(0) },
  provisioning: { jit: true, update_on_login: true, link_by: 'none' },
  service_provider: { metadata_url: 'https://login.example/saml/con_1/metadata' },
  trust: { ...trust, ...changes, ...rest },
});
const key = (state: ConnectionKeyRow['state'], days: number): ConnectionKeyRow => ({
  ...{ org_id: 'org_1', id: `key_${state}`, connection_id: 'con_1', use: 'signing', state, certificate_pem: '', sealed_private_key: '' },
  ...{ created_at: NOW, expires_at: NOW + days * DAY_MS },
});

describe('the health of certificates', () => {
  const level = (...ends: number[]) => partner_certificates(connection({ certificates: ends.map(certificate) }), NOW)[0]?.level;

  it('is good until 60 days before the end, a warning until 14, wrong after', () => {
    assert.deepEqual(
      [61, 60, 15, 14, 1, 0, -1].map((days) => level(days)),
      ['good', 'warning', 'warning', 'wrong', 'wrong', 'wrong', 'wrong'],
    );
  });

  it('counts the last to end of several: the next one has come in time', () => {
    assert.equal(level(3, 400), 'good');
    assert.equal(level(-3, 20), 'warning');
  });

  it('is wrong where none is known', () => assert.equal(level(), 'wrong'));

  it('tells of keys that wait before it tells of metadata that cannot be read', () => {
    const waiting = { found_at: at(0), added: [certificate(90)], removed: [] };
    const last_error = { at: at(0), message: 'no answer' };
    const of = (rest: object) => partner_metadata(connection({ certificates: [] }, rest))[0]?.level;
    assert.equal(of({ waiting, last_error, read_at: at(0) }), 'wrong');
    assert.equal(of({ last_error, read_at: at(0) }), 'warning');
    assert.equal(of({ read_at: at(0) }), 'good');
  });

  it('warns of our own key as soon as its successor is published, and is wrong once ours has ended', () => {
    const of = (...keys: ConnectionKeyRow[]) => own_certificates(connection({ certificates: [] }), keys, NOW)[0];
    assert.equal(of(key('current', 200))?.level, 'good');
    assert.equal(of(key('current', 80), key('next', 3650))?.level, 'warning');
    assert.match(of(key('current', 80), key('next', 3650))?.fix ?? '', /https:\/\/login\.example\/saml\/con_1\/metadata/);
    assert.equal(of(key('current', -1), key('next', 3650))?.level, 'wrong');
    assert.equal(of(key('retired', -1)), undefined);
  });
});
