import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { start_mock_saml } from '../../src/mock/index.ts';
import { start_broker, type TestBroker } from '../support/broker.ts';
import { free_port } from '../support/free_port.ts';
import { person } from '../support/people.ts';
import { add_client, add_connection, add_organization, type Connected, saml_settings } from '../support/tenant.ts';

const ISSUER = 'https://login.vendor.example';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly cookies: readonly string[];
  readonly body: string;
}

describe('an https issuer behind a proxy that speaks plain http to it', () => {
  let broker: TestBroker;
  let mock: Awaited<ReturnType<typeof start_mock_saml>>;
  let connected: Connected;
  let client_id: string;
  let port: number;
  before(async () => {
    port = await free_port();
    broker = await start_broker({ POSTERN_ISSUER: ISSUER, POSTERN_PORT: String(port), POSTERN_TRUST_PROXY: '127.0.0.1' });
    mock = await start_mock_saml({ people: [person('ann')] });
    const tenant = await add_organization(through_proxy(), 'acme');
    connected = await add_connection(through_proxy(), tenant, saml_settings(mock));
    ({ client_id } = await add_client(through_proxy(), {
      redirect_uris: ['https://app.vendor.example/callback'],
      post_logout_redirect_uris: ['https://app.vendor.example/bye'],
    }));
  });
  after(async () => {
    await mock.close();
    await broker.stop();
  });

  /** The broker's API where it listens. */
  const through_proxy = (): Pick<TestBroker, 'api'> => ({
    async api<Shape>(method: string, path: string, body?: unknown): Promise<Shape> {
      const answer = await ask(`/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${broker.admin_key}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      assert.ok(answer.status < 300, answer.body);
      return JSON.parse(answer.body) as Shape; // the caller names the shape
    },
  });

  /** As a proxy sends it on: its own headers, and those that a liar put there first. */
  function ask(
    path: string,
    options: { method?: string; headers?: Readonly<Record<string, string>>; body?: string } = {},
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          host: '127.0.0.1',
          port,
          path,
          method: options.method ?? 'GET',
          headers: { host: 'login.vendor.example', 'x-forwarded-proto': 'https', ...options.headers },
        },
        (response) => {
          let body = '';
          response.setEncoding('utf8');
          response.on('data', (part: string) => {
            body += part;
          });
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, cookies: response.headers['set-cookie'] ?? [], body }),
          );
        },
      );
      sent.once('error', reject);
      sent.end(options.body);
    });
  }
  const authorize = (): string =>
    `/authorize?${new URLSearchParams({
      client_id,
      response_type: 'code',
      redirect_uri: 'https://app.vendor.example/callback',
      scope: 'openid',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      state: 's',
    }).toString()}`;
  const cookie_header = (cookies: readonly string[]): string => cookies.map((line) => line.split(';')[0]).join('; ');

  it('HSTS on every answer, errors included', async () => {
    for (const path of ['/.well-known/openid-configuration', '/nowhere', '/healthz', '/api/v1/organizations', '/login/x'])
      assert.match(String((await ask(path)).headers['strict-transport-security']), /max-age=\d{8}/, path);
  });

  it('cookies: __Host- at the root, __Secure- on their narrow path, all Secure, HttpOnly and SameSite=Lax, none without a prefix', async () => {
    const first = await ask(authorize());
    assert.equal(first.status, 303, first.body);
    const page = await ask(String(first.headers['location']), { headers: { cookie: cookie_header(first.cookies) } });
    assert.equal(page.status, 200, page.body);
    const lines = [...first.cookies, ...page.cookies];
    assert.ok(lines.some((line) => line.startsWith('__Host-postern_browser=')));
    assert.ok(lines.some((line) => line.startsWith('__Secure-postern_login=')));
    for (const line of lines) {
      assert.match(line, /; secure/i, line);
      assert.match(line, /; httponly/i, line);
      assert.match(line, /; samesite=lax/i, line);
      assert.doesNotMatch(line, /; domain=/i, line);
      const path = /; path=([^;]+)/i.exec(line)?.[1] ?? '';
      if (line.startsWith('__Host-')) assert.equal(path, '/', line);
      else {
        assert.match(line, /^__Secure-/);
        assert.match(path, /^\/(login|authorize)\/[\w-]+$/, line);
      }
    }
  });

  it('a neighbouring host cannot plant our cookies: names without their prefix are not read (cookie tossing)', async () => {
    const first = await ask(authorize());
    const tossed = 'postern_arrived=planted; postern_organization=org_planted; postern_browser=planted; postern_session=planted';
    const page = await ask(String(first.headers['location']), { headers: { cookie: `${cookie_header(first.cookies)}; ${tossed}` } });
    assert.equal(page.status, 200);
    // the prefix of what is cleared or given tells what was read
    assert.ok(
      page.cookies.every((line) => line.startsWith('__')),
      page.cookies.join('\n'),
    );
    assert.ok(!page.cookies.some((line) => line.includes('postern_arrived')), 'a planted arrival must not be looked at');
  });

  it('addresses come from the issuer, whatever Host, X-Forwarded-Host, X-Forwarded-Proto and Forwarded say (host header poisoning)', async () => {
    const lies = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      'x-forwarded-port': '8080',
      forwarded: 'host=evil.example;proto=http',
      'x-original-host': 'evil.example',
    };
    const discovery = await ask('/.well-known/openid-configuration', { headers: lies });
    const document = JSON.parse(discovery.body) as Record<string, unknown>;
    assert.equal(document['issuer'], ISSUER);
    for (const [name, value] of Object.entries(document))
      if (/_(endpoint|uri)$/.test(name)) assert.ok(String(value).startsWith(`${ISSUER}/`), `${name}: ${String(value)}`);
    const metadata = await ask(`/saml/${connected.id}/metadata`, { headers: lies });
    assert.match(metadata.body, /https:\/\/login\.vendor\.example\/saml\//);
    assert.doesNotMatch(metadata.body, /evil/);
    const first = await ask(authorize(), { headers: lies });
    assert.doesNotMatch(String(first.headers['location']), /evil|^http:/);
    const page = await ask(String(first.headers['location']), { headers: { ...lies, cookie: cookie_header(first.cookies) } });
    assert.doesNotMatch(page.body, /evil/);
    const out = await ask('/logout', { headers: lies });
    assert.doesNotMatch(`${String(out.headers['location'])} ${out.body}`, /evil/);
    const absolute = await ask('http://evil.example/.well-known/openid-configuration', { headers: lies });
    assert.equal((JSON.parse(absolute.body) as { issuer: string }).issuer, ISSUER);
  });

  it('an address that starts with two slashes leads nowhere else (open redirect)', async () => {
    for (const path of ['//evil.example/login/x/identifier', '/\\evil.example/login/x/identifier', '//evil.example/authorize']) {
      const answer = await ask(path);
      assert.doesNotMatch(String(answer.headers['location'] ?? ''), /evil/, path);
    }
    const post = await ask('/logout', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'post_logout_redirect_uri=https%3A%2F%2Fevil.example%2F&state=%0d%0aset-cookie:x=1',
    });
    const location = String(post.headers['location']);
    assert.match(location, /^\/logout\?/);
    assert.equal(post.cookies.filter((line) => line.startsWith('x=')).length, 0);
    const followed = await ask(location);
    assert.doesNotMatch(String(followed.headers['location'] ?? ''), /evil/);
    const named = await ask(`/logout?client_id=${client_id}&post_logout_redirect_uri=https%3A%2F%2Fevil.example%2F`);
    assert.equal(named.status, 400);
  });
});
