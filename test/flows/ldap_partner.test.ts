import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { start_mock_ldap } from '../../src/mock/index.ts';
import { Browser, type Page } from '../support/browser.ts';
import { start_broker, type TestBroker } from '../support/broker.ts';
import { person } from '../support/people.ts';
import { reference_of } from '../support/reference.ts';
import { arrive, type RelyingParty, relying_party } from '../support/relying_party.ts';
import { add_client, add_connection, add_organization, ldap_settings, type Tenant } from '../support/tenant.ts';

const carol = person('carol', { email: 'carol@initech.example', groups: ['Staff', 'Printers'] });

describe('an employee of a partner that has only a directory', () => {
  let broker: TestBroker;
  let mock: Awaited<ReturnType<typeof start_mock_ldap>>;
  let tenant: Tenant;
  let app: RelyingParty;
  before(async () => {
    broker = await start_broker();
    mock = await start_mock_ldap({ people: [carol, person('dave', { email: 'dave@initech.example' })] });
    tenant = await add_organization(broker, 'initech', 'Initech');
    await add_connection(broker, tenant, ldap_settings(mock));
    app = await relying_party({ issuer: broker.issuer, ...(await add_client(broker)) });
  });
  after(async () => {
    await mock.close();
    await broker.stop();
  });
  const password_page = async (browser: Browser): Promise<Page> => {
    const started = await app.begin({ login_hint: 'carol@initech.example' });
    return arrive(browser, app, started.url);
  };

  it('types the password on a page in the name of the organization, one ordinary form, and arrives at the app', async () => {
    const browser = new Browser();
    const started = await app.begin();
    const page = await browser.submit(await arrive(browser, app, started.url), { username: 'carol@initech.example' });
    assert.equal(page.status, 200);
    assert.match(page.html, /Initech/);
    assert.equal(page.forms.length, 1);
    assert.deepEqual(Object.keys(page.forms[0]?.by_autocomplete ?? {}).sort(), ['current-password', 'username']);
    const arrived = await browser.submit(page, { username: 'carol', 'current-password': carol.password });
    assert.equal(arrived.status, 299, arrived.html);
    const claims = (await started.finish(arrived.url)).claims();
    assert.equal(claims?.['email'], 'carol@initech.example');
    assert.equal(claims['email_verified'], true);
    assert.deepEqual([...(claims['groups'] as string[])].sort(), ['Printers', 'Staff']);
  });

  it('gets the same answer for a wrong password, an unknown name, an empty and an overlong one: 401, the form again, with a reference', async () => {
    const pages: string[] = [];
    for (const [username, password] of [
      ['carol', 'wrong'],
      ['nobody', 'wrong'],
      ['', 'wrong'],
      ['carol', ''],
      ['*', 'wrong'],
      ['carol', 'x'.repeat(2000)],
    ] as const) {
      const browser = new Browser();
      const page = await browser.submit(await password_page(browser), { username, 'current-password': password });
      assert.equal(page.status, 401, username);
      assert.equal(page.forms.length, 1);
      pages.push(page.html.replace(/nonce="[^"]*"|value="[^"]*"|\/login\/[\w-]+|req_[\w-]+|<code [^>]*>[^<]*<\/code>/g, ''));
    }
    assert.equal(new Set(pages).size, 1);
  });

  it('is held up after too many guesses, also when they come side by side, while others sign in', async () => {
    const browsers = await Promise.all(
      Array.from({ length: 25 }, async () => {
        const browser = new Browser();
        return { browser, page: await password_page(browser) };
      }),
    );
    const answers = await Promise.all(
      browsers.map(({ browser, page }) => browser.submit(page, { username: 'dave', 'current-password': 'wrong' })),
    );
    const held = answers.filter((answer) => answer.status === 429);
    assert.equal(answers.length - held.length, 10, String(answers.map((answer) => answer.status)));
    assert.ok(held[0]?.headers.get('retry-after'));
    const browser = new Browser();
    const other = await browser.submit(await password_page(browser), { username: 'carol', 'current-password': carol.password });
    assert.equal(other.status, 299);
  });

  it('reads that the directory cannot be reached: 502 or 504, with a reference whose trace says so', async () => {
    mock.switches.set('dead', true);
    mock.cut();
    const browser = new Browser();
    const page = await browser.submit(await password_page(browser), { username: 'carol', 'current-password': carol.password });
    mock.switches.set('dead', false);
    assert.ok([502, 504].includes(page.status), page.html);
    const trace = await broker.api<{ outcome: string; steps: { name: string; ok: boolean }[] }>(
      'GET',
      `/login-traces/${reference_of(page)}`,
    );
    assert.equal(trace.outcome, 'failed');
  });

  it('whose directory shows another certificate from now on is let in by no connection that was opened before', async () => {
    const sign_in = async (): Promise<number> => {
      const browser = new Browser();
      return (await browser.submit(await password_page(browser), { username: 'carol', 'current-password': carol.password })).status;
    };
    assert.equal(await sign_in(), 299);
    for (const name of ['wrong_certificate', 'wrong_name', 'expired_certificate']) {
      mock.switches.set(name, true);
      assert.equal(await sign_in(), 502, name);
      mock.switches.set(name, false);
      assert.equal(await sign_in(), 299);
    }
  });

  const stale = { password_expired: /Your password has expired/, must_change: /You need to change your password/ };
  for (const [state, words] of Object.entries(stale))
    it(`with a right password that is no longer good (${state}) reads so, where it is changed, and a reference`, async () => {
      mock.switches.set(state, true);
      const browser = new Browser();
      const page = await browser.submit(await password_page(browser), { username: 'carol', 'current-password': carol.password });
      mock.switches.set(state, false);
      assert.equal(page.status, 403);
      assert.match(page.html, words);
      await broker.api('GET', `/login-traces/${reference_of(page)}`);
    });
});
