import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Check } from '../../../connectors/connector.ts';
import { parse_settings } from '../../../connectors/saml/settings.ts';
import { usable_certificates } from '../../../connectors/saml/usable_certificates.ts';
import { prepare_certificates } from '../../../connectors/saml/verify/index.ts';
import { make_signing_key } from '../../../src/mock/saml/keys.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 0, 1);

describe('a certificate of the partner that has ended', () => {
  let pems: string[];
  before(async () => {
    const [old, fresh] = [await make_signing_key('old', NOW - 100 * DAY_MS, NOW - DAY_MS), await make_signing_key('fresh', NOW)];
    pems = [old.certificate_pem, fresh.certificate_pem];
  });
  const look = (given: readonly string[], expired_certificate?: 'warn' | 'refuse') => {
    const checks: Check[] = [];
    const read = parse_settings({
      ...{ entity_id: 'https://idp.example', sso_url: 'https://idp.example/sso', certificates: given },
      ...(expired_certificate !== undefined && { expired_certificate }),
    });
    assert.ok(read.ok);
    const party = {
      entity_id: 'https://idp.example',
      certificates: prepare_certificates(given),
      sign_on: [],
      logout: [],
      valid_until: undefined,
    };
    const call = { signal: new AbortController().signal, check: (check: Check) => void checks.push(check) };
    // of the party, only its certificates are looked at
    return { usable: usable_certificates(party as unknown as Parameters<typeof usable_certificates>[0], read.config, NOW, call), checks };
  };

  it('proves nothing any more, unless the connection says so; either way it is noted', () => {
    const refused = look(pems.slice(0, 1));
    assert.deepEqual([refused.usable.length, refused.checks.map(({ name, ok }) => [name, ok])], [0, [['certificate', false]]]);
    const warned = look(pems.slice(0, 1), 'warn');
    assert.deepEqual([warned.usable.length, warned.checks.map(({ name, ok }) => [name, ok])], [1, [['certificate', true]]]);
  });

  it('does not take those beside it along: the one that is valid goes on', () => {
    assert.equal(look(pems).usable.length, 1);
    assert.equal(look(pems, 'warn').usable.length, 2);
    assert.deepEqual(look(pems.slice(1)).checks, []);
  });
});
