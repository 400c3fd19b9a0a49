import assert from 'node:assert/strict';
import { createVerify } from 'node:crypto';
import { before, describe, it } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { SignedXml } from 'xml-crypto';
import type { ConnectionKey, Departure } from '../../../connectors/connector.ts';
import { attribute_in, text_in } from '../../../src/mock/saml/requests.ts';
import { connection_keys, new_handle, open_saml, SP, TestTools, test_call } from '../../support/saml/connection.ts';
import { rsa_signer, type Signer } from '../../support/saml/signer.ts';

describe('our AuthnRequest', () => {
  let keys: readonly ConnectionKey[];
  let idp: Signer;
  before(async () => {
    [keys, idp] = await Promise.all([connection_keys(), rsa_signer()]);
  });
  const open = (more: Readonly<Record<string, unknown>> = {}) =>
    open_saml(
      { entity_id: 'https://idp.example', sso_url: 'https://idp.example/sso?tenant=1', certificates: [idp.certificate_pem], ...more },
      new TestTools(keys),
    );
  const xml_of = ({ send }: Departure): string =>
    send.method === 'POST'
      ? Buffer.from(send.fields['SAMLRequest'] ?? '', 'base64').toString()
      : inflateRawSync(Buffer.from(new URL(send.url).searchParams.get('SAMLRequest') ?? '', 'base64')).toString();

  it('by Redirect is signed over the query as it is sent', async () => {
    const departure = await (await open()).begin({ handle: new_handle() }, test_call());
    assert.equal(departure.send.method, 'GET');
    const query = departure.send.url.slice('https://idp.example/sso?tenant=1&'.length);
    const [signed = '', signature = ''] = query.split('&Signature=');
    assert.match(signed, /^SAMLRequest=[^&]+&RelayState=[^&]+&SigAlg=[^&]+$/);
    const verifier = createVerify('sha256').update(signed);
    assert.ok(verifier.verify(keys[0]?.certificate_pem ?? '', decodeURIComponent(signature), 'base64'));
  });

  it('by POST carries an enveloped signature behind its Issuer, which xml-crypto verifies', async () => {
    const xml = xml_of(await (await open({ sso_binding: 'post' })).begin({ handle: new_handle() }, test_call()));
    const signature = /<ds:Signature .*<\/ds:Signature>/s.exec(xml)?.[0] ?? '';
    assert.match(xml, /<\/saml:Issuer><ds:Signature /);
    const verifier = new SignedXml({ publicCert: keys[0]?.certificate_pem ?? '', getCertFromKeyInfo: () => null });
    verifier.loadSignature(signature);
    assert.ok(verifier.checkSignature(xml));
  });

  it('is not signed where the connection says so', async () => {
    const departure = await (await open({ sign_requests: false })).begin({ handle: new_handle() }, test_call());
    assert.ok(departure.send.method === 'GET' && !departure.send.url.includes('Signature='));
  });

  it('says where it goes, where the answer goes, and who asks, and never IsPassive', async () => {
    const handle = new_handle();
    const departure = await (
      await open({ sp_entity_id: 'urn:old:broker', name_id_format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent' })
    ).begin({ handle }, test_call());
    const xml = xml_of(departure);
    assert.equal(attribute_in(xml, 'AuthnRequest', 'Destination'), 'https://idp.example/sso?tenant=1');
    assert.equal(attribute_in(xml, 'AuthnRequest', 'AssertionConsumerServiceURL'), SP.acs_url);
    assert.equal(attribute_in(xml, 'AuthnRequest', 'ID'), departure.pending['request_id']);
    assert.equal(text_in(xml, 'Issuer'), 'urn:old:broker');
    assert.equal(attribute_in(xml, 'NameIDPolicy', 'Format'), 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent');
    assert.doesNotMatch(xml, /IsPassive|ForceAuthn|Scoping|Subject|RequestedAuthnContext/);
  });

  it('asks for a fresh sign-in, a context and a person as the app does', async () => {
    const connector = await open({ authn_context: 'urn:configured' });
    const hint = { handle: new_handle(), force_authn: true, acr_values: ['urn:a', 'urn:<b>'], login_hint: "o'neil&<x>@acme.example" };
    const xml = xml_of(await connector.begin(hint, test_call()));
    assert.equal(attribute_in(xml, 'AuthnRequest', 'ForceAuthn'), 'true');
    assert.equal(text_in(xml, 'NameID'), hint.login_hint);
    assert.match(
      xml,
      /Comparison="exact"><saml:AuthnContextClassRef>urn:a<\/saml:AuthnContextClassRef><saml:AuthnContextClassRef>urn:&lt;b&gt;</,
    );
    assert.match(xml_of(await connector.begin({ handle: new_handle() }, test_call())), /urn:configured/);
    assert.doesNotMatch(xml_of(await (await open({ send_login_hint: false })).begin(hint, test_call())), /Subject/);
  });

  it('never has the ID of another, even for one handle', async () => {
    const connector = await open();
    const handle = new_handle();
    const ids = await Promise.all(
      Array.from({ length: 20 }, async () => (await connector.begin({ handle }, test_call())).pending['request_id']),
    );
    assert.equal(new Set(ids).size, 20);
    assert.ok(ids.every((id) => /^_[\w.-]{40,120}$/.test(String(id))));
  });
});
