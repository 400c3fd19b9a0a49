import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import * as jose from 'jose';
import * as client from 'openid-client';
import { Browser } from '../support/browser.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { key_pair, type TestKey } from '../support/key_pair.ts';
import { arrive, type RelyingParty, relying_party } from '../support/relying_party.ts';
import { sign_in } from '../support/sign_in.ts';
import { add_client } from '../support/tenant.ts';

/** What the OpenID conformance plans ask beside what the other flows have: under the names of their modules. The client is registered as theirs is, without PKCE. */
describe('OpenID conformance', () => {
  let it_is: Installation;
  let app: RelyingParty;
  before(async () => {
    it_is = await start_installation();
    app = await relying_party({ issuer: it_is.broker.issuer, ...(await add_client(it_is.broker, { require_pkce: false })) });
  });
  after(() => it_is.stop());

  async function answer(parameters: Readonly<Record<string, string | undefined>>, browser = new Browser()): Promise<URL> {
    const url = new URL((await app.begin({ organization: 'acme' }, { without_pkce: true })).url);
    for (const [name, value] of Object.entries(parameters)) {
      if (value === undefined) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    const page = await sign_in(browser, await arrive(browser, app, url.href), it_is.ann);
    assert.equal(page.status, 299, page.html);
    return new URL(page.url);
  }
  async function tokens_of(parameters: Readonly<Record<string, string | undefined>>) {
    const arrived = await answer(parameters);
    const code = arrived.searchParams.get('code') ?? '';
    return client.genericGrantRequest(app.config, 'authorization_code', { code, redirect_uri: app.redirect_uri });
  }

  it('oidcc-response-type-missing', async () => {
    assert.equal((await answer({ response_type: undefined })).searchParams.get('error'), 'invalid_request');
  });

  it('oidcc-ensure-request-without-nonce-succeeds-for-code-flow', async () => {
    const { id_token = '' } = await tokens_of({ nonce: undefined });
    assert.equal(jose.decodeJwt(id_token)['nonce'], undefined);
  });

  it('oidcc-userinfo-get, oidcc-userinfo-post-header, oidcc-userinfo-post-body', async () => {
    const { access_token } = await tokens_of({});
    const url = `${it_is.broker.issuer}/userinfo`;
    const authorization = `Bearer ${access_token}`;
    const answers = await Promise.all([
      fetch(url, { headers: { authorization } }),
      fetch(url, { method: 'POST', headers: { authorization } }),
      fetch(url, { method: 'POST', body: new URLSearchParams({ access_token }) }),
    ]);
    const [first, ...others] = await Promise.all(answers.map((one) => one.json()));
    assert.ok((first as { sub?: string }).sub);
    for (const other of others) assert.deepEqual(other, first);
    const query = await fetch(`${url}?access_token=${access_token}`);
    assert.ok(query.status >= 400 && query.status < 500, 'a token in an address is none (RFC 9700 section 4.3.2)');
  });

  it('oidcc-scope-profile, -email, -all, oidcc-ensure-other-scope-order-succeeds; -address and -phone are not offered, and ignored', async () => {
    for (const [scope, names] of Object.entries({
      'openid profile': ['name', 'given_name', 'family_name', 'preferred_username', 'updated_at'],
      'openid email': ['email', 'email_verified'],
      'email profile openid': ['email', 'name'],
      'openid address phone profile': ['name'],
    })) {
      const claims = jose.decodeJwt((await tokens_of({ scope })).id_token ?? '');
      for (const name of names) assert.ok(name in claims, `${scope}: ${name}`);
      assert.equal('address' in claims || 'phone_number' in claims, false);
    }
  });

  it('oidcc-display-page, oidcc-display-popup, oidcc-ui-locales, oidcc-claims-locales, oidcc-login-hint, oidcc-ensure-request-with-acr-values-succeeds, oidcc-ensure-request-with-unknown-parameter-succeeds', async () => {
    for (const parameters of [
      { display: 'page' },
      { display: 'popup' },
      { ui_locales: 'sv-SE fr' },
      { claims_locales: 'sv' },
      { login_hint: 'ann@acme.example' },
      { acr_values: '1 2' },
      { extra: 'foobar' },
    ])
      assert.ok((await answer(parameters)).searchParams.get('code'), JSON.stringify(parameters));
  });

  it('oidcc-max-age-1: a session that is older asks anew, and `auth_time` is later', async () => {
    const browser = new Browser();
    await answer({}, browser);
    const visited = browser.visited.length;
    await answer({ max_age: '0' }, browser);
    assert.ok(browser.visited.slice(visited).some((url) => url.startsWith(it_is.mock.issuer)));
  });

  it('oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported', async () => {
    const request = `${jose.base64url.encode('{"alg":"none"}')}.${jose.base64url.encode('{"scope":"openid"}')}.`;
    assert.match((await answer({ request })).searchParams.get('error') ?? '', /invalid_request_object|request_not_supported/);
  });

  it('oidcc-request-uri-unsigned: what a request_uri names is never fetched', async () => {
    const page = await arrive(new Browser(), app, (await app.begin({ request_uri: 'https://127.0.0.1:1/request' })).url);
    const error = new URL(page.url).searchParams.get('error');
    assert.ok(page.status === 400 || error === 'request_uri_not_supported' || error === 'invalid_request_uri', page.url);
    const published = await client.discovery(new URL(it_is.broker.issuer), 'x', undefined, undefined, {
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out: the broker of a test is plain http
      execute: [client.allowInsecureRequests],
    });
    assert.equal(published.serverMetadata()['request_uri_parameter_supported'] ?? false, false);
  });

  it('oidcc-redirect-uri-query-OK, -query-mismatch, -query-added, oidcc-redirect-uri-regfrag, oidcc-ensure-redirect-uri-in-authorization-request', async () => {
    const redirect_uri = 'https://app.example/cb?foo=bar';
    const registered = await add_client(it_is.broker, { redirect_uris: [redirect_uri, 'https://app.example/plain'] });
    const begin = async (uri: string | undefined): Promise<number> => {
      const rp = await relying_party({ issuer: it_is.broker.issuer, ...registered, redirect_uri: uri ?? redirect_uri });
      const url = new URL((await rp.begin({ organization: 'acme', prompt: 'none' })).url);
      if (uri === undefined) url.searchParams.delete('redirect_uri');
      return (await arrive(new Browser(), rp, url.href)).status;
    };
    assert.equal(await begin(redirect_uri), 299);
    for (const wrong of ['https://app.example/cb?foo=baz', 'https://app.example/plain?foo=bar', 'https://app.example/cb', undefined])
      assert.equal(await begin(wrong), 400, wrong);
    assert.equal((await it_is.broker.call('POST', '/clients', { redirect_uris: [`${redirect_uri}#x`] })).status, 422);
  });

  it('oidcc-userinfo-rs256: userinfo as a signed JWT', async () => {
    const registered = await add_client(it_is.broker, { userinfo_signed_response_alg: 'RS256' });
    const rp = await relying_party({ issuer: it_is.broker.issuer, ...registered, metadata: { userinfo_signed_response_alg: 'RS256' } });
    const { tokens, user_id } = await it_is.login({}, { app: rp });
    assert.equal((await client.fetchUserInfo(rp.config, tokens.access_token, user_id)).sub, user_id);
  });

  it('the form_post plan: the answer is a form that posts itself, errors too', async () => {
    const browser = new Browser();
    await answer({}, browser);
    for (const [parameters, name] of [
      [{}, 'code'],
      [{ organization: 'nobody' }, 'error'],
    ] as const) {
      const { url } = await app.begin({ organization: 'acme', ...parameters, response_mode: 'form_post' }, { without_pkce: true });
      const page = await browser.open(url);
      const form = page.forms[0];
      assert.equal(form?.action, app.redirect_uri);
      assert.equal(form.method, 'POST');
      assert.ok(form.fields[name], page.html);
      assert.equal(form.fields['iss'], it_is.broker.issuer);
    }
  });

  it('oidcc-ensure-post-request-succeeds', async () => {
    const browser = new Browser();
    const started = await app.begin({ organization: 'acme' });
    browser.stop_at.push(app.redirect_uri);
    const body = new URL(started.url).searchParams;
    const page = await browser.open(`${it_is.broker.issuer}/authorize`, { method: 'POST', cross_site: true, body });
    assert.ok((await started.finish((await sign_in(browser, page, it_is.ann)).url)).id_token);
  });

  it('oidcc-registration-jwks-uri: a client is known by the keys at its address', async () => {
    const key = await key_pair('ES256');
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [key.public_jwk] }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // a TCP server's address
    const { client_id } = await add_client(it_is.broker, {
      token_endpoint_auth_method: 'private_key_jwt',
      jwks_uri: `http://127.0.0.1:${port}/jwks`,
      grant_types: ['authorization_code', 'client_credentials'],
    });
    const ask = async (signer: TestKey): Promise<unknown> => {
      const rp = await relying_party({ issuer: it_is.broker.issuer, client_id, auth: client.PrivateKeyJwt(signer.private_key) });
      return client.clientCredentialsGrant(rp.config);
    };
    try {
      await ask(key);
      await assert.rejects(ask(await key_pair('ES256')));
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });

  it('fapi2: a code is bound to its client, and a request_uri to one use', async () => {
    const arrived = await answer({});
    const other = await relying_party({ issuer: it_is.broker.issuer, ...(await add_client(it_is.broker)) });
    await assert.rejects(
      client.genericGrantRequest(other.config, 'authorization_code', {
        code: arrived.searchParams.get('code') ?? '',
        redirect_uri: app.redirect_uri,
      }),
      (error: client.ResponseBodyError) => error.error === 'invalid_grant',
    );
  });
});
