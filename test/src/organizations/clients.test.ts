import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import Provider from 'oidc-provider';
import { client_metadata } from '../../../src/tokens/client_metadata.ts';
import { type Fixture, make_fixture, operator, owner, refusal } from './fixture.ts';

const web = { client_name: 'Shop', redirect_uris: ['https://shop.example/callback'] };
const rsa_jwk = (bits = 2048) => generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({ format: 'jwk' });
const private_jwk = (kind: 'rsa' | 'ec' | 'ed25519') => {
  const made =
    kind === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : kind === 'ec'
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : generateKeyPairSync('ed25519');
  return { ...made.privateKey.export({ format: 'jwk' }), use: 'sig' } as { kty: string }; // every JWK has one
};
const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code';

describe('apps', () => {
  let fixture: Fixture;
  const clients = () => fixture.organizations.clients;
  before(async () => {
    fixture = await make_fixture();
  });
  after(() => fixture.close());
  beforeEach(() => {
    fixture.events.length = 0;
    fixture.ended.length = 0;
  });
  const refused_fields = async (body: object): Promise<string[] | undefined> => (await refusal(clients().create(body, owner))).fields;

  describe('when registered', () => {
    it('get an id and a secret of 256 bits that is shown once and sealed at rest', async () => {
      const { view } = await clients().create(web, operator);
      assert.equal(view.id, view.client_id);
      assert.match(view.client_secret ?? '', /^[\w-]{43}$/);
      const seen = [
        await clients().get(view.id),
        await clients().list({}),
        fixture.events,
        await fixture.storage.gateway.clients.find_one({ id: view.id }),
      ];
      assert.ok(!JSON.stringify(seen).includes(view.client_secret ?? ''));
      assert.equal((await fixture.organizations.directory.client(view.id))?.secret, view.client_secret);
    });

    it('are first-party, enabled, open to all, with OIDC defaults', async () => {
      const { view } = await clients().create(web, operator);
      assert.deepEqual(
        [view.first_party, view.enabled, view.organizations, view.grant_types, view.token_endpoint_auth_method, view.application_type],
        [true, true, 'all', ['authorization_code'], 'client_secret_basic', 'web'],
      );
    });

    it('may choose their client_id, once', async () => {
      const { view } = await clients().create({ ...web, client_id: 'shop' }, operator);
      assert.equal(view.client_id, 'shop');
      assert.deepEqual(await refusal(clients().create({ ...web, client_id: 'shop' }, operator)), { status: 409, code: 'already_exists' });
    });

    it('may not choose one that every object has, nor one that is none', async () => {
      for (const client_id of ['constructor', 'toString', '__proto__', '', 'a b', 'ä', '../x', 'x'.repeat(129)])
        assert.deepEqual(await refused_fields({ ...web, client_id }), ['client_id'], client_id);
    });

    it('without a secret have none', async () => {
      const { view } = await clients().create({ ...web, token_endpoint_auth_method: 'none' }, operator);
      assert.equal(view.client_secret, undefined);
      const row = await fixture.storage.gateway.clients.find_one({ id: view.id });
      assert.equal(row?.sealed_secret, null);
      assert.deepEqual(await refusal(clients().rotate_secret(view.id, operator)), { status: 409, code: 'no_client_secret' });
    });

    it('may name organizations by id or slug, and only such as exist', async () => {
      const id = await fixture.new_org('shoppers');
      const { view } = await clients().create({ ...web, organizations: ['shoppers', id] }, operator);
      assert.deepEqual(view.organizations, [id]);
      assert.deepEqual(await refused_fields({ ...web, organizations: [id, 'nobody'] }), ['organizations.1']);
    });

    it('refuse names that are none', async () => {
      assert.deepEqual(await refused_fields({ ...web, client_secret: 'mine', allow_everything: true }), [
        'client_secret',
        'allow_everything',
      ]);
    });
  });

  describe('redirect URIs', () => {
    const accepted = [
      'https://shop.example/callback',
      'https://shop.example:8443/cb?tenant=1',
      'https://shop.example',
      'http://localhost/cb',
      'http://localhost:3000/cb',
      'http://127.0.0.1:3000/cb',
      'http://[::1]:3000/cb',
    ];
    for (const uri of accepted)
      it(`take ${uri}`, async () => {
        assert.deepEqual((await clients().create({ redirect_uris: [uri] }, operator)).view.redirect_uris, [uri]);
      });

    const hostile = [
      'https://shop.example/cb#fragment',
      'https://shop.example/cb#',
      'http://shop.example/cb',
      'http://localhost.evil.example/cb',
      'http://127.0.0.1.evil.example/',
      'https://*.shop.example/cb',
      'https://user:pass@shop.example/',
      'https://shop.example@evil.example/',
      'https://@evil.example/cb',
      'https:shop.example/cb',
      'https:///cb',
      'https://',
      '/callback',
      '//shop.example/cb',
      'shop.example/cb',
      'javascript:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'about:blank',
      'myapp:/cb',
      'https://shop.example/c b',
      'https://shop.example/\tcb',
      'https://shop.example\\@evil.example/',
      'https://shop.example/\u202ecb',
      'https://shöp.example/cb',
      ' https://shop.example/cb',
      '',
    ];
    for (const uri of hostile)
      it(`refuse ${JSON.stringify(uri)}`, async () => {
        assert.deepEqual(await refused_fields({ redirect_uris: [uri] }), ['redirect_uris.0']);
      });

    it('of a private-use scheme make a native app', async () => {
      const { view } = await clients().create(
        { redirect_uris: ['com.example.app:/callback'], token_endpoint_auth_method: 'none' },
        operator,
      );
      assert.equal(view.application_type, 'native');
      assert.deepEqual(await refused_fields({ application_type: 'web', redirect_uris: ['com.example.app:/cb'] }), ['redirect_uris.0']);
    });

    it('follow the same rules after logout', async () => {
      assert.deepEqual(await refused_fields({ ...web, post_logout_redirect_uris: ['http://evil.example'] }), [
        'post_logout_redirect_uris.0',
      ]);
    });
  });

  describe('grants and authentication', () => {
    it('know no implicit grant and no passwords', async () => {
      assert.deepEqual(await refused_fields({ ...web, grant_types: ['implicit'] }), ['grant_types.0']);
      assert.deepEqual(await refused_fields({ ...web, grant_types: ['password'] }), ['grant_types.0']);
      assert.deepEqual(await refused_fields({ ...web, response_types: ['id_token'] }), ['response_types.0']);
    });

    it('fit each other', async () => {
      assert.deepEqual(await refused_fields({ grant_types: ['authorization_code'] }), ['redirect_uris']);
      assert.deepEqual(await refused_fields({ ...web, grant_types: ['client_credentials'] }), ['redirect_uris']);
      assert.deepEqual(await refused_fields({ grant_types: ['refresh_token'] }), ['grant_types']);
      assert.deepEqual(await refused_fields({ grant_types: ['client_credentials', 'refresh_token'] }), ['grant_types']);
      assert.deepEqual(await refused_fields({ grant_types: ['client_credentials'], token_endpoint_auth_method: 'none' }), ['grant_types']);
      assert.deepEqual(await refused_fields({ ...web, token_endpoint_auth_method: 'private_key_jwt' }), ['jwks']);
      assert.deepEqual(await refused_fields({ ...web, token_endpoint_auth_method: 'tls_client_auth' }), ['token_endpoint_auth_method']);
    });

    it('take public keys only, strong ones', async () => {
      const with_keys = (...keys: unknown[]) => ({ ...web, token_endpoint_auth_method: 'private_key_jwt', jwks: { keys } });
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      assert.deepEqual(await refused_fields(with_keys(privateKey.export({ format: 'jwk' }))), ['jwks.keys.0']);
      assert.deepEqual(await refused_fields(with_keys(rsa_jwk(), rsa_jwk(1024))), ['jwks.keys.1']);
      assert.deepEqual(await refused_fields(with_keys({ ...rsa_jwk(), e: 'AQ' })), ['jwks.keys.0'], 'exponent 1');
      assert.deepEqual(await refused_fields(with_keys({ kty: 'oct', k: 'c2VjcmV0' })), ['jwks.keys.0.kty']);
      assert.deepEqual(await refused_fields(with_keys({ kty: 'RSA' })), ['jwks.keys.0']);
      assert.deepEqual(await refused_fields({ ...with_keys(rsa_jwk()), jwks_uri: 'https://shop.example/jwks' }), ['jwks_uri']);
      await clients().create(with_keys(rsa_jwk()), operator);
    });
  });

  describe('what only an owner gives', () => {
    const admin = { ...web, grant_types: ['authorization_code'], scope: 'openid postern:admin' };

    it('is the scope postern:admin', async () => {
      assert.deepEqual(await refusal(clients().create(admin, operator)), { status: 403, code: 'owners_only' });
      const { view } = await clients().create(web, operator);
      assert.deepEqual(await refusal(clients().update(view.id, { scope: 'postern:admin' }, operator)), {
        status: 403,
        code: 'owners_only',
      });
      assert.equal((await clients().create(admin, owner)).view.scope, 'openid postern:admin');
    });

    it('is the redirect and the secret of an app that has it: both would hand it on', async () => {
      const { view } = await clients().create(admin, owner);
      const stolen = { redirect_uris: ['https://evil.example/cb'] };
      assert.deepEqual(await refusal(clients().update(view.id, stolen, operator)), { status: 403, code: 'owners_only' });
      assert.deepEqual(await refusal(clients().rotate_secret(view.id, operator)), { status: 403, code: 'owners_only' });
    });

    it('is an exemption from PKCE, and only for a client that authenticates', async () => {
      assert.equal((await refusal(clients().create({ ...web, require_pkce: false }, operator))).code, 'owners_only');
      const open = { ...web, token_endpoint_auth_method: 'none', require_pkce: false };
      assert.deepEqual(await refused_fields(open), ['require_pkce']);
      const { view } = await clients().create({ ...web, require_pkce: false }, owner);
      assert.equal((await clients().update(view.id, { client_name: 'Renamed' }, operator)).view.require_pkce, false);
      assert.deepEqual((await refusal(clients().update(view.id, { token_endpoint_auth_method: 'none' }, owner))).fields, ['require_pkce']);
    });

    it('are no other scopes that begin with postern:', async () => {
      assert.deepEqual(await refused_fields({ ...web, scope: 'openid postern:everything' }), ['scope']);
      assert.deepEqual(await refused_fields({ ...web, scope: 'openid  email' }), ['scope']);
    });
  });

  describe('when changed', () => {
    it('merge as RFC 7396 has it', async () => {
      const { view } = await clients().create(
        { ...web, initiate_login_uri: 'https://shop.example/start', contacts: ['a@shop.example'] },
        operator,
      );
      const patch = { initiate_login_uri: null, redirect_uris: ['https://shop.example/new'], organizations: [] };
      const { view: changed, version } = await clients().update(view.id, patch, operator, 1);
      assert.equal(version, 2);
      assert.ok(!Object.hasOwn(changed, 'initiate_login_uri'));
      assert.deepEqual(
        [changed.redirect_uris, changed.organizations, changed.contacts],
        [['https://shop.example/new'], [], ['a@shop.example']],
      );
      assert.deepEqual(await refusal(clients().update(view.id, { client_name: 'x' }, operator, 1)), { status: 412, code: 'stale' });
      assert.deepEqual((await refusal(clients().update(view.id, { redirect_uris: null }, operator))).fields, ['redirect_uris']);
      assert.deepEqual((await refusal(clients().update(view.id, { client_id: 'other' }, operator))).fields, ['client_id']);
    });

    it('get a new secret by rotation; the old one ends', async () => {
      const { view } = await clients().create(web, operator);
      const rotated = await clients().rotate_secret(view.id, operator);
      assert.notEqual(rotated.view.client_secret, view.client_secret);
      assert.equal((await fixture.organizations.directory.client(view.id))?.secret, rotated.view.client_secret);
      assert.equal(rotated.version, 2);
      assert.equal(fixture.events.at(-1)?.type, 'client.secret_rotated');
    });

    it('lose the secret with the method that used it, and get one that nobody knows with the method that needs it', async () => {
      const { view } = await clients().create(web, operator);
      await clients().update(view.id, { token_endpoint_auth_method: 'none' }, operator);
      assert.equal((await fixture.organizations.directory.client(view.id))?.secret, undefined);
      await clients().update(view.id, { token_endpoint_auth_method: 'client_secret_post' }, operator);
      const secret = (await fixture.organizations.directory.client(view.id))?.secret;
      assert.ok(secret !== undefined && secret !== view.client_secret);
    });

    it('end access when disabled and when deleted', async () => {
      const { view } = await clients().create(web, operator);
      await clients().update(view.id, { enabled: false }, operator);
      assert.deepEqual(fixture.ended, [{ client_id: view.id }]);
      assert.equal(await fixture.organizations.directory.client(view.id), undefined);
      await clients().remove(view.id, operator);
      assert.equal(fixture.ended.length, 2);
      assert.equal((await refusal(clients().get(view.id))).status, 404);
    });

    it('tell the directory whether they want to hear of logouts, also while disabled', async () => {
      const { view } = await clients().create({ ...web, backchannel_logout_uri: 'https://shop.example/bcl', enabled: false }, operator);
      assert.equal(await fixture.organizations.directory.wants_logout(view.id), true);
      assert.equal(await fixture.organizations.directory.wants_logout('nobody'), false);
    });
  });

  describe('that are accepted here', () => {
    let provider: Provider;
    before(() => {
      const keys = ['rsa', 'ec', 'ed25519'] as const;
      const algs: ('RS256' | 'ES256' | 'EdDSA')[] = ['RS256', 'ES256', 'EdDSA'];
      const request_algs: ('RS256' | 'PS256' | 'ES256' | 'EdDSA')[] = ['RS256', 'PS256', 'ES256', 'EdDSA'];
      const find = async (id: string) => {
        const found = await fixture.organizations.directory.client(id);
        return found === undefined ? undefined : client_metadata(found);
      };
      const nothing = async () => undefined;
      // the library that will read the registrations, set up as the issuer has it
      provider = new Provider('https://login.vendor.example', {
        adapter: () => ({
          find,
          ...{ upsert: nothing, findByUid: nothing, findByUserCode: nothing, consume: nothing, destroy: nothing, revokeByGrantId: nothing },
        }),
        jwks: { keys: keys.map(private_jwk) },
        cookies: { keys: ['not used'] },
        scopes: ['openid', 'offline_access', 'profile', 'email', 'groups', 'roles', 'postern:admin', 'ssf.manage'],
        responseTypes: ['code'],
        clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt', 'none'],
        extraClientMetadata: { properties: ['require_pkce'] },
        enabledJWA: {
          idTokenSigningAlgValues: algs,
          userinfoSigningAlgValues: algs,
          authorizationSigningAlgValues: algs,
          introspectionSigningAlgValues: algs,
          requestObjectSigningAlgValues: request_algs,
          clientAuthSigningAlgValues: [...request_algs, 'HS256'],
        },
        features: {
          devInteractions: { enabled: false },
          backchannelLogout: { enabled: true },
          clientCredentials: { enabled: true },
          deviceFlow: { enabled: true },
          dPoP: { enabled: true },
          introspection: { enabled: true },
          jwtIntrospection: { enabled: true },
          jwtResponseModes: { enabled: true },
          jwtUserinfo: { enabled: true },
          requestObjects: { enabled: true },
        },
      });
    });
    const issuer_takes = async (body: object): Promise<void> => {
      const { view } = await clients().create(body, owner);
      assert.equal((await provider.Client.find(view.id))?.clientId, view.id);
    };

    it('are accepted by the issuer: every name of a registration', async () => {
      await issuer_takes({
        ...web,
        client_uri: 'https://shop.example',
        logo_uri: 'https://shop.example/logo.png',
        policy_uri: 'https://shop.example/policy',
        tos_uri: 'http://localhost:3000/tos',
        contacts: ['admin@shop.example'],
        application_type: 'web',
        post_logout_redirect_uris: ['https://shop.example/'],
        response_types: ['code'],
        response_modes: ['query', 'form_post', 'query.jwt'],
        grant_types: ['authorization_code', 'refresh_token', 'client_credentials', DEVICE],
        token_endpoint_auth_method: 'private_key_jwt',
        token_endpoint_auth_signing_alg: 'EdDSA',
        subject_type: 'public',
        scope: 'openid email shop:read postern:admin',
        jwks: { keys: [{ ...rsa_jwk(), kid: 'one', use: 'sig' }] },
        backchannel_logout_uri: 'http://app:3000/logout',
        backchannel_logout_session_required: true,
        initiate_login_uri: 'http://localhost:3000/start',
        default_max_age: 0,
        require_auth_time: true,
        require_pushed_authorization_requests: true,
        require_signed_request_object: true,
        request_object_signing_alg: 'PS256',
        dpop_bound_access_tokens: true,
        id_token_signed_response_alg: 'ES256',
        userinfo_signed_response_alg: 'EdDSA',
        introspection_signed_response_alg: 'RS256',
        authorization_signed_response_alg: 'RS256',
        require_pkce: false,
        allowed_resources: ['https://api.shop.example'],
      });
    });

    it('are accepted by the issuer: any combination', async () => {
      const jwks = { keys: [rsa_jwk()] };
      const uris = [
        'https://a.example/cb',
        'http://localhost:1/cb',
        'http://127.0.0.1/cb',
        'com.example.app:/cb',
        'https://localhost/cb',
        'http://[::1]/',
      ];
      const rarely = <Value>(...values: Value[]) => fc.option(fc.constantFrom(...values), { nil: undefined, freq: 1 });
      const given = (body: object) => Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
      const registration = fc
        .record({
          redirect_uris: fc.uniqueArray(fc.constantFrom(...uris), { minLength: 1, maxLength: 3 }),
          post_logout_redirect_uris: fc.uniqueArray(fc.constantFrom(...uris), { maxLength: 1 }),
          grant_types: fc.oneof(
            fc.constant(['authorization_code']),
            fc.uniqueArray(fc.constantFrom('authorization_code', 'refresh_token', 'client_credentials', DEVICE), { minLength: 1 }),
          ),
          token_endpoint_auth_method: fc.constantFrom(
            ...['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt', 'none'],
          ),
          token_endpoint_auth_signing_alg: rarely('HS256', 'RS256', 'PS256', 'ES256', 'EdDSA'),
          application_type: rarely('web', 'native'),
          jwks: rarely(jwks),
          jwks_uri: rarely('https://a.example/jwks'),
          request_object_signing_alg: rarely('RS256', 'EdDSA'),
          response_types: rarely([], ['code']),
          scope: rarely('openid', 'shop:read', 'openid profile offline_access'),
          initiate_login_uri: rarely('https://a.example/start', 'http://localhost/start'),
        })
        .map(given);
      let taken = 0;
      await fc.assert(
        fc.asyncProperty(registration, async (body) => {
          try {
            await issuer_takes(body);
            taken++;
          } catch (error) {
            if (!(error instanceof Error) || !('code' in error) || error.code !== 'invalid_body') throw error;
          }
        }),
        { numRuns: 400 },
      );
      assert.ok(taken > 20, `only ${taken} were accepted`);
    });
  });
});
