import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Browser } from '../support/browser.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { reference_of } from '../support/reference.ts';
import { arrive } from '../support/relying_party.ts';
import { sign_in } from '../support/sign_in.ts';

describe('whatever arrives gets a clear error in the form that its reader expects', () => {
  let it_is: Installation;
  before(async () => {
    it_is = await start_installation();
  });
  after(() => it_is.stop());

  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${it_is.broker.issuer}${path}`, { redirect: 'manual', ...init });

  it('an unknown address: a page with a reference for a browser, a problem for the API, an OAuth error, a SCIM error', async () => {
    const page = await new Browser().open(`${it_is.broker.issuer}/nowhere`);
    assert.equal(page.status, 404);
    assert.ok(reference_of(page));
    const problem = await ask('/api/v1/nowhere', { headers: { authorization: `Bearer ${it_is.broker.admin_key}` } });
    assert.equal(problem.status, 404);
    assert.match(problem.headers.get('content-type') ?? '', /application\/problem\+json/);
    assert.equal(((await problem.json()) as { code: string }).code, 'not_found');
    const oauth = await ask('/token', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
    assert.equal(oauth.status, 400);
    assert.ok(((await oauth.json()) as { error?: string }).error);
    const scim = await ask('/scim/org_unknown/v2/Users');
    assert.ok([401, 404].includes(scim.status));
    assert.match(scim.headers.get('content-type') ?? '', /application\/scim\+json/);
  });

  it('a method that an address does not take: 405 or 404, never 500', async () => {
    for (const path of [
      '/authorize',
      '/token',
      '/userinfo',
      '/login/x',
      `/saml/${it_is.connection_id}/acs`,
      `/oidc/${it_is.connection_id}/callback`,
      '/healthz',
      '/jwks',
      '/logout',
    ]) {
      for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE']) {
        if (method === 'TRACE') continue; // fetch refuses to send it
        const answer = await ask(path, { method });
        assert.ok(answer.status < 500, `${method} ${path}: ${answer.status}`);
      }
    }
  });

  it('a NUL in any name that is looked for, which PostgreSQL cannot even ask for: refused like what is not there', async () => {
    const { org_id } = it_is.acme;
    const authorize = new URL((await it_is.app.begin()).url);
    for (const name of [
      'client_id',
      'organization',
      'connection',
      'resource',
      'login_hint',
      'domain_hint',
      'redirect_uri',
      'state',
      'nonce',
    ]) {
      const asked = new URL(authorize);
      asked.searchParams.set(name, 'a\0b');
      assert.ok((await ask(asked.pathname + asked.search)).status < 500, name);
    }
    for (const path of ['/device/authorization', '/token', '/introspect', '/revoke', '/par']) {
      const body = new URLSearchParams({
        client_id: '\0',
        client_secret: '\0',
        token: '\0',
        grant_type: 'refresh_token',
        refresh_token: '\0',
      });
      assert.ok((await ask(path, { method: 'POST', body })).status < 500, path);
    }
    const headers = { authorization: `Bearer ${it_is.broker.admin_key}` };
    const nul = '%00';
    for (const path of [
      `/organizations?slug=${nul}`,
      `/organizations/${nul}`,
      `/organizations/${org_id}/users/${nul}`,
      `/organizations/${org_id}/users?filter=${encodeURIComponent('user_name eq "a\\u0000b"')}`,
      `/organizations/${org_id}/connections/${nul}`,
      `/organizations/${org_id}/domains/${nul}`,
      `/audit-events?actor=${nul}`,
      `/login-traces/${nul}`,
      `/login-traces?user_id=${nul}`,
      `/search?q=a${nul}b`,
      `/clients/${nul}`,
      `/receipts/${nul}`,
    ])
      assert.ok((await ask(`/api/v1${path}`, { headers })).status < 500, path);
    for (const path of [
      `/setup/${nul}`,
      `/login/${nul}`,
      `/login/test/${nul}`,
      `/logos/${nul}`,
      `/saml/${nul}/acs`,
      `/scim/${nul}/v2/Users`,
    ])
      assert.ok((await ask(path)).status < 500, path);
    const body = JSON.stringify({ user_name: 'a\0b', attributes: { x: 'a\0b' } });
    const made = await ask(`/api/v1/organizations/${org_id}/users`, {
      method: 'POST',
      body,
      headers: { ...headers, 'content-type': 'application/json' },
    });
    assert.ok(made.status >= 400 && made.status < 500, String(made.status));
  });

  it('bodies that are no form, too large, or broken', async () => {
    const acs = `/oidc/${it_is.connection_id}/callback`;
    assert.equal((await ask(acs, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' })).status, 415);
    const large = new URLSearchParams({ state: 'x'.repeat(1_000_000) });
    assert.equal((await ask(acs, { method: 'POST', body: large })).status, 413);
    const api = await it_is.broker.call('POST', '/organizations', { slug: 'Not A Slug', name: '' });
    assert.equal(api.status, 422);
    const { errors } = (await api.json()) as { errors: { path: string }[] };
    assert.deepEqual(new Set(errors.map(({ path }) => path)), new Set(['slug', 'name']));
    const broken = await ask('/api/v1/organizations', {
      method: 'POST',
      headers: { authorization: `Bearer ${it_is.broker.admin_key}`, 'content-type': 'application/json' },
      body: '{',
    });
    assert.equal(broken.status, 400);
  });

  it('a SAML answer in an address: 405, it is taken by POST alone', async () => {
    const answer = await ask(`/saml/${it_is.connection_id}/acs?SAMLResponse=x`);
    assert.deepEqual([answer.status, answer.headers.get('allow')], [405, 'POST']);
  });

  it('a callback that answers no sign-in, or one of another connection', async () => {
    for (const query of [
      '',
      '?state=unknown&code=x',
      '?state=a&state=b',
      '?error=access_denied',
      '?code=x',
      `?state=${'x'.repeat(4000)}`,
    ]) {
      const page = await new Browser().open(`${it_is.broker.issuer}/oidc/${it_is.connection_id}/callback${query}`);
      assert.equal(page.status, 400, `${query}: ${page.status}`);
      assert.ok(reference_of(page));
    }
    assert.equal((await new Browser().open(`${it_is.broker.issuer}/oidc/con_nothing/callback?state=x`)).status, 404);
  });

  it('a sign-in page of another browser, of an expired sign-in, opened by hand', async () => {
    const browser = new Browser();
    const started = await it_is.app.begin();
    const page = await arrive(browser, it_is.app, started.url);
    assert.equal(page.status, 200);
    const stranger = await new Browser().open(page.url);
    assert.equal(stranger.status, 400);
    for (const path of ['identifier', 'password', 'connection', 'return', 'consent', 'remembered', 'forget']) {
      const opened = await browser.open(`${page.url}/${path}`);
      assert.ok(opened.status < 500, `${path}: ${opened.status}`);
    }
    assert.equal((await browser.open(`${it_is.broker.issuer}/login/unknown`)).status, 400);
  });

  it('a form without its anti-forgery value, or with that of another sign-in', async () => {
    const browser = new Browser();
    const one = await arrive(browser, it_is.app, (await it_is.app.begin()).url);
    const forged = await browser.submit(one, { identifier: 'ann@acme.example', csrf: 'x' });
    assert.equal(forged.status, 400);
  });

  it('an answer of the partner that is used twice: the second time nothing happens', async () => {
    const browser = new Browser();
    const started = await it_is.app.begin({ organization: 'acme' });
    const arrived = await sign_in(browser, await arrive(browser, it_is.app, started.url), it_is.ann);
    assert.equal(arrived.status, 299, arrived.html);
    const callback = browser.visited.find((url) => url.includes(`/oidc/${it_is.connection_id}/callback`)) ?? '';
    assert.ok(callback);
    const replayed = await browser.open(callback);
    assert.equal(replayed.status, 400);
    assert.equal((await new Browser().open(callback)).status, 400);
  });

  it('an answer of the partner that arrives in another browser is refused, and still good in its own', async () => {
    const browser = new Browser();
    const started = await it_is.app.begin({ organization: 'acme' });
    const at_partner = await arrive(browser, it_is.app, started.url);
    browser.stop_at.push(`${it_is.broker.issuer}/oidc/`);
    const stopped = await sign_in(browser, at_partner, it_is.ann);
    assert.ok(stopped.url.startsWith(`${it_is.broker.issuer}/oidc/`));
    assert.equal((await new Browser().open(stopped.url)).status, 400);
    browser.stop_at.splice(browser.stop_at.indexOf(`${it_is.broker.issuer}/oidc/`), 1);
    const arrived = await browser.open(stopped.url);
    assert.equal(arrived.status, 299, arrived.html);
    assert.ok((await started.finish(arrived.url)).claims());
  });

  it('two tabs: each sign-in ends at its own request', async () => {
    const browser = new Browser();
    const one = await it_is.app.begin({ organization: 'acme' });
    const two = await it_is.app.begin({ organization: 'acme' });
    const page_one = await arrive(browser, it_is.app, one.url);
    const page_two = await arrive(browser, it_is.app, two.url);
    const arrived_one = await sign_in(browser, page_one, it_is.ann);
    const arrived_two = await sign_in(browser, page_two, it_is.ann);
    assert.equal(arrived_one.status, 299, arrived_one.html);
    assert.equal(arrived_two.status, 299, arrived_two.html);
    assert.ok((await one.finish(arrived_one.url)).claims());
    assert.ok((await two.finish(arrived_two.url)).claims());
  });

  it('a partner that dies or breaks between its page and our question: 502 with a reference whose trace says why', async () => {
    for (const [name, code] of [
      ['error_500', 'partner_unreachable'],
      ['dead', 'partner_unreachable'],
      ['invalid_client', 'connection_misconfigured'],
    ] as const) {
      const browser = new Browser();
      const started = await it_is.app.begin({ organization: 'acme' });
      const at_partner = await arrive(browser, it_is.app, started.url);
      browser.stop_at.push(`${it_is.broker.issuer}/oidc/`);
      const stopped = await sign_in(browser, at_partner, it_is.ann);
      browser.stop_at.pop();
      it_is.mock.switches.set(name, true);
      const page = await browser.open(stopped.url);
      it_is.mock.switches.set(name, false);
      assert.equal(page.status, 502, `${name}: ${page.html}`);
      const trace = await it_is.broker.api<{ outcome: string; code: string }>('GET', `/login-traces/${reference_of(page)}`);
      assert.equal(trace.outcome, 'failed');
      assert.equal(trace.code, code);
    }
  });
});
