import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as client from 'openid-client';
import { type Chromium, open_chromium } from '../support/chromium.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { type OldApp, old_app } from '../support/old_app.ts';
import { relying_party } from '../support/relying_party.ts';
import { add_client } from '../support/tenant.ts';

describe('front-channel logout in a browser', () => {
  let it_is: Installation;
  let old: OldApp;
  let chromium: Chromium;
  before(async () => {
    chromium = await open_chromium();
    // the same host as the issuer on another port: the same site, so its cookie is in the frame
    old = await old_app('127.0.0.1');
    it_is = await start_installation();
  });
  after(async () => {
    await chromium?.close();
    await it_is?.stop();
    old?.close();
  });

  for (const javaScriptEnabled of [true, false])
    it(`the old app’s page was really loaded, with iss and sid, and its cookie is gone${javaScriptEnabled ? '' : ', without scripts'}`, async () => {
      const { redirect_uri, frontchannel_logout_uri } = old;
      const registered = await add_client(it_is.broker, {
        client_name: 'Old ledger',
        redirect_uris: [redirect_uri],
        frontchannel_logout_uri,
      });
      const app = await relying_party({ issuer: it_is.broker.issuer, ...registered, redirect_uri });
      const visitor = await chromium.person({ javaScriptEnabled });
      await visitor.walk([it_is.broker.issuer, it_is.mock.issuer, old.origin], async ({ tab }) => {
        await tab.goto(`${old.origin}/in`);
        const started = await app.begin({ organization: 'acme' });
        await tab.goto(started.url);
        await tab.locator('input[name=username]').fill(it_is.ann.username);
        await tab.locator('input[name=password]').fill(it_is.ann.password);
        await tab.locator('button, input[type=submit]').first().click();
        await tab.waitForURL(`${redirect_uri}**`);
        const tokens = await started.finish(tab.url());
        assert.equal(await tab.locator('#who').innerText(), 'signed in');

        old.told.length = 0;
        await tab.goto(client.buildEndSessionUrl(app.config, { id_token_hint: tokens.id_token ?? '' }).href);
        assert.equal(await visitor.heading(), 'You are signed out');
        await tab.waitForLoadState('networkidle');
        assert.equal(old.told.length, 1);
        const [{ query, cookie } = { query: new URLSearchParams(), cookie: '' }] = old.told;
        assert.equal(query.get('iss'), it_is.broker.issuer);
        assert.equal(query.get('sid'), tokens.claims()?.['sid']);
        assert.equal(query.get('tenant'), 'a b');
        // ports share cookies
        assert.match(cookie, /(^|; )old_app=signed-in(;|$)/);
        if (javaScriptEnabled) await visitor.look_at('signed_out_front_channel');
        await tab.goto(`${old.origin}/`);
        assert.equal(await tab.locator('#who').innerText(), 'nobody');
      });
    });
});
