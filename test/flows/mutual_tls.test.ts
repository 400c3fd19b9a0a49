import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { request as http_request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import * as jose from 'jose';
import * as client from 'openid-client';
import { type AppCertificate, type ClientAuthority, client_authority, self_signed } from '../support/client_certificates.ts';
import { free_port } from '../support/free_port.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { type MtlsProxy, mtls_proxy, PROXY_ADDRESS } from '../support/mtls_proxy.ts';
import { type RelyingParty, relying_party } from '../support/relying_party.ts';
import { add_client } from '../support/tenant.ts';

const is_error = (wanted: string) => (error: client.ResponseBodyError) => error.error === wanted;
const API = 'https://api.example/mtls';
const SUBJECT = 'CN=app,O=Example,C=DE';

describe('mutual TLS of apps (RFC 8705), ended at a trusted proxy', () => {
  let it_is: Installation;
  let proxy: MtlsProxy;
  let authority: ClientAuthority;
  let own: AppCertificate;
  before(async () => {
    authority = await client_authority();
    own = await authority.issue();
    const port = await free_port();
    proxy = await mtls_proxy(port, () => Number(new URL(it_is.broker.issuer).port));
    it_is = await start_installation({
      env: {
        POSTERN_TRUST_PROXY: PROXY_ADDRESS,
        POSTERN_CLIENT_CERTIFICATE_HEADER: 'Client-Cert',
        POSTERN_CLIENT_CERTIFICATE_CA: authority.ca,
        POSTERN_MTLS_ORIGIN: `https://127.0.0.1:${port}`,
      },
    });
    await it_is.broker.api('POST', '/resources', { identifier: API, name: 'API', scopes: ['read'] });
  });
  after(async () => {
    await it_is.stop();
    await proxy.close();
  });

  const register = (body: Readonly<Record<string, unknown>> = {}): Promise<{ client_id: string }> =>
    add_client(it_is.broker, { token_endpoint_auth_method: 'tls_client_auth', tls_client_auth_subject_dn: SUBJECT, ...body });

  async function app_of(client_id: string, certificate: AppCertificate | undefined, auth = client.TlsClientAuth()): Promise<RelyingParty> {
    const app = await relying_party({
      issuer: it_is.broker.issuer,
      client_id,
      auth,
      metadata: { use_mtls_endpoint_aliases: true },
    });
    app.config[client.customFetch] = proxy.fetch_as(certificate);
    return app;
  }

  /** A token request as somebody writes it by hand; `from` is the address it comes from, headers may come twice. */
  const ask = (client_id: string, headers: readonly string[], from: string): Promise<{ status: number; error: unknown }> =>
    new Promise((resolve, reject) => {
      const { port } = new URL(it_is.broker.issuer);
      const body = `grant_type=client_credentials&client_id=${client_id}`;
      const raw = ['host', 'x', 'content-type', 'application/x-www-form-urlencoded', 'content-length', String(body.length), ...headers];
      const sent = http_request({ host: '127.0.0.1', port, localAddress: from, path: '/token', method: 'POST', headers: raw }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => {
          const { error } = JSON.parse(Buffer.concat(parts).toString()) as { error?: unknown };
          resolve({ status: answer.statusCode ?? 0, error });
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });

  it('is announced: methods, bound tokens, and the host that asks for certificates', async () => {
    for (const path of ['openid-configuration', 'oauth-authorization-server']) {
      const said = (await (await fetch(`${it_is.broker.issuer}/.well-known/${path}`)).json()) as Record<string, unknown>;
      for (const method of ['tls_client_auth', 'self_signed_tls_client_auth'])
        assert.ok((said['token_endpoint_auth_methods_supported'] as string[]).includes(method));
      assert.equal(said['tls_client_certificate_bound_access_tokens'], true);
      const aliases = said['mtls_endpoint_aliases'] as Record<string, string>;
      assert.equal(aliases['token_endpoint'], `${proxy.origin}/token`);
      assert.equal(aliases['pushed_authorization_request_endpoint'], `${proxy.origin}/par`);
    }
  });

  describe('tls_client_auth', () => {
    it('an app signs people in by the certificate that the CA gave it', async () => {
      const app = await app_of((await register()).client_id, own);
      const { tokens } = await it_is.login({}, { app });
      assert.ok(tokens.id_token);
      const introspected = await client.tokenIntrospection(app.config, tokens.access_token);
      assert.equal(introspected.active, true);
    });

    it('a certificate is known by its subject, or by one of its other names: exactly the one that is registered', async () => {
      const named = await authority.issue({
        names: [
          { type: 'dns', value: 'app.example' },
          { type: 'url', value: 'spiffe://example/app' },
          { type: 'ip', value: '192.0.2.7' },
          { type: 'email', value: 'app@example.com' },
        ],
      });
      for (const [field, right, wrong] of [
        ['tls_client_auth_san_dns', 'APP.example', 'other.example'],
        ['tls_client_auth_san_uri', 'spiffe://example/app', 'spiffe://example/App'],
        ['tls_client_auth_san_ip', '192.0.2.7', '192.0.2.8'],
        ['tls_client_auth_san_email', 'app@example.com', 'App@example.com'],
        ['tls_client_auth_subject_dn', 'cn=app, o=Example, c=DE', 'CN=App,O=Example,C=DE'],
      ] as const) {
        const registered = async (value: string) =>
          app_of((await register({ tls_client_auth_subject_dn: undefined, [field]: value })).client_id, named);
        assert.ok((await client.clientCredentialsGrant((await registered(right)).config)).access_token, field);
        await assert.rejects(client.clientCredentialsGrant((await registered(wrong)).config), is_error('invalid_client'), field);
      }
    });

    it('both forms of the header are read', async () => {
      const { client_id } = await register();
      for (const header of [own.header, own.escaped])
        assert.equal((await ask(client_id, ['Client-Cert', header], PROXY_ADDRESS)).status, 200);
    });

    it('no certificate, no token', async () => {
      const { client_id } = await register();
      await assert.rejects(client.clientCredentialsGrant((await app_of(client_id, undefined)).config), is_error('invalid_client'));
    });
  });

  describe('attacks', () => {
    const refused = { status: 401, error: 'invalid_client' };

    it('spoofed header from an untrusted address: not looked at', async () => {
      const { client_id } = await register();
      assert.equal((await ask(client_id, ['Client-Cert', own.header], PROXY_ADDRESS)).status, 200);
      assert.deepEqual(await ask(client_id, ['Client-Cert', own.header], '127.0.0.1'), refused);
      assert.deepEqual(await ask(client_id, ['Client-Cert', own.header, 'X-Forwarded-For', PROXY_ADDRESS], '127.0.0.1'), refused);
    });

    it('spoofed header through the proxy: it is the proxy that says', async () => {
      const { client_id } = await register();
      const app = await app_of(client_id, undefined);
      const through = proxy.fetch_as(undefined);
      app.config[client.customFetch] = (url, options) => {
        options.headers['client-cert'] = own.header;
        return through(url, options);
      };
      await assert.rejects(client.clientCredentialsGrant(app.config), is_error('invalid_client'));
    });

    it('header present twice: neither is believed', async () => {
      const { client_id } = await register();
      const other = await authority.issue({ subject: 'CN=other' });
      for (const [first, second] of [
        [own, own],
        [own, other],
        [other, own],
      ] as const)
        assert.deepEqual(await ask(client_id, ['Client-Cert', first.header, 'client-cert', second.header], PROXY_ADDRESS), refused);
      assert.deepEqual(await ask(client_id, ['Client-Cert', `${own.header}, ${other.header}`], PROXY_ADDRESS), refused);
    });

    it('certificate of the same subject that another CA, or nobody, vouches for', async () => {
      const { client_id } = await register();
      const strangers = await client_authority();
      for (const certificate of [await strangers.issue(), await self_signed()])
        assert.deepEqual(await ask(client_id, ['Client-Cert', certificate.header], PROXY_ADDRESS), refused);
    });

    it('CA of the same name with another key', async () => {
      const { client_id } = await register();
      const impostor = await client_authority(new X509Certificate(authority.ca).subject);
      assert.deepEqual(await ask(client_id, ['Client-Cert', (await impostor.issue()).header], PROXY_ADDRESS), refused);
    });

    it('certificate signed by another app’s certificate: an app is no CA', async () => {
      const { client_id } = await register();
      const chained = await client_authority('C=DE, O=Example, CN=app');
      assert.deepEqual(await ask(client_id, ['Client-Cert', (await chained.issue()).header], PROXY_ADDRESS), refused);
    });

    for (const [what, options] of Object.entries({
      'expired certificate': { from: -10, until: -1 },
      'certificate whose time has not come': { from: 1, until: 2 },
      'certificate of a server': { purposes: ['1.3.6.1.5.5.7.3.1'] },
      'certificate that demands what nobody here understands': { critical: '1.2.3.4' },
      'certificate of another subject of the same CA': { subject: 'C=DE, O=Example, CN=other' },
      'subject with one more part': { subject: 'C=DE, O=Example, CN=app, OU=more' },
      'subject in one part, spelt like the registered one': { subject: 'CN="app,O=Example,C=DE"' },
      'subject in the other order': { subject: 'CN=app, O=Example, C=DE' },
    }))
      it(what, async () => {
        const { client_id } = await register();
        const certificate = await authority.issue(options);
        assert.deepEqual(await ask(client_id, ['Client-Cert', certificate.header], PROXY_ADDRESS), refused);
      });

    it('certificate with a key or names that cannot be read is nobody’s, not a fault of ours', async () => {
      const { client_id } = await register();
      const named = await register({ tls_client_auth_subject_dn: undefined, tls_client_auth_san_dns: 'app.example' });
      const P256 = Buffer.from('06082a8648ce3d030107', 'hex');
      const der = new X509Certificate((await self_signed()).cert).raw;
      der[der.indexOf(P256) + P256.length - 1] = 0x7f;
      assert.deepEqual(await ask(client_id, ['Client-Cert', `:${der.toString('base64')}:`], PROXY_ADDRESS), refused);
      const garbled = await authority.issue({ critical: '2.5.29.17' });
      assert.deepEqual(await ask(named.client_id, ['Client-Cert', garbled.header], PROXY_ADDRESS), refused);
    });

    it('header that is no certificate, or more than one', async () => {
      const { client_id } = await register();
      const der = own.header.slice(1, -1);
      for (const value of [
        '',
        '::',
        ':AAAA:',
        der,
        `:${der}`,
        `:${der}AAAA:`,
        `:${'A'.repeat(12_000)}:`,
        own.escaped + own.escaped,
        '%',
        encodeURIComponent('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'),
      ])
        assert.deepEqual(await ask(client_id, ['Client-Cert', value], PROXY_ADDRESS), refused, value.slice(0, 60));
    });

    it('secret instead of the certificate, certificate instead of the secret', async () => {
      const { client_id } = await register();
      const basic = `Basic ${Buffer.from(`${client_id}:x`).toString('base64')}`;
      assert.deepEqual(await ask(client_id, ['Client-Cert', own.header, 'authorization', basic], PROXY_ADDRESS), refused);
      assert.deepEqual(await ask(it_is.client_id, ['Client-Cert', own.header], PROXY_ADDRESS), refused);
    });
  });

  describe('self_signed_tls_client_auth', () => {
    it('knows an app by the very certificate that it registered', async () => {
      const mine = await self_signed();
      const theirs = await self_signed();
      const { client_id } = await register({
        token_endpoint_auth_method: 'self_signed_tls_client_auth',
        tls_client_auth_subject_dn: undefined,
        jwks: { keys: [mine.jwk] },
      });
      assert.ok((await client.clientCredentialsGrant((await app_of(client_id, mine)).config)).access_token);
      await assert.rejects(client.clientCredentialsGrant((await app_of(client_id, theirs)).config), is_error('invalid_client'));
    });

    it('expired certificate that is registered: refused all the same', async () => {
      const old = await self_signed({ from: -3, until: -1 });
      const { client_id } = await register({
        token_endpoint_auth_method: 'self_signed_tls_client_auth',
        tls_client_auth_subject_dn: undefined,
        jwks: { keys: [old.jwk] },
      });
      await assert.rejects(client.clientCredentialsGrant((await app_of(client_id, old)).config), is_error('invalid_client'));
    });
  });

  describe('certificate-bound access tokens', () => {
    const bound = () =>
      register({
        tls_client_certificate_bound_access_tokens: true,
        grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      });

    it('say the thumbprint: in a JWT, and in introspection', async () => {
      const app = await app_of((await bound()).client_id, own);
      const { tokens } = await it_is.login({ scope: 'openid read', resource: API }, { app });
      assert.deepEqual(jose.decodeJwt(tokens.access_token)['cnf'], { 'x5t#S256': own.thumbprint });
      const own_token = await client.clientCredentialsGrant(app.config);
      const { cnf } = await client.tokenIntrospection(app.config, own_token.access_token);
      assert.deepEqual(cnf, { 'x5t#S256': own.thumbprint });
    });

    it('token replayed with another certificate of the same subject, or without one: userinfo is 401', async () => {
      const { client_id } = await bound();
      const app = await app_of(client_id, own);
      const { tokens, user_id } = await it_is.login({ scope: 'openid' }, { app });
      assert.equal((await client.fetchUserInfo(app.config, tokens.access_token, user_id)).sub, user_id);
      for (const certificate of [await authority.issue(), undefined]) {
        const thief = await app_of(client_id, certificate);
        await assert.rejects(
          client.fetchUserInfo(thief.config, tokens.access_token, user_id),
          (error: client.WWWAuthenticateChallengeError) => {
            assert.equal(error.status, 401);
            return true;
          },
        );
      }
      // past the proxy
      const direct = await fetch(`${it_is.broker.issuer}/userinfo`, {
        headers: { authorization: `Bearer ${tokens.access_token}`, 'client-cert': own.header },
      });
      assert.equal(direct.status, 401);
    });

    it('are renewed under a new certificate of the same app, and bound to that', async () => {
      const { client_id } = await bound();
      const { tokens } = await it_is.login({ scope: 'openid offline_access' }, { app: await app_of(client_id, own) });
      const next = await authority.issue();
      const renewed = await app_of(client_id, next);
      const refreshed = await client.refreshTokenGrant(renewed.config, tokens.refresh_token ?? '');
      const { cnf } = await client.tokenIntrospection(renewed.config, refreshed.access_token);
      assert.deepEqual(cnf, { 'x5t#S256': next.thumbprint });
    });

    it('of a public app: its refresh token is bound as well, and of no use with another certificate', async () => {
      const { client_id } = await register({
        token_endpoint_auth_method: 'none',
        tls_client_auth_subject_dn: undefined,
        tls_client_certificate_bound_access_tokens: true,
        grant_types: ['authorization_code', 'refresh_token'],
      });
      const mine = await self_signed();
      const { tokens } = await it_is.login({ scope: 'openid offline_access' }, { app: await app_of(client_id, mine, client.None()) });
      const thief = await app_of(client_id, await self_signed(), client.None());
      await assert.rejects(client.refreshTokenGrant(thief.config, tokens.refresh_token ?? ''), is_error('invalid_grant'));
    });

    it('are not given to an app that shows no certificate, however else it proves who it is', async () => {
      const registered = await add_client(it_is.broker, { tls_client_certificate_bound_access_tokens: true });
      const app = await app_of(registered.client_id, undefined, client.ClientSecretBasic(registered.client_secret));
      await assert.rejects(client.clientCredentialsGrant(app.config), is_error('invalid_grant'));
    });
  });

  describe('token exchange', () => {
    const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
    const exchange = (app: RelyingParty, subject_token: string) =>
      client.genericGrantRequest(app.config, EXCHANGE, {
        subject_token,
        subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        resource: API,
        scope: 'read',
      });
    const exchanging = () =>
      register({
        tls_client_certificate_bound_access_tokens: true,
        grant_types: ['authorization_code', EXCHANGE],
        scope: 'openid read',
      });

    it('gives a token bound to the certificate that the app shows', async () => {
      const app = await app_of((await exchanging()).client_id, own);
      const { tokens } = await it_is.login({ scope: 'openid' }, { app });
      const given = await exchange(app, tokens.access_token);
      assert.deepEqual(jose.decodeJwt(given.access_token)['cnf'], { 'x5t#S256': own.thumbprint });
    });

    it('stolen token with another certificate of the same subject, or by an app that shows none', async () => {
      const { client_id } = await exchanging();
      const { tokens } = await it_is.login({ scope: 'openid' }, { app: await app_of(client_id, own) });
      await assert.rejects(exchange(await app_of(client_id, await authority.issue()), tokens.access_token), is_error('invalid_grant'));
      await assert.rejects(exchange(await app_of(client_id, undefined), tokens.access_token), is_error('invalid_client'));
    });
  });

  describe('profile fapi2', () => {
    const redirect_uri = 'https://app.example/callback';

    it('takes mutual TLS for authentication and binding', async () => {
      const { client_id } = await register({
        profile: 'fapi2',
        tls_client_certificate_bound_access_tokens: true,
        redirect_uris: [redirect_uri],
        grant_types: ['authorization_code'],
      });
      const app = await relying_party({
        issuer: it_is.broker.issuer,
        client_id,
        redirect_uri,
        auth: client.TlsClientAuth(),
        metadata: { use_mtls_endpoint_aliases: true, id_token_signed_response_alg: 'ES256' },
      });
      app.config[client.customFetch] = proxy.fetch_as(own);
      const { tokens } = await it_is.login({ scope: 'openid read', resource: API }, { app, request: { push: true } });
      assert.deepEqual(jose.decodeJwt(tokens.access_token)['cnf'], { 'x5t#S256': own.thumbprint });
    });
  });

  describe('registration', () => {
    it('says what contradicts itself', async () => {
      const jwks = { keys: [(await self_signed()).jwk] };
      for (const [body, field] of [
        [{ token_endpoint_auth_method: 'tls_client_auth' }, 'tls_client_auth_subject_dn'],
        [
          { token_endpoint_auth_method: 'tls_client_auth', tls_client_auth_subject_dn: SUBJECT, tls_client_auth_san_dns: 'a.example' },
          'tls_client_auth_san_dns',
        ],
        [{ token_endpoint_auth_method: 'tls_client_auth', tls_client_auth_subject_dn: 'app' }, 'tls_client_auth_subject_dn'],
        [{ tls_client_auth_subject_dn: SUBJECT }, 'tls_client_auth_subject_dn'],
        [{ token_endpoint_auth_method: 'self_signed_tls_client_auth' }, 'jwks'],
        [{ token_endpoint_auth_method: 'self_signed_tls_client_auth', jwks: { keys: [{ ...jwks.keys[0], x5c: undefined }] } }, 'jwks'],
        [
          {
            token_endpoint_auth_method: 'self_signed_tls_client_auth',
            jwks: { keys: [{ ...jwks.keys[0], x5c: [own.header.slice(1, -1)] }] },
          },
          'jwks.keys.0',
        ],
        [
          { tls_client_certificate_bound_access_tokens: true, dpop_bound_access_tokens: true },
          'tls_client_certificate_bound_access_tokens',
        ],
      ] as const) {
        const answer = await it_is.broker.call('POST', '/clients', {
          client_name: 'X',
          redirect_uris: ['http://127.0.0.1:9/callback'],
          ...body,
        });
        const { errors = [] } = (await answer.json()) as { errors?: { path: string }[] };
        assert.equal(answer.status, 422, JSON.stringify(body));
        assert.ok(
          errors.some(({ path }) => path === field),
          `${field}: ${JSON.stringify(errors)}`,
        );
      }
    });
  });
});

describe('without POSTERN_CLIENT_CERTIFICATE_HEADER', () => {
  let it_is: Installation;
  before(async () => {
    it_is = await start_installation({ env: { POSTERN_TRUST_PROXY: '127.0.0.1' } });
  });
  after(() => it_is.stop());

  it('mutual TLS is not announced, and no app can be registered for it', async () => {
    const said = (await (await fetch(`${it_is.broker.issuer}/.well-known/openid-configuration`)).json()) as Record<string, unknown>;
    assert.equal('tls_client_certificate_bound_access_tokens' in said, false);
    assert.equal('mtls_endpoint_aliases' in said, false);
    assert.ok(!(said['token_endpoint_auth_methods_supported'] as string[]).some((method) => method.includes('tls')));
    for (const body of [
      { token_endpoint_auth_method: 'tls_client_auth', tls_client_auth_subject_dn: SUBJECT },
      { tls_client_certificate_bound_access_tokens: true },
    ]) {
      const answer = await it_is.broker.call('POST', '/clients', {
        client_name: 'X',
        redirect_uris: ['http://127.0.0.1:9/callback'],
        ...body,
      });
      assert.equal(answer.status, 422);
      assert.match(await answer.text(), /POSTERN_CLIENT_CERTIFICATE_HEADER/);
    }
  });
});
