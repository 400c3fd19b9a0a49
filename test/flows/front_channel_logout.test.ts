import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as client from 'openid-client';
import type { Browser, Page } from '../support/browser.ts';
import { type Installation, type SignedIn, start_installation } from '../support/installation.ts';
import { type OldApp, old_app } from '../support/old_app.ts';
import { arrive, type RelyingParty, relying_party } from '../support/relying_party.ts';
import { add_client } from '../support/tenant.ts';

const SIGNED_OUT = 'http://127.0.0.1:9/signed-out';

describe('front-channel logout, for apps that cannot hear a back-channel one', () => {
  let it_is: Installation;
  let old: OldApp;
  let app: RelyingParty;
  before(async () => {
    old = await old_app();
    it_is = await start_installation({ client: { post_logout_redirect_uris: [SIGNED_OUT], client_uri: 'https://portal.example/' } });
    const { redirect_uri, frontchannel_logout_uri } = old;
    const registered = await add_client(it_is.broker, {
      ...{ client_name: 'Old ledger', redirect_uris: [redirect_uri], frontchannel_logout_uri },
      frontchannel_logout_session_required: true,
    });
    app = await relying_party({ issuer: it_is.broker.issuer, ...registered, redirect_uri });
  });
  after(async () => {
    await it_is?.stop();
    old?.close();
  });

  /** A person who uses both apps; answers the ID token's `sid` of the old one as well. */
  async function both(): Promise<SignedIn & { sid: string }> {
    const signed_in = await it_is.login();
    const { tokens } = await it_is.login({}, { app, browser: signed_in.browser });
    return { ...signed_in, sid: tokens.claims()?.['sid'] as string };
  }
  const leave = (browser: Browser, parameters: Readonly<Record<string, string>>): Promise<Page> => {
    browser.stop_at.push(SIGNED_OUT);
    return browser.open(client.buildEndSessionUrl(it_is.app.config, parameters).href);
  };
  const frames_of = (page: Page): string[] =>
    [...page.html.matchAll(/<iframe[^>]* src="([^"]*)"/g)].map(([, url = '']) => url.replaceAll('&amp;', '&'));
  const policy_of = (page: Page): string => page.headers.get('content-security-policy') ?? '';

  it('is announced', async () => {
    const said = (await (await fetch(`${it_is.broker.issuer}/.well-known/openid-configuration`)).json()) as Record<string, unknown>;
    assert.equal(said['frontchannel_logout_supported'], true);
    assert.equal(said['frontchannel_logout_session_supported'], true);
  });

  it('the page that follows loads the app’s address, as registered, with `iss` and the `sid` of its ID token; then the browser goes on', async () => {
    const { browser, tokens, sid } = await both();
    const page = await leave(browser, { id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri: SIGNED_OUT, state: 'a&b' });
    assert.equal(page.status, 200);
    const [frame = '', ...others] = frames_of(page);
    assert.deepEqual(others, []);
    assert.equal(frame, `${old.frontchannel_logout_uri}&${new URLSearchParams({ iss: it_is.broker.issuer, sid }).toString()}`);
    const onward = `${SIGNED_OUT}?state=a%26b`;
    assert.equal(page.headers.get('refresh'), `4; url=${onward}`);
    assert.ok(page.html.includes(`href="${onward}"`), 'and without waiting, by a link');
    assert.match(page.html, /Old ledger/);
    assert.equal(page.headers.get('cache-control'), 'no-store');
  });

  it('frames of that origin, and only on that page', async () => {
    const { browser, tokens } = await both();
    const asked = await browser.open(`${it_is.broker.issuer}/logout`);
    assert.doesNotMatch(policy_of(asked), /frame-src/);
    const page = await leave(browser, { id_token_hint: tokens.id_token ?? '' });
    assert.match(policy_of(page), new RegExp(`; frame-src ${old.origin.replaceAll('.', '\\.')}$`));
    assert.match(policy_of(page), /default-src 'none'.*frame-ancestors 'none'/);
    assert.doesNotMatch(policy_of(await browser.open(`${it_is.broker.issuer}/logout/success`)), /frame-src/);
  });

  it('also when the person is asked first, and when no address for afterwards is given', async () => {
    const { browser, sid } = await both();
    const page = await browser.submit(await browser.open(`${it_is.broker.issuer}/logout`), { logout: 'yes' });
    assert.equal(page.status, 200);
    assert.equal(new URL(frames_of(page)[0] ?? '').searchParams.get('sid'), sid);
    assert.equal(page.headers.get('refresh'), null);
    assert.equal(page.headers.get('location'), null);
  });

  it('nobody is told who was not signed in to, and nobody before the person has left', async () => {
    const { browser, tokens } = await it_is.login();
    assert.equal((await leave(browser, { id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri: SIGNED_OUT })).url, SIGNED_OUT);
    const stays = await both();
    const kept = await stays.browser.submit(await stays.browser.open(`${it_is.broker.issuer}/logout`));
    assert.deepEqual(frames_of(kept), []);
    const still = await it_is.app.begin({ organization: 'acme', prompt: 'none' });
    assert.equal(new URL((await arrive(stays.browser, it_is.app, still.url)).url).searchParams.get('error'), null);
  });

  it('the address is on the host of a redirect URI, so nobody else’s page is framed', async () => {
    for (const frontchannel_logout_uri of [
      'https://evil.example/out',
      `${old.origin.replace(/\d+$/, '1')}/out`,
      `${old.frontchannel_logout_uri}#x`,
      'javascript:alert(1)',
    ]) {
      const answer = await it_is.broker.call('POST', '/clients', {
        client_name: 'X',
        redirect_uris: [old.redirect_uri],
        frontchannel_logout_uri,
      });
      assert.equal(answer.status, 422, frontchannel_logout_uri);
      assert.match(await answer.text(), /frontchannel_logout_uri/);
    }
  });

  it('markup in an app’s name or address is text', async () => {
    const registered = await add_client(it_is.broker, {
      client_name: '"><script>alert(1)</script>',
      redirect_uris: [old.redirect_uri],
      frontchannel_logout_uri: `${old.origin}/out?q='onload=alert(1)`,
    });
    const theirs = await relying_party({ issuer: it_is.broker.issuer, ...registered, redirect_uri: old.redirect_uri });
    const { browser, tokens } = await it_is.login();
    await it_is.login({}, { app: theirs, browser });
    const page = await leave(browser, { id_token_hint: tokens.id_token ?? '' });
    assert.doesNotMatch(page.html, /<script>alert/);
    assert.match(page.html, /&quot;&gt;&lt;script&gt;/);
  });
});
