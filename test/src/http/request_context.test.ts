import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { state_of } from '../../../src/http/index.ts';
import { start_app, type TestApp } from './test_app.ts';

interface Seen {
  readonly [name: string]: string | boolean | undefined;
}

describe('the context of a request', () => {
  let app: TestApp;
  before(async () => {
    app = await start_app(
      [
        (ctx) => {
          const { host, hostname, href, protocol, secure, path, url, originalUrl } = ctx;
          ctx.body = {
            host,
            hostname,
            href,
            protocol,
            secure,
            path,
            url,
            originalUrl,
            koa_ip: ctx.ip,
            ...state_of(ctx),
            whatwg: ctx.URL.href,
          };
        },
      ],
      { trust_proxy: ['127.0.0.1/32'] },
    );
  });
  after(() => app.close());
  const ask = async (first_line: string, ...headers: string[]): Promise<Seen> => {
    const answer = await app.raw([first_line, ...headers, 'Connection: close', '', ''].join('\r\n'));
    return JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4).replaceAll(/^[0-9a-f]+\r\n|\r\n0\r\n\r\n$/g, '')) as Seen; // the room's own answer
  };

  for (const [name, headers] of [
    ['Host', ['Host: evil.example']],
    ['X-Forwarded-Host', ['Host: login.example.com', 'X-Forwarded-Host: evil.example', 'X-Forwarded-Proto: http']],
    ['Forwarded', ['Host: login.example.com', 'Forwarded: host=evil.example;proto=http']],
    [
      'X-Forwarded-Server and X-Original-URL',
      ['Host: x', 'X-Forwarded-Server: evil.example', 'X-Original-URL: /evil.example', 'X-Rewrite-URL: /evil.example'],
    ],
  ] as const) {
    it(`host header poisoning by ${name}: our own address is the configured one`, async () => {
      const seen = await ask('GET /some/path?a=1 HTTP/1.1', ...headers);
      assert.doesNotMatch(JSON.stringify(seen), /evil/);
      assert.equal(seen['href'], 'https://login.example.com/some/path?a=1');
      assert.deepEqual([seen['host'], seen['protocol'], seen['secure']], ['login.example.com', 'https', true]);
    });
  }

  it('host header poisoning by a whole address as the request target: only its path is read', async () => {
    for (const target of ['http://evil.example/some/path?a=1', 'HTTPS://evil.example:8443/some/path?a=1']) {
      const seen = await ask(`GET ${target} HTTP/1.1`, 'Host: login.example.com');
      assert.doesNotMatch(JSON.stringify(seen), /evil/);
      assert.equal(seen['href'], 'https://login.example.com/some/path?a=1');
      assert.equal(seen['whatwg'], 'https://login.example.com/some/path?a=1');
      assert.equal(seen['path'], '/some/path');
    }
  });

  it('a request target that is no path is the root', async () => {
    assert.equal((await ask('OPTIONS * HTTP/1.1', 'Host: x'))['path'], '/');
  });

  it('two slashes in front make no other host', async () => {
    const seen = await ask('GET //evil.example/path HTTP/1.1', 'Host: x');
    assert.match(String(seen['href']), /^https:\/\/login\.example\.com\/\//);
    assert.equal(seen['path'], '//evil.example/path');
  });

  it('every request has an id and a nonce of its own, and takes none from outside', async () => {
    const one = await ask('GET / HTTP/1.1', 'Host: x', 'X-Request-Id: mine');
    const two = await ask('GET / HTTP/1.1', 'Host: x', 'X-Request-Id: mine');
    assert.match(String(one['request_id']), /^req_[\w-]{16}$/);
    assert.notEqual(one['request_id'], two['request_id']);
    assert.notEqual(one['nonce'], two['nonce']);
    assert.match(String(one['nonce']), /^[\w-]{24}$/);
  });

  it('the address of the client comes through trusted proxies, for Koa as well', async () => {
    const seen = await ask('GET / HTTP/1.1', 'Host: x', 'X-Forwarded-For: 1.1.1.1, 198.51.100.7');
    assert.deepEqual([seen['ip'], seen['koa_ip']], ['198.51.100.7', '198.51.100.7']);
  });

  it('the answer names the id of its request', async () => {
    const answer = await app.fetch('/');
    const { request_id } = (await answer.json()) as Seen; // the room's own answer
    assert.equal(answer.headers.get('x-request-id'), request_id);
  });
});
