import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as client from 'openid-client';
import { Browser, type Page } from '../support/browser.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { arrive, type RelyingParty, relying_party } from '../support/relying_party.ts';
import { add_client } from '../support/tenant.ts';

const error_of = (url: string): string | null => new URL(url).searchParams.get('error');

describe('a third-party app asks the person for consent, once', () => {
  let it_is: Installation;
  before(async () => {
    it_is = await start_installation();
  });
  after(() => it_is.stop());

  const third_party = async (): Promise<RelyingParty> =>
    relying_party({ issuer: it_is.broker.issuer, ...(await add_client(it_is.broker, { first_party: false, client_name: 'Third Party' })) });

  /** Signs in up to the consent page, or to the app. */
  async function walk(browser: Browser, app: RelyingParty, parameters: Readonly<Record<string, string>> = {}) {
    const started = await app.begin({ organization: 'acme', ...parameters });
    let page = await arrive(browser, app, started.url);
    if (page.status !== 299 && !page.url.includes('/login/')) page = await sign_in_until_consent(browser, page);
    return { started, page };
  }
  async function sign_in_until_consent(browser: Browser, page: Page): Promise<Page> {
    const form = page.forms[0];
    if (form === undefined) return page;
    return browser.submit(page, { username: it_is.ann.username, password: it_is.ann.password });
  }
  const decide = (browser: Browser, page: Page, decision: string): Promise<Page> =>
    browser.submit(page, { decision }, (form) => form.action.endsWith('/consent'));

  it('shows what the app wants; what is allowed is not asked again, also in another browser, and taken back by the API it is', async () => {
    const app = await third_party();
    const browser = new Browser();
    const { started, page } = await walk(browser, app, { scope: 'openid email offline_access' });
    assert.equal(page.status, 200);
    assert.match(page.html, /Third Party/);
    const tokens = await started.finish((await decide(browser, page, 'allow')).url);
    assert.ok(tokens.refresh_token);

    const elsewhere = new Browser();
    const again = await walk(elsewhere, app, { scope: 'openid email' });
    assert.equal(again.page.status, 299, again.page.html);
    await again.started.finish(again.page.url);

    const sub = tokens.claims()?.sub ?? '';
    const path = `/organizations/${it_is.acme.org_id}/users/${sub}/consents`;
    const { data } = await it_is.broker.api<{ data: { id: string; client_id: string; scopes: string[] }[] }>('GET', path);
    const given = data.find(({ client_id }) => client_id === app.config.clientMetadata().client_id);
    assert.deepEqual(new Set(given?.scopes), new Set(['openid', 'email', 'offline_access']));
    await it_is.broker.api('DELETE', `${path}/${given?.id ?? ''}`);
    await assert.rejects(client.refreshTokenGrant(app.config, tokens.refresh_token));
    assert.equal((await client.tokenIntrospection(app.config, tokens.access_token)).active, false);
    const asked = await walk(browser, app, { scope: 'openid email' });
    assert.match(asked.page.html, /Third Party/);
    assert.ok(asked.page.forms.some((form) => form.action.endsWith('/consent')));
    // the person's own session, and their other apps, go on
    assert.equal((await walk(browser, it_is.app, { prompt: 'none' })).page.status, 299);
  });

  it('asks for more only when the app wants more', async () => {
    const app = await third_party();
    const browser = new Browser();
    const first = await walk(browser, app, { scope: 'openid' });
    await decide(browser, first.page, 'allow');
    const more = await walk(browser, app, { scope: 'openid groups' });
    assert.ok(more.page.forms.some((form) => form.action.endsWith('/consent')));
    const tokens = await more.started.finish((await decide(browser, more.page, 'allow')).url);
    assert.deepEqual(tokens.claims()?.['groups'], ['Finance', 'Staff']);
  });

  it('answers a refusal with access_denied, and prompt=none with consent_required', async () => {
    const app = await third_party();
    const browser = new Browser();
    const { page } = await walk(browser, app);
    assert.equal(error_of((await decide(browser, page, 'deny')).url), 'access_denied');
    const none = await walk(browser, app, { prompt: 'none' });
    assert.equal(error_of(none.page.url), 'consent_required');
  });

  it('prompt=consent asks again', async () => {
    const app = await third_party();
    const browser = new Browser();
    await decide(browser, (await walk(browser, app)).page, 'allow');
    const { page } = await walk(browser, app, { prompt: 'consent' });
    assert.ok(page.forms.some((form) => form.action.endsWith('/consent')));
    assert.equal((await decide(browser, page, 'allow')).status, 299);
  });

  it('a first-party app meets no consent page, also with prompt=consent, which libraries send for a refresh token', async () => {
    const { page, started } = await walk(new Browser(), it_is.app, { prompt: 'consent', scope: 'openid offline_access' });
    assert.equal(page.status, 299, page.html);
    assert.ok((await started.finish(page.url)).refresh_token);
  });

  it('forged: a consent without the page’s own token, or of another browser, allows nothing', async () => {
    const app = await third_party();
    const browser = new Browser();
    const { page } = await walk(browser, app);
    const forged = await browser.submit(page, { decision: 'allow', csrf: 'x' }, (form) => form.action.endsWith('/consent'));
    assert.equal(forged.status, 400);
    const other = await decide(new Browser(), page, 'allow');
    assert.equal(other.status, 400);
  });
});
