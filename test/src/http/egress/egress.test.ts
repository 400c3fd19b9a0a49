import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it, type TestContext } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { as_web_fetch, make_egress } from '../../../../src/http/egress/index.ts';
import { dns_stub, fault, start_stub } from './stub.ts';

async function world(t: TestContext, answer: Parameters<typeof start_stub>[0], options: { now?: () => number } = {}) {
  const stub = await start_stub(answer);
  const egress = make_egress({ allow_private_networks: ['127.0.0.0/8'], ...options });
  t.after(async () => {
    await egress.close();
    await stub.close();
  });
  return { stub, egress, url: `http://127.0.0.1:${stub.port}` };
}

describe('the way out', () => {
  it('gives status, headers in lower case and the whole body', async (t) => {
    const { egress, url, stub } = await world(t, (_, response) =>
      response.writeHead(418, { 'X-Some-Header': 'a', 'Set-Cookie': ['b=1', 'c=2'] }).end('body'),
    );
    const answer = await egress.fetch(`${url}/path?query=1#fragment`, { headers: { Accept: 'application/json' } });
    assert.equal(answer.status, 418);
    assert.equal(answer.headers['x-some-header'], 'a');
    assert.equal(answer.headers['set-cookie'], 'b=1, c=2');
    assert.equal(Buffer.from(answer.body).toString(), 'body');
    const [request] = stub.requests;
    assert.equal(request?.url, '/path?query=1');
    assert.equal(request?.headers.accept, 'application/json');
    assert.equal(request?.headers['user-agent'], 'Postern');
  });

  it('posts text and bytes', async (t) => {
    const { egress, url } = await world(t, (request, response) => request.pipe(response));
    for (const body of ['grant_type=x&ü', new TextEncoder().encode('grant_type=x&ü')]) {
      const answer = await egress.fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
      assert.equal(Buffer.from(answer.body).toString(), 'grant_type=x&ü');
    }
  });

  it('decodes gzip, deflate and br, and says nothing of the coding afterwards', async (t) => {
    for (const [coding, body] of [
      ['gzip', gzipSync('plain')],
      ['X-GZIP', gzipSync('plain')],
      ['deflate', deflateSync('plain')],
      ['br', brotliCompressSync('plain')],
      ['identity', Buffer.from('plain')],
    ] as const) {
      const { egress, url } = await world(t, (_, response) =>
        response.writeHead(200, { 'content-encoding': coding, 'content-length': body.length }).end(body),
      );
      const answer = await egress.fetch(url);
      assert.equal(Buffer.from(answer.body).toString(), 'plain');
      assert.deepEqual([answer.headers['content-encoding'], answer.headers['content-length']], [undefined, undefined]);
    }
  });

  it('a body of exactly the limit is accepted, one byte more is not', async (t) => {
    const { egress, url } = await world(t, (_, response) => response.end('x'.repeat(1000)));
    assert.equal((await egress.fetch(url, { max_bytes: 1000 })).body.length, 1000);
    await assert.rejects(egress.fetch(url, { max_bytes: 999 }), fault('malformed'));
  });

  it('tries the next address of a host when one does not answer', async (t) => {
    const { stub } = await world(t, (_, response) => response.end('here'));
    const egress = make_egress({ allow_private_networks: ['127.0.0.0/8', '::1/128'], lookup: dns_stub(['::1', '127.0.0.1']).lookup });
    t.after(() => egress.close());
    assert.equal(Buffer.from((await egress.fetch(`http://two.example:${stub.port}/`)).body).toString(), 'here');
  });

  it('a host that answers with its addresses in another order keeps its connection', async (t) => {
    const { stub } = await world(t, (_, response) => response.end());
    const egress = make_egress({
      allow_private_networks: ['127.0.0.0/8'],
      lookup: dns_stub(['127.0.0.1', '127.0.0.9'], ['127.0.0.9', '127.0.0.1'], ['127.0.0.9', '127.0.0.1', '127.0.0.8']).lookup,
    });
    t.after(() => egress.close());
    for (let count = 0; count < 3; count++) await egress.fetch(`http://turning.example:${stub.port}/`);
    assert.equal(stub.connections, 1);
  });

  it('a partner that closes kept connections is reached again', async (t) => {
    const closed: Promise<unknown>[] = [];
    const { egress, url, stub } = await world(t, (request, response) => {
      // comes when our side has closed as well
      closed.push(once(request.socket, 'close'));
      response.end();
      response.on('finish', () => request.socket.end());
    });
    for (let count = 0; count < 3; count++) {
      assert.equal((await egress.fetch(url)).status, 200);
      await closed.at(-1);
    }
    assert.equal(stub.connections, 3);
  });

  it('does not keep connections to more and more hosts', async (t) => {
    let now = 0;
    const { stub } = await world(t, (_, response) => response.end());
    const egress = make_egress({ allow_private_networks: ['127.0.0.0/8'], lookup: dns_stub(['127.0.0.1']).lookup, now: () => now });
    t.after(() => egress.close());
    for (let count = 0; count < 520; count++) {
      await egress.fetch(`http://host-${count}.example:${stub.port}/`);
      now += 1000;
    }
    const before = stub.connections;
    // the first was forgotten, the last is still there
    await egress.fetch(`http://host-519.example:${stub.port}/`);
    assert.equal(stub.connections, before);
    await egress.fetch(`http://host-0.example:${stub.port}/`);
    assert.equal(stub.connections, before + 1);
  });

  it('what is not there is unreachable, and a host that has no address as well', async (t) => {
    const { stub, egress, url } = await world(t, (_, response) => response.end());
    await stub.close();
    await assert.rejects(egress.fetch(url), fault('unreachable', /ECONNREFUSED/));
    const nowhere = make_egress({ allow_private_networks: [], lookup: dns_stub([]).lookup });
    await assert.rejects(nowhere.fetch('https://nowhere.example/'), fault('unreachable'));
    const unknown = make_egress({
      allow_private_networks: [],
      lookup: () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' })),
    });
    await assert.rejects(unknown.fetch('https://unknown.example/'), fault('unreachable', /ENOTFOUND/));
    await assert.rejects(unknown.resolve('unknown.example'), fault('unreachable', /ENOTFOUND/));
  });

  it("the caller's own deadline ends the request", async (t) => {
    const { egress, url } = await world(t, () => {});
    await assert.rejects(egress.fetch(url, { signal: AbortSignal.timeout(50), timeout_ms: 60_000 }), fault('timed_out'));
    await assert.rejects(egress.fetch(url, { signal: AbortSignal.abort() }), fault('timed_out'));
  });

  it('resolves a host for other protocols: one address that passed, and the name to verify', async () => {
    const egress = make_egress({ allow_private_networks: ['10.0.0.0/8', 'fd00::/8'], lookup: dns_stub(['fd00::5', '10.0.0.5']).lookup });
    assert.deepEqual(await egress.resolve('DC1.corp.example'), { address: '10.0.0.5', family: 4, servername: 'dc1.corp.example' });
    assert.deepEqual(await egress.resolve('10.1'), { address: '10.0.0.1', family: 4, servername: '10.0.0.1' });
    assert.deepEqual(await egress.resolve('[fd00::1]'), { address: 'fd00::1', family: 6, servername: 'fd00::1' });
    assert.deepEqual(await egress.resolve('fd00::1'), { address: 'fd00::1', family: 6, servername: 'fd00::1' });
  });

  it("the system's resolver is asked once for what is asked at once", async () => {
    const egress = make_egress({ allow_private_networks: ['127.0.0.0/8', '::1/128'] });
    const answers = await Promise.all(Array.from({ length: 20 }, () => egress.resolve('localhost')));
    for (const answer of answers) assert.match(answer.address, /^(127\.0\.0\.1|::1)$/);
  });
});

describe('the way out as web fetch', () => {
  it('answers a Response of the same status, headers and body', async (t) => {
    const { egress, url, stub } = await world(t, (request, response) => {
      response.writeHead(201, { 'content-type': 'application/json' });
      request.pipe(response);
    });
    const answer = await as_web_fetch(egress.fetch)(new URL(url), {
      method: 'POST',
      body: new URLSearchParams({ a: '1' }),
      headers: { x: 'y' },
    });
    assert.equal(answer.status, 201);
    assert.equal(answer.headers.get('content-type'), 'application/json');
    assert.equal(await answer.text(), 'a=1');
    assert.equal(stub.requests[0]?.headers['x'], 'y');
    assert.match(stub.requests[0]?.headers['content-type'] ?? '', /^application\/x-www-form-urlencoded/);
  });

  it('follows no redirect, and refuses it where the caller wants an error', async (t) => {
    const { egress, url } = await world(t, (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end());
    const web = as_web_fetch(egress.fetch);
    assert.equal((await web(url)).status, 302);
    await assert.rejects(web(url, { redirect: 'error' }), TypeError);
  });

  it('takes answers without a body, and refuses statuses and methods that it cannot carry', async (t) => {
    const { egress, url } = await world(t, (request, response) => response.writeHead(Number(request.url?.slice(1))).end());
    const web = as_web_fetch(egress.fetch);
    for (const status of [204, 205, 304]) assert.equal((await web(`${url}/${status}`)).body, null);
    await assert.rejects(web(`${url}/999`), TypeError);
    await assert.rejects(web(url, { method: 'DELETE' }), TypeError);
  });

  it('rejects with the fault itself, and ends with the caller', async (t) => {
    const { egress, url } = await world(t, () => {});
    const web = as_web_fetch(egress.fetch);
    await assert.rejects(web('http://10.0.0.1/'), fault('misconfigured'));
    await assert.rejects(web(url, { signal: AbortSignal.timeout(50) }), fault('timed_out'));
  });
});
