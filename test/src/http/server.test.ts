import assert from 'node:assert/strict';
import { Agent, request } from 'node:http';
import { describe, it, type TestContext } from 'node:test';
import { health_routes, listen, make_metrics, metrics_handler } from '../../../src/http/index.ts';
import { exchange, start_app } from './test_app.ts';

interface Answer {
  readonly status: number | undefined;
  readonly connection: string | undefined;
  readonly body: string;
}

describe('a server that is told to end', () => {
  async function slow_server(t: TestContext) {
    const begun = Promise.withResolvers<undefined>();
    const go_on = Promise.withResolvers<undefined>();
    const server = await listen(
      (incoming, response) => {
        if (incoming.url === '/quick') return void response.end('quick');
        begun.resolve(undefined);
        void go_on.promise.then(() => response.end('finished'));
      },
      { host: '127.0.0.1', port: 0 },
    );
    const agent = new Agent({ keepAlive: true });
    t.after(() => agent.destroy());
    const ask = (path: string): Promise<Answer> =>
      new Promise((resolve, reject) => {
        request({ port: server.port, host: '127.0.0.1', path, agent }, (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('end', () =>
            resolve({ status: response.statusCode, connection: response.headers.connection, body: Buffer.concat(parts).toString() }),
          );
        })
          .on('error', reject)
          .end();
      });
    return { server, ask, begun: begun.promise, go_on: () => go_on.resolve(undefined) };
  }

  it('finishes what is in hand, says that the connection ends, and takes nothing new', async (t) => {
    const { server, ask, begun, go_on } = await slow_server(t);
    assert.equal((await ask('/quick')).connection, 'keep-alive');
    const in_hand = ask('/slow');
    await begun;
    const drained = server.drain(60_000);
    await assert.rejects(exchange(server.port, 'GET / HTTP/1.1\r\n\r\n'), /ECONNREFUSED/);
    go_on();
    assert.deepEqual(await in_hand, { status: 200, connection: 'close', body: 'finished' });
    await drained;
  });

  it('ends what does not finish in time', async (t) => {
    const { server, ask, begun } = await slow_server(t);
    const in_hand = ask('/slow').catch((error: unknown) => (error instanceof Error && 'code' in error ? error.code : error));
    await begun;
    await server.drain(50);
    assert.equal(await in_hand, 'ECONNRESET');
  });

  it('with idle connections only is over at once', async (t) => {
    const { server, ask } = await slow_server(t);
    await ask('/quick');
    await server.drain(60_000);
  });
});

describe('a server', () => {
  it('says when its address is taken', async () => {
    const first = await listen((_, response) => void response.end(), { host: '127.0.0.1', port: 0 });
    await assert.rejects(
      listen(() => {}, { host: '127.0.0.1', port: first.port }),
      /EADDRINUSE/,
    );
    await first.drain(0);
  });

  it('request smuggling: a message whose end can be read in two ways is refused', async (t) => {
    const app = await start_app([(ctx) => void (ctx.body = `reached ${ctx.path}`)]);
    t.after(() => app.close());
    const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n';
    for (const framing of [
      'Content-Length: 4\r\nTransfer-Encoding: chunked',
      'Content-Length: 4\r\nContent-Length: 5',
      'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity',
      'Transfer-Encoding: xchunked',
      'Transfer-Encoding : chunked',
      'Content-Length: +4',
      'Content-Length: 0x4',
      'Content-Length: 4 4',
      'X: a\nTransfer-Encoding: chunked',
      'Content-\0Length: 4',
    ]) {
      const answer = await app.raw(`POST / HTTP/1.1\r\nHost: x\r\n${framing}\r\n\r\n0\r\n\r\n${smuggled}`);
      assert.match(answer, /^HTTP\/1\.1 400 /, framing);
      assert.doesNotMatch(answer, /reached \/smuggled/, framing);
    }
  });

  it('refuses headers larger than a sign-in ever needs', async (t) => {
    const app = await start_app([(ctx) => void (ctx.body = 'x')]);
    t.after(() => app.close());
    assert.match(await app.raw(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`), /^HTTP\/1\.1 431 /);
  });
});

describe('what an operator asks a process', () => {
  const metrics = make_metrics({ statements: () => 7, outbox: () => Promise.resolve({ waiting: 3, dead: 1 }) });

  it('/healthz: it is alive; /readyz: each thing that must be in order, 503 when one is not or cannot be told', async (t) => {
    let database: () => Promise<boolean> = () => Promise.resolve(true);
    const app = await start_app([health_routes({ ready: { database: () => database(), keys: () => Promise.resolve(true) }, metrics })]);
    t.after(() => app.close());
    assert.deepEqual(await (await app.fetch('/healthz')).json(), { status: 'ok' });
    const ready = await app.fetch('/readyz');
    assert.deepEqual([ready.status, await ready.json()], [200, { status: 'ready', checks: { database: true, keys: true } }]);
    assert.equal(ready.headers.get('cache-control'), 'no-store');
    for (const broken of [() => Promise.resolve(false), () => Promise.reject(new Error('canary'))]) {
      database = broken;
      const answer = await app.fetch('/readyz');
      assert.equal(answer.status, 503);
      assert.deepEqual(await answer.json(), { status: 'not ready', checks: { database: false, keys: true } });
    }
    assert.equal((await app.fetch('/healthz')).status, 200);
    assert.equal((await app.fetch('/healthz', { method: 'POST' })).status, 404);
    assert.match(await (await app.fetch('/metrics')).text(), /postern_outbox_depth\{state="dead"\} 1/);
  });

  it('/readyz asked by many at once looks once', async (t) => {
    let [arrived, looks] = [0, 0];
    const waiting = Promise.withResolvers<boolean>();
    const app = await start_app([
      (_ctx, next) => (arrived++, next()),
      health_routes({ ready: { database: () => (looks++, waiting.promise) }, metrics: undefined }),
    ]);
    t.after(() => app.close());
    const answers = Promise.all(Array.from({ length: 20 }, () => app.fetch('/readyz')));
    while (arrived < 20) await new Promise(setImmediate);
    waiting.resolve(true);
    for (const { status } of await answers) assert.equal(status, 200);
    assert.equal(looks, 1);
    assert.equal((await app.fetch('/readyz')).status, 200);
    assert.equal(looks, 2, 'whoever comes afterwards has a look of their own');
  });

  it('/readyz: what never answers is not in order, and does not keep the next look from being one', async (t) => {
    const silent = Promise.withResolvers<boolean>();
    let database = (): Promise<boolean> => silent.promise;
    const app = await start_app([health_routes({ ready: { database: () => database() }, metrics: undefined, patience_ms: 20 })]);
    t.after(() => app.close());
    assert.equal((await app.fetch('/readyz')).status, 503);
    database = () => Promise.resolve(true);
    assert.equal((await app.fetch('/readyz')).status, 200);
    silent.resolve(true);
  });

  it('metrics with an address of their own are not on this one, and there is nothing else there', async (t) => {
    const app = await start_app([health_routes({ ready: {}, metrics: undefined })]);
    const alone = await listen(metrics_handler(metrics), { host: '127.0.0.1', port: 0 });
    t.after(() => Promise.all([app.close(), alone.drain(0)]));
    assert.equal((await app.fetch('/metrics')).status, 404);
    const at = `http://127.0.0.1:${alone.port}`;
    assert.match(await (await fetch(`${at}/metrics?x=1`)).text(), /postern_database_statements_total 7/);
    for (const path of ['/', '/healthz', '/metrics/x']) assert.equal((await fetch(at + path)).status, 404, path);
    assert.equal((await fetch(`${at}/metrics`, { method: 'POST' })).status, 404);
  });

  it('strangers make no labels: what is no path of ours is "other"', async () => {
    const counted = make_metrics({ statements: () => 0, outbox: () => Promise.resolve({ waiting: 0, dead: 0 }) });
    const context = (path: string) => ({ path, method: 'GET', status: 404 }) as unknown as Parameters<typeof counted.request>[0]; // what is read of it
    for (const path of ['/canary-1', '/login/canary-2', '/__proto__/canary-3']) counted.request(context(path), 5);
    counted.login('refused', 'saml', 'denied', 1500);
    const { body } = await counted.text();
    assert.doesNotMatch(body, /canary/);
    assert.match(body, /request_duration_seconds_count\{route="other",method="GET",status="404"\} 2/);
    assert.match(body, /postern_login_total\{result="refused",protocol="saml",reason="denied"\} 1/);
  });
});
