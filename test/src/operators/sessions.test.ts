import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { make_console_sessions } from '../../../src/operators/sessions.ts';
import type { Storage } from '../../../src/storage/index.ts';
import { temporary_storage } from '../../support/temporary_storage.ts';

const MINUTE = 60_000;
const START = 1_767_225_600_000;

describe('sessions of the console', () => {
  let storage: Storage;
  const clock = { now: START };
  before(async () => {
    storage = await temporary_storage();
  });
  after(() => storage.close());

  const sessions = () => make_console_sessions({ storage, now: () => clock.now });
  const open = (): Promise<string> => {
    clock.now = START;
    const who = {
      kind: 'admin_key',
      subject_id: 'first',
      credential_hash: 'h',
      factor: 'none',
      ip: '192.0.2.1',
      user_agent: null,
    } as const;
    return storage.transact((tx) => sessions().open(tx, who));
  };
  const after_minutes = async (token: string, minutes: number): Promise<boolean> => {
    clock.now = START + minutes * MINUTE;
    return (await sessions().find(token)) !== undefined;
  };

  it('end after 30 minutes without a request', async () => {
    const token = await open();
    assert.equal(await after_minutes(token, 29), true);
    assert.equal(await after_minutes(token, 29 + 29), true);
    assert.equal(await after_minutes(token, 29 + 29 + 30), false);
  });

  it('end after 8 hours, however much they are used', async () => {
    const token = await open();
    for (let minutes = 20; minutes < 480; minutes += 20) assert.equal(await after_minutes(token, minutes), true);
    assert.equal(await after_minutes(token, 479.9), true);
    assert.equal(await after_minutes(token, 480), false);
  });

  it('are kept as hashes', async () => {
    const token = await open();
    const rows = await storage.gateway.console_sessions.find({ subject_id: 'first' });
    assert.ok(rows.length > 0 && !JSON.stringify(rows).includes(token));
  });

  it('a challenge is taken once', async () => {
    const row = await (async () => sessions().find(await open()))();
    assert.ok(row !== undefined);
    await sessions().challenge(row, 'abc');
    const asked = { ...row, challenge: 'abc' };
    const taken = await Promise.all([1, 2, 3].map(() => sessions().take_challenge(asked)));
    assert.deepEqual(
      taken.filter((one) => one !== undefined),
      ['abc'],
    );
  });
});
