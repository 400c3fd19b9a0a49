import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { Browser } from '../support/browser.ts';
import { type Installation, start_installation } from '../support/installation.ts';

/** Every address of the issuer, how it is asked, and the parameters that it knows. */
const ENDPOINTS = {
  '/authorize': { methods: ['GET', 'POST'], page: true },
  '/logout': { methods: ['GET', 'POST'], page: true },
  '/logout/confirm': { methods: ['POST'], page: true },
  '/logout/success': { methods: ['GET'], page: true },
  '/device': { methods: ['GET', 'POST'], page: true },
  '/token': { methods: ['POST'], page: false },
  '/introspect': { methods: ['POST'], page: false },
  '/revoke': { methods: ['POST'], page: false },
  '/par': { methods: ['POST'], page: false },
  '/device/authorization': { methods: ['POST'], page: false },
  '/userinfo': { methods: ['GET', 'POST'], page: false },
  '/register': { methods: ['POST'], page: false },
  '/jwks': { methods: ['GET'], page: false },
} as const;

const NAMES = [
  ...['client_id', 'redirect_uri', 'response_type', 'response_mode', 'scope', 'state', 'nonce', 'prompt', 'max_age', 'ui_locales'],
  ...['id_token_hint', 'login_hint', 'acr_values', 'claims', 'claims_locales', 'request', 'request_uri', 'registration', 'display'],
  ...['code_challenge', 'code_challenge_method', 'dpop_jkt', 'resource', 'organization', 'connection', 'domain_hint'],
  ...['grant_type', 'code', 'code_verifier', 'refresh_token', 'device_code', 'user_code', 'token', 'token_type_hint', 'xsrf', 'confirm'],
  ...['client_secret', 'client_assertion', 'client_assertion_type', 'subject_token', 'subject_token_type', 'requested_token_type'],
  ...['audience', 'actor_token', 'post_logout_redirect_uri', 'logout_hint', 'logout', 'access_token', 'assertion', 'username', 'password'],
  ...['__proto__', 'constructor', 'toString', 'client_id[]', 'scope[0]', 'redirect_uri.x', 'a'],
];

const MARKUP = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
const STRANGE = 'https://evil.example/callback';

describe('whatever is sent to the issuer: an OAuth error or a page, never a failure of ours, never a way out', () => {
  let it_is: Installation;
  let values: fc.Arbitrary<string>;
  before(async () => {
    it_is = await start_installation({ env: { POSTERN_RATE_LIMITS: 'off' } });
    const { client_id, client_secret, acme, connection_id } = it_is;
    const { tokens } = await it_is.login({ scope: 'openid offline_access' });
    const known = [
      ...[client_id, client_secret, acme.org_id, 'acme', connection_id, 'http://127.0.0.1:9/callback', STRANGE, MARKUP],
      ...[tokens.access_token, tokens.id_token ?? '', 'code', 'query', 'fragment', 'form_post', 'jwt', 'query.jwt', 'web_message'],
      ...['openid', 'openid profile offline_access', 'postern:admin', 'none', 'login', 'consent', 'login none', '0', '-1', '9e99', 'NaN'],
      ...['S256', 'plain', 'a'.repeat(43), 'authorization_code', 'refresh_token', 'client_credentials', 'access_token', 'de', 'xx'],
      ...['urn:ietf:params:oauth:grant-type:device_code', 'urn:ietf:params:oauth:grant-type:token-exchange'],
      ...['urn:ietf:params:oauth:client-assertion-type:jwt-bearer', 'urn:ietf:params:oauth:token-type:access_token'],
      ...['urn:ietf:params:oauth:request_uri:x', 'https://127.0.0.1:1/request', 'eyJhbGciOiJub25lIn0.e30.', 'a.b.c', '..', '{}', '[]'],
      ...['{"id_token":{"sub":{"value":1}}}', '{"userinfo":{"__proto__":{"a":1}}}', '', ' ', '\0', '\r\nset-cookie: a=b', '%00', '%', '+'],
      ...['\u202e', '\ud800', '𝔘𝔫𝔦', 'a'.repeat(3000), 'é'.repeat(500)],
    ];
    values = fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...known) },
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ maxLength: 40 }),
    );
  });
  after(() => it_is.stop());

  const pairs = (): fc.Arbitrary<[string, string][]> =>
    fc.array(fc.tuple(fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...NAMES) }, fc.string({ maxLength: 12 })), values), {
      maxLength: 14,
    });

  /** As a browser or a program would encode it, and as neither would. */
  const encoded = (given: readonly (readonly [string, string])[], raw: boolean): string => {
    const whole = given.map(([name, value]) => [name.toWellFormed(), value.toWellFormed()] as const);
    if (!raw) return new URLSearchParams(whole.map(([name, value]): [string, string] => [name, value])).toString();
    return whole.map(([name, value]) => `${name}=${value}`.replaceAll(/[\u0000-\u0020#\u007f-\uffff]/g, '')).join('&');
  };

  function check(answer: Response, body: string, what: string): void {
    assert.ok(answer.status < 500, `${answer.status} ${what}: ${body.slice(0, 300)}`);
    const location = answer.headers.get('location');
    if (location !== null) {
      const target = new URL(location, it_is.broker.issuer);
      const own = target.origin === it_is.broker.issuer || `${target.origin}${target.pathname}` === 'http://127.0.0.1:9/callback';
      assert.ok(own, `${what} goes to ${location}`);
    }
    const type = answer.headers.get('content-type') ?? '';
    if (/html/.test(type)) {
      assert.ok(!body.includes('<script>alert(1)'), `${what} reflects markup`);
      assert.ok(!body.includes('<img src=x'), `${what} reflects markup`);
      assert.ok(!new RegExp(`action="${STRANGE}`).test(body), `${what} posts to a stranger`);
    } else if (answer.status >= 400 && body !== '') {
      assert.match(type, /json/, `${what}: ${answer.status} ${type}`);
      assert.ok((JSON.parse(body) as { error?: string }).error, `${what}: ${body}`);
    }
    assert.equal(answer.headers.get('set-cookie')?.includes('a=b') ?? false, false, what);
  }

  for (const [path, { methods, page }] of Object.entries(ENDPOINTS)) {
    it(`${path}: names, duplicates, sizes, encodings, arrays`, async () => {
      const { client_id, client_secret } = it_is;
      const basic = `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`;
      await fc.assert(
        fc.asyncProperty(pairs(), fc.constantFrom(...methods), fc.boolean(), fc.boolean(), async (given, method, raw, authenticated) => {
          // half of them get past the first check
          const query = encoded(authenticated ? [['client_id', client_id], ...given] : given, raw);
          const headers = {
            accept: page ? 'text/html' : 'application/json',
            ...(authenticated && !page && { authorization: path === '/userinfo' || path === '/register' ? 'Bearer x' : basic }),
            ...(method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded' }),
          };
          const target = `${it_is.broker.issuer}${path}${method === 'GET' ? `?${query}` : ''}`;
          const answer = await fetch(target, { method, redirect: 'manual', headers, ...(method === 'POST' && { body: query }) });
          check(answer, await answer.text(), `${method} ${path} ${query}`);
        }),
        { numRuns: 120 },
      );
    });
  }

  it('an authorization request that is right but for one to three parameters, with and without a session, pushed or not', async () => {
    const { client_id, client_secret, app } = it_is;
    const { browser } = await it_is.login();
    const basic = `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`;
    const changes = fc.array(fc.tuple(fc.constantFrom(...NAMES), values), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(
        changes,
        fc.boolean(),
        fc.constantFrom('/authorize', '/par'),
        fc.boolean(),
        async (given, signed_in, path, twice) => {
          const parameters = new URL((await app.begin({ organization: 'acme' })).url).searchParams;
          for (const [name, value] of given) {
            if (twice) parameters.append(name, value.toWellFormed());
            else parameters.set(name, value.toWellFormed());
          }
          const target = `${it_is.broker.issuer}${path}`;
          const answer =
            path === '/par'
              ? await fetch(target, { method: 'POST', body: parameters, headers: { authorization: basic } })
              : await (signed_in ? browser : new Browser()).send(`${target}?${parameters.toString()}`);
          check(answer, await answer.text(), `${path} ${parameters.toString()}`);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('/register and /token: JSON of any shape', async () => {
    const { token } = await it_is.broker.api<{ token: string }>('POST', '/registration-tokens', { name: 'Fuzz' });
    const shape = fc.oneof(
      fc.json(),
      fc
        .dictionary(
          fc.constantFrom('redirect_uris', 'grant_types', 'jwks', 'scope', 'client_name', 'contacts', '__proto__'),
          fc.jsonValue(),
        )
        .map((value) => JSON.stringify(value)),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(shape, fc.constantFrom('/register', '/token'), async (body, path) => {
        const answer = await fetch(`${it_is.broker.issuer}${path}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: body.toWellFormed(),
        });
        check(answer, await answer.text(), `${path} ${body}`);
      }),
      { numRuns: 200 },
    );
  });

  it('authorization headers of any shape', async () => {
    const schemes = fc.constantFrom('Basic', 'Bearer', 'DPoP', 'basic', '', 'Digest', 'Basic Basic');
    const printable = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)), maxLength: 60 });
    const credentials = fc.oneof(
      printable,
      fc.string({ unit: 'binary' }).map((text) => Buffer.from(text).toString('base64')),
    );
    await fc.assert(
      fc.asyncProperty(
        schemes,
        credentials,
        fc.constantFrom('/token', '/userinfo', '/introspect', '/par', '/register'),
        async (scheme, given, path) => {
          const answer = await fetch(`${it_is.broker.issuer}${path}`, {
            method: 'POST',
            headers: { authorization: `${scheme} ${given}`, dpop: given },
            body: new URLSearchParams({ grant_type: 'client_credentials' }),
          });
          check(answer, await answer.text(), `${path} ${scheme} ${given}`);
        },
      ),
      { numRuns: 200 },
    );
  });
});
