import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import * as jose from 'jose';
import * as client from 'openid-client';
import { start_mock_saml } from '../../src/mock/index.ts';
import { Browser, type Page } from '../support/browser.ts';
import { start_broker, type TestBroker } from '../support/broker.ts';
import { person } from '../support/people.ts';
import { reference_of } from '../support/reference.ts';
import { arrive, type RelyingParty, relying_party } from '../support/relying_party.ts';
import { sign_in } from '../support/sign_in.ts';
import { add_client, add_connection, add_organization, type Connected, saml_settings, type Tenant } from '../support/tenant.ts';
import { until } from '../support/until.ts';

const ann = person('ann', { groups: ['Staff', 'Finance'], attributes: { employeeNumber: ['4711'] } });
const PASSWORD_PROTECTED = 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport';

interface Trace {
  readonly outcome: string;
  readonly code: string;
  readonly steps: readonly { readonly name: string; readonly ok: boolean; readonly detail: string; readonly fix?: string }[];
}

describe('an employee of a SAML partner', () => {
  let broker: TestBroker;
  let mock: Awaited<ReturnType<typeof start_mock_saml>>;
  let tenant: Tenant;
  let connected: Connected;
  let app: RelyingParty;
  let client_id: string;
  const told: string[] = [];
  const listener = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      told.push(new URLSearchParams(body).get('logout_token') ?? '');
      response.writeHead(200).end();
    });
  });
  before(async () => {
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const { port } = listener.address() as AddressInfo; // a TCP server's address
    broker = await start_broker();
    mock = await start_mock_saml({ people: [ann] });
    tenant = await add_organization(broker, 'acme', 'Acme');
    connected = await add_connection(broker, tenant, {
      ...saml_settings(mock),
      attribute_mapping: { email: 'mail', given_name: 'givenName', groups: 'groups', employee_number: 'employeeNumber' },
    });
    const registered = await add_client(broker, {
      backchannel_logout_uri: `http://127.0.0.1:${port}/backchannel-logout`,
      initiate_login_uri: 'http://127.0.0.1:9/start',
      client_uri: 'http://127.0.0.1:9/home',
    });
    client_id = registered.client_id;
    app = await relying_party({ issuer: broker.issuer, ...registered });
  });
  after(async () => {
    await mock.close();
    await broker.stop();
    listener.close();
    listener.closeAllConnections();
  });

  const path = (): string => `/organizations/${tenant.org_id}/connections/${connected.id}`;
  const set = (saml: Readonly<Record<string, unknown>>): Promise<unknown> => broker.api('PATCH', path(), { saml });
  const login = async (parameters: Readonly<Record<string, string>> = {}, browser = new Browser()) => {
    const started = await app.begin({ organization: 'acme', ...parameters });
    const arrived = await sign_in(browser, await arrive(browser, app, started.url), ann);
    return { browser, started, arrived };
  };
  const tokens_of = async ({ arrived, started }: Awaited<ReturnType<typeof login>>) => {
    assert.equal(arrived.status, 299, arrived.html);
    return started.finish(arrived.url);
  };
  const trace_of = (page: Page): Promise<Trace> => broker.api<Trace>('GET', `/login-traces/${reference_of(page)}`);

  it('signs in by Redirect; the answer is a cross-site POST that brings no cookie; attributes, groups and mapped roles arrive', async () => {
    await broker.api('POST', '/roles', { name: 'accountant' });
    await broker.api('POST', `/organizations/${tenant.org_id}/role-mappings`, { group: 'Finance', role: 'accountant' });
    const { browser, ...rest } = await login();
    const claims = (await tokens_of({ browser, ...rest })).claims();
    assert.equal(claims?.['idp'], connected.id);
    assert.equal(claims['email'], ann.email);
    assert.equal(claims['email_verified'], true);
    assert.equal(claims['given_name'], 'Ann');
    assert.deepEqual([...(claims['groups'] as string[])].sort(), ['Finance', 'Staff']);
    assert.deepEqual(claims['roles'], ['accountant']);
    assert.ok(browser.visited.some((url) => url.startsWith(`${mock.sso_url}?SAMLRequest=`)));
    const acs = browser.visited.findIndex((url) => url.endsWith(`/saml/${connected.id}/acs`));
    assert.match(browser.visited[acs + 1] ?? '', /\/login\/[\w-]+\/return$/);
    const { data } = await broker.api<{ data: { attributes: Record<string, unknown> }[] }>('GET', `/organizations/${tenant.org_id}/users`);
    assert.deepEqual(data[0]?.attributes, { employee_number: '4711' });
  });

  it('signs in where the request goes by POST', async () => {
    await set({ sso_binding: 'post' });
    const browser = new Browser();
    const started = await app.begin({ organization: 'acme' });
    const page = await arrive(browser, app, started.url);
    assert.ok(page.forms[0]?.fields['SAMLRequest'], page.html);
    assert.equal(page.forms[0].action, mock.sso_url);
    const arrived = await sign_in(browser, page, ann);
    await tokens_of({ browser, started, arrived });
    await set({ sso_binding: 'redirect' });
  });

  it('an answer posted from another browser is of no use there (login CSRF), and still good in its own', async () => {
    const browser = new Browser();
    const started = await app.begin({ organization: 'acme' });
    const at_partner = await arrive(browser, app, started.url);
    const answer = await browser.submit(at_partner, { username: ann.username, password: ann.password });
    const stranger = new Browser();
    const refused = await stranger.submit(answer);
    assert.equal(refused.status, 400, refused.html);
    assert.equal(stranger.cookies().length, 0);
    const own = browser.visited.length;
    const back = await browser.open(refused.url);
    assert.ok(own > 0 && back.status === 299, back.html);
    assert.ok((await started.finish(back.url)).claims());
  });

  for (const [name, status, code, says] of [
    ['wrong_audience', 400, 'answer_invalid', /audience/i],
    ['wrong_recipient', 400, 'answer_invalid', /recipient/i],
    ['wrong_destination', 400, 'answer_invalid', /destination/i],
    ['wrong_issuer', 400, 'answer_invalid', /issuer/i],
    ['bad_signature', 400, 'answer_invalid', /signature|digest/i],
    ['unknown_key', 400, 'answer_invalid', /signature|key|certificate/i],
    ['unsigned', 400, 'answer_invalid', /sign/i],
    ['sha1', 400, 'answer_invalid', /sha-?1|algorithm/i],
    ['expired', 400, 'clock_difference', /expired|ended|NotOnOrAfter|clock/i],
    ['clock_skew', 400, 'clock_difference', /clock|future|NotBefore/i],
    ['status_denied', 403, 'denied', /denied/i],
    ['no_name_id', 400, 'answer_invalid', /NameID|subject/i],
  ] as const) {
    it(`reads what to do when the partner misbehaves (${name}): ${status} with a reference whose trace says why and how to mend it`, async () => {
      mock.switches.set(name, true);
      const { arrived } = await login();
      mock.switches.reset();
      assert.equal(arrived.status, status, `${arrived.url} ${arrived.html}`);
      const trace = await trace_of(arrived);
      assert.equal(trace.code, code, JSON.stringify(trace));
      const failed = trace.steps.filter((step) => !step.ok);
      assert.ok(
        failed.some((step) => says.test(`${step.name} ${step.detail}`)),
        JSON.stringify(failed),
      );
      assert.ok(
        failed.some((step) => (step.fix ?? '') !== '' || step.detail.includes('check who is assigned')),
        JSON.stringify(failed),
      );
    });
  }

  it('the same answer twice makes one sign-in (replay)', async () => {
    await tokens_of(await login());
    mock.switches.set('replay', true);
    const { arrived } = await login();
    mock.switches.reset();
    assert.equal(arrived.status, 400, arrived.html);
  });

  it('has a session here for no longer than the partner’s (SessionNotOnOrAfter)', async () => {
    mock.switches.set('short_session', true);
    const tokens = await tokens_of(await login());
    mock.switches.reset();
    const { data } = await broker.api<{ data: { created_at: string; expires_at: string }[] }>(
      'GET',
      `/organizations/${tenant.org_id}/users/${tokens.claims()?.sub ?? ''}/sessions`,
    );
    const lives = data.map(({ created_at, expires_at }) => (Date.parse(expires_at) - Date.parse(created_at)) / 60_000);
    assert.equal(lives.filter((minutes) => minutes <= 10).length, 1, JSON.stringify(lives));
  });

  it('an encrypted assertion is read', async () => {
    mock.switches.set('encrypt', true);
    await tokens_of(await login());
    mock.switches.reset();
  });

  it('prompt=login, max_age and acr_values are carried to the partner and checked in its answer', async () => {
    const { browser } = await login();
    const again = await login({ prompt: 'login' }, browser);
    await tokens_of(again);
    const asked = browser.visited.filter((url) => url.startsWith(`${mock.url}/sign-in`)).length;
    assert.equal(asked, 2, 'ForceAuthn must reach the partner');
    const claims = (await tokens_of(await login({ acr_values: PASSWORD_PROTECTED }))).claims();
    assert.equal(claims?.['acr'], PASSWORD_PROTECTED);
    mock.switches.set('other_context', true);
    const other = (await login({ acr_values: PASSWORD_PROTECTED })).arrived;
    mock.switches.reset();
    assert.equal(other.status, 403, other.html);
    mock.switches.set('old_authentication', true);
    const old = (await login({ max_age: '60' })).arrived;
    const ignored = (await login({ prompt: 'login' })).arrived;
    mock.switches.reset();
    assert.equal(old.status, 403, old.html);
    assert.equal(ignored.status, 403, ignored.html);
    assert.ok((await trace_of(old)).steps.some((step) => !step.ok && step.name === 'max_age'));
  });

  it('is signed out by a partner that has us in a frame, without a cookie: only the partner may frame the answer, which ends no other page', async () => {
    // a partner that takes answers by POST alone
    const path = `/organizations/${tenant.org_id}/connections/${connected.id}`;
    const by_hand = {
      entity_id: mock.entity_id,
      sso_url: mock.sso_url,
      slo_url: mock.slo_url,
      sso_binding: 'post',
      certificates: [mock.key.certificate_pem],
    };
    await broker.api('PATCH', path, { saml: { ...by_hand, metadata_url: null } });
    const browser = new Browser();
    const started = await app.begin({ organization: 'acme' });
    const arrived = await sign_in(browser, await arrive(browser, app, started.url), ann);
    assert.equal(arrived.status, 299, arrived.html);
    const tokens = await started.finish(arrived.url);
    // a frame of another site brings no Lax cookie
    const framed = new Browser();
    for (const cookie of browser.cookies().filter(({ name }) => name.startsWith('mock_'))) framed.put(cookie);
    const page = await framed.open(mock.logout_url);
    const answer = page.url.startsWith(mock.url) && page.forms.length > 0 ? await framed.submit(page) : page;
    assert.ok(answer.url.startsWith(broker.issuer), `${answer.url} ${answer.html.slice(0, 300)}`);
    assert.match(answer.headers.get('content-security-policy') ?? '', new RegExp(`frame-ancestors ${mock.url}(;|$)`));
    assert.equal(answer.headers.get('x-frame-options'), null);
    assert.equal(framed.cookies().filter(({ name }) => name.includes('postern')).length, 0);
    assert.equal((await client.tokenIntrospection(app.config, tokens.access_token)).active, false);
    const none = Object.fromEntries(Object.keys(by_hand).map((name) => [name, null]));
    await broker.api('PATCH', path, { saml: { ...none, metadata_url: mock.metadata_url } });
  });

  it('signs out at the partner: the session here and the tokens end, and the app is told', async () => {
    const one = await login({ scope: 'openid offline_access' });
    const tokens = await tokens_of(one);
    const out = await one.browser.open(mock.logout_url);
    assert.equal(out.status, 200, out.html);
    assert.match(out.html, /application ended your session/);
    assert.equal((await client.tokenIntrospection(app.config, tokens.refresh_token ?? '')).active, false);
    const none = await app.begin({ prompt: 'none' });
    assert.equal(new URL((await arrive(one.browser, app, none.url)).url).searchParams.get('error'), 'login_required');
    const sid = tokens.claims()?.['sid'];
    await until(() => told.some((token) => jose.decodeJwt(token)['sid'] === sid));
  });

  describe('who starts at the identity provider', () => {
    const start_there = async (browser: Browser): Promise<Page> => {
      browser.stop_at.push('http://127.0.0.1:9/');
      const url = mock.idp_initiated_url({
        entity_id: connected.service_provider['entity_id'] ?? '',
        acs_url: connected.service_provider['acs_url'] ?? '',
      });
      return sign_in(browser, await browser.open(url), ann);
    };

    it('is refused unless the connection takes such sign-ins: 400, and what to do', async () => {
      const page = await start_there(new Browser());
      assert.equal(page.status, 400, page.url);
      assert.equal((await trace_of(page)).outcome, 'failed');
    });

    for (const mode of ['convert', 'accept'] as const) {
      it(`(${mode}) goes to the app's initiate_login_uri with iss and target_link_uri, and is signed in by its request`, async () => {
        await set({ idp_initiated: mode, default_client_id: client_id });
        const browser = new Browser();
        const page = await start_there(browser);
        assert.equal(page.status, 299, page.html);
        const url = new URL(page.url);
        assert.equal(url.origin + url.pathname, 'http://127.0.0.1:9/start');
        assert.equal(url.searchParams.get('iss'), broker.issuer);
        assert.equal(url.searchParams.get('target_link_uri'), 'http://127.0.0.1:9/home');
        const visits = browser.visited.length;
        const started = await app.begin();
        const arrived = await arrive(browser, app, started.url);
        const tokens = await started.finish((await sign_in(browser, arrived, ann)).url);
        assert.equal(tokens.claims()?.['idp'], connected.id);
        const asked = browser.visited.slice(visits).some((address) => address.startsWith(mock.sso_url));
        assert.equal(asked, mode === 'convert');
        await set({ idp_initiated: 'off' });
      });
    }

    it('(accept) is of no use to another app, in another browser, or a second time', async () => {
      await set({ idp_initiated: 'accept', default_client_id: client_id });
      const browser = new Browser();
      await start_there(browser);
      const kept = browser.cookies().find((cookie) => cookie.name === 'postern_arrived');
      assert.ok(kept);
      const other = await relying_party({
        issuer: broker.issuer,
        ...(await add_client(broker)),
        redirect_uri: 'http://127.0.0.1:9/callback',
      });
      const elsewhere = await arrive(browser, other, (await other.begin()).url);
      assert.equal(elsewhere.status, 200, 'it asks who it is');
      const late = await arrive(browser, app, (await app.begin()).url);
      assert.equal(late.status, 200, 'it was there once');
      await set({ idp_initiated: 'off' });
    });
  });
});
