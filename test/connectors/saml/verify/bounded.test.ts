import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { make_bounded_verifier, Refusal } from '../../../../connectors/saml/verify/index.ts';
import { ATTACKER, base64, type Bench, forge_xml, make_bench, swap, trust_of } from '../../../support/saml/forge.ts';

describe('a large message is verified in a worker', () => {
  let bench: Bench;
  let large: string;
  before(async () => {
    bench = await make_bench();
    large = forge_xml(bench, {
      answer: { attributes: { __proto: ['x'], groups: Array.from({ length: 2000 }, (_, index) => `group ${index} ${'x'.repeat(60)}`) } },
    });
  });
  const note = (): void => undefined;

  it('with the same verdict and the same checks as at once', async () => {
    const names = async (small: number): Promise<[unknown, string[]]> => {
      const checks: string[] = [];
      const verdict = await make_bounded_verifier({ small }).verify(base64(large), trust_of(bench), ({ name, detail }) =>
        checks.push(`${name}: ${detail}`),
      );
      return [verdict, checks];
    };
    const [in_worker, at_once] = [await names(0), await names(10_000_000)];
    assert.deepEqual(in_worker, at_once);
  });

  it('and its attributes mean nothing to the language here either', async () => {
    const verdict = await make_bounded_verifier({ small: 0 }).verify(base64(large), trust_of(bench), note);
    assert.ok(verdict.kind === 'assertion');
    assert.equal(Object.getPrototypeOf(verdict.assertion.attributes), null);
  });

  it('with the same refusal', async () => {
    const checks: boolean[] = [];
    const forged = base64(swap(large, ATTACKER, 'victim'));
    await assert.rejects(
      make_bounded_verifier({ small: 0 }).verify(forged, trust_of(bench), ({ ok }) => checks.push(ok)),
      (fault: unknown) => fault instanceof Refusal && fault.reason === 'untrusted',
    );
    assert.ok(checks.includes(false));
  });

  it('until its deadline', async () => {
    await assert.rejects(make_bounded_verifier({ small: 0, deadline_ms: 0 }).verify(base64(large), trust_of(bench), note), /within 0 ms/);
  });

  it('one after the other, and no more of them wait than is bearable', async () => {
    const verifier = make_bounded_verifier({ small: 0 });
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => verifier.verify(base64(large), trust_of(bench), note)));
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 8);
    assert.ok((await verifier.verify(base64(large), trust_of(bench), note)).kind === 'assertion');
  });
});
