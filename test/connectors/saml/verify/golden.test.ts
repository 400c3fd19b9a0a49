import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { prepare_certificates, type Trust } from '../../../../connectors/saml/verify/index.ts';
import { SP } from '../../../support/saml/connection.ts';
import { accepted, ATTACKER, IDP, NOW, REQUEST_ID, refused, try_response } from '../../../support/saml/forge.ts';

const folder = join(import.meta.dirname, '../../../golden/saml');
const read = (file: string): Buffer => readFileSync(join(folder, file));

interface Golden {
  readonly file: string;
  readonly made_by: string;
  readonly signer: string;
}
const index = JSON.parse(read('index.json').toString()) as readonly Golden[]; // as scripts/golden_saml.ts writes it

/** Whom each of them is about. */
const SUBJECTS = [ATTACKER, 'Zoë 🦉 <&>"', 'id-ann'];
/** A prime, so that no place in a message is left out for ever by its layout. */
const STEP = 41;

describe('golden messages of other implementations', () => {
  const decryption_keys = [createPrivateKey(read('decryption.pem'))];
  const trust_of = (signer: string): Trust => ({
    idp_entity_id: IDP,
    certificates: prepare_certificates([new X509Certificate(read(`${signer}.pem`)).toString()]),
    want_signed: 'either',
    want_encrypted: false,
    allow_sha1: false,
    decryption_keys,
    audience: SP.entity_id,
    acs_url: SP.acs_url,
    clock_skew_seconds: 60,
    now: NOW,
    in_response_to: REQUEST_ID,
  });

  for (const { file, signer } of index) {
    it(`${file} is accepted as it is, and with one byte flipped is refused or says the same`, () => {
      const trust = trust_of(signer);
      const bytes = read(file);
      const verified = accepted(try_response(bytes.toString('base64'), trust));
      assert.ok(SUBJECTS.includes(verified.name_id.value), verified.name_id.value);
      assert.equal(verified.encrypted, file.includes('oaep'));
      const flipped = (at: number): Buffer => {
        const copy = Buffer.from(bytes);
        copy[at] = (copy[at] ?? 0) ^ 1;
        return copy;
      };
      let refusals = 0;
      for (let at = 0; at < bytes.length; at += STEP) {
        const result = try_response(flipped(at).toString('base64'), trust);
        // a status other than success is believed as a refusal, signed or not
        if ('refusal' in result || result.verdict.kind === 'status') refusals++;
        else assert.deepEqual(accepted(result), verified);
      }
      assert.ok(refusals > bytes.length / STEP / 4);
      // where a name, a digest or a signature begins, each flip is refused
      const text = bytes.toString('latin1');
      for (const mark of ['NameID ', 'DigestValue>', 'SignatureValue>', 'CipherValue>', 'Audience>', 'NotOnOrAfter="', 'Recipient="']) {
        const found = text.indexOf(mark);
        if (found >= 0)
          refused(try_response(flipped(text.indexOf(mark === 'NameID ' ? '>' : mark.slice(-1), found) + 1).toString('base64'), trust));
      }
    });
  }

  it('come from three implementations, by every kind of key', () => {
    assert.deepEqual([...new Set(index.map(({ made_by }) => made_by))].sort(), ['mock', 'xml-crypto', 'xmlsec1']);
    assert.deepEqual([...new Set(index.map(({ signer }) => signer))].sort(), ['p256', 'p384', 'p521', 'rsa']);
  });
});
