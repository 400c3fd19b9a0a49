import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Limit, make_rate_limits, type RateLimits } from '../../../src/http/index.ts';
import { TooMany } from '../../../src/kernel/index.ts';

/** How many pass of so many at once. */
export async function passed(limits: RateLimits, limit: Limit, keys: readonly string[]): Promise<number> {
  const results = await Promise.allSettled(keys.map((key) => limits.count(limit, key)));
  for (const result of results) if (result.status === 'rejected') assert.ok(result.reason instanceof TooMany, String(result.reason));
  return results.filter((result) => result.status === 'fulfilled').length;
}
const same = (key: string, times: number): string[] => Array.from({ length: times }, () => key);

describe('rate limits', () => {
  it('let so many pass and no more, and say when to come again', async () => {
    const limits = make_rate_limits(true);
    assert.equal(await passed(limits, 'password_account', same('org/ann', 25)), 10);
    await assert.rejects(limits.count('password_account', 'org/ann'), (error: unknown) => {
      assert.ok(error instanceof TooMany);
      assert.ok(error.retry_after > 290 && error.retry_after <= 300, String(error.retry_after));
      return true;
    });
    assert.equal(await passed(limits, 'password_account', ['org/bob']), 1);
    assert.equal(await passed(limits, 'password_address', ['org/ann']), 1);
  });

  it('looking counts nothing, and refuses as soon as nothing is left', async () => {
    const limits = make_rate_limits(true);
    for (let count = 0; count < 50; count++) await limits.check('password_account', 'a');
    await passed(limits, 'password_account', same('a', 9));
    await limits.check('password_account', 'a');
    await passed(limits, 'password_account', ['a']);
    await assert.rejects(limits.check('password_account', 'a'), TooMany);
  });

  it('guesses side by side: all are counted before any is answered, and the right one is given back', async () => {
    const limits = make_rate_limits(true);
    assert.equal(await passed(limits, 'password_account', same('a', 100)), 10);
    const others = make_rate_limits(true);
    for (let count = 0; count < 100; count++) {
      await others.count('password_account', 'a');
      await others.give_back('password_account', 'a');
    }
    assert.equal(await passed(others, 'password_account', same('a', 11)), 10);
  });

  it('hopping through the addresses of one IPv6 network helps nobody; the next network is another client', async () => {
    const limits = make_rate_limits(true);
    const addresses = Array.from({ length: 100 }, (_, count) => `2001:db8:0:1::${count.toString(16)}`);
    assert.equal(await passed(limits, 'credential', addresses), 60);
    assert.equal(await passed(limits, 'credential', ['2001:db8:0:2::1', '192.0.2.1', '192.0.2.2']), 3);
  });

  it('a refusal names the limit and not whom it holds up', async () => {
    const limits = make_rate_limits(true);
    await passed(limits, 'password_account', same('org/ann@acme.example', 10));
    await assert.rejects(limits.count('password_account', 'org/ann@acme.example'), (error: unknown) => {
      assert.ok(error instanceof TooMany);
      assert.equal(error.detail, 'limit password_account');
      return true;
    });
  });

  it('off is off', async () => {
    assert.equal(await passed(make_rate_limits(false), 'password_account', same('a', 1000)), 1000);
  });
});
