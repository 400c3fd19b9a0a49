import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { after, afterEach, before, describe, it } from 'node:test';
import { type ConnectionKey, ConnectorError, type Hint, type LoginOutcome, type RedirectConnector } from '../../../connectors/connector.ts';
import { type OidcProvider, start_oidc_provider } from '../../../scripts/partners/oidc_provider.ts';
import { Browser } from '../../support/browser.ts';
import { callback_of, new_handle, noted_call, oidc_tools, open_oidc, RP } from '../../support/oidc_connector.ts';
import { until } from '../../support/until.ts';

const SECRET = 'the secret of the client: +%, and long enough for HS256';
const own_key: ConnectionKey = {
  use: 'signing',
  state: 'current',
  kid: 'own',
  private_key_pem: String(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' })),
  certificate_pem: '',
};
const tools = () => oidc_tools({ keys: async () => [own_key] });

describe('oidc-provider', () => {
  let provider: OidcProvider;
  const heard: string[] = [];
  const ear = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      heard.push(body);
      response.end();
    });
  });
  const client = (client_id: string, more: object = {}) => ({
    client_id,
    client_secret: SECRET,
    redirect_uris: [RP.callback_url],
    post_logout_redirect_uris: [RP.logout_url],
    ...more,
  });
  const clients = async () => {
    const shown = await (await open_own()).metadata?.();
    const jwks: unknown = JSON.parse(shown?.body ?? '{}');
    const address = ear.address();
    const backchannel_logout_uri = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/logout`;
    return [
      ...['RS256', 'PS256', 'ES256', 'Ed25519'].map((alg) =>
        client(alg, { id_token_signed_response_alg: alg, userinfo_signed_response_alg: alg }),
      ),
      client('basic', { backchannel_logout_uri, backchannel_logout_session_required: true }),
      client('post', { token_endpoint_auth_method: 'client_secret_post' }),
      client('jwt', { token_endpoint_auth_method: 'client_secret_jwt' }),
      {
        ...client('key', { token_endpoint_auth_method: 'private_key_jwt', jwks }),
        client_secret: undefined,
      },
    ];
  };
  /** A connection whose keys can be shown before there is a provider. */
  const open_own = () => {
    const endpoint = 'http://127.0.0.1:9/none';
    const discovery = { authorization_endpoint: endpoint, token_endpoint: endpoint, jwks_uri: endpoint };
    return open_oidc({ issuer: 'http://127.0.0.1:9', client_id: 'x', private_key_jwt: true, discovery }, tools());
  };
  before(async () => {
    await new Promise<void>((resolve) => ear.listen(0, '127.0.0.1', resolve));
    provider = await start_oidc_provider({ port: 0, clients: await clients() });
  });
  after(async () => {
    await provider.stop();
    ear.close();
  });
  afterEach(() => heard.splice(0));

  const open = (client_id: string, more: object = {}): Promise<RedirectConnector> =>
    open_oidc({ issuer: provider.issuer, client_id, client_secret: SECRET, scopes: 'openid email profile', ...more }, tools());
  const visit = async (url: string, browser: Browser, login = 'alice') => {
    browser.stop_at.push(RP.callback_url);
    let page = await browser.open(url);
    for (let step = 0; step < 4 && page.status < 299; step++)
      page = await browser.submit(page, Object.hasOwn(page.forms[0]?.fields ?? {}, 'login') ? { login, password: 'any' } : {});
    assert.equal(page.status, 299, `${page.url} ${page.status} ${page.html.slice(0, 800)}`);
    return callback_of(page.url);
  };
  const sign_in = async (
    connector: RedirectConnector,
    hint: Partial<Hint> = {},
    browser = new Browser(),
    login = 'alice',
  ): Promise<LoginOutcome> => {
    const { send, pending } = await connector.begin({ handle: new_handle(), ...hint }, noted_call());
    return connector.finish(await visit(send.url, browser, login), pending, noted_call());
  };
  const identity_of = (outcome: LoginOutcome) => {
    assert.ok(outcome.ok, JSON.stringify(outcome));
    return outcome.identity;
  };

  for (const alg of ['RS256', 'PS256', 'ES256', 'Ed25519']) {
    it(`signs people in with ${alg}, userinfo signed as well`, async () => {
      const identity = identity_of(await sign_in(await open(alg), {}, new Browser(), 'zoë'));
      assert.equal(identity.subject, 'zoë');
      assert.deepEqual(identity.attributes['email'], ['zoë@partner.example']);
      assert.deepEqual(identity.attributes['name'], ['zoë Тест']);
      assert.equal(identity.email_verified, true);
    });
  }

  for (const [client_id, settings] of Object.entries({
    basic: {},
    post: { token_endpoint_auth_method: 'client_secret_post' },
    jwt: { token_endpoint_auth_method: 'client_secret_jwt' },
    key: { private_key_jwt: true, client_secret: undefined },
  })) {
    it(`knows the client by ${client_id}`, async () => {
      assert.equal(identity_of(await sign_in(await open(client_id, settings))).subject, 'alice');
    });
  }

  it('that refuses the client is a connection to be mended', async () => {
    await assert.rejects(sign_in(await open('basic', { client_secret: 'wrong' })), { reason: 'misconfigured' });
    const other = {
      ...own_key,
      private_key_pem: String(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' })),
    };
    const settings = { issuer: provider.issuer, client_id: 'key', private_key_jwt: true };
    await assert.rejects(sign_in(await open_oidc(settings, oidc_tools({ keys: async () => [other] }))), { reason: 'misconfigured' });
  });

  it('asks anew when the app says so, and says when', async () => {
    const browser = new Browser();
    const connector = await open('basic');
    identity_of(await sign_in(connector, {}, browser));
    identity_of(await sign_in(connector, {}, browser, 'nobody types this: the session is used'));
    const identity = identity_of(await sign_in(connector, { force_authn: true }, browser));
    assert.equal(identity.subject, 'alice');
    assert.ok((identity.authenticated_at ?? 0) > Date.now() - 60_000);
    identity_of(await sign_in(connector, { max_age: 3600 }, browser));
  });

  it('does not give a context that it cannot prove: the sign-in is refused', async () => {
    const outcome = await sign_in(await open('basic'), { acr_values: ['urn:example:silver'] });
    assert.equal(outcome.ok ? 'ok' : outcome.reason, 'authentication_context');
  });

  it('brings back that the person cancelled', async () => {
    const connector = await open('basic');
    const browser = new Browser();
    browser.stop_at.push(RP.callback_url);
    const { send, pending } = await connector.begin({ handle: new_handle() }, noted_call());
    const page = await browser.open(send.url);
    const abort = /href="([^"]*abort[^"]*)"/.exec(page.html)?.[1] ?? '';
    const back = await browser.open(new URL(abort, page.url).href);
    const outcome = await connector.finish(callback_of(back.url), pending, noted_call());
    assert.equal(outcome.ok ? 'ok' : outcome.reason, 'cancelled');
  });

  it('takes a code once, and so do we', async () => {
    const connector = await open('basic');
    const { send, pending } = await connector.begin({ handle: new_handle() }, noted_call());
    const callback = await visit(send.url, new Browser());
    assert.ok((await connector.finish(callback, pending, noted_call())).ok);
    await assert.rejects(connector.finish(callback, pending, noted_call()), { reason: 'replayed' });
    // one that does not remember leaves it to the provider
    const forgetful = await open_oidc(
      { issuer: provider.issuer, client_id: 'basic', client_secret: SECRET },
      oidc_tools({ first_use: async () => true }),
    );
    await assert.rejects(forgetful.finish(callback, pending, noted_call()), (fault: unknown) => fault instanceof ConnectorError);
  });

  it('ends the session that we end, and tells us by a logout token', async () => {
    const connector = await open('basic');
    const browser = new Browser();
    const identity = identity_of(await sign_in(connector, {}, browser));
    const handle = new_handle();
    const departure = await connector.logout?.begin(identity.session ?? {}, handle, noted_call());
    browser.stop_at.push(RP.logout_url);
    const asked = await browser.open(departure?.send.url ?? '');
    const back = await browser.submit(asked, { logout: 'yes' });
    const answer = await connector.logout?.receive(callback_of(back.url), noted_call());
    assert.ok(answer?.kind === 'answer');
    assert.equal(answer.handle, handle);
    await until(() => heard.length > 0);
    const logout_token = new URLSearchParams(heard[0]).get('logout_token') ?? '';
    const message = await connector.logout?.receive({ method: 'POST', parameters: { logout_token }, repeated: [] }, noted_call());
    assert.ok(message?.kind === 'request');
    assert.equal(message.session?.['sid'], identity.session?.['sid']);
  });

  it('can be tested beforehand', async () => {
    const checks = await (await open('basic')).preflight(noted_call());
    assert.ok(
      checks.every(({ ok, name }) => ok || name.endsWith('_endpoint')),
      JSON.stringify(checks),
    );
  });

  it('that changes all its keys signs in again a minute later, and never with the old ones', async () => {
    let now = Date.now();
    const connector = await open_oidc(
      { issuer: provider.issuer, client_id: 'basic', client_secret: SECRET },
      oidc_tools({ now: () => now }),
    );
    identity_of(await sign_in(connector));
    const { port } = provider;
    await provider.stop();
    const down = await sign_in(connector).catch((error: unknown) => error);
    assert.ok(down instanceof Error);
    provider = await start_oidc_provider({ port, clients: await clients(), userinfo_only: true });
    now += 61_000;
    const identity = identity_of(await sign_in(connector));
    assert.deepEqual(identity.attributes['email'], ['alice@partner.example'], 'read from userinfo alone');
  });
});
