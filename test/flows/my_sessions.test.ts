import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as client from 'openid-client';
import { Browser, type Page } from '../support/browser.ts';
import { type Installation, type SignedIn, start_installation } from '../support/installation.ts';
import { person } from '../support/people.ts';

describe('my sessions', () => {
  let it_is: Installation;
  before(async () => {
    it_is = await start_installation({
      people: [person('bob')],
      client: { client_name: 'Sample <app>', grant_types: ['authorization_code', 'refresh_token'] },
    });
  });
  after(() => it_is.stop());

  const look = (browser: Browser): Promise<Page> => browser.open(`${it_is.broker.issuer}/sessions`);
  const ends = (page: Page, session_id?: string): URLSearchParams => {
    const form = page.forms.find(({ action }) => action.endsWith(session_id === undefined ? '/sessions/end-all' : '/sessions/end'));
    assert.ok(form !== undefined, page.html);
    return new URLSearchParams({ ...form.fields, ...(session_id !== undefined && { session: session_id }) });
  };
  const ids = (page: Page): string[] => [...page.html.matchAll(/value="(ses_[^"]+)"/g)].map(([, id]) => id ?? '');
  const send = (browser: Browser, path: string, body: URLSearchParams): Promise<Page> =>
    browser.open(`${it_is.broker.issuer}${path}`, { method: 'POST', body });
  const refreshes = ({ tokens }: SignedIn): Promise<boolean> =>
    client.refreshTokenGrant(it_is.app.config, tokens.refresh_token ?? '').then(
      () => true,
      () => false,
    );

  it('nobody is signed in: the page says so, and names nobody', async () => {
    const page = await look(new Browser());
    assert.equal(page.status, 200);
    assert.match(page.html, /not signed in here/);
    assert.deepEqual(ids(page), []);
  });

  it('each session is listed with its apps, this browser marked; ending another one ends its tokens and leaves this', async () => {
    const here = await it_is.login({ scope: 'openid offline_access' });
    const there = await it_is.login({ scope: 'openid offline_access' });
    const page = await look(here.browser);
    assert.equal(ids(page).length, 2, page.html.replace(/<style.*<.style>/s, ''));
    assert.equal(page.html.match(/This browser/g)?.length, 1);
    assert.match(page.html, /1 app: Sample &lt;app&gt;/);
    assert.match(page.html, /Linked sign-ins/);
    const other = ids(page).find((id) => id !== current_of(page)) ?? '';
    const left = await send(here.browser, '/sessions/end', ends(page, other));
    assert.deepEqual([left.status, ids(left)], [200, ids(page).filter((id) => id !== other)]);
    assert.deepEqual([await refreshes(there), await refreshes(here)], [false, true]);
    assert.match((await look(there.browser)).html, /not signed in here/);
  });

  it('ending them all ends this one, too', async () => {
    const here = await it_is.login({ scope: 'openid offline_access' });
    const page = await send(here.browser, '/sessions/end-all', ends(await look(here.browser)));
    assert.match(page.html, /signed out/i);
    assert.match((await look(here.browser)).html, /not signed in here/);
    assert.equal(await refreshes(here), false);
  });

  it('somebody else’s session cannot be ended: it is as if it did not exist', async () => {
    const bob = await it_is.login({ scope: 'openid offline_access' }, { who: person('bob') });
    const [theirs = ''] = ids(await look(bob.browser));
    const ann = await it_is.login();
    const page = await look(ann.browser);
    await send(ann.browser, '/sessions/end', ends(page, theirs));
    assert.equal(await refreshes(bob), true);
    assert.ok(!page.html.includes(theirs));
  });

  it('cross-site request forgery: a form of another browser ends nothing', async () => {
    const ann = await it_is.login({ scope: 'openid offline_access' });
    const mallory = await it_is.login({}, { who: person('bob') });
    const body = ends(await look(mallory.browser));
    assert.equal((await send(ann.browser, '/sessions/end-all', body)).status, 400);
    assert.equal((await send(ann.browser, '/sessions/end-all', new URLSearchParams())).status, 400);
    assert.equal(await refreshes(ann), true);
  });
});

/** The one whose row says "This browser". */
function current_of(page: Page): string {
  const row = page.html.split('<li').find((part) => part.includes('This browser')) ?? '';
  return /value="(ses_[^"]+)"/.exec(row)?.[1] ?? '';
}
