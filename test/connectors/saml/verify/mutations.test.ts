import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import * as fc from 'fast-check';
import type { Trust, VerifiedAssertion } from '../../../../connectors/saml/verify/index.ts';
import { encrypt_for } from '../../../support/saml/encryption.ts';
import { accepted, base64, type Bench, forge_xml, type Forging, make_bench, trust_of, try_response } from '../../../support/saml/forge.ts';
import { mutate, mutations } from '../../../support/saml/mutations.ts';
import { C14N } from '../../../support/saml/signer.ts';

/** More than a minute's worth is asked for by the environment: POSTERN_PROPERTY_RUNS=100000. */
const RUNS = Number(process.env['POSTERN_PROPERTY_RUNS'] ?? 3000);

describe('whatever is done to a valid response', () => {
  let bench: Bench;
  let trust: Trust;
  let bases: readonly { readonly xml: string; readonly assertion: VerifiedAssertion }[];
  before(async () => {
    bench = await make_bench();
    trust = trust_of(bench);
    const sealed = (xml: string): string =>
      encrypt_for(bench.decryption.publicKey, xml, 'saml:EncryptedAssertion', { cipher: 'aes256-cbc' });
    const forgings: readonly Forging[] = [
      { sign: 'assertion' },
      { sign: 'response' },
      { sign: 'both' },
      { sign: 'response', options: { canonicalization: C14N.inclusive } },
      { sign: 'assertion', sealed },
    ];
    bases = forgings.map((forging) => {
      const xml = forge_xml(bench, forging);
      return { xml, assertion: accepted(try_response(base64(xml), trust)) };
    });
  });

  it('nothing is believed that was not signed', (context) => {
    let believed = 0;
    fc.assert(
      fc.property(fc.nat(bases.length - 1), mutations, (which, list) => {
        const base = bases[which];
        assert.ok(base);
        const mutated = mutate(base.xml, list);
        const result = try_response(base64(mutated), trust);
        if ('refusal' in result || result.verdict.kind !== 'assertion') return;
        believed++;
        assert.deepEqual(result.verdict.assertion, base.assertion);
      }),
      { numRuns: RUNS },
    );
    // mutations outside what is signed leave some of them valid: else this would prove nothing
    assert.ok(believed > 0);
    context.diagnostic(`${believed} of ${RUNS} were believed, and say what was signed`);
  });

  it('bytes of the base64 and of the message change nothing that is believed', (context) => {
    let believed = 0;
    fc.assert(
      fc.property(
        fc.nat(bases.length - 1),
        fc.array(fc.tuple(fc.nat(100_000), fc.nat(255)), { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        (which, changes, encoded) => {
          const base = bases[which];
          assert.ok(base);
          const bytes = Buffer.from(encoded ? base64(base.xml) : base.xml, encoded ? 'latin1' : 'utf8');
          for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
          const result = try_response(bytes.toString(encoded ? 'latin1' : 'base64'), trust);
          if ('refusal' in result || result.verdict.kind !== 'assertion') return;
          believed++;
          assert.deepEqual(result.verdict.assertion, base.assertion);
        },
      ),
      { numRuns: RUNS },
    );
    context.diagnostic(`${believed} of ${RUNS} were believed, and say what was signed`);
  });
});
