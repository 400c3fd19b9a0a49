import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type MockSaml, start_mock_saml } from '../../src/mock/index.ts';
import { start_broker, type TestBroker } from '../support/broker.ts';
import { type Chromium, open_chromium } from '../support/chromium.ts';
import { HEAVIEST_SCREEN, Operator } from '../support/console_walk.ts';
import { person } from '../support/people.ts';
import { add_connection, add_organization } from '../support/tenant.ts';

describe('the console, in a browser: an organization', () => {
  let broker: TestBroker;
  let mock: MockSaml;
  let chromium: Chromium;
  const ann = person('ann', { groups: ['Staff', 'Finance'] });
  before(async () => {
    broker = await start_broker({ POSTERN_RATE_LIMITS: 'off' });
    mock = await start_mock_saml({ people: [ann] });
    chromium = await open_chromium();
  });
  after(async () => {
    await chromium.close();
    await mock.close();
    await broker.stop();
  });

  const operate = async (walk: (operator: Operator) => Promise<void>, key = broker.admin_key): Promise<void> => {
    const visitor = await chromium.person();
    await visitor.walk([broker.issuer, mock.url], async () => {
      const operator = new Operator(visitor, broker.issuer);
      await operator.enter(key);
      await walk(operator);
    });
  };

  it('from an empty installation an operator makes an organization and a connection, tries it, switches it on and invites the partner', () =>
    operate(async (operator) => {
      const { visitor } = operator;
      const { tab } = visitor;
      await operator.open('/organizations', 'Organizations');
      await tab.getByText('No partner yet').waitFor();
      await visitor.look_at('console_organizations_empty', { heaviest: HEAVIEST_SCREEN });
      await tab.getByRole('link', { name: 'New organization' }).first().click();
      await operator.type(/^Name/, 'Müller & Söhne');
      assert.equal(await tab.getByLabel(/^Slug/).inputValue(), 'muller-sohne');
      await operator.press('Make the organization');
      await tab.getByRole('heading', { level: 1, name: 'Müller & Söhne' }).waitFor();

      await tab.getByRole('link', { name: 'Enter a connection' }).click();
      await tab.getByRole('radio', { name: /SAML/ }).click();
      await operator.type(/^Metadata address/, 'not an address');
      await tab.getByText(/Must be an address/).waitFor();
      await operator.type(/^Metadata address/, mock.metadata_url);
      await operator.press('Make the connection');
      await operator.press('Test the connection');
      await tab.getByRole('list', { name: 'Checks from here' }).getByText('metadata', { exact: true }).waitFor();

      const popup = tab.context().waitForEvent('page');
      await tab.getByRole('link', { name: 'Sign in as a test' }).click();
      const partner = await popup;
      await partner.locator('[autocomplete=username]').fill(ann.username);
      await partner.locator('[autocomplete=current-password]').fill(ann.password);
      await partner.locator('[autocomplete=current-password]').press('Enter');
      await partner.locator('h1').waitFor();
      await partner.close();
      await tab.getByRole('list', { name: 'Checks of this sign-in' }).waitFor();
      assert.equal(await tab.locator('.checks .bad').count(), 0);
      await visitor.look_at('console_connection_tested', { heaviest: HEAVIEST_SCREEN });

      // the mapping is tried on what the partner has just sent
      await tab.getByRole('tab', { name: 'Attribute mapping' }).click();
      await operator.press('Add a line');
      await operator.type('Our field 1', 'department');
      await tab.keyboard.press('Escape');
      await operator.type('From the partner’s attribute 1', 'groups');
      await tab.getByText('attributes.department').waitFor();
      await operator.press('Remove line 1');

      await operator.press('Switch on');
      await tab.getByText(/people can sign in with it/).waitFor();
      await operator.press('Switch off');
      await tab
        .getByRole('dialog', { name: /Switch off/ })
        .getByRole('button', { name: 'Cancel' })
        .click();

      await tab.getByRole('navigation', { name: 'This organization' }).getByRole('link', { name: 'Set-up links' }).click();
      await operator.press(/New set-up link/);
      await operator.press('Make the link');
      const url = await tab.getByRole('dialog').locator('code').innerText();
      assert.match(url, new RegExp(`^${broker.issuer}/setup/`));
      await operator.press('I have kept it');
      await tab.getByText('not opened yet').waitFor();
      const invited = await chromium.person();
      await invited.tab.goto(url);
      await invited.tab.getByText('Müller & Söhne').first().waitFor();
      await invited.context.close();
      await tab.reload();
      await tab.getByText('opened', { exact: true }).waitFor();
      await visitor.look_at('console_setup_links', { heaviest: HEAVIEST_SCREEN });
    }));

  it('a change of the partner’s certificates waits, is compared and approved', () =>
    operate(async (operator) => {
      const { visitor } = operator;
      const { tab } = visitor;
      const partner = await start_mock_saml({ people: [ann] });
      const acme = await add_organization(broker, 'acme', 'Acme');
      const saml = { metadata_url: partner.metadata_url, key_changes: 'approve' };
      const { id } = await add_connection(broker, acme, { name: 'Acme SAML', protocol: 'saml', saml });
      await partner.close();
      const renewed = await start_mock_saml({ people: [ann], port: Number(new URL(partner.url).port) });
      try {
        const path = `/organizations/${acme.org_id}/connections/${id}`;
        await operator.open(path, 'Acme SAML');
        await tab.getByRole('button', { name: /^More settings/ }).click();
        await operator.type(/^Clock tolerance/, '90');
        await tab.getByRole('button', { name: 'Save', exact: true }).first().click();
        await tab.getByText('Saved.').waitFor();
        await tab.getByRole('tab', { name: 'Certificates and metadata' }).click();
        await tab.getByText('The partner has published other certificates').waitFor();
        const change = tab.getByRole('list', { name: 'What would change' });
        assert.deepEqual([await change.locator('.added').count(), await change.locator('.removed').count()], [1, 1]);
        await visitor.look_at('console_certificates_wait', { heaviest: HEAVIEST_SCREEN });
        await operator.press('Approve the change');
        await tab.getByText('Approved.').waitFor();
        await change.waitFor({ state: 'detached' });
        const { trust } = await broker.api<{ trust: { waiting: unknown } }>('GET', path);
        assert.equal(trust.waiting, null);
      } finally {
        await renewed.close();
      }
    }));

  it('shows support no button that it may not press, and an organization’s administrator only their own', async () => {
    const own = await add_organization(broker, 'own', 'Our own');
    const other = await add_organization(broker, 'other', 'Another');
    const support = await broker.api<{ key: string }>('POST', '/admin-keys', { name: 'Sue', role: 'support' });
    await operate(async ({ visitor: { tab } }) => {
      await tab.getByRole('link', { name: 'Organizations', exact: true }).click();
      await tab.getByRole('link', { name: 'Our own' }).click();
      await tab.getByRole('navigation', { name: 'This organization' }).getByRole('link', { name: 'Domains' }).click();
      await tab.getByText('own.example').waitFor();
      assert.equal(await tab.getByRole('button', { name: /Add|Remove|Look it up/ }).count(), 0);
    }, support.key);
    const about = { name: 'Oda', role: 'org_admin', organization_id: own.org_id };
    const admin = await broker.api<{ key: string }>('POST', '/admin-keys', about);
    const visitor = await chromium.person();
    await visitor.walk([broker.issuer], async ({ tab }) => {
      await tab.goto(`${broker.issuer}/console/`);
      await tab.locator('[autocomplete=current-password]').fill(admin.key);
      await tab.getByRole('button', { name: 'Sign in' }).click();
      await tab.getByRole('heading', { level: 1, name: 'Our own' }).waitFor();
      await tab.goto(`${broker.issuer}/console/organizations/${other.org_id}`);
      await tab.getByRole('alert').waitFor();
      assert.equal(await tab.getByText('Another').count(), 0);
    });
  });
});
