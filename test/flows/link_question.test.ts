import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Browser, type Page } from '../support/browser.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { person } from '../support/people.ts';
import { arrive } from '../support/relying_party.ts';
import { sign_in } from '../support/sign_in.ts';

describe('an account that another source made, where people are asked', () => {
  let it_is: Installation;
  const base = () => `/organizations/${it_is.acme.org_id}`;
  before(async () => {
    it_is = await start_installation({ people: [person('bob'), person('dora'), person('eve')] });
    const { api } = it_is.broker;
    await api('PATCH', `${base()}/connections/${it_is.connection_id}`, { provisioning: { link_by: 'verified_email' } });
    await api('PATCH', base(), { people_policy: { on_conflict: 'ask' } });
    for (const name of ['bob', 'dora', 'eve']) await api('POST', `${base()}/users`, { user_name: `${name}@hr`, email: person(name).email });
  });
  after(() => it_is.stop());

  const until_asked = async (name: string): Promise<{ browser: Browser; page: Page; finish: (url: string) => Promise<unknown> }> => {
    const browser = new Browser();
    const started = await it_is.app.begin({ organization: 'acme' });
    let page = await arrive(browser, it_is.app, started.url);
    for (let step = 0; step < 6 && !page.url.endsWith('/link'); step++) {
      const form = page.forms.find(({ fields }) => 'password' in fields) ?? page.forms[0];
      assert.ok(form !== undefined, page.html);
      const { username, password } = person(name);
      page = await browser.submit(page, 'password' in form.fields ? { username, password } : {}, (candidate) => candidate === form);
    }
    return { browser, page, finish: started.finish };
  };
  const identities = async (name: string): Promise<number> => {
    const { data } = await it_is.broker.api<{ data: { identities: unknown[] }[] }>(
      'GET',
      `${base()}/users?filter=${encodeURIComponent(`user_name eq "${name}@hr"`)}`,
    );
    return data[0]?.identities.length ?? -1;
  };

  it('is theirs once they say so; from then on nobody asks', async () => {
    const { browser, page, finish } = await until_asked('bob');
    assert.match(page.html, /Is this you\?/);
    assert.ok(page.html.includes(person('bob').email ?? ''));
    assert.equal(await identities('bob'), 0);
    const door = await browser.submit(page, { decision: 'link' });
    assert.equal(door.status, 299, door.html);
    await finish(door.url);
    assert.equal(await identities('bob'), 1);
    const again = new Browser();
    const started = await it_is.app.begin({ organization: 'acme' });
    assert.equal((await sign_in(again, await arrive(again, it_is.app, started.url), person('bob'))).status, 299);
  });

  it('stays as it is when they say no, and nobody is signed in', async () => {
    const { browser, page } = await until_asked('dora');
    const refused = await browser.submit(page, { decision: 'refuse' });
    assert.equal(refused.status, 403);
    assert.match(refused.html, /link_refused/);
    assert.equal(await identities('dora'), 0);
  });

  it('the question belongs to the browser that signed in: another one cannot answer it', async () => {
    const { page } = await until_asked('eve');
    const mallory = await until_asked('eve');
    const stolen = await mallory.browser.open(page.url, {
      method: 'POST',
      body: new URLSearchParams({ ...mallory.page.forms[0]?.fields, decision: 'link' }),
    });
    assert.equal(stolen.status, 400);
    assert.equal(await identities('eve'), 0);
  });
});
