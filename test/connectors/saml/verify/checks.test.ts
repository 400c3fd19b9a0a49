import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { verifier_checks } from '../../../../scripts/verifier_checks.ts';

describe('the list of checks that scripts/mutate_verifier.ts takes out', () => {
  it('names what is in the sources, once, and each check once', () => {
    for (const { holds, file, from, to } of verifier_checks) {
      const source = readFileSync(join(import.meta.dirname, '../../../../connectors/saml', file), 'utf8');
      assert.equal(source.split(from).length, 2, `${file}: ${holds}`);
      assert.notEqual(from, to);
    }
    assert.equal(new Set(verifier_checks.map(({ holds }) => holds)).size, verifier_checks.length);
  });
});
