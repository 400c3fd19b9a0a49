import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as client from 'openid-client';
import { Browser } from '../support/browser.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { person } from '../support/people.ts';
import { arrive, relying_party } from '../support/relying_party.ts';
import { sign_in } from '../support/sign_in.ts';
import { add_client, add_connection, add_organization, oidc_settings, type Tenant } from '../support/tenant.ts';

const bob = person('bob');

describe('two people, two organizations, one browser', () => {
  let it_is: Installation;
  let globex: Tenant;
  before(async () => {
    it_is = await start_installation({ people: [bob] });
    globex = await add_organization(it_is.broker, 'globex');
    await add_connection(it_is.broker, globex, oidc_settings(it_is.mock));
  });
  after(() => it_is.stop());

  it('a sign-in that was begun before somebody else signed in ends as whoever finished it, and takes nothing of the other along', async () => {
    const browser = new Browser();
    const early = await it_is.app.begin({ organization: 'acme', prompt: 'login' });
    const early_page = await arrive(browser, it_is.app, early.url);
    const first = await it_is.login({ scope: 'openid offline_access' }, { browser });
    // the partner asks again under prompt=login
    const ended = await sign_in(browser, early_page, bob);
    assert.equal(ended.status, 299, ended.html);
    const second = await early.finish(ended.url);
    assert.notEqual(second.claims()?.sub, first.user_id);
    assert.equal(second.claims()?.['email'], 'bob@acme.example');
    const none = await it_is.app.begin({ prompt: 'none' });
    const now = await none.finish((await arrive(browser, it_is.app, none.url)).url);
    assert.equal(now.claims()?.sub, second.claims()?.sub);
    const told = await client.fetchUserInfo(it_is.app.config, now.access_token, second.claims()?.sub ?? '');
    assert.equal(told['email'], 'bob@acme.example');
  });

  it('a session of one organization is not taken along to another (organization confusion)', async () => {
    const { browser, tokens } = await it_is.login();
    const other = await it_is.login({ organization: 'globex' }, { browser });
    assert.equal(other.tokens.claims()?.['org_id'], globex.org_id);
    assert.notEqual(other.user_id, tokens.claims()?.sub);
    const none = await it_is.app.begin({ prompt: 'none', organization: 'acme' });
    assert.equal(new URL((await arrive(browser, it_is.app, none.url)).url).searchParams.get('error'), 'login_required');
  });

  it('a session id that was known before the sign-in is of no use after it (session fixation)', async () => {
    const browser = new Browser();
    const started = await it_is.app.begin({ organization: 'acme' });
    const page = await arrive(browser, it_is.app, started.url);
    const known = browser.cookies().filter(({ name }) => name.startsWith('postern_session'));
    const ended = await sign_in(browser, page, it_is.ann);
    assert.equal(ended.status, 299);
    const fixed = new Browser();
    const none = await it_is.app.begin({ prompt: 'none' });
    const cookie = known.map(({ name, value }) => `${name}=${value}`).join('; ');
    const answer = await fixed.send(none.url, { headers: cookie === '' ? {} : { cookie } });
    assert.equal(new URL(answer.headers.get('location') ?? '').searchParams.get('error'), 'login_required');
    const before_it = browser.cookies().find(({ name }) => name === 'postern_session')?.value;
    const again = await it_is.app.begin({ organization: 'acme', prompt: 'login' });
    await sign_in(browser, await arrive(browser, it_is.app, again.url), it_is.ann);
    assert.notEqual(browser.cookies().find(({ name }) => name === 'postern_session')?.value, before_it, 'a new sign-in, a new id');
  });

  it('a token of an app that is switched off, or closed to the organization, is dead to everybody who looks at it', async () => {
    const { broker } = it_is;
    const registered = await add_client(broker);
    const app = await relying_party({ issuer: broker.issuer, ...registered });
    const { tokens } = await it_is.login({ scope: 'openid offline_access' }, { app });
    const looks = async (): Promise<boolean> => (await client.tokenIntrospection(it_is.app.config, tokens.access_token)).active;
    assert.equal(await looks(), true);
    await broker.api('PATCH', `/clients/${registered.client_id}`, { organizations: [globex.org_id] });
    assert.equal(await looks(), false);
    const userinfo = await fetch(`${broker.issuer}/userinfo`, { headers: { authorization: `Bearer ${tokens.access_token}` } });
    assert.equal(userinfo.status, 401);
    await broker.api('PATCH', `/clients/${registered.client_id}`, { organizations: 'all', enabled: false });
    assert.equal(await looks(), false);
    assert.equal((await fetch(`${broker.issuer}/userinfo`, { headers: { authorization: `Bearer ${tokens.access_token}` } })).status, 401);
    await broker.api('PATCH', `/clients/${registered.client_id}`, { enabled: true });
    assert.equal(await looks(), false, 'what ended does not come back');
  });
});
