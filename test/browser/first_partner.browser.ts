import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { start_mock_saml } from '../../src/mock/index.ts';
import { app_paths, start_app } from '../../examples/node/app.ts';
import { start_broker, type TestBroker } from '../support/broker.ts';
import { type Chromium, open_chromium } from '../support/chromium.ts';
import { Counted } from '../support/counted.ts';
import { free_port } from '../support/free_port.ts';
import { person } from '../support/people.ts';

const ann = person('ann', { groups: ['Staff'] });

describe('the first partner', () => {
  let broker: TestBroker;
  let chromium: Chromium;
  let saml: Awaited<ReturnType<typeof start_mock_saml>>;
  const names = new Map<string, string>();
  before(async () => {
    const resolve_txt = async (name: string): Promise<string[][]> => [[names.get(name) ?? 'something else']];
    broker = await start_broker({ POSTERN_RATE_LIMITS: 'off' }, { resolve_txt });
    saml = await start_mock_saml({ people: [ann] });
    chromium = await open_chromium();
  });
  after(async () => {
    await chromium?.close();
    await saml?.close();
    await broker?.stop();
  });

  it('comes from an empty installation to a tested, approved connection and the first sign-in, by console and portal alone', async () => {
    const app_port = await free_port();
    const app_url = `http://localhost:${app_port}`;
    const operator = new Counted();
    const partner = new Counted();
    const employee = new Counted();
    const operators = await chromium.person();
    const partners = await chromium.person();
    const known = [broker.issuer, saml.url, app_url];

    await operators.walk(known, async ({ tab }) => {
      const link = (name: string | RegExp) => tab.getByRole('link', { name, exact: true }).first();
      const button = (name: string | RegExp) => tab.getByRole('button', { name, exact: true }).first();
      await tab.goto(`${broker.issuer}/console`);
      await operator.enter('the admin key', tab.locator('[autocomplete=current-password]'), broker.admin_key);
      await tab.getByText('No partner yet').waitFor();
      await operators.picture('first_partner_dashboard');
      await operator.click('Make the first organization', link('Make the first organization'));
      await operator.enter('its name', tab.getByLabel(/^Name/), 'Acme');
      await operator.click('Make a set-up link', link('Make a set-up link'));
      await operator.click('I approve before it is switched on', tab.getByRole('switch'));
      await operator.click('Make the link', button('Make the link'));
      const url = await tab.getByRole('dialog').locator('code').innerText();
      await operator.click('I have kept it', button('I have kept it'));

      await partners.walk(known, (visitor) => set_up(visitor.tab, partner, url));

      // how far they are is seen without doing anything but looking again
      await tab.reload();
      await tab.getByText('waits for approval').waitFor();
      await operator.click('Overview', link('Overview'));
      await tab.getByText('A domain is proven').waitFor();
      await operators.picture('first_partner_health');
      await operator.click('Set-up links', link('Set-up links'));
      await operator.click('Approve', button('Approve'));
      await tab.getByText('Approved: the connection is on.').waitFor();

      await operator.click('Apps', link('Apps'));
      await operator.click('New app', link(/New app|Register/));
      await operator.click('Web app', tab.getByRole('radio').first());
      await operator.type('its name', tab.getByLabel(/^Name/), 'Sample app');
      await operator.type('its redirect URI', tab.getByLabel(/redirect URIs/), `${app_url}${app_paths.callback}`);
      await operator.click('Register the app', button('Register the app'));
      const [client_id = '', client_secret = ''] = await tab.getByRole('dialog').locator('code').allInnerTexts();
      const app = await start_app({ issuer: broker.issuer, client_id, client_secret, port: app_port, host: '127.0.0.1' });
      try {
        const employees = await chromium.person();
        await employees.walk(known, async (visitor) => {
          const page = visitor.tab;
          await page.goto(app.url);
          await employee.click('Sign in', page.getByRole('link', { name: 'Sign in' }));
          await employee.enter('the work e-mail address', page.locator('[autocomplete=username]'), 'ann@acme.example');
          await page.locator('[autocomplete=current-password]').waitFor();
          await employee.type('the user name', page.locator('[autocomplete=username]'), ann.username);
          await employee.enter('the password', page.locator('[autocomplete=current-password]'), ann.password);
          await page.waitForURL(`${app.url}/`);
          assert.match(await visitor.heading(), /^Hello, /);
        });
      } finally {
        await app.close();
      }
    });

    // the tutorial is this walk: whoever changes the way changes what is told of it
    const told = readFileSync(join(import.meta.dirname, '../../docs/how-to/first-partner.md'), 'utf8');
    for (const { lines } of [operator, partner, employee])
      for (const line of lines) assert.ok(told.includes(`. ${line}\n`), `the tutorial does not say: ${line}`);
    const sum = (of: 'clicks' | 'typed'): number => operator[of] + partner[of] + employee[of];
    assert.ok(told.includes(`${sum('clicks')} clicks and ${sum('typed')} fields`), `${sum('clicks')} clicks and ${sum('typed')} fields`);
  });

  /** What the partner's administrator does behind the link. */
  async function set_up(tab: Page, partner: Counted, url: string): Promise<void> {
    const link = (name: string) => tab.getByRole('link', { name, exact: true });
    const button = (name: string) => tab.getByRole('button', { name, exact: true });
    await tab.goto(url);
    await partner.click('Begin', link('Begin'));
    await partner.type('the domain', tab.getByLabel('Domain'), 'acme.example');
    await partner.click('Add', button('Add'));
    // copied into the DNS
    names.set(await tab.locator('#name-0').innerText(), await tab.locator('#value-0').innerText());
    await partner.click('Check now', button('Check now'));
    await partner.click('Continue', link('Continue'));
    await partner.click('their product', button('Okta: SAML'));
    await partner.click('Done: give us your side', button('Done: give us your side'));
    await partner.type('the metadata address', tab.locator('#metadata_url'), saml.metadata_url);
    await partner.click('Check and save', button('Check and save'));
    await partner.click('Continue', link('Continue'));
    await partner.click('Save and go on', button('Save and go on'));
    const opened = tab.context().waitForEvent('page');
    await partner.click('Try a sign-in', button('Try a sign-in'));
    const other = await opened;
    await partner.type('a user name', other.locator('[autocomplete=username]'), ann.username);
    await partner.enter('a password', other.locator('[autocomplete=current-password]'), ann.password);
    await other.getByRole('heading', { name: 'The test passed' }).waitFor();
    await other.close();
    // the first tab has seen it by itself
    await partner.click('Continue', link('Continue'));
    await partner.click('Not now: go on', button('Not now: go on'));
    await partner.click('Hand over for approval', button('Hand over for approval'));
    await tab.getByRole('heading', { name: 'Handed over for approval' }).waitFor();
  }
});
