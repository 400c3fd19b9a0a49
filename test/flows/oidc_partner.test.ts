import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as jose from 'jose';
import * as client from 'openid-client';
import { start_mock_oidc } from '../../src/mock/index.ts';
import { Browser } from '../support/browser.ts';
import { start_broker, type TestBroker } from '../support/broker.ts';
import { person } from '../support/people.ts';
import { reference_of } from '../support/reference.ts';
import { arrive, type RelyingParty, relying_party } from '../support/relying_party.ts';
import { sign_in } from '../support/sign_in.ts';
import { add_client, add_connection, add_organization, oidc_settings, type Tenant } from '../support/tenant.ts';

const bob = person('bob', {
  email: 'bob@globex.example',
  groups: ['Staff', 'Engineering'],
  given_name: 'Bob',
  family_name: 'Builder',
  display_name: 'Bob Builder',
});

describe('an employee of an OIDC partner', () => {
  let broker: TestBroker;
  let mock: Awaited<ReturnType<typeof start_mock_oidc>>;
  let tenant: Tenant;
  let connection_id: string;
  let app: RelyingParty;
  before(async () => {
    broker = await start_broker();
    mock = await start_mock_oidc({ people: [bob] });
    tenant = await add_organization(broker, 'globex', 'Globex');
    connection_id = (await add_connection(broker, tenant, oidc_settings(mock))).id;
    app = await relying_party({ issuer: broker.issuer, ...(await add_client(broker)) });
  });
  after(async () => {
    await mock.close();
    await broker.stop();
  });

  it('types an e-mail address, signs in at the partner, and arrives at the app with the tokens of the contract', async () => {
    const browser = new Browser();
    const started = await app.begin();
    const first = await arrive(browser, app, started.url);
    assert.equal(first.status, 200);
    assert.equal(first.forms.filter((form) => form.by_autocomplete['username'] !== undefined).length, 1);
    const arrived = await sign_in(browser, first, { ...bob, identifier: 'bob@globex.example' });
    assert.equal(arrived.status, 299, arrived.html);
    assert.equal(new URL(arrived.url).searchParams.get('iss'), broker.issuer);
    const tokens = await started.finish(arrived.url);
    const claims = tokens.claims();
    assert.ok(claims);
    assert.match(claims.sub, /^usr_/);
    assert.equal(claims['org_id'], tenant.org_id);
    assert.equal(claims['org_slug'], 'globex');
    assert.equal(claims['org_name'], 'Globex');
    assert.equal(claims['idp'], connection_id);
    assert.equal(typeof claims.auth_time, 'number');
    assert.ok(Array.isArray(claims.amr));
    assert.equal(typeof claims['sid'], 'string');
    assert.equal(claims['email'], 'bob@globex.example');
    assert.equal(claims['email_verified'], true);
    assert.deepEqual([...(claims['groups'] as string[])].sort(), ['Engineering', 'Staff']);
    assert.deepEqual(claims['roles'], []);
    const userinfo = await client.fetchUserInfo(app.config, tokens.access_token, claims.sub);
    assert.equal(userinfo['org_id'], tenant.org_id);
    assert.equal(userinfo['email'], 'bob@globex.example');
    const { data } = await broker.api<{
      data: { id: string; user_name: string; identities: { subject: string; connection_id: string }[] }[];
    }>('GET', `/organizations/${tenant.org_id}/users`);
    assert.equal(data.length, 1);
    assert.equal(data[0]?.id, claims.sub);
    assert.deepEqual(
      data[0].identities.map(({ subject, connection_id }) => ({ subject, connection_id })),
      [{ subject: bob.id, connection_id }],
    );
  });

  it('is signed in silently the second time, also with prompt=none, and is the same person', async () => {
    const browser = new Browser();
    const first = await app.begin({ organization: 'globex' });
    const one = (await first.finish((await sign_in(browser, await arrive(browser, app, first.url), bob)).url)).claims();
    for (const parameters of [{}, { prompt: 'none' }, { organization: tenant.org_id }]) {
      const again = await app.begin(parameters);
      const arrived = await arrive(browser, app, again.url);
      assert.equal(arrived.status, 299, arrived.html);
      const two = (await again.finish(arrived.url)).claims();
      assert.equal(two?.sub, one?.sub);
      assert.equal(two?.auth_time, one?.auth_time);
      assert.equal(two?.['sid'], one?.['sid']);
    }
  });

  it('is asked anew under prompt=login, and without a session prompt=none is login_required', async () => {
    const browser = new Browser();
    const none = await app.begin({ prompt: 'none' });
    const refused = await arrive(browser, app, none.url);
    assert.equal(new URL(refused.url).searchParams.get('error'), 'login_required');
    const first = await app.begin({ organization: 'globex' });
    await sign_in(browser, await arrive(browser, app, first.url), bob);
    const visits = browser.visited.length;
    const anew = await app.begin({ prompt: 'login', organization: 'globex' });
    const page = await arrive(browser, app, anew.url);
    assert.ok(
      browser.visited.slice(visits).some((url) => url.startsWith(mock.issuer)),
      'the partner must be asked',
    );
    const arrived = await sign_in(browser, page, bob);
    assert.equal(arrived.status, 299, arrived.html);
    assert.ok((await anew.finish(arrived.url)).claims());
  });

  it('signs out at the app: the session here is over, the tokens of the app too, and the app is not asked again', async () => {
    const browser = new Browser();
    const started = await app.begin({ organization: 'globex' });
    const tokens = await started.finish((await sign_in(browser, await arrive(browser, app, started.url), bob)).url);
    const url = client.buildEndSessionUrl(app.config, { id_token_hint: tokens.id_token ?? '' });
    const out = await browser.open(url.href);
    assert.equal(out.status, 200, out.html);
    const none = await app.begin({ prompt: 'none' });
    assert.equal(new URL((await arrive(browser, app, none.url)).url).searchParams.get('error'), 'login_required');
    assert.equal((await client.tokenIntrospection(app.config, tokens.access_token)).active, false);
  });

  it('carries an access token that introspection tells as the contract says, and whose revocation ends it', async () => {
    const browser = new Browser();
    const started = await app.begin({ organization: 'globex', scope: 'openid email offline_access' });
    const tokens = await started.finish((await sign_in(browser, await arrive(browser, app, started.url), bob)).url);
    const told = await client.tokenIntrospection(app.config, tokens.access_token);
    assert.equal(told.active, true);
    assert.equal(told['org_id'], tenant.org_id);
    assert.equal(told.sub, tokens.claims()?.sub);
    await client.tokenRevocation(app.config, tokens.access_token);
    assert.equal((await client.tokenIntrospection(app.config, tokens.access_token)).active, false);
    assert.ok(tokens.refresh_token);
  });

  it('gets a JWT access token (RFC 9068) for a registered resource, which an API verifies against /jwks', async () => {
    await broker.api('POST', '/resources', {
      identifier: 'https://api.example',
      name: 'API',
      scopes: ['orders:read'],
      access_token_format: 'jwt',
      access_token_ttl_seconds: 300,
    });
    const browser = new Browser();
    const started = await app.begin({ organization: 'globex', scope: 'openid orders:read', resource: 'https://api.example' });
    const arrived = await sign_in(browser, await arrive(browser, app, started.url), bob);
    assert.equal(arrived.status, 299, arrived.html);
    const tokens = await started.finish(arrived.url);
    const jwks = jose.createRemoteJWKSet(new URL(`${broker.issuer}/jwks`));
    const { payload, protectedHeader } = await jose.jwtVerify(tokens.access_token, jwks, {
      issuer: broker.issuer,
      audience: 'https://api.example',
      typ: 'at+jwt',
    });
    assert.equal(payload['org_id'], tenant.org_id);
    assert.equal(payload['org_slug'], 'globex');
    assert.equal(payload['scope'], 'orders:read');
    assert.equal(payload.sub, tokens.claims()?.sub);
    assert.ok(Number(payload.exp) - Number(payload.iat) <= 300);
    assert.equal(protectedHeader.alg, 'RS256');
    await assert.rejects(
      client.tokenIntrospection(app.config, tokens.access_token),
      (error: client.ResponseBodyError) => error.error === 'unsupported_token_type',
    );
  });

  it('that cancels at the partner reads what happened, with a reference whose trace the operator opens', async () => {
    const browser = new Browser();
    const started = await app.begin({ organization: 'globex' });
    const page = await arrive(browser, app, started.url);
    assert.ok(page.url.startsWith(mock.issuer), page.url);
    const cancelled = await browser.submit(page, { cancel: '1', action: 'cancel' });
    assert.equal(cancelled.status, 403, cancelled.html);
    const reference = reference_of(cancelled);
    const trace = await broker.api<{ outcome: string; code: string; steps: { name: string; ok: boolean }[] }>(
      'GET',
      `/login-traces/${reference}`,
    );
    assert.equal(trace.outcome, 'refused');
    assert.equal(trace.code, 'cancelled');
    assert.ok(trace.steps.length > 1);
  });
});
