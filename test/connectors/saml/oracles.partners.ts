import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { ensure_packages } from '../../../scripts/debian_packages.ts';
import { accepted, base64, type Bench, forge_xml, type Forging, make_bench, trust_of, try_response } from '../../support/saml/forge.ts';
import { mutate, mutations } from '../../support/saml/mutations.ts';
import { connection_keys, new_handle, open_saml, TestTools, test_call } from '../../support/saml/connection.ts';
import { C14N, SIGNATURE_URIS } from '../../support/saml/signer.ts';
import * as fc from 'fast-check';

const SCHEMAS = '/usr/share/xml/opensaml';
const TOOLING = '/usr/share/xml/xmltooling';

describe('programs of others agree', () => {
  let folder: string;
  let bench: Bench;
  before(async () => {
    ensure_packages({
      xmlsec1: '/usr/bin/xmlsec1',
      'libxml2-utils': '/usr/bin/xmllint',
      'opensaml-schemas': `${SCHEMAS}/saml-schema-metadata-2.0.xsd`,
      'xmltooling-schemas': `${TOOLING}/xmldsig-core-schema.xsd`,
    });
    folder = mkdtempSync(join(tmpdir(), 'postern-oracles-'));
    bench = await make_bench();
    writeFileSync(join(folder, 'idp.pem'), bench.idp.certificate_pem);
    writeFileSync(join(folder, 'catalog.xml'), catalog());
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** xmlsec1 on the signature of the element of this name. */
  const xmlsec1_verifies = (xml: string, element: 'Response' | 'Assertion'): boolean => {
    const file = join(folder, 'message.xml');
    writeFileSync(file, xml);
    const id = element === 'Response' ? 'urn:oasis:names:tc:SAML:2.0:protocol:Response' : 'urn:oasis:names:tc:SAML:2.0:assertion:Assertion';
    const node = `/*[local-name()='Response']${element === 'Assertion' ? "/*[local-name()='Assertion']" : ''}/*[local-name()='Signature']`;
    const ids = [
      '--id-attr:ID',
      'urn:oasis:names:tc:SAML:2.0:protocol:Response',
      '--id-attr:ID',
      'urn:oasis:names:tc:SAML:2.0:assertion:Assertion',
    ];
    assert.ok(ids.includes(id));
    const { status } = spawnSync(
      '/usr/bin/xmlsec1',
      ['--verify', '--pubkey-cert-pem', join(folder, 'idp.pem'), ...ids, '--node-xpath', node, file],
      { encoding: 'utf8' },
    );
    return status === 0;
  };
  const is_valid = (xml: string, schema: string): void => {
    const file = join(folder, 'document.xml');
    writeFileSync(file, xml);
    const { status, stderr } = spawnSync('/usr/bin/xmllint', ['--nonet', '--noout', '--schema', join(SCHEMAS, schema), file], {
      encoding: 'utf8',
      env: { ...process.env, XML_CATALOG_FILES: join(folder, 'catalog.xml') },
    });
    assert.equal(status, 0, stderr);
  };

  const forgings: readonly Forging[] = [
    ...SIGNATURE_URIS.filter((uri) => /rsa-sha(256|384|512)$/.test(uri)).map((algorithm) => ({
      sign: 'both' as const,
      options: { algorithm },
    })),
    ...[C14N.exclusive, C14N.inclusive, C14N.inclusive_1_1].map((canonicalization) => ({
      sign: 'response' as const,
      options: { canonicalization },
    })),
    { sign: 'assertion', answer: { name_id: 'Zoë 🦉 <&>"', attributes: { cn: ['a\r\nb\tc', '日本'] } } },
  ];
  for (const forging of forgings) {
    it(`xmlsec1 verifies what we accept: ${JSON.stringify(forging)}`, () => {
      const xml = forge_xml(bench, forging);
      accepted(try_response(base64(xml), trust_of(bench)));
      if (forging.sign !== 'assertion') assert.ok(xmlsec1_verifies(xml, 'Response'));
      if (forging.sign !== 'response') assert.ok(xmlsec1_verifies(xml, 'Assertion'));
    });
  }

  it('xmlsec1 verifies whatever mutation we accept', () => {
    // without KeyInfo, which xmlsec1 reads and we do not: it would refuse changes in there
    const xml = forge_xml(bench, { sign: 'response', after: (signed) => signed.replace(/<ds:KeyInfo>.*<\/ds:KeyInfo>/s, '') });
    const trust = trust_of(bench);
    let compared = 0;
    fc.assert(
      fc.property(mutations, (list) => {
        const mutated = mutate(xml, list.slice(0, 2));
        const result = try_response(base64(mutated), trust);
        // a status other than success is believed as a refusal, signed or not
        if ('refusal' in result || result.verdict.kind === 'status' || mutated === xml) return;
        compared++;
        assert.ok(xmlsec1_verifies(mutated, 'Response'), mutated);
      }),
      { numRuns: 2000 },
    );
    assert.ok(compared > 0);
  });

  it('our metadata is valid against the schemas of OASIS, whatever the connection is like', async () => {
    const keys = await connection_keys();
    const by_hand = { entity_id: 'https://idp.example', sso_url: 'https://idp.example/sso', certificates: [bench.idp.certificate_pem] };
    for (const more of [{}, { sign_requests: false, want_signed: 'response' }, { name_id_format: 'urn:x', sp_entity_id: 'urn:a&b<c>' }]) {
      for (const some of [keys, keys.slice(0, 2), []])
        is_valid(
          (await (await open_saml({ ...by_hand, ...more }, new TestTools(some))).metadata?.())?.body ?? '',
          'saml-schema-metadata-2.0.xsd',
        );
    }
  });

  it('our requests are valid against the schemas of OASIS', async () => {
    const keys = await connection_keys();
    const by_hand = {
      entity_id: 'https://idp.example',
      sso_url: 'https://idp.example/sso',
      slo_url: 'https://idp.example/slo',
      certificates: [bench.idp.certificate_pem],
    };
    const hint = { handle: new_handle(), force_authn: true, login_hint: 'a@b.example', acr_values: ['urn:a', 'urn:b'] };
    for (const sso_binding of ['post', 'redirect'] as const) {
      const connector = await open_saml({ ...by_hand, sso_binding, name_id_format: 'urn:x' }, new TestTools(keys));
      const session = { name_id: 'somebody', name_id_format: 'urn:x', name_qualifier: 'q', sp_name_qualifier: 's', session_index: '_1' };
      for (const departure of [
        await connector.begin(hint, test_call()),
        await connector.logout?.begin(session, new_handle(), test_call()),
      ]) {
        assert.ok(departure);
        const { send } = departure;
        const message =
          send.method === 'POST'
            ? Buffer.from(send.fields['SAMLRequest'] ?? '', 'base64')
            : inflateRawSync(Buffer.from(new URL(send.url).searchParams.get('SAMLRequest') ?? '', 'base64'));
        is_valid(message.toString(), 'saml-schema-protocol-2.0.xsd');
      }
    }
  });
});

/** Where the schemas that the SAML ones import lie on this machine. */
function catalog(): string {
  const places: Readonly<Record<string, string>> = {
    'http://www.w3.org/TR/2002/REC-xmldsig-core-20020212/xmldsig-core-schema.xsd': `${TOOLING}/xmldsig-core-schema.xsd`,
    'http://www.w3.org/TR/xmldsig-core/xmldsig-core-schema.xsd': `${TOOLING}/xmldsig-core-schema.xsd`,
    'http://www.w3.org/TR/2002/REC-xmlenc-core-20021210/xenc-schema.xsd': `${TOOLING}/xenc-schema.xsd`,
    'http://www.w3.org/2001/xml.xsd': `${TOOLING}/xml.xsd`,
  };
  const uris = Object.entries(places).flatMap(([name, file]) => [
    `<uri name="${name}" uri="file://${file}"/>`,
    `<system systemId="${name}" uri="file://${file}"/>`,
  ]);
  return `<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">${uris.join('')}</catalog>`;
}
