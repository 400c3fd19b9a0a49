import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Browser } from '../support/browser.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { arrive } from '../support/relying_party.ts';
import { sign_in } from '../support/sign_in.ts';
import { add_connection, add_organization, oidc_settings, type Tenant } from '../support/tenant.ts';

describe('where a sign-in leads', () => {
  let it_is: Installation;
  let two: Tenant;
  const connections: string[] = [];
  before(async () => {
    it_is = await start_installation();
    two = await add_organization(it_is.broker, 'two', 'Two Ways');
    for (const name of ['Head office', 'Branch']) {
      connections.push((await add_connection(it_is.broker, two, { ...oidc_settings(it_is.mock), name })).id);
    }
  });
  after(() => it_is.stop());
  const at_partner = (url: string): boolean => url.startsWith(it_is.mock.issuer);

  it('straight to the partner, without a page of ours, for organization, connection, login_hint and domain_hint', async () => {
    for (const parameters of [
      { organization: 'acme' },
      { organization: it_is.acme.org_id },
      { connection: it_is.connection_id },
      { login_hint: 'ann@acme.example' },
      { domain_hint: 'acme.example' },
    ]) {
      const page = await arrive(new Browser(), it_is.app, (await it_is.app.begin(parameters)).url);
      assert.ok(at_partner(page.url), JSON.stringify(parameters));
    }
  });

  it('to a chooser where the organization has several connections, and only to what was offered', async () => {
    const browser = new Browser();
    const started = await it_is.app.begin({ organization: 'two' });
    const chooser = await arrive(browser, it_is.app, started.url);
    assert.equal(chooser.status, 200);
    assert.match(chooser.html, /Head office/);
    assert.match(chooser.html, /Branch/);
    const foreign = await browser.submit(chooser, { connection: it_is.connection_id });
    assert.ok(!at_partner(foreign.url), 'a connection of another organization must not be taken');
    const again = await arrive(browser, it_is.app, started.url.replace(/state=[^&]*/, '$&'));
    const chosen = await browser.submit(again, { connection: connections[1] ?? '' });
    assert.ok(at_partner(chosen.url), chosen.url);
    const arrived = await sign_in(browser, chosen, it_is.ann);
    assert.equal(arrived.status, 299, arrived.html);
    assert.equal((await started.finish(arrived.url)).claims()?.['idp'], connections[1]);
  });

  it('to the organization that signed in here last, when the person says so; forgotten, it asks again', async () => {
    const { browser } = await it_is.login();
    const anew = (): Promise<{ url: string }> => it_is.app.begin({ prompt: 'login' });
    const page = await arrive(browser, it_is.app, (await anew()).url);
    assert.match(page.html, /Acme/);
    assert.equal(page.forms.length, 1);
    const remembered = /formAction="([^"]+\/remembered)"/i.exec(page.html)?.[1] ?? '';
    const csrf = page.forms[0]?.fields['csrf'] ?? '';
    const body = new URLSearchParams({ csrf, identifier: '' });
    const gone = await browser.open(new URL(remembered, page.url).href, { method: 'POST', body });
    assert.ok(at_partner(gone.url), gone.url);
    const second = await arrive(browser, it_is.app, (await anew()).url);
    const forget = /formAction="([^"]+\/forget)"/i.exec(second.html)?.[1] ?? '';
    const forgotten = await browser.open(new URL(forget, second.url).href, {
      method: 'POST',
      body: new URLSearchParams({ csrf: second.forms[0]?.fields['csrf'] ?? '', identifier: '' }),
    });
    assert.equal(forgotten.status, 200);
    assert.doesNotMatch(forgotten.html, /Acme/);
  });

  it('nowhere, in the same words, for an address that is unknown, malformed or bare', async () => {
    for (const identifier of ['someone@nowhere.example', 'someone@', 'nobody']) {
      const browser = new Browser();
      const page = await arrive(browser, it_is.app, (await it_is.app.begin()).url);
      const answer = await browser.submit(page, { username: identifier });
      assert.equal(answer.status, 400, identifier);
      assert.equal(answer.forms.length, 1);
      assert.equal(answer.forms[0]?.fields['identifier'], identifier);
    }
  });

  it('back to the app with access_denied when the person gives up', async () => {
    const browser = new Browser();
    const started = await it_is.app.begin({ organization: 'acme' });
    const refused = await browser.submit(await arrive(browser, it_is.app, started.url), { action: 'cancel' });
    assert.equal(refused.status, 403);
    const back = /href="(\/login\/[^"]+\/cancel)"/.exec(refused.html)?.[1] ?? '';
    const arrived = await browser.open(new URL(back, refused.url).href);
    assert.equal(new URL(arrived.url).searchParams.get('error'), 'access_denied');
  });
});
