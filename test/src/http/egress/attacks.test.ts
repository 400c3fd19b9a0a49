import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { createGzip, gzipSync } from 'node:zlib';
import { make_egress } from '../../../../src/http/egress/index.ts';
import { dns_stub, fault, type Stub, start_stub } from './stub.ts';

/** Reaches only the networks named; a server that an attacker would like to reach stands on 127.0.0.1. */
async function world(t: TestContext, answer: Parameters<typeof start_stub>[0], allow: readonly string[] = ['127.0.0.1/32']) {
  const stub = await start_stub(answer);
  const egress = make_egress({ allow_private_networks: allow });
  t.after(async () => {
    await egress.close();
    await stub.close();
  });
  return { stub, egress };
}
const untouched = (stub: Stub): void => assert.equal(stub.connections, 0, 'a connection was made');

describe('attacks on the way out', () => {
  for (const host of [
    '127.0.0.1',
    '127.1',
    '0x7f000001',
    '2130706433',
    '017700000001',
    '0177.0.0.1',
    '127.0.0.1.',
    '127。0。0。1',
    '１２７.0.0.1',
    '%31%32%37.0.0.1',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '0.0.0.0',
    '[::]',
    '169.254.169.254',
    'localhost',
    'localhost.',
    'LOCALHOST',
  ]) {
    it(`server-side request forgery: https://${host} is never connected to`, async (t) => {
      const { stub, egress } = await world(t, (_, response) => response.end('canary'), []);
      for (const scheme of ['https', 'http'])
        await assert.rejects(egress.fetch(`${scheme}://${host}:${stub.port}/canary`), fault('misconfigured'));
      untouched(stub);
    });
  }

  for (const host of [
    '127.1',
    '0x7f000001',
    '2130706433',
    '[::ffff:127.0.0.1]',
    '::1',
    '[::1]',
    '169.254.169.254',
    'localhost',
    'ldap.',
    'a b',
    'u@h',
    'h:389',
    'h/x',
    'h%00',
    '',
  ]) {
    it(`server-side request forgery by a protocol that is not HTTP: "${host}" is not resolved`, async () => {
      await assert.rejects(make_egress({ allow_private_networks: [] }).resolve(host), fault('misconfigured'));
    });
  }

  it('DNS rebinding: what resolves to a forbidden address the second time is used once, and its kept connection never again', async (t) => {
    const good = await start_stub((_, response) => response.end('good'), { host: '127.0.0.2' });
    const inner = await start_stub((_, response) => response.end('canary'), { host: '127.0.0.3', port: good.port });
    const dns = dns_stub(['127.0.0.2'], ['127.0.0.3']);
    const egress = make_egress({ allow_private_networks: ['127.0.0.2/32'], lookup: dns.lookup });
    t.after(async () => {
      await egress.close();
      await Promise.all([good.close(), inner.close()]);
    });
    const address = `http://rebind.example:${good.port}/`;
    assert.equal(Buffer.from((await egress.fetch(address)).body).toString(), 'good');
    assert.deepEqual(dns.asked, ['rebind.example']);
    await assert.rejects(egress.fetch(address), fault('misconfigured', /rebind\.example must not be reached/));
    untouched(inner);
    assert.equal(good.requests.length, 1);
  });

  it('DNS rebinding: a host that moved, to an address that is allowed, is not served by the connection to where it was', async (t) => {
    const before = await start_stub((_, response) => response.end('before'), { host: '127.0.0.2' });
    const after = await start_stub((_, response) => response.end('after'), { host: '127.0.0.3', port: before.port });
    const dns = dns_stub(['127.0.0.2'], ['127.0.0.3']);
    const egress = make_egress({ allow_private_networks: ['127.0.0.0/8'], lookup: dns.lookup });
    t.after(async () => {
      await egress.close();
      await Promise.all([before.close(), after.close()]);
    });
    const address = `http://moved.example:${before.port}/`;
    assert.equal(Buffer.from((await egress.fetch(address)).body).toString(), 'before');
    assert.equal(Buffer.from((await egress.fetch(address)).body).toString(), 'after');
  });

  it('DNS with one good and one forbidden answer: the host is refused', async (t) => {
    const { stub } = await world(t, (_, response) => response.end('canary'));
    for (const answer of [
      ['127.0.0.1', '10.0.0.1'],
      ['127.0.0.1', '::ffff:127.0.0.1'],
      ['8.8.8.8', '169.254.169.254'],
    ]) {
      const egress = make_egress({ allow_private_networks: ['127.0.0.1/32'], lookup: dns_stub(answer).lookup });
      await assert.rejects(egress.fetch(`http://mixed.example:${stub.port}/`), fault('misconfigured'));
      await assert.rejects(egress.resolve('mixed.example'), fault('misconfigured'));
    }
    untouched(stub);
  });

  it('metadata.google.internal: a name is as good as the address behind it', async () => {
    const egress = make_egress({ allow_private_networks: [], lookup: dns_stub(['169.254.169.254']).lookup });
    await assert.rejects(egress.fetch('https://metadata.google.internal/computeMetadata/v1/'), fault('misconfigured'));
  });

  it('a fault names neither the inner address nor the path and query of the address', async () => {
    const egress = make_egress({ allow_private_networks: [], lookup: dns_stub(['10.11.12.13']).lookup });
    await assert.rejects(egress.fetch('https://hook.example/canary?token=canary'), (error: Error) => {
      assert.doesNotMatch(JSON.stringify([error.message, error]), /10\.11\.12\.13|canary/);
      return true;
    });
  });

  it('plain http to a host that is not wholly in an allowed network is refused', async (t) => {
    const { stub } = await world(t, (_, response) => response.end('canary'));
    for (const answer of [['8.8.8.8'], ['127.0.0.1', '8.8.8.8']]) {
      const egress = make_egress({ allow_private_networks: ['127.0.0.1/32'], lookup: dns_stub(answer).lookup });
      await assert.rejects(egress.fetch(`http://plain.example:${stub.port}/`), fault('misconfigured', /must be reached by https/));
    }
    untouched(stub);
  });

  it('credentials in an address, and confusion by them, are refused', async (t) => {
    const { stub, egress } = await world(t, (_, response) => response.end('canary'));
    const at = `127.0.0.1:${stub.port}`;
    for (const address of [
      `http://user:canary@${at}/`,
      `http://user@${at}/`,
      `http://@${at}/`,
      `http://:@${at}/`,
      `http://idp.example@${at}/`,
      `http:user@${at}/`,
      `http:///user@${at}/`,
    ]) {
      await assert.rejects(egress.fetch(address), fault('misconfigured'), address);
    }
    untouched(stub);
    // after the host it is a character like any other
    assert.equal((await egress.fetch(`http://${at}/@x?a@b#@c`)).status, 200);
  });

  it('addresses that parsers read differently are refused', async () => {
    const egress = make_egress({ allow_private_networks: ['127.0.0.1/32'] });
    for (const address of [
      'http://127.0.0.1\\@idp.example/',
      'http://idp.example\t.evil/',
      ' http://127.0.0.1/',
      'http://127.0.0.1/\n',
      '',
      'x',
      '//h/',
      'file:///etc/passwd',
      'gopher://127.0.0.1/',
      'data:,canary',
      'http://',
    ]) {
      await assert.rejects(egress.fetch(address), fault('misconfigured'), address);
    }
  });

  it('redirect to a private address: nobody follows it, the redirect itself is the answer', async (t) => {
    const inner = await start_stub((_, response) => response.end('canary'), { host: '127.0.0.2' });
    t.after(() => inner.close());
    for (const status of [301, 302, 303, 307, 308]) {
      const { stub, egress } = await world(t, (_, response) =>
        response.writeHead(status, { location: `http://127.0.0.2:${inner.port}/canary` }).end(),
      );
      const answer = await egress.fetch(`http://127.0.0.1:${stub.port}/`, { headers: { authorization: 'Bearer canary' } });
      assert.equal(answer.status, status);
    }
    untouched(inner);
  });

  it('endless body: is cut off at the limit', async (t) => {
    let sent = 0;
    const ended = Promise.withResolvers<undefined>();
    const { stub, egress } = await world(t, (_, response) => {
      const more = (): void => {
        for (let room = true; room && !response.destroyed; ) {
          sent += 65_536;
          room = response.write(Buffer.alloc(65_536, 'canary'));
        }
      };
      response.on('drain', more).on('close', () => ended.resolve(undefined));
      more();
    });
    await assert.rejects(
      egress.fetch(`http://127.0.0.1:${stub.port}/`, { timeout_ms: 60_000 }),
      fault('malformed', /more than is accepted/),
    );
    await ended.promise;
    assert.ok(sent < 64 * 1024 * 1024, `${sent} bytes were taken`);
  });

  it('a body that announces more than the limit is not read', async (t) => {
    const { stub, egress } = await world(t, (_, response) => response.writeHead(200, { 'content-length': '2000' }).write('canary'));
    await assert.rejects(egress.fetch(`http://127.0.0.1:${stub.port}/`, { max_bytes: 1000, timeout_ms: 60_000 }), fault('malformed'));
  });

  it('gzip bomb: is cut off while it unfolds', async (t) => {
    const { stub, egress } = await world(t, (_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      const gzip = createGzip({ level: 9 });
      gzip.pipe(response);
      const zeros = Buffer.alloc(1024 * 1024);
      const more = (): void => {
        if (!response.destroyed) gzip.write(zeros, more);
      };
      response.on('close', () => gzip.destroy());
      gzip.on('error', () => {});
      more();
    });
    await assert.rejects(
      egress.fetch(`http://127.0.0.1:${stub.port}/`, { timeout_ms: 60_000 }),
      fault('malformed', /more than is accepted/),
    );
  });

  it('a body that unfolds to nothing, without end, is cut off as well', async (t) => {
    const { stub, egress } = await world(t, (_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.write(gzipSync('').subarray(0, 10));
      const empty_blocks = Buffer.alloc(50_000, Buffer.from([0, 0, 0, 0xff, 0xff]));
      const more = (): void => {
        while (!response.destroyed && response.write(empty_blocks));
      };
      response.on('drain', more);
      more();
    });
    await assert.rejects(
      egress.fetch(`http://127.0.0.1:${stub.port}/`, { timeout_ms: 60_000 }),
      fault('malformed', /more than is accepted/),
    );
  });

  it('codings in layers, unknown and damaged ones are refused, and nothing of them is repeated', async (t) => {
    for (const [coding, body] of [
      ['gzip, gzip', gzipSync(gzipSync('canary'))],
      ['zstd', Buffer.from('canary')],
      ['gzip', Buffer.from('canary')],
      ['gzip', gzipSync('canary'.repeat(100)).subarray(0, 20)],
      ['br', Buffer.from('canary')],
      ['deflate', Buffer.from('canary')],
    ] as const) {
      const { stub, egress } = await world(t, (_, response) => response.writeHead(200, { 'content-encoding': coding }).end(body));
      await assert.rejects(egress.fetch(`http://127.0.0.1:${stub.port}/`), fault('malformed'), coding);
    }
  });

  it('slow drip: one deadline covers the whole answer', async (t) => {
    const drip = (response: { write(text: string): unknown; on(name: 'close', end: () => void): unknown }): void => {
      const timer = setInterval(() => response.write('c'), 5);
      response.on('close', () => clearInterval(timer));
    };
    const { stub, egress } = await world(t, (_, response) => drip(response));
    await assert.rejects(egress.fetch(`http://127.0.0.1:${stub.port}/`, { timeout_ms: 100 }), fault('timed_out'));
    const { stub: silent } = await world(t, () => {});
    await assert.rejects(egress.fetch(`http://127.0.0.1:${silent.port}/`, { timeout_ms: 100 }), fault('timed_out'));
    const { stub: headers } = await world(t, (request) => {
      request.socket.write('HTTP/1.1 200 OK\r\n');
      drip(request.socket);
    });
    await assert.rejects(egress.fetch(`http://127.0.0.1:${headers.port}/`, { timeout_ms: 100 }), fault('timed_out'));
  });

  it('a resolver that never answers is not waited for', async () => {
    const egress = make_egress({ allow_private_networks: [], lookup: () => new Promise(() => {}) });
    await assert.rejects(egress.fetch('https://idp.example/', { timeout_ms: 50 }), fault('timed_out'));
  });

  it('what is no HTTP, and headers without end, are faults that repeat nothing', async (t) => {
    const { stub, egress } = await world(t, (request) => request.socket.end('SSH-2.0-canary\r\n'));
    await assert.rejects(egress.fetch(`http://127.0.0.1:${stub.port}/`), fault('malformed'));
    const { stub: endless } = await world(t, (request) => request.socket.write(`HTTP/1.1 200 OK\r\nx: ${'canary'.repeat(20_000)}\r\n\r\n`));
    await assert.rejects(egress.fetch(`http://127.0.0.1:${endless.port}/`), fault('malformed'));
  });

  it('a header named __proto__ is a header', async (t) => {
    const { stub, egress } = await world(t, (_, response) => response.writeHead(200, { ['__proto__']: 'x' }).end());
    const { headers } = await egress.fetch(`http://127.0.0.1:${stub.port}/`);
    assert.equal(Object.getPrototypeOf(headers), Object.prototype);
  });

  it('Host and framing are never what the caller, or whoever fed it, says', async (t) => {
    const { stub, egress } = await world(t, (_, response) => response.end());
    await egress.fetch(`http://127.0.0.1:${stub.port}/`, {
      method: 'POST',
      headers: { Host: 'inner.example', 'Transfer-Encoding': 'chunked', 'content-length': '1', connection: 'upgrade' },
      body: 'abc',
    });
    const [request] = stub.requests;
    assert.equal(request?.headers.host, `127.0.0.1:${stub.port}`);
    assert.equal(request?.headers['content-length'], '3');
    assert.equal(request?.headers['transfer-encoding'], undefined);
  });

  it('a proxy of the environment is not used', async (t) => {
    const { stub: proxy } = await world(t, (_, response) => response.end('canary'));
    const { stub, egress } = await world(t, (_, response) => response.end('direct'));
    const before = { ...process.env };
    t.after(() => Object.assign(process.env, before));
    for (const name of ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'])
      process.env[name] = `http://127.0.0.1:${proxy.port}`;
    process.env['NODE_USE_ENV_PROXY'] = '1';
    const answer = await egress.fetch(`http://127.0.0.1:${stub.port}/`);
    for (const name of ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'NODE_USE_ENV_PROXY'])
      Reflect.deleteProperty(process.env, name);
    assert.equal(Buffer.from(answer.body).toString(), 'direct');
    untouched(proxy);
  });
});
