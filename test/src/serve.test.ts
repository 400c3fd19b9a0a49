import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import type { DatabaseAddress } from '../../src/storage/index.ts';
import { type BrokerProcess, broker_settings, run_process, start_broker_process } from '../support/broker_process.ts';
import { free_port } from '../support/free_port.ts';
import { temporary_database } from '../support/temporary_database.ts';

describe('postern serve', () => {
  let database: { address: DatabaseAddress; dispose(): Promise<unknown> };
  let broker: BrokerProcess;
  let settings: Record<string, string>;
  before(async () => {
    database = await temporary_database();
    const port = await free_port();
    settings = broker_settings(database.address, `http://127.0.0.1:${port}`);
    broker = await start_broker_process(settings, { POSTERN_PORT: String(port) });
  });
  after(async () => {
    await broker.stop();
    await database.dispose();
  });

  it('with wrong settings ends with exit status 1 and every mistake listed: where, what, how to mend it', async () => {
    const { ended, output } = run_process(['serve'], {
      POSTERN_ISSUER: 'http://login.example.com',
      POSTERN_PORT: '99999',
      POSTERN_LOG_LEVEL: 'loud',
      POSTERN_SECRET: 'short',
      POSTERN_TRUST_PROXY: 'everybody',
      POSTERN_ADMIN_KEY: 'tooshort',
    });
    assert.equal(await ended, 1);
    for (const name of ['ISSUER', 'PORT', 'LOG_LEVEL', 'SECRET', 'TRUST_PROXY', 'ADMIN_KEY'])
      assert.match(output(), new RegExp(`POSTERN_${name}`), output());
    assert.doesNotMatch(output(), /tooshort/, 'a mistaken secret is not repeated');
    assert.doesNotMatch(output(), /^\s+at /m, 'no stack');
  });

  it('on a port that is taken ends with exit status 1, and leaves the other alone', async () => {
    const port = new URL(broker.address).port;
    const other = await temporary_database();
    const { ended, output } = run_process(['serve'], { ...broker_settings(other.address, broker.issuer), POSTERN_PORT: port });
    assert.equal(await ended, 1, output());
    assert.match(output(), /EADDRINUSE/);
    assert.equal((await fetch(`${broker.address}/readyz`)).status, 200);
    await other.dispose();
  });

  it('told to end (SIGTERM): out of readiness, no new connection, the request in hand is finished and kept, exit status 0', async () => {
    const { hostname, port } = new URL(broker.address);
    const body = JSON.stringify({ slug: 'in-hand', name: 'In hand' });
    let sent: ReturnType<typeof request> | undefined;
    const in_hand = Promise.withResolvers<void>();
    const answered = new Promise<number>((resolve, reject) => {
      sent = request(
        {
          ...{ hostname, port, path: '/api/v1/organizations', method: 'POST' },
          headers: {
            authorization: `Bearer ${broker.admin_key}`,
            'content-type': 'application/json',
            'content-length': String(body.length),
            // answered once the request is in hand
            expect: '100-continue',
          },
        },
        (answer) => {
          answer.resume();
          answer.once('end', () => resolve(answer.statusCode ?? 0));
        },
      );
      sent.once('error', reject);
      sent.once('continue', in_hand.resolve);
      sent.write(body.slice(0, 10));
    });
    await in_hand.promise;
    broker.child.kill('SIGTERM');
    const ready = async (): Promise<number> => (await fetch(`${broker.address}/readyz`, { headers: { connection: 'close' } })).status;
    let refused = false;
    for (let tries = 0; tries < 100 && !refused; tries++) {
      refused = await ready().then(
        (status) => status === 503,
        () => true,
      );
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.ok(refused, 'it still says that it is ready');
    sent?.end(body.slice(10));
    assert.equal(await answered, 201);
    assert.equal(await broker.ended, 0, broker.output());
    assert.match(broker.output(), /"draining"/);
    const kept = await start_broker_process(settings, { POSTERN_PORT: port });
    assert.equal((await kept.call('GET', '/organizations/in-hand')).status, 200);
    assert.equal(await kept.stop(), 0);
  });
});
