import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { beforeEach, describe, it } from 'node:test';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { ConnectorError } from '../../../connectors/connector.ts';
import { oidc } from '../../../connectors/oidc/oidc.ts';
import {
  accepted,
  CLIENT_ID,
  CLIENT_SECRET,
  HostileProvider,
  ISSUER,
  json_answer,
  make_key,
  refused,
} from '../../support/hostile_provider.ts';
import { new_handle, noted_call, oidc_tools, unresolved_oidc } from '../../support/oidc_connector.ts';

const key = make_key();
let provider: HostileProvider;
beforeEach(() => {
  provider = new HostileProvider(key);
});
const endpoints = { authorization_endpoint: `${ISSUER}/authorize`, token_endpoint: `${ISSUER}/token`, jwks_uri: `${ISSUER}/jwks` };
const given = { issuer: ISSUER, client_id: CLIENT_ID, client_secret: CLIENT_SECRET };

describe('the settings of an OIDC connection', () => {
  it('need issuer, client_id and a way to prove who we are; the rest has defaults', () => {
    const parsed = oidc.parse(given);
    assert.ok(parsed.ok);
    assert.deepEqual(parsed.config.scopes, ['openid', 'email', 'profile']);
    assert.equal(parsed.config.userinfo, true);
  });

  const wrong: Readonly<Record<string, readonly [settings: unknown, path: string]>> = {
    nothing: [undefined, 'oidc'],
    'a list': [[], 'oidc'],
    'no issuer': [{ ...given, issuer: undefined }, 'oidc.issuer'],
    'an issuer that is no address': [{ ...given, issuer: 'idp.example' }, 'oidc.issuer'],
    'an issuer of another scheme': [{ ...given, issuer: 'javascript:alert(1)' }, 'oidc.issuer'],
    'an issuer with a password': [{ ...given, issuer: 'https://a:b@idp.example' }, 'oidc.issuer'],
    'an issuer with a query': [{ ...given, issuer: 'https://idp.example/?a=b' }, 'oidc.issuer'],
    'an issuer with a fragment': [{ ...given, issuer: 'https://idp.example/#a' }, 'oidc.issuer'],
    'an issuer that speaks for every tenant': [{ ...given, issuer: 'https://login.microsoftonline.com/common/v2.0' }, 'oidc.issuer'],
    'no client_id': [{ ...given, client_id: '' }, 'oidc.client_id'],
    'no secret and no key': [{ ...given, client_secret: undefined }, 'oidc.client_secret'],
    'a secret and a key': [{ ...given, private_key_jwt: true }, 'oidc.client_secret'],
    'scopes without openid': [{ ...given, scopes: ['email'] }, 'oidc.scopes'],
    'a scope of two words': [{ ...given, scopes: ['openid', 'a b'] }, 'oidc.scopes.1'],
    'prompt=none': [{ ...given, prompt: 'none' }, 'oidc.prompt'],
    'a clock without limits': [{ ...given, clock_skew_seconds: 3600 }, 'oidc.clock_skew_seconds'],
    'a setting that does not exist': [{ ...given, jwks: {} }, 'oidc.jwks'],
    'endpoints by hand that send people over plain http': [
      { ...given, discovery: { ...endpoints, authorization_endpoint: 'http://idp.example/a' } },
      'oidc.discovery',
    ],
    'endpoints by hand that sign with nothing to be trusted': [
      { ...given, discovery: { ...endpoints, id_token_signing_alg_values_supported: ['none'] } },
      'oidc.discovery',
    ],
    'endpoints by hand without keys': [{ ...given, discovery: { ...endpoints, jwks_uri: undefined } }, 'oidc.discovery.jwks_uri'],
    'an endpoint by hand that does not exist': [{ ...given, discovery: { ...endpoints, tokens: 'x' } }, 'oidc.discovery.tokens'],
    'discovery=false': [{ ...given, discovery: false }, 'oidc.discovery'],
    'scopes as a number': [{ ...given, scopes: 5 }, 'oidc.scopes'],
    'an endpoint by hand that is a script': [
      { ...given, discovery: { ...endpoints, token_endpoint: 'javascript:1' } },
      'oidc.discovery.token_endpoint',
    ],
    'an unknown way to authenticate': [{ ...given, token_endpoint_auth_method: 'none' }, 'oidc.token_endpoint_auth_method'],
  };
  for (const [what, [settings, path]] of Object.entries(wrong)) {
    it(`${what}: says ${path}`, () => {
      const parsed = oidc.parse(settings);
      assert.ok(!parsed.ok);
      assert.ok(
        parsed.errors.some((error) => error.path === path && error.message.length > 5 && error.message !== 'Invalid input'),
        JSON.stringify(parsed.errors),
      );
      assert.ok(!JSON.stringify(parsed.errors).includes(CLIENT_SECRET));
    });
  }

  it('name what is secret, and what says where the provider is', () => {
    assert.deepEqual(oidc.secrets, ['client_secret']);
    assert.deepEqual(oidc.endpoints, ['issuer', 'discovery']);
  });

  it('take the address of the discovery document for the issuer', () => {
    const parsed = oidc.parse({ ...given, issuer: `${ISSUER}/.well-known/openid-configuration` });
    assert.ok(parsed.ok);
    assert.equal(parsed.config.issuer, ISSUER);
  });
});

describe('the discovery document', () => {
  const wrong: Readonly<Record<string, (document: Record<string, unknown>) => Record<string, unknown>>> = {
    'of another issuer': (document) => ({ ...document, issuer: 'https://evil.example' }),
    'of an issuer with a slash more': (document) => ({ ...document, issuer: `${ISSUER}/` }),
    'without an issuer': ({ issuer: _none, ...document }) => document,
    'without keys': ({ jwks_uri: _none, ...document }) => document,
    'with a script for an endpoint': (document) => ({ ...document, authorization_endpoint: 'javascript:alert(1)' }),
    'with a file for keys': (document) => ({ ...document, jwks_uri: 'file:///etc/passwd' }),
    'with a password in an endpoint': (document) => ({ ...document, token_endpoint: 'https://a:b@idp.partner.example/token' }),
    'with an endpoint that is a list': (document) => ({ ...document, token_endpoint: [`${ISSUER}/token`] }),
    'that sends people over plain http': (document) => ({ ...document, authorization_endpoint: 'http://idp.partner.example/authorize' }),
    'that signs with nothing to be trusted': (document) => ({ ...document, id_token_signing_alg_values_supported: ['none', 'HS512'] }),
  };
  for (const [what, change] of Object.entries(wrong)) {
    it(`${what}: refused when the connection is made, with what to mend`, async () => {
      provider.discovery = change;
      const fault = await provider.open().catch((error: unknown) => error);
      assert.ok(fault instanceof ConnectorError, String(fault));
      assert.ok(fault.fix !== undefined);
    });
  }

  for (const [what, answer, reason] of [
    ['an error', json_answer({}, { status: 404 }), 'misconfigured'],
    ['a redirect', json_answer({}, { status: 302, headers: { location: 'https://evil.example' } }), 'misconfigured'],
    ['a partner that is down', json_answer({}, { status: 503 }), 'unreachable'],
    ['a page', json_answer('', { body: Buffer.from('<html>') }), 'malformed'],
    ['no UTF-8', json_answer('', { body: Buffer.from([0xff, 0xfe]) }), 'malformed'],
    ['null', json_answer(null), 'malformed'],
  ] as const) {
    it(`${what} in its place: ${reason}`, async () => {
      const parsed = oidc.parse(given);
      assert.ok(parsed.ok);
      await assert.rejects(Promise.resolve(oidc.resolve?.(parsed.config, { now: Date.now, fetch: async () => answer })), { reason });
    });
  }

  it('is read once and remembered: opening a connection asks nobody', async () => {
    const connector = await provider.open();
    assert.equal(provider.requests.length, 1);
    await connector.begin({ handle: new_handle() }, noted_call());
    assert.equal(provider.requests.length, 1);
  });

  it('that was never read is read when it is first needed, and a failure is not remembered', async () => {
    let down = true;
    const fetch = async (...ask: Parameters<typeof provider.fetch>) => {
      if (down) throw new ConnectorError('unreachable', 'down');
      return provider.fetch(...ask);
    };
    const connector = unresolved_oidc(given, oidc_tools({ now: () => provider.time, fetch }));
    await assert.rejects(connector.begin({ handle: new_handle() }, noted_call()), { reason: 'unreachable' });
    down = false;
    await connector.begin({ handle: new_handle() }, noted_call());
    assert.ok((await provider.sign_in({}, connector)).ok);
  });

  it('that was remembered for another issuer is not used', async () => {
    const parsed = oidc.parse({ ...given, issuer: 'https://new.example' });
    const old = oidc.parse(given);
    assert.ok(parsed.ok && old.ok);
    const resolved = await oidc.resolve?.(old.config, { fetch: provider.fetch, now: Date.now });
    const fetch = async () => Promise.reject(new ConnectorError('unreachable', 'asked the new one'));
    const connector = oidc.open(parsed.config, oidc_tools({ fetch }), resolved ?? {});
    assert.ok(connector.kind === 'redirect');
    await assert.rejects(connector.begin({ handle: new_handle() }, noted_call()), /asked the new one/);
  });

  it('is not needed where the endpoints are given', async () => {
    provider.settings = {
      discovery: {
        authorization_endpoint: `${ISSUER}/authorize?tenant=1`,
        token_endpoint: `${ISSUER}/token`,
        jwks_uri: `${ISSUER}/jwks`,
      },
    };
    const connector = await provider.open();
    assert.equal(provider.requests.length, 0);
    const { send } = await connector.begin({ handle: new_handle() }, noted_call());
    assert.equal(new URL(send.url).searchParams.get('tenant'), '1');
    await accepted(provider);
    provider.claims = (claims) => ({ ...claims, iss: 'https://evil.example' });
    await refused(provider);
  });
});

describe('the way to the provider', () => {
  it('carries code, PKCE with S256, state, nonce, and what the app asked for', async () => {
    provider.settings = { prompt: 'select_account', acr_values: ['mfa'] };
    const connector = await provider.open();
    const hint = { handle: new_handle(), login_hint: 'alice+x@partner.example', max_age: 600, ui_locales: 'ar de' };
    const asked = new URL((await connector.begin(hint, noted_call())).send.url).searchParams;
    assert.equal(asked.get('response_type'), 'code');
    assert.equal(asked.get('code_challenge_method'), 'S256');
    assert.match(asked.get('code_challenge') ?? '', /^[\w-]{43}$/);
    assert.match(asked.get('nonce') ?? '', /^[\w-]{43}$/);
    assert.equal(asked.get('state'), hint.handle);
    assert.equal(asked.get('login_hint'), hint.login_hint);
    assert.equal(asked.get('max_age'), '600');
    assert.equal(asked.get('ui_locales'), 'ar de');
    assert.equal(asked.get('prompt'), 'select_account');
    assert.equal(asked.get('acr_values'), 'mfa');
    assert.equal(asked.get('redirect_uri'), 'https://login.vendor.example/oidc/con_1/callback');
  });

  it('asks for a fresh sign-in by prompt and max_age, and for the contexts of the app before those of the connection', async () => {
    provider.settings = { prompt: 'select_account', acr_values: ['mfa'] };
    const connector = await provider.open();
    const { send } = await connector.begin({ handle: new_handle(), force_authn: true, acr_values: ['a', 'b'] }, noted_call());
    const asked = new URL(send.url).searchParams;
    assert.equal(asked.get('prompt'), 'login');
    assert.equal(asked.get('max_age'), '0');
    assert.equal(asked.get('acr_values'), 'a b');
  });

  it('never carries the verifier, and never the same nonce twice', async () => {
    const connector = await provider.open();
    const nonces = new Set<string>();
    for (let index = 0; index < 20; index++) {
      const { send, pending } = await connector.begin({ handle: new_handle() }, noted_call());
      assert.ok(!send.url.includes(String(pending['code_verifier'])));
      nonces.add(String(pending['nonce']));
    }
    assert.equal(nonces.size, 20);
  });
});

describe('who we are at the token endpoint', () => {
  const exchange = () => {
    const found = provider.requests.find(({ url }) => url === `${ISSUER}/token`);
    return { authorization: found?.request.headers?.['authorization'], body: new URLSearchParams(String(found?.request.body)) };
  };

  it('is said in the header, form-encoded (RFC 6749 section 2.3.1), unless the provider takes the form only', async () => {
    provider.settings = { client_secret: 'a:b +ü%' };
    await accepted(provider);
    const [, basic = ''] = /^Basic (.+)$/.exec(exchange().authorization ?? '') ?? [];
    assert.equal(Buffer.from(basic, 'base64').toString(), 'client%2Dat%2Dpartner:a%3Ab+%2B%C3%BC%25');
    assert.equal(exchange().body.get('client_secret'), null);
    provider.requests.splice(0);
    provider.settings = {};
    provider.discovery = (document) => ({ ...document, token_endpoint_auth_methods_supported: ['client_secret_post'] });
    await accepted(provider);
    assert.equal(exchange().authorization, undefined);
    assert.equal(exchange().body.get('client_secret'), CLIENT_SECRET);
  });

  it('is proven by client_secret_jwt without saying the secret', async () => {
    provider.settings = { token_endpoint_auth_method: 'client_secret_jwt' };
    await accepted(provider);
    const assertion = exchange().body.get('client_assertion') ?? '';
    const { payload } = await jwtVerify(assertion, Buffer.from(CLIENT_SECRET), { currentDate: new Date(provider.time), audience: ISSUER });
    assert.equal(payload.sub, CLIENT_ID);
    assert.ok(!JSON.stringify(provider.requests).includes(CLIENT_SECRET));
  });

  it('is proven by our key, which we publish, without any secret (private_key_jwt)', async () => {
    const made = (['next', 'current', 'retired'] as const).map((state) => ({
      use: 'signing' as const,
      state,
      kid: `own-${state}`,
      private_key_pem: String(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' })),
      certificate_pem: '',
    }));
    provider.settings = { client_secret: undefined, private_key_jwt: true };
    provider.tools = { keys: async () => made };
    const connector = await provider.open();
    assert.ok((await provider.sign_in({}, connector)).ok);
    const { body, content_type } = (await connector.metadata?.()) ?? { body: '{}', content_type: '' };
    assert.equal(content_type, 'application/jwk-set+json');
    const published = JSON.parse(body) as Parameters<typeof createLocalJWKSet>[0]; // made by the connector
    assert.deepEqual(
      published.keys.map(({ kid }) => kid),
      ['own-next', 'own-current', 'own-retired'],
    );
    assert.ok(published.keys.every((one) => !('d' in one) && createPublicKey({ key: one, format: 'jwk' }).type === 'public'));
    const assertion = exchange().body.get('client_assertion') ?? '';
    const { payload, protectedHeader } = await jwtVerify(assertion, createLocalJWKSet(published), { currentDate: new Date(provider.time) });
    assert.equal(protectedHeader.kid, 'own-current');
    assert.equal(payload.iss, CLIENT_ID);
    assert.equal(payload.sub, CLIENT_ID);
    assert.deepEqual([payload.aud].flat(), [ISSUER]);
    assert.ok((payload.exp ?? 0) - provider.time / 1000 <= 300);
    assert.ok(payload.jti);
  });

  it('without a key there is nothing to prove: the connection is misconfigured', async () => {
    provider.settings = { client_secret: undefined, private_key_jwt: true };
    await assert.rejects(provider.sign_in(), { reason: 'misconfigured' });
    assert.ok(!provider.requests.some(({ url }) => url === `${ISSUER}/token`));
  });
});

describe('the connection test', () => {
  const run = async () => {
    const checks = await (await provider.open()).preflight(noted_call());
    return Object.fromEntries(checks.map((check) => [check.name, check]));
  };
  it('finds nothing to mend at a provider that is well', async () => {
    const checks = await run();
    assert.ok(
      Object.values(checks).every(({ ok }) => ok),
      JSON.stringify(checks),
    );
    assert.ok(['discovery', 'authorization_endpoint', 'token_endpoint', 'keys', 'clock'].every((name) => name in checks));
  });
  it('says what to mend about keys, client authentication and clocks', async () => {
    const good = provider.fetch;
    const late = new Date(provider.time - 600_000).toUTCString();
    provider.settings = { token_endpoint_auth_method: 'client_secret_post' };
    provider.discovery = (document) => ({ ...document, token_endpoint_auth_methods_supported: ['private_key_jwt'] });
    provider.jwks = () => json_answer({ keys: [] });
    provider.tools = {
      async fetch(...ask) {
        const answer = await good(...ask);
        return { ...answer, headers: { ...answer.headers, date: late } };
      },
    };
    const checks = await run();
    for (const name of ['keys', 'client_authentication', 'clock']) {
      assert.equal(checks[name]?.ok, false, name);
      assert.ok(checks[name].fix !== undefined, name);
    }
  });
});
