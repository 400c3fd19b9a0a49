import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as client from 'openid-client';
import { Browser, type Page } from '../support/browser.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { relying_party } from '../support/relying_party.ts';
import { sign_in } from '../support/sign_in.ts';
import { add_client, add_organization } from '../support/tenant.ts';

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code';
const is_error = (wanted: string) => (error: client.ResponseBodyError) => error.error === wanted;

describe('a device without a browser (RFC 8628)', () => {
  let it_is: Installation;
  let tv: client.Configuration;
  before(async () => {
    it_is = await start_installation();
    const { client_id } = await add_client(it_is.broker, {
      client_name: 'Television',
      redirect_uris: [],
      grant_types: [DEVICE, 'refresh_token'],
      token_endpoint_auth_method: 'none',
    });
    tv = (await relying_party({ issuer: it_is.broker.issuer, client_id })).config;
  });
  after(() => it_is.stop());

  const begin = (parameters: Readonly<Record<string, string>> = {}): Promise<client.DeviceAuthorizationResponse> =>
    client.initiateDeviceAuthorization(tv, { scope: 'openid email offline_access', organization: 'acme', ...parameters });
  const take = ({ device_code }: client.DeviceAuthorizationResponse) => client.genericGrantRequest(tv, DEVICE, { device_code });
  const confirm = (browser: Browser, page: Page, choice: 'confirm' | 'abort'): Promise<Page> => browser.submit(page, { [choice]: 'yes' });
  /** Types the code on our page; ends at the page that shows it again. */
  async function type_code(browser: Browser, code: string): Promise<Page> {
    const page = await browser.open(`${it_is.broker.issuer}/device`);
    assert.equal(page.status, 200);
    return browser.submit(page, { user_code: code });
  }

  it('gets tokens once the person has typed its code, seen it again, and signed in at their organization', async () => {
    const started = await begin();
    assert.equal(started.verification_uri, `${it_is.broker.issuer}/device`);
    await assert.rejects(take(started), is_error('authorization_pending'));
    const browser = new Browser();
    const shown = await type_code(browser, started.user_code.toLowerCase());
    assert.match(shown.html, /Television/);
    assert.ok(shown.html.includes(started.user_code), 'the code must be shown again');
    const after_confirm = await confirm(browser, shown, 'confirm');
    assert.ok(
      browser.visited.some((url) => url.startsWith(it_is.mock.issuer)),
      'it must be routed to the partner of its organization',
    );
    const done = await sign_in(browser, after_confirm, it_is.ann);
    assert.equal(done.status, 200, done.html);
    assert.ok(done.url.startsWith(`${it_is.broker.issuer}/device/`), done.url);
    const tokens = await take(started);
    assert.ok(tokens.refresh_token);
    const told = await client.tokenIntrospection(tv, tokens.access_token);
    assert.equal(told['org_id'], it_is.acme.org_id);
    const info = await client.fetchUserInfo(tv, tokens.access_token, String(told.sub));
    assert.equal(info.email, it_is.ann.email);
    const next = await client.refreshTokenGrant(tv, tokens.refresh_token);
    await assert.rejects(take(started), is_error('invalid_grant'), 'a device code is taken once');
    assert.equal((await client.tokenIntrospection(tv, next.access_token)).active, false, 'what it gave is revoked when it comes again');
  });

  it('asks for the organization when the device does not name one', async () => {
    const started = await client.initiateDeviceAuthorization(tv, { scope: 'openid' });
    const browser = new Browser();
    const page = await confirm(browser, await type_code(browser, started.user_code), 'confirm');
    assert.match(page.url, /\/login\//);
    const done = await sign_in(browser, page, { ...it_is.ann, identifier: `ann@${it_is.acme.domain}` });
    assert.equal(done.status, 200, done.html);
    assert.ok((await take(started)).access_token);
  });

  it('a complete address opens the page that shows the code', async () => {
    const started = await begin();
    const browser = new Browser();
    const page = await browser.open(started.verification_uri_complete ?? '');
    const shown = page.html.includes('Television') ? page : await browser.submit(page);
    assert.match(shown.html, /Television/);
  });

  it('the person who says no: access_denied', async () => {
    const started = await begin();
    const browser = new Browser();
    const page = await confirm(browser, await type_code(browser, started.user_code), 'abort');
    assert.equal(page.status, 200);
    await assert.rejects(take(started), is_error('access_denied'));
  });

  it('a wrong code, one that was used, a form without its anti-forgery value: the page again, and nothing given', async () => {
    const browser = new Browser();
    const wrong = await type_code(browser, 'AAAA-AAAA');
    assert.equal(wrong.status, 400);
    assert.ok(wrong.forms.length > 0);
    const started = await begin();
    await confirm(browser, await type_code(browser, started.user_code), 'abort');
    assert.equal((await type_code(browser, started.user_code)).status, 400);
    const page = await browser.open(`${it_is.broker.issuer}/device`);
    const forged = await browser.submit(page, { user_code: (await begin()).user_code, xsrf: 'x' });
    assert.equal(forged.status, 400);
  });

  it('an unknown organization, or one that may not use the app, is refused as it is asked', async () => {
    await assert.rejects(begin({ organization: 'nobody' }), is_error('invalid_request'));
    const other = await add_organization(it_is.broker, 'other');
    const { client_id } = await add_client(it_is.broker, {
      redirect_uris: [],
      grant_types: [DEVICE],
      token_endpoint_auth_method: 'none',
      organizations: [other.org_id],
    });
    const { config } = await relying_party({ issuer: it_is.broker.issuer, client_id });
    await assert.rejects(
      client.initiateDeviceAuthorization(config, { scope: 'openid', organization: 'acme' }),
      is_error('invalid_request'),
    );
  });

  it('ends with the person’s access', async () => {
    const started = await begin();
    const browser = new Browser();
    await sign_in(browser, await confirm(browser, await type_code(browser, started.user_code), 'confirm'), it_is.ann);
    const tokens = await take(started);
    const { sub } = await client.tokenIntrospection(tv, tokens.access_token);
    await it_is.broker.api('DELETE', `/organizations/${it_is.acme.org_id}/users/${String(sub)}/sessions`);
    await assert.rejects(client.refreshTokenGrant(tv, tokens.refresh_token ?? ''), is_error('invalid_grant'));
    assert.equal((await client.tokenIntrospection(tv, tokens.access_token)).active, false);
  });
});
