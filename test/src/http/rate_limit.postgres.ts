import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type Limit, make_rate_limits, type RateLimits } from '../../../src/http/index.ts';
import { TooMany } from '../../../src/kernel/index.ts';
import { open_storage, type Storage, sweep_expired } from '../../../src/storage/index.ts';
import { empty_postgres } from '../../support/empty_postgres.ts';

describe('rate limits of several processes on PostgreSQL', () => {
  let database: Awaited<ReturnType<typeof empty_postgres>>;
  let processes: Storage[];
  let limits: RateLimits[];
  before(async () => {
    database = await empty_postgres();
    const secrets = [randomBytes(32)];
    processes = await Promise.all([1, 2, 3].map(() => open_storage({ database: database.address, secrets })));
    // started together, as a cluster does
    await Promise.all(processes.map((storage) => storage.migrate()));
    limits = processes.map((storage) => make_rate_limits(true, storage.rate_limit_pool));
  });
  after(async () => {
    await Promise.all(processes.map((storage) => storage.close()));
    await database.dispose();
  });
  const at_once = async (limit: Limit, key: string, times: number): Promise<number> => {
    const asked = Array.from({ length: times }, (_, index) => (limits[index % 3] ?? make_rate_limits(false)).count(limit, key));
    const results = await Promise.allSettled(asked);
    for (const result of results) if (result.status === 'rejected') assert.ok(result.reason instanceof TooMany, String(result.reason));
    return results.filter((result) => result.status === 'fulfilled').length;
  };

  it('are counted together, exactly where it is about passwords', async () => {
    assert.equal(await at_once('password_account', 'org/ann', 60), 10);
    for (const process of limits) await assert.rejects(process.check('password_account', 'org/ann'), TooMany);
  });

  it('what one gave back another may take', async () => {
    assert.equal(await at_once('password_account', 'org/bob', 10), 10);
    await limits[0]?.give_back('password_account', 'org/bob');
    assert.equal(await at_once('password_account', 'org/bob', 3), 1);
  });

  it('are counted together, within a hundredth per process, where it is about thousands', async () => {
    const passed = await at_once('login', '192.0.2.1', 1500);
    assert.ok(passed <= 600 && passed >= 582, String(passed));
  });

  it('name nobody at rest', async () => {
    await limits[0]?.count('password_account', 'org/canary@acme.example');
    const rows = await processes[0]?.gateway.rate_limits.find({});
    assert.doesNotMatch(JSON.stringify(rows), /canary|192\.0\.2/);
  });

  it('keys of any length and form are counted', async () => {
    for (const key of ['x'.repeat(5000), 'null \0 byte', '\ud800', '']) await limits[0]?.count('password_account', key);
  });

  it('what has expired is swept', async () => {
    const [storage] = processes;
    assert.ok(storage);
    assert.notEqual(await storage.gateway.rate_limits.count(), 0);
    await sweep_expired(storage, Date.now() + 3_600_000);
    assert.equal(await storage.gateway.rate_limits.count(), 0);
  });

  it('go on, each process for itself, while the database is away', async () => {
    const away = await open_storage({ database: database.address, secrets: [randomBytes(32)] });
    const alone = make_rate_limits(true, away.rate_limit_pool);
    await away.close();
    for (let count = 0; count < 10; count++) await alone.count('password_account', 'a');
    await assert.rejects(alone.count('password_account', 'a'), TooMany);
  });
});
