import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { read_partner_metadata } from '../../../connectors/saml/partner_metadata.ts';
import { certificate_body } from '../../../src/mock/saml/keys.ts';
import { saml } from '../../support/saml/connection.ts';
import { rsa_signer, type Signer } from '../../support/saml/signer.ts';

const MD = 'urn:oasis:names:tc:SAML:2.0:metadata';
const HTTP = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-';

describe('the settings of a SAML connection', () => {
  let signer: Signer;
  let other: Signer;
  let weak: Signer;
  before(async () => {
    [signer, other, weak] = await Promise.all([rsa_signer(), rsa_signer(), rsa_signer(1024)]);
  });
  const by_hand = (more: Readonly<Record<string, unknown>> = {}) => ({
    entity_id: 'https://idp.example',
    sso_url: 'https://idp.example/sso',
    certificates: [signer.certificate_pem],
    ...more,
  });
  const wrong = (settings: unknown): string[] => {
    const parsed = saml.parse(settings);
    assert.ok(!parsed.ok);
    assert.ok(parsed.errors.every(({ message }) => message.length > 0));
    return parsed.errors.map(({ path }) => path).sort();
  };
  const key = (pem: string, use = ''): string =>
    `<md:KeyDescriptor${use === '' ? '' : ` use="${use}"`}><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>\n${certificate_body(pem)}\n</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`;
  const entity = (inside: string, id = 'https://idp.example', more = ''): string =>
    `<md:EntityDescriptor xmlns:md="${MD}" entityID="${id}"${more}><md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${inside}<md:SingleSignOnService Binding="${HTTP}POST" Location="https://idp.example/post"/><md:SingleSignOnService Binding="${HTTP}Redirect" Location="https://idp.example/redirect"/></md:IDPSSODescriptor></md:EntityDescriptor>`;
  const partner_of = (xml: string, entity_id?: string) => {
    const read = read_partner_metadata(xml, entity_id);
    assert.ok(read.ok, read.ok ? '' : read.problem);
    return read.partner;
  };
  const problem_of = (xml: string, entity_id?: string): string => {
    const read = read_partner_metadata(xml, entity_id);
    assert.ok(!read.ok);
    return read.problem;
  };

  it('name every wrong field', () => {
    assert.deepEqual(wrong({}), ['saml.metadata_url']);
    assert.deepEqual(wrong('text'), ['saml']);
    assert.deepEqual(wrong({ entity_id: 'x' }), ['saml.certificates', 'saml.sso_url']);
    assert.deepEqual(
      wrong(
        by_hand({
          clock_skew_seconds: 181,
          want_signed: 'none',
          nonsense: 1,
          sso_url: 'javascript:alert(1)',
          certificates: [signer.certificate_pem, 'no certificate'],
        }),
      ),
      ['saml.certificates.1', 'saml.clock_skew_seconds', 'saml.nonsense', 'saml.sso_url', 'saml.want_signed'],
    );
    assert.deepEqual(wrong(by_hand({ metadata_url: 'https://idp.example/metadata' })), ['saml.certificates', 'saml.sso_url']);
    assert.deepEqual(wrong({ metadata_url: 'https://a.example', metadata_xml: '<x/>' }), ['saml.metadata_xml']);
    assert.deepEqual(wrong({ metadata_xml: '<x/>' }), ['saml.metadata_xml']);
    assert.deepEqual(wrong({ metadata_url: 'ftp://idp.example' }), ['saml.metadata_url']);
    assert.deepEqual(wrong(by_hand({ certificates: [] })), ['saml.certificates']);
    assert.deepEqual(wrong(by_hand({ certificates: [weak.certificate_pem] })), ['saml.certificates.0']);
  });

  it('have the defaults of the contract', () => {
    const parsed = saml.parse(by_hand());
    assert.ok(parsed.ok);
    const { source: _, ...config } = parsed.config;
    assert.deepEqual(config, {
      sign_requests: true,
      want_signed: 'either',
      want_encrypted: false,
      authn_context_comparison: 'exact',
      force_authn: false,
      send_login_hint: true,
      clock_skew_seconds: 60,
      idp_initiated: 'off',
      allow_sha1: false,
      expired_certificate: 'refuse',
      key_changes: 'apply',
      acs_aliases: [],
      logout: 'off',
    });
  });

  it('take a certificate with or without its PEM lines', () => {
    assert.ok(saml.parse(by_hand({ certificates: [certificate_body(signer.certificate_pem)] })).ok);
  });

  describe('metadata', () => {
    it('with keys without `use`, several signing keys, and none for encryption only', () => {
      const { certificates } = partner_of(
        entity(key(signer.certificate_pem) + key(other.certificate_pem, 'signing') + key(weak.certificate_pem, 'signing')),
      );
      assert.equal(certificates.length, 2);
      assert.equal(
        partner_of(entity(key(signer.certificate_pem, 'signing') + key(other.certificate_pem, 'encryption'))).certificates.length,
        1,
      );
      assert.match(problem_of(entity(key(signer.certificate_pem, 'encryption'))), /no signing certificate/);
      assert.match(problem_of(entity('')), /no signing certificate/);
    });
    it('of one provider among several, by its entity id', () => {
      const all = `<md:EntitiesDescriptor xmlns:md="${MD}" validUntil="2031-01-01T00:00:00Z"><md:EntitiesDescriptor>${entity(key(signer.certificate_pem), 'https://one.example', ' validUntil="2030-01-01T00:00:00Z" cacheDuration="PT1H"')}</md:EntitiesDescriptor>${entity(key(other.certificate_pem), 'https://two.example')}</md:EntitiesDescriptor>`;
      const one = partner_of(all, 'https://one.example');
      assert.equal(one.valid_until, Date.UTC(2030, 0, 1));
      assert.equal(one.cache_ms, 3_600_000);
      assert.equal(partner_of(all, 'https://two.example').valid_until, Date.UTC(2031, 0, 1));
      assert.match(problem_of(all), /entity_id/);
      assert.match(problem_of(all, 'https://three.example'), /three/);
    });
    it('of a service provider is refused in words that help', () => {
      const xml = `<md:EntityDescriptor xmlns:md="${MD}" entityID="x"><md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"/></md:EntityDescriptor>`;
      assert.match(problem_of(xml), /service provider/);
    });
    it('that is broken, a web page, a bomb, or leads elsewhere', () => {
      for (const xml of [
        '',
        'not found',
        '<!doctype html><html></html>',
        '<html/>',
        '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        entity(key(signer.certificate_pem)).slice(0, -5),
        entity(key(signer.certificate_pem)).replaceAll('https://idp.example/', 'javascript:'),
        entity(key(signer.certificate_pem)).replaceAll('SAML:2.0:protocol', 'SAML:1.1:protocol'),
      ])
        assert.ok(problem_of(xml).length > 20, xml);
    });
  });
});
