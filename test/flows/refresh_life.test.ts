import assert from 'node:assert/strict';
import { after, before, describe, it, mock } from 'node:test';
import * as client from 'openid-client';
import { type Installation, start_installation } from '../support/installation.ts';

const DAY_MS = 86_400_000;

describe('the life of refresh tokens (RFC 9700, 4.14.2)', () => {
  let it_is: Installation;
  const started = Date.now();
  /** The whole installation is so many days older: a clock that only this test moves. */
  const days_later = (days: number): void => mock.timers.setTime(started + days * DAY_MS);
  before(async () => {
    mock.timers.enable({ apis: ['Date'], now: started });
    it_is = await start_installation({
      env: { POSTERN_REFRESH_IDLE_DAYS: '14', POSTERN_REFRESH_DAYS: '30', POSTERN_SIGNING_KEY_DAYS: '365' },
      client: { grant_types: ['authorization_code', 'refresh_token'] },
    });
  });
  after(async () => {
    await it_is.stop();
    mock.timers.reset();
  });

  const family = async (): Promise<string> => {
    days_later(0);
    const { tokens } = await it_is.login({ scope: 'openid offline_access' });
    return tokens.refresh_token ?? '';
  };
  const refresh = async (token: string): Promise<string> => (await client.refreshTokenGrant(it_is.app.config, token)).refresh_token ?? '';
  const is_over = (token: string): Promise<void> =>
    assert.rejects(refresh(token), (error) => error instanceof client.ResponseBodyError && error.error === 'invalid_grant');

  it('one that is not used for so long ends', async () => {
    const [used, unused] = [await family(), await family()];
    days_later(13);
    const next = await refresh(used);
    days_later(15);
    await is_over(unused);
    assert.notEqual(await refresh(next), '');
  });

  it('a family ends in the end, however much it is used: no rotation makes it live longer', async () => {
    let token = await family();
    for (const day of [10, 20, 29]) {
      days_later(day);
      token = await refresh(token);
    }
    days_later(31);
    await is_over(token);
  });
});
