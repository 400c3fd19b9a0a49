import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { start_mock_ldap, start_mock_oidc, start_mock_saml } from '../../src/mock/index.ts';
import { start_broker, type TestBroker } from '../support/broker.ts';
import { Browser } from '../support/browser.ts';
import { type Chromium, open_chromium, type Visitor } from '../support/chromium.ts';
import { person } from '../support/people.ts';
import { arrive, relying_party } from '../support/relying_party.ts';
import { sign_in } from '../support/sign_in.ts';
import { add_client, add_organization, type Tenant } from '../support/tenant.ts';

/** The guides and the values of a whole connection are on one page. */
const HEAVIEST = 90_000;
const ann = person('ann', { groups: ['Staff', 'Finance'] });

describe('the set-up portal in a browser', () => {
  let broker: TestBroker;
  let chromium: Chromium;
  let saml: Awaited<ReturnType<typeof start_mock_saml>>;
  let oidc: Awaited<ReturnType<typeof start_mock_oidc>>;
  let ldap: Awaited<ReturnType<typeof start_mock_ldap>>;
  before(async () => {
    broker = await start_broker({ POSTERN_RATE_LIMITS: 'off' });
    [saml, oidc, ldap] = await Promise.all([
      start_mock_saml({ people: [ann] }),
      start_mock_oidc({ people: [ann] }),
      start_mock_ldap({ people: [ann] }),
    ]);
    chromium = await open_chromium();
  });
  after(async () => {
    await chromium.close();
    await Promise.all([saml.close(), oidc.close(), ldap.close()]);
    await broker.stop();
  });

  const link = async ({ org_id }: Tenant, body: Record<string, unknown> = {}): Promise<string> =>
    (await broker.api<{ url: string }>('POST', `/organizations/${org_id}/setup-links`, body)).url;
  const walk = async (work: (visitor: Visitor) => Promise<void>): Promise<void> => {
    const visitor = await chromium.person();
    await visitor.walk([broker.issuer, saml.url, oidc.url], work);
  };
  const look = (visitor: Visitor, name: string): Promise<void> => visitor.look_at(`setup_${name}`, { heaviest: HEAVIEST });
  const go_on = (visitor: Visitor, name = 'Continue'): Promise<void> => visitor.tab.getByRole('link', { name, exact: true }).click();

  /** Presses the button, signs in where the new tab leads, and closes it once it is back. */
  async function try_it({ tab, context }: Visitor, username = 'ann'): Promise<void> {
    const opened = context.waitForEvent('page');
    await tab.getByRole('button', { name: /^Try/ }).click();
    const other = await opened;
    const name = other.locator('[autocomplete=username]');
    // the partner may know the browser still
    await name.or(other.getByRole('heading', { name: 'Try it' })).waitFor();
    if (await name.isVisible()) {
      await name.fill(username);
      await other.locator('[autocomplete=current-password]').fill(`${username}-password`);
      await other.locator('[autocomplete=current-password]').press('Enter');
    }
    await other.waitForURL(`${broker.issuer}/setup/test`);
    await other.close();
  }

  it('SAML: set up, broken, diagnosed, mended, switched on', () =>
    walk(async (visitor) => {
      const { tab } = visitor;
      const acme = await add_organization(broker, 'acme', 'Acme');
      await tab.goto(await link(acme));
      assert.equal(tab.url(), `${broker.issuer}/setup`, 'the secret is not in the address any more');
      assert.equal(await visitor.heading(), 'Connect Acme');
      await look(visitor, 'welcome');

      await tab.getByRole('link', { name: 'Your domain' }).click();
      await tab.getByLabel('Domain').fill('mail.acme.example');
      await tab.getByRole('button', { name: 'Add' }).click();
      await tab.getByRole('button', { name: 'Check now' }).click();
      await tab.getByRole('alert').waitFor();
      await look(visitor, 'domain_not_yet');
      await go_on(visitor, 'Later: go on');

      await look(visitor, 'provider');
      await tab.getByRole('button', { name: 'Microsoft Entra ID: SAML' }).click();
      assert.match(await visitor.heading(), /^Set it up in Microsoft Entra ID/);
      await look(visitor, 'vendor');
      await tab.getByRole('button', { name: 'Done: give us your side' }).click();

      await tab.getByLabel('App Federation Metadata Url').fill('https://10.1.2.3/metadata');
      await tab.getByRole('button', { name: 'Check and save' }).click();
      await tab.getByRole('alert').waitFor();
      await look(visitor, 'connection_wrong');
      await tab.getByLabel('App Federation Metadata Url').fill(saml.metadata_url);
      await tab.getByRole('button', { name: 'Check and save' }).click();
      await tab.getByRole('heading', { name: 'What we understood' }).waitFor();
      await look(visitor, 'connection_understood');
      await go_on(visitor);
      await tab.getByRole('checkbox', { name: /no e-mail/ }).check();
      await tab.getByRole('button', { name: 'Save and go on' }).click();

      for (const [fault, said] of [
        ['wrong_audience', 'Identifier (Entity ID)'],
        ['unknown_key', 'App Federation Metadata Url'],
        ['no_email', 'user.userprincipalname'],
      ] as const) {
        saml.switches.set(fault, true);
        await try_it(visitor);
        saml.switches.reset();
        // the first tab looks again by itself
        await tab.getByText(said).first().waitFor();
        await tab.getByRole('heading', { name: 'The test did not pass' }).waitFor();
        assert.match(await tab.locator('main').innerText(), new RegExp(said.replaceAll(/[().]/g, '\\$&')), fault);
        if (fault !== 'wrong_audience') continue;
        await tab.reload();
        await look(visitor, 'test_failed');
      }
      await try_it(visitor);
      await tab.getByRole('heading', { name: 'The test passed' }).waitFor();
      // how often it has looked again counts with a page that is weighed
      await tab.reload();
      await look(visitor, 'test_passed');
      await tab.goto(`${broker.issuer}/setup/attributes`);
      await look(visitor, 'attributes');
      await tab.goto(`${broker.issuer}/setup/scim`);
      await tab.getByRole('button', { name: 'Make the token' }).click();
      await tab.locator('#scim-token').waitFor();
      await look(visitor, 'scim_token');
      await tab.goto(`${broker.issuer}/setup/review`);
      await look(visitor, 'review');
      await tab.getByRole('button', { name: 'Switch it on' }).click();
      assert.equal(await visitor.heading(), 'Acme is connected');
      await look(visitor, 'done');
      assert.equal(await signs_in('acme'), 'ann@acme.example');

      await tab.goto(await link(acme));
      await tab.getByRole('link', { name: 'Look after it' }).click();
      await look(visitor, 'manage');
    }));

  it('OIDC: a wrong audience is read in the other tab, mended, and somebody signs in', () =>
    walk(async (visitor) => {
      const { tab } = visitor;
      const globex = await add_organization(broker, 'globex', 'Globex');
      await tab.goto(await link(globex, { steps: ['connection'] }));
      await go_on(visitor, 'Begin');
      await tab.getByRole('button', { name: 'Keycloak: OpenID Connect' }).click();
      await tab.getByRole('button', { name: 'Done: give us your side' }).click();
      await tab.locator('#issuer').fill(`${oidc.issuer}/.well-known/openid-configuration`);
      await tab.locator('#client_id').fill(oidc.client_id);
      await tab.locator('#client_secret').fill(oidc.client_secret);
      await tab.getByRole('button', { name: 'Check and save' }).click();
      await tab.getByRole('heading', { name: 'What we understood' }).waitFor();
      await look(visitor, 'oidc_understood');
      await tab.goto(`${broker.issuer}/setup/test`);
      oidc.switches.set('wrong_audience', true);
      await try_it(visitor);
      oidc.switches.reset();
      await tab.getByRole('heading', { name: 'The test did not pass' }).waitFor();
      await visitor.picture('setup_oidc_failed');
      await try_it(visitor);
      await tab.getByRole('heading', { name: 'The test passed' }).waitFor();
      await go_on(visitor);
      await tab.getByRole('button', { name: 'Switch it on' }).click();
      assert.equal(await visitor.heading(), 'Globex is connected');
      assert.equal(await signs_in('globex'), 'ann@acme.example');
    }));

  it('LDAP: by keyboard alone, with a password typed on our page', () =>
    walk(async (visitor) => {
      const { tab } = visitor;
      const { keyboard } = tab;
      const initech = await add_organization(broker, 'initech', 'Initech');
      await tab.goto(await link(initech, { steps: ['connection'] }));
      await visitor.tab_to('Begin');
      await keyboard.press('Enter');
      await tab.getByRole('button', { name: 'OpenLDAP: LDAP' }).focus();
      await keyboard.press('Enter');
      await tab.waitForURL('**/setup/vendor');
      await visitor.tab_to('Done: give us your side');
      await keyboard.press('Enter');
      await tab.waitForURL('**/setup/connection');
      const fields: readonly (readonly [RegExp, string])[] = [
        [/^Addresses/, ldap.urls.join('\n')],
        [/^Your own certificate authority/, ldap.ca_pem],
        [/^Service account/, ldap.bind_dn],
        [/^Its password/, ldap.bind_password],
        [/^Base DN/, ldap.base_dn],
      ];
      for (const [name, text] of fields) {
        await visitor.tab_to(name);
        await keyboard.insertText(text);
      }
      await visitor.tab_to('Check and save');
      await keyboard.press('Enter');
      await tab.getByRole('heading', { name: 'What we understood' }).waitFor();
      await look(visitor, 'ldap_understood');
      await tab.goto(`${broker.issuer}/setup/test`);
      await try_it(visitor);
      await tab.getByRole('heading', { name: 'The test passed' }).waitFor();
      await tab.goto(`${broker.issuer}/setup/review`);
      await visitor.tab_to('Switch it on');
      await keyboard.press('Enter');
      await tab.getByRole('heading', { name: 'Initech is connected' }).waitFor();
      assert.equal(await signs_in('initech'), 'ann@acme.example');
    }));

  it('a link that opens nothing says what to do', () =>
    walk(async (visitor) => {
      await visitor.tab.goto(`${broker.issuer}/setup/postern_setup_made-up-by-somebody`);
      assert.equal(await visitor.heading(), 'This link opens nothing');
      await look(visitor, 'over');
    }));

  /** An employee, in a browser of their own: who the app is told they are. */
  async function signs_in(organization: string): Promise<unknown> {
    const registered = await add_client(broker);
    const app = await relying_party({ issuer: broker.issuer, ...registered });
    const browser = new Browser();
    const started = await app.begin({ organization });
    const arrived = await sign_in(browser, await arrive(browser, app, started.url), ann);
    return (await started.finish(arrived.url)).claims()?.['email'];
  }
});
