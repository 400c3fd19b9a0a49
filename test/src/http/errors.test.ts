import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  Conflict,
  Forbidden,
  InvalidInput,
  LoginRefused,
  Misconfigured,
  NotFound,
  TooMany,
  Unauthenticated,
  UpstreamFault,
} from '../../../src/kernel/index.ts';
import { start_app, type TestApp } from './test_app.ts';

const secret = { detail: 'canary-detail', cause: new Error('canary-cause') };
const errors: Readonly<Record<string, () => unknown>> = {
  invalid: () =>
    new InvalidInput('invalid_body', 'Some fields are wrong.', {
      ...secret,
      status: 422,
      fields: [{ path: 'saml.sso_url', message: 'must be https' }],
    }),
  unauthenticated: () => new Unauthenticated('unauthenticated', 'Who are you?', secret),
  forbidden: () => new Forbidden('forbidden', 'Not for you.', secret),
  absent: () => new NotFound('user', secret),
  conflict: () => new Conflict('uniqueness', 'Taken.', secret),
  stale: () => new Conflict('stale', 'Changed.', { ...secret, status: 412 }),
  refused: () => new LoginRefused('no_account', 'There is no account.', secret),
  down: () => new UpstreamFault('partner_unreachable', 'Your company’s "sign-in" cannot be reached.', secret),
  many: () => new TooMany(17, secret),
  wrong: () => new Misconfigured('misconfigured', 'Not set up right.', secret),
  unforeseen: () => new TypeError('canary-unforeseen'),
  client: () => Object.assign(new Error('canary-client'), { status: 400, expose: true }),
  server: () => Object.assign(new Error('canary-server'), { status: 503, expose: true }),
  text: () => 'canary-text',
  nothing: () => undefined,
};
const statuses: Readonly<Record<string, number>> = {
  ...{
    invalid: 422,
    unauthenticated: 401,
    forbidden: 403,
    absent: 404,
    conflict: 409,
    stale: 412,
    refused: 403,
    down: 502,
    many: 429,
    wrong: 500,
  },
  ...{ unforeseen: 500, client: 400, server: 500, text: 500, nothing: 500 },
};

describe('the edges where errors are told', () => {
  let app: TestApp;
  before(async () => {
    app = await start_app([
      (ctx, next) => {
        const name = ctx.path.split('/').at(-1) ?? '';
        if (!Object.hasOwn(errors, name)) return next();
        ctx.body = 'half an answer';
        throw errors[name]?.();
      },
    ]);
  });
  after(() => app.close());
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await app.fetch(path, { headers });
    const text = await answer.text();
    assert.doesNotMatch(text, /canary|half an answer|\bat .*\.ts/, path);
    assert.equal(answer.headers.get('cache-control'), 'no-store', path);
    assert.notEqual(answer.headers.get('content-security-policy'), null, path);
    return { answer, text, type: answer.headers.get('content-type') ?? '' };
  };
  const body = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>; // an object, by what is asserted of it

  for (const [name, status] of Object.entries(statuses)) {
    it(`${name}: ${status} everywhere, in the form that its reader expects, without what is for the log`, async () => {
      const problem = await ask(`/api/v1/${name}`);
      assert.deepEqual([problem.answer.status, problem.type], [status, 'application/problem+json']);
      const told = body(problem.text);
      assert.equal(told['status'], status);
      assert.equal(told['type'], `urn:postern:error:${String(told['code'])}`);
      assert.equal(told['request_id'], problem.answer.headers.get('x-request-id'));

      const oauth = await ask(`/token/${name}`);
      assert.deepEqual([oauth.answer.status, oauth.type], [status, 'application/json; charset=utf-8']);
      // RFC 6749 section 5.2
      assert.match(String(body(oauth.text)['error']), /^[a-z_]+$/);
      assert.match(String(body(oauth.text)['error_description']), /^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);

      const scim = await ask(`/scim/org_1/v2/${name}`);
      assert.deepEqual([scim.answer.status, scim.type], [status, 'application/scim+json; charset=utf-8']);
      assert.deepEqual(body(scim.text)['schemas'], ['urn:ietf:params:scim:api:messages:2.0:Error']);
      assert.equal(body(scim.text)['status'], String(status));

      const page = await ask(`/login/${name}`, { accept: 'text/html' });
      assert.deepEqual([page.answer.status, page.type], [status, 'text/html; charset=utf-8']);
      assert.match(page.text, /REFE-RENC-E000/);

      const json = await ask(`/login/${name}`, { accept: 'application/json' });
      assert.deepEqual([json.answer.status, json.type], [status, 'application/problem+json']);
    });
  }

  it('a wrong body names every wrong field', async () => {
    const { text } = await ask('/api/v1/invalid');
    assert.deepEqual(body(text)['errors'], [{ path: 'saml.sso_url', message: 'must be https' }]);
    assert.match(String(body((await ask('/scim/org_1/v2/invalid')).text)['detail']), /saml\.sso_url: must be https/);
  });

  it('only what SCIM knows is a scimType', async () => {
    assert.equal(body((await ask('/scim/org_1/v2/conflict')).text)['scimType'], 'uniqueness');
    assert.equal(body((await ask('/scim/org_1/v2/forbidden')).text)['scimType'], undefined);
  });

  it('too many attempts say when to come again, 401 says how to say who one is', async () => {
    for (const path of ['/api/v1/many', '/token/many', '/scim/org_1/v2/many', '/login/many'])
      assert.equal((await ask(path)).answer.headers.get('retry-after'), '17', path);
    for (const path of ['/api/v1/unauthenticated', '/token/unauthenticated', '/scim/org_1/v2/unauthenticated'])
      assert.equal((await ask(path)).answer.headers.get('www-authenticate'), 'Bearer', path);
  });

  it('an address that is none: 404 in the form that its reader expects', async () => {
    for (const [path, type] of [
      ['/nowhere', /^text\/html/],
      ['/api/v1/nowhere', /^application\/problem\+json/],
      ['/.well-known/nowhere', /^application\/json/],
      ['/scim/nowhere', /^application\/scim\+json/],
      ['/tokens', /^text\/html/],
    ] as const) {
      const { answer, type: sent } = await ask(path, { accept: 'text/html' });
      assert.equal(answer.status, 404, path);
      assert.match(sent, type, path);
    }
  });

  it('each request is observed once, with the status that it got', async () => {
    app.observed.length = 0;
    await ask('/login/forbidden');
    await ask('/nowhere');
    assert.deepEqual(app.observed, ['GET 403', 'GET 404']);
  });

  it('what went wrong is told to the log as it was, with the reference that the person saw', async () => {
    app.logged.length = 0;
    await ask('/login/unforeseen');
    await ask('/api/v1/unforeseen');
    const [page, problem] = app.logged;
    assert.ok(page?.error instanceof TypeError);
    assert.equal(page.reference, 'REFE-RENC-E000');
    assert.equal(problem?.reference, undefined);
  });
});

describe('headers of every answer', () => {
  it('leave nothing to frames, sniffing and referrers; scripts and styles need this answer’s nonce', async () => {
    const app = await start_app([(ctx) => void (ctx.body = 'x')]);
    const one = (await app.fetch('/')).headers;
    const two = (await app.fetch('/')).headers;
    await app.close();
    const policy = one.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.match(policy, /base-uri 'none'/);
    assert.doesNotMatch(policy, /unsafe|\*|https?:/);
    const nonces = [one, two].map((headers) => /'nonce-([\w-]+)'/.exec(headers.get('content-security-policy') ?? '')?.[1]);
    assert.ok(nonces[0] !== undefined && nonces[0] !== nonces[1]);
    assert.equal(one.get('x-content-type-options'), 'nosniff');
    assert.equal(one.get('x-frame-options'), 'DENY');
    assert.equal(one.get('referrer-policy'), 'no-referrer');
    assert.equal(one.get('cross-origin-opener-policy'), 'same-origin');
    assert.match(one.get('strict-transport-security') ?? '', /max-age=31536000/);
    assert.equal(one.get('x-powered-by'), null);
    assert.equal(one.get('server'), null);
  });

  it('on http on this machine ask for no transport security; documents of the issuer are for everyone', async () => {
    const app = await start_app([(ctx) => void (ctx.body = '{}')], { issuer: 'http://localhost:4400' });
    assert.equal((await app.fetch('/')).headers.get('strict-transport-security'), null);
    assert.equal((await app.fetch('/')).headers.get('cross-origin-resource-policy'), 'same-origin');
    for (const path of ['/jwks', '/.well-known/openid-configuration'])
      assert.equal((await app.fetch(path)).headers.get('cross-origin-resource-policy'), 'cross-origin', path);
    await app.close();
  });
});
