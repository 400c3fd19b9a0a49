/**
 * Makes the golden SAML messages in test/golden/saml: signed by xml-crypto, by xmlsec1 and by the mock partner, with keys that are kept beside them.
 * `node --import tsx scripts/golden_saml.ts`. RSA PKCS #1 signs the same way every time; PSS, ECDSA and encryption do not, so that those files change.
 */
import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Switches } from '../src/mock/switches.ts';
import { saml_switches } from '../src/mock/saml/index.ts';
import { make_answer } from '../src/mock/saml/make_answer.ts';
import { assertion_xml, response_xml } from '../src/mock/saml/response.ts';
import { person } from '../test/support/people.ts';
import { SP } from '../test/support/saml/connection.ts';
import { encrypt_for } from '../test/support/saml/encryption.ts';
import { an_answer, forge_xml, IDP, NOW, REQUEST_ID, type Forging } from '../test/support/saml/forge.ts';
import { C14N, ec_signer, rsa_signer, type Signer, SIGNATURE_URIS } from '../test/support/saml/signer.ts';
import { ensure_packages } from './debian_packages.ts';

const folder = join(import.meta.dirname, '../test/golden/saml');
const MORE = 'http://www.w3.org/2001/04/xmldsig-more#';

/** A key that is kept: made when there is none yet. Only ever for these files. */
async function kept(name: string, make: () => Promise<Signer>): Promise<Signer> {
  const file = join(folder, `${name}.pem`);
  if (!existsSync(file)) {
    const { private_key, certificate_pem } = await make();
    writeFileSync(file, `${certificate_pem.trim()}\n${private_key.export({ type: 'pkcs8', format: 'pem' }).toString()}`);
  }
  const pem = readFileSync(file, 'utf8');
  return { certificate_pem: new X509Certificate(pem).toString(), private_key: createPrivateKey(pem) };
}

mkdirSync(folder, { recursive: true });
ensure_packages({ xmlsec1: '/usr/bin/xmlsec1' });
const signers = {
  rsa: await kept('rsa', rsa_signer),
  p256: await kept('p256', () => ec_signer('P-256')),
  p384: await kept('p384', () => ec_signer('P-384')),
  p521: await kept('p521', () => ec_signer('P-521')),
};
const decryption_file = join(folder, 'decryption.pem');
if (!existsSync(decryption_file)) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(decryption_file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
}
const decryption = createPublicKey(readFileSync(decryption_file));
const bench = {
  idp: signers.rsa,
  stranger: signers.rsa,
  decryption: { privateKey: createPrivateKey(readFileSync(decryption_file)), publicKey: decryption },
};

type SignerName = keyof typeof signers;
const index: { file: string; made_by: string; signer: SignerName }[] = [];
const write = (made_by: string, name: string, xml: string, signer: SignerName = 'rsa'): void => {
  const file = `${made_by}_${name}.xml`;
  writeFileSync(join(folder, file), xml);
  index.push({ file, made_by, signer });
};

// xml-crypto
const by_xml_crypto = (name: string, forging: Forging, signer: SignerName = 'rsa'): void =>
  write('xml-crypto', name, forge_xml(bench, { ...forging, signer: signers[signer] }), signer);
const unusual = { name_id: 'Zoë 🦉 <&>"', attributes: { cn: ['a\r\nb\tc', '日本'], mail: [] } };
by_xml_crypto('assertion', {});
by_xml_crypto('response', { sign: 'response' });
by_xml_crypto('both', { sign: 'both', answer: unusual });
by_xml_crypto('inclusive', { sign: 'response', options: { canonicalization: C14N.inclusive } });
by_xml_crypto('inclusive_1_1', { sign: 'response', options: { canonicalization: C14N.inclusive_1_1 } });
by_xml_crypto('prefix_list', { options: { inclusive_prefixes: ['saml', 'xs'] } });
for (const uri of SIGNATURE_URIS) {
  const name = uri.split('#')[1] ?? '';
  if (/rsa-sha(384|512)$|MGF1$/.test(name)) by_xml_crypto(name, { options: { algorithm: uri, digest: 'sha512' } });
}
by_xml_crypto('ecdsa-sha256', { options: { algorithm: `${MORE}ecdsa-sha256` } }, 'p256');
by_xml_crypto('ecdsa-sha384', { options: { algorithm: `${MORE}ecdsa-sha384`, digest: 'sha384' } }, 'p384');
by_xml_crypto('ecdsa-sha512', { options: { algorithm: `${MORE}ecdsa-sha512` } }, 'p521');
for (const cipher of ['aes128-gcm', 'aes256-gcm', 'aes128-cbc', 'aes256-cbc'] as const)
  for (const digest of ['sha1', 'sha256'] as const)
    by_xml_crypto(`${cipher}_oaep-${digest}`, {
      sealed: (xml) => encrypt_for(decryption, xml, 'saml:EncryptedAssertion', { cipher, digest, mask: digest }),
    });

// xmlsec1: fills in a template that is written by hand, with other prefixes, white space and comments
interface Template {
  readonly algorithm?: string;
  readonly canonicalization?: string;
  readonly signed: 'Assertion' | 'Response';
}
function by_xmlsec1(
  name: string,
  { algorithm = `${MORE}rsa-sha256`, canonicalization = C14N.exclusive, signed }: Template,
  signer: SignerName = 'rsa',
): void {
  const answer = an_answer(unusual);
  const signature = `
  <Signature xmlns="http://www.w3.org/2000/09/xmldsig#">
    <!-- filled in by xmlsec1 -->
    <SignedInfo>
      <CanonicalizationMethod Algorithm="${canonicalization}"/>
      <SignatureMethod Algorithm="${algorithm}"/>
      <Reference URI="#${signed === 'Assertion' ? answer.assertion_id : answer.response_id}">
        <Transforms>
          <Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>
          <Transform Algorithm="${canonicalization}"/>
        </Transforms>
        <DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>
        <DigestValue/>
      </Reference>
    </SignedInfo>
    <SignatureValue/>
  </Signature>`;
  const whole = response_xml(answer, assertion_xml(answer))
    .replaceAll('samlp:', 'saml2p:')
    .replaceAll('xmlns:samlp', 'xmlns:saml2p')
    .replaceAll('saml:', 'a:')
    .replaceAll('xmlns:saml=', 'xmlns:a=')
    .replace(/<a:(Subject|Conditions|AuthnStatement|AttributeStatement)\b/g, '\n  <!-- $1 -->\n  <a:$1');
  const at = whole.indexOf('</a:Issuer>', signed === 'Assertion' ? whole.indexOf('<a:Assertion') : 0) + '</a:Issuer>'.length;
  const work = mkdtempSync(join(tmpdir(), 'postern-golden-'));
  try {
    const [template, key, out] = [join(work, 'template.xml'), join(work, 'key.pem'), join(work, 'out.xml')];
    writeFileSync(template, whole.slice(0, at) + signature + whole.slice(at));
    writeFileSync(key, signers[signer].private_key.export({ type: 'pkcs8', format: 'pem' }));
    const ids = ['urn:oasis:names:tc:SAML:2.0:protocol:Response', 'urn:oasis:names:tc:SAML:2.0:assertion:Assertion'].flatMap((id) => [
      '--id-attr:ID',
      id,
    ]);
    execFileSync('/usr/bin/xmlsec1', ['--sign', '--privkey-pem', key, ...ids, '--output', out, template], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    write('xmlsec1', name, readFileSync(out, 'utf8'), signer);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
by_xmlsec1('assertion', { signed: 'Assertion' });
by_xmlsec1('response', { signed: 'Response', algorithm: `${MORE}rsa-sha384` });
by_xmlsec1('inclusive', { signed: 'Response', canonicalization: C14N.inclusive, algorithm: `${MORE}rsa-sha512` });
by_xmlsec1('inclusive_1_1', { signed: 'Assertion', canonicalization: C14N.inclusive_1_1 });
by_xmlsec1('ecdsa-sha256', { signed: 'Assertion', algorithm: `${MORE}ecdsa-sha256` }, 'p256');
by_xmlsec1('ecdsa-sha384', { signed: 'Response', algorithm: `${MORE}ecdsa-sha384` }, 'p384');

// the mock partner
for (const on of [[], ['sign_response_only'], ['sign_both'], ['no_attributes']]) {
  const { private_key, certificate_pem } = signers.rsa;
  const key = { private_key_pem: private_key.export({ type: 'pkcs8', format: 'pem' }).toString(), certificate_pem };
  const request = { id: REQUEST_ID, sp: SP.entity_id, acs_url: SP.acs_url };
  const saying = {
    ...{ issuer: IDP, key, other_key: key, switches: new Switches(saml_switches, on), now: NOW, authenticated_at: NOW },
    ...{ session_index: '_session1', sign: 'assertion' as const, name_id_format: undefined, encryption_certificate: undefined },
  };
  // its IDs are new each time: the same every time here
  write(
    'mock',
    on[0] ?? 'assertion',
    make_answer(
      person('ann', { groups: ['Staff'] }),
      request as Parameters<typeof make_answer>[1],
      saying as Parameters<typeof make_answer>[2],
    ).xml,
  );
}

writeFileSync(join(folder, 'index.json'), `${JSON.stringify(index, undefined, 2)}\n`);
console.log(`${index.length} messages`);
