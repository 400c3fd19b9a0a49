import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import * as jose from 'jose';
import { start_mock_oidc } from '../../src/mock/index.ts';
import { Browser } from '../support/browser.ts';
import { start_broker } from '../support/broker.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { person } from '../support/people.ts';
import { arrive } from '../support/relying_party.ts';
import { add_organization, oidc_settings } from '../support/tenant.ts';

interface Connection {
  readonly id: string;
  readonly oidc: Readonly<Record<string, unknown>>;
  readonly service_provider: Readonly<Record<string, string>>;
}
interface Problem {
  readonly code: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}
interface Trace {
  readonly steps: readonly { readonly name: string; readonly ok: boolean; readonly detail: string; readonly fix?: string }[];
}

describe('a connection to an OIDC partner', () => {
  let at: Installation;
  before(async () => {
    at = await start_installation();
  });
  after(() => at?.stop());
  beforeEach(() => at.mock.switches.reset());

  const path = (): string => `/organizations/${at.acme.org_id}/connections/${at.connection_id}`;
  const change = (oidc: Readonly<Record<string, unknown>>) => at.broker.api<Connection>('PATCH', path(), { oidc });
  const refused = async (oidc: Readonly<Record<string, unknown>>): Promise<string[]> => {
    const answer = await at.broker.call('PATCH', path(), { oidc });
    assert.equal(answer.status, 422);
    return ((await answer.json()) as Problem).errors?.map((error) => error.path) ?? []; // a problem, by its status
  };
  /** The request that arrives at the partner. */
  const upstream = async (parameters: Readonly<Record<string, string>>): Promise<URLSearchParams> => {
    const browser = new Browser();
    const started = await at.app.begin({ organization: 'acme', ...parameters });
    await arrive(browser, at.app, started.url);
    return new URL(browser.visited.find((url) => url.startsWith(`${at.mock.issuer}/authorize`)) ?? 'http://none').searchParams;
  };
  const newest_trace = async (): Promise<Trace> => {
    const { data } = await at.broker.api<{ data: { reference: string }[] }>('GET', '/login-traces');
    return at.broker.api<Trace>('GET', `/login-traces/${data[0]?.reference ?? ''}`);
  };

  describe('what the app asks of the sign-in is carried up', () => {
    it('login_hint, max_age, acr_values and ui_locales as they are; always code, PKCE, state and nonce', async () => {
      const asked = {
        login_hint: 'ann@acme.example',
        max_age: '300',
        acr_values: 'urn:mock:two-factors urn:mock:password',
        ui_locales: 'de',
      };
      const sent = await upstream(asked);
      for (const [name, value] of Object.entries(asked)) assert.equal(sent.get(name), value, name);
      assert.equal(sent.get('response_type'), 'code');
      assert.equal(sent.get('code_challenge_method'), 'S256');
      for (const name of ['state', 'nonce', 'code_challenge']) assert.ok((sent.get(name) ?? '').length >= 32, name);
      const again = await upstream(asked);
      for (const name of ['state', 'nonce', 'code_challenge']) assert.notEqual(sent.get(name), again.get(name), name);
    });

    it('prompt=login and max_age=0 become a fresh sign-in whose time must be told; nothing asked, nothing sent', async () => {
      for (const asked of [{ prompt: 'login' }, { max_age: '0' }]) {
        const sent = await upstream(asked);
        assert.equal(sent.get('prompt'), 'login');
        assert.equal(sent.get('max_age'), '0');
      }
      const plain = await upstream({});
      for (const name of ['prompt', 'max_age', 'acr_values', 'login_hint']) assert.equal(plain.get(name), null, name);
    });

    it('before what the connection wants of every sign-in', async () => {
      await change({ prompt: 'select_account', acr_values: ['urn:mock:password'] });
      const own = await upstream({});
      assert.equal(own.get('prompt'), 'select_account');
      assert.equal(own.get('acr_values'), 'urn:mock:password');
      const asked = await upstream({ prompt: 'login', acr_values: 'urn:mock:two-factors' });
      assert.equal(asked.get('prompt'), 'login');
      assert.equal(asked.get('acr_values'), 'urn:mock:two-factors');
      await change({ prompt: null, acr_values: null });
    });

    it('and what came of it stands in the ID token: acr, amr and auth_time of the partner', async () => {
      const before_it = Math.floor(Date.now() / 1000);
      const { tokens } = await at.login({ acr_values: 'urn:mock:two-factors', max_age: '300' });
      const claims = tokens.claims();
      assert.equal(claims?.acr, 'urn:mock:two-factors');
      assert.deepEqual(claims?.amr, ['pwd']);
      assert.ok(Number(claims?.auth_time) >= before_it);
    });
  });

  describe('its secret is for the provider that it was entered for', () => {
    it('another issuer, or other endpoints, must bring it again (GHSA-c25h-c27q-5qpv); a change of anything else need not', async () => {
      const elsewhere = await start_mock_oidc({ people: [at.ann], client_id: at.mock.client_id });
      try {
        const endpoints = {
          authorization_endpoint: `${elsewhere.issuer}/authorize`,
          token_endpoint: `${elsewhere.issuer}/token`,
          jwks_uri: `${elsewhere.issuer}/jwks`,
        };
        assert.deepEqual(await refused({ issuer: elsewhere.issuer }), ['oidc.client_secret']);
        assert.deepEqual(await refused({ discovery: endpoints }), ['oidc.client_secret']);
        assert.deepEqual(await refused({ issuer: elsewhere.issuer, client_secret: '***' }), ['oidc.client_secret']);
        await at.login();
        await change({ clock_skew_seconds: 90 });
        await at.login();
        const moved = await change({ issuer: elsewhere.issuer, client_secret: elsewhere.client_secret });
        assert.equal(moved.oidc['client_secret'], '***');
        await at.login();
        assert.equal(elsewhere.requests('/token'), 1);
      } finally {
        await elsewhere.close();
        await change({ issuer: at.mock.issuer, client_secret: at.mock.client_secret });
      }
    });
  });

  describe('a provider without a discovery document', () => {
    it('is refused with what to mend, and works by its endpoints', async () => {
      at.mock.switches.set('no_discovery', true);
      const made = { protocol: 'oidc', name: 'By hand', enabled: true };
      const create = (oidc: object) => at.broker.call('POST', `/organizations/${at.acme.org_id}/connections`, { ...made, oidc });
      const { oidc } = oidc_settings(at.mock);
      const without = await create(oidc);
      assert.equal(without.status, 422);
      assert.match(await without.text(), /oidc\.discovery/);
      const answer = await create({
        ...oidc,
        discovery: {
          authorization_endpoint: `${at.mock.issuer}/authorize`,
          token_endpoint: `${at.mock.issuer}/token`,
          jwks_uri: `${at.mock.issuer}/jwks`,
          userinfo_endpoint: `${at.mock.issuer}/userinfo`,
          authorization_response_iss_parameter_supported: true,
        },
      });
      assert.equal(answer.status, 201);
      const { id } = (await answer.json()) as Connection; // 201 answers the connection
      const asked = at.mock.requests('/.well-known/openid-configuration');
      const { tokens } = await at.login({ connection: id });
      assert.equal(tokens.claims()?.['idp'], id);
      assert.equal(at.mock.requests('/.well-known/openid-configuration'), asked);
      await at.broker.api('DELETE', `/organizations/${at.acme.org_id}/connections/${id}`);
    });
  });

  describe('proves who we are', () => {
    for (const method of ['client_secret_basic', 'client_secret_post']) {
      it(`by ${method}`, async () => {
        await change({ token_endpoint_auth_method: method });
        await at.login();
        at.mock.switches.set('invalid_client', true);
        await assert.rejects(at.login(), /502/);
      });
    }

    it('by client_secret_jwt, without saying the secret', async () => {
      await change({ token_endpoint_auth_method: 'client_secret_jwt' });
      await at.login();
      const secret = new TextEncoder().encode(at.mock.client_secret);
      const { payload } = await jose.jwtVerify(at.mock.last_assertion() ?? '', secret, {
        audience: at.mock.issuer,
        issuer: at.mock.client_id,
      });
      assert.equal(payload.sub, at.mock.client_id);
    });

    it('by private_key_jwt, with a key that we publish', async () => {
      const { service_provider } = await change({ client_secret: null, private_key_jwt: true, token_endpoint_auth_method: null });
      await at.login();
      const keys = jose.createRemoteJWKSet(new URL(service_provider['jwks_uri'] ?? ''));
      const { payload } = await jose.jwtVerify(at.mock.last_assertion() ?? '', keys, {
        audience: at.mock.issuer,
        issuer: at.mock.client_id,
      });
      assert.equal(payload.sub, at.mock.client_id);
      assert.ok(payload.jti !== undefined && Number(payload.exp) - Number(payload.iat) <= 300);
      await change({ private_key_jwt: null, client_secret: at.mock.client_secret });
    });
  });

  describe('the keys of the provider', () => {
    it('are asked for once; a new one is found at once; forged ones do not make us ask again and again', async () => {
      await change({ clock_skew_seconds: 91 }); // opened anew: nothing is remembered
      const asked = at.mock.requests('/jwks');
      for (let count = 0; count < 4; count++) await at.login();
      assert.equal(at.mock.requests('/jwks'), asked + 1);
      at.mock.switches.set('new_key', true);
      await at.login();
      assert.equal(at.mock.requests('/jwks'), asked + 2);
      at.mock.switches.reset();
      await change({ clock_skew_seconds: 92 });
      await at.login();
      const calm = at.mock.requests('/jwks');
      at.mock.switches.set('unknown_key', true);
      for (let count = 0; count < 4; count++) await assert.rejects(at.login(), /400/);
      assert.ok(at.mock.requests('/jwks') <= calm + 1);
    });
  });

  it('Entra ID: groups that were left out are said to be, and are no empty list', async () => {
    at.mock.switches.set('groups_overage', true);
    await change({ userinfo: false });
    await at.login();
    const step = (await newest_trace()).steps.find(({ name }) => name === 'groups');
    assert.equal(step?.ok, false);
    assert.match(step?.fix ?? '', /groups that are assigned/);
    await change({ userinfo: null });
  });

  it('Entra ID: the issuer of every tenant is refused, for it speaks for every company', async () => {
    for (const tenant of ['common', 'organizations', 'consumers'])
      assert.deepEqual(await refused({ issuer: `https://login.microsoftonline.com/${tenant}/v2.0`, client_secret: 's' }), ['oidc.issuer']);
  });

  describe('an e-mail address that the partner vouches for', () => {
    const people = `/organizations`;
    const add = async (user_name: string, email: string): Promise<string> =>
      (await at.broker.api<{ id: string }>('POST', `${people}/${at.acme.org_id}/users`, { user_name, email })).id;
    before(() => at.broker.api('PATCH', path(), { provisioning: { link_by: 'verified_email' } }));

    it('links to somebody who is known, in a domain that the organization has proven, when it says "verified"', async () => {
      const known = await add('dora', 'dora@acme.example');
      at.mock.people.push(person('dora', { email: 'dora@acme.example', email_verified: true }));
      assert.equal((await at.login({}, { who: person('dora') })).user_id, known);
    });

    for (const [said, change_of] of [
      ['"verified" of a domain that is not proven', { email: 'emil@elsewhere.example', email_verified: true }],
      ['"not verified" of its own domain', { email: 'emil@acme.example', email_verified: false }],
    ] as const) {
      it(`links to nobody for ${said}`, async () => {
        const name = `emil_${change_of.email_verified}`;
        const email = change_of.email.replace('emil', name);
        const known = await add(name, email);
        at.mock.people.push(person(`other_${name}`, { email, email_verified: change_of.email_verified }));
        const arrived = await at.login({ scope: 'openid email' }, { who: person(`other_${name}`) }).then(
          ({ user_id, tokens }) => ({ user_id, verified: tokens.claims()?.['email_verified'] }),
          () => undefined,
        );
        assert.notEqual(arrived?.user_id, known);
        assert.notEqual(arrived?.verified, true);
      });
    }

    it('links to nobody when it says nothing', async () => {
      const known = await add('fay', 'fay@acme.example');
      at.mock.people.push(person('other_fay', { email: 'fay@acme.example' }));
      at.mock.switches.set('email_silent', true);
      const arrived = await at.login({}, { who: person('other_fay') }).then(
        ({ user_id }) => user_id,
        () => undefined,
      );
      assert.notEqual(arrived, known);
    });
  });
});

describe('a partner inside our own network (SSRF)', () => {
  it('is not asked anything: not for its discovery, not by its endpoints', async () => {
    const broker = await start_broker({ POSTERN_ALLOW_PRIVATE_NETWORKS: '' });
    const mock = await start_mock_oidc({ people: [] });
    try {
      const { org_id } = await add_organization(broker, 'acme');
      const answer = await broker.call('POST', `/organizations/${org_id}/connections`, {
        name: 'Inside',
        enabled: true,
        ...oidc_settings(mock),
      });
      assert.equal(answer.status, 422);
      assert.equal(mock.requests('/.well-known/openid-configuration'), 0);
    } finally {
      await mock.close();
      await broker.stop();
    }
  });
});
