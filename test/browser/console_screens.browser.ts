import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Demo, start_demo } from '../../scripts/start_demo.ts';
import { type Chromium, open_chromium } from '../support/chromium.ts';
import { HEAVIEST_SCREEN, Operator } from '../support/console_walk.ts';
import { addresses_of, admin, employees, sign_in_at } from '../support/demo_walk.ts';

const HOSTILE = '<img src=x onerror="document.title=1">{{7*7}}<script>alert(1)</script>';
const [ann, bob] = employees;

describe('the console, in a browser: people, apps, and every screen', () => {
  let demo: Demo;
  let chromium: Chromium;
  let acme: string;
  before(async () => {
    demo = await start_demo({ env: { POSTERN_LOG_LEVEL: 'silent', POSTERN_RATE_LIMITS: 'off' }, port: 0 });
    chromium = await open_chromium();
    const { data } = await admin<{ data: { id: string }[] }>(demo, 'GET', '/organizations?slug=acme');
    acme = `/organizations/${data[0]?.id ?? ''}`;
    for (const who of [ann, bob]) {
      const employee = await chromium.person();
      await sign_in_at(demo, employee, who);
      await employee.context.close();
    }
  });
  after(async () => {
    await chromium.close();
    await demo.stop();
  });

  const operate = async (walk: (operator: Operator) => Promise<void>): Promise<void> => {
    const visitor = await chromium.person();
    await visitor.walk(addresses_of(demo), async () => {
      const operator = new Operator(visitor, demo.issuer);
      await operator.enter(demo.admin_key);
      await walk(operator);
    });
  };

  it('a person’s access is ended by name, and the receipt says that the app was told', () =>
    operate(async (operator) => {
      const { visitor } = operator;
      const { tab } = visitor;
      await tab.keyboard.press('Control+k');
      await tab.getByRole('textbox', { name: 'Find' }).fill('Ann');
      await tab.getByRole('button', { name: /Ann Archer/ }).click();
      await tab.getByRole('heading', { name: /Ann Archer/ }).waitFor();
      await visitor.look_at('console_user', { heaviest: HEAVIEST_SCREEN });
      await tab.getByRole('tab', { name: 'Sessions' }).click();
      await tab.getByRole('cell', { name: 'sample-app' }).waitFor();
      await visitor.look_at('console_user_sessions', { heaviest: HEAVIEST_SCREEN });
      await operator.press('End access');
      const dialog = tab.getByRole('dialog', { name: /End the access of Ann/ });
      await dialog.getByText('1 session', { exact: true }).waitFor();
      await dialog.getByText(/^1 app: Sample app/).waitFor();
      const button = dialog.getByRole('button', { name: 'End access' });
      assert.ok(await button.isDisabled(), 'the name is asked for');
      await dialog.getByLabel(/^Type/).fill(ann.email);
      await button.click();
      await tab
        .getByRole('link', { name: /user/ })
        .filter({ hasText: /deactivated|updated/ })
        .first()
        .click();
      await tab.getByRole('heading', { name: 'Receipt of ended access' }).waitFor();
      await tab.getByRole('list', { name: 'Apps that were told' }).getByText(/^told/).waitFor();
      await visitor.look_at('console_receipt', { heaviest: HEAVIEST_SCREEN });
    }));

  it('an app of each kind is registered: the address is checked as it is typed, and the secret is shown once', () =>
    operate(async (operator) => {
      const { visitor } = operator;
      const { tab } = visitor;
      await operator.open('/apps/new?kind=web', 'New app');
      await operator.type(/^Name/, 'Portal');
      await operator.type(/redirect URIs/, 'https://app.example.com/#x');
      await tab.getByText(/Must not have a fragment/).waitFor();
      await operator.type(/redirect URIs/, 'https://app.example.com/callback');
      await visitor.look_at('console_app_new', { heaviest: HEAVIEST_SCREEN });
      await operator.press('Register the app');
      await tab.getByText('Shown once').waitFor();
      await visitor.look_at('console_secret_once', { heaviest: HEAVIEST_SCREEN });
      await operator.press('I have kept it');
      await tab.getByRole('heading', { level: 1, name: 'Portal' }).waitFor();
      for (const language of ['Python', 'Java', 'Go', '.NET', 'Node']) {
        await tab.getByRole('tab', { name: language, exact: true }).click();
        await tab
          .getByRole('region', { name: `lines for ${language}` })
          .getByText(demo.issuer)
          .first()
          .waitFor();
      }
      await visitor.look_at('console_app', { heaviest: HEAVIEST_SCREEN });
      await operator.press('New secret');
      await operator.press('Make a new secret');
      await tab.getByText(/the old one works until/).waitFor();
      await operator.press('I have kept it');
      for (const kind of ['spa', 'native', 'machine']) {
        await operator.open(`/apps/new?kind=${kind}`, 'New app');
        await operator.type(/^Name/, `The ${kind}`);
        if (kind !== 'machine')
          await operator.type(/redirect URIs/, kind === 'spa' ? 'https://spa.example.com/' : 'com.example.app:/callback');
        await operator.press('Register the app');
        if (kind === 'machine') await operator.press('I have kept it');
        await tab.getByRole('heading', { level: 1, name: `The ${kind}` }).waitFor();
      }
    }));

  it('keeps its promises on every screen of an organization and of the apps', () =>
    operate(async (operator) => {
      const { tab } = operator.visitor;
      const { data } = await admin<{ data: { id: string }[] }>(demo, 'GET', `${acme}/connections`);
      const connection = `${acme}/connections/${data[0]?.id ?? ''}`;
      const found = await admin<{ data: { id: string }[] }>(demo, 'GET', '/organizations?slug=initech');
      const initech = `/organizations/${found.data[0]?.id ?? ''}`;
      const directories = await admin<{ data: { id: string }[] }>(demo, 'GET', `${initech}/connections`);
      const directory = directories.data[0]?.id ?? '';
      await admin(demo, 'POST', '/scim-targets', { client_id: 'sample-app', base_url: 'http://127.0.0.1:9/scim', token: 'a-token' });
      await admin(demo, 'POST', `${initech}/connections/${directory}/sync-runs`, { dry_run: true });
      await admin(demo, 'POST', `${acme}/contacts`, { email: 'it@acme.example', name: 'Acme IT' });
      await admin(demo, 'POST', `${acme}/domains`, { domain: 'acme-two.example' });
      await admin(demo, 'POST', `${acme}/scim-tokens`, { name: 'Okta' });
      const screens: readonly (readonly [path: string, heading: string | RegExp, name: string])[] = [
        ['/organizations', 'Organizations', 'organizations'],
        ['/organizations/new', 'New organization', 'organization_new'],
        [acme, 'Acme', 'organization'],
        [`${acme}/connections`, 'Connections', 'connections'],
        [`${acme}/connections/new?protocol=saml`, 'New connection', 'connection_new'],
        [connection, /Acme SAML/, 'connection'],
        [`${connection}?tab=mapping`, /Acme SAML/, 'connection_mapping'],
        [`${connection}?tab=certificates`, /Acme SAML/, 'connection_certificates'],
        [`${connection}?tab=log`, /Acme SAML/, 'connection_log'],
        [`${acme}/domains`, 'Domains', 'domains'],
        [`${acme}/users`, 'People', 'people'],
        [`${acme}/groups`, /Groups/, 'groups'],
        [`${acme}/groups?tab=mappings`, /Groups/, 'role_mappings'],
        [`${acme}/scim`, 'SCIM', 'scim'],
        [`${acme}/scim?tab=requests`, 'SCIM', 'scim_requests'],
        [`${acme}/branding`, 'Branding', 'branding'],
        [`${acme}/policies`, 'Policies', 'policies'],
        [`${acme}/contacts`, 'Contacts', 'contacts'],
        [`${acme}/settings`, 'Settings', 'organization_settings'],
        ['/apps', 'Apps', 'apps'],
        ['/apps/sample-app?tab=settings', 'Sample app', 'app_settings'],
        ['/apps/sample-app?tab=organizations', 'Sample app', 'app_organizations'],
        ['/apps/sample-app?tab=claims', 'Sample app', 'app_claims'],
        ['/apps/sample-app?tab=people', 'Sample app', 'app_people'],
        [`${initech}/connections/${directory}?tab=sync`, /Initech directory/, 'directory_sync'],
        ['/resources', 'API resources', 'resources'],
        ['/roles', 'Roles', 'roles'],
      ];
      for (const [path, heading, name] of screens) await operator.look_at(path, heading, name);
      // skip link, and what the keyboard reaches first
      await operator.open('/apps', 'Apps');
      await tab.keyboard.press('Tab');
      await operator.visitor.tab_to('Skip to the content');
      await tab.keyboard.press('Enter');
      assert.equal(await tab.evaluate('document.activeElement?.id'), 'content');
    }));

  it('shows hostile names as text, in lists, in headings and in questions', () =>
    operate(async (operator) => {
      const { tab } = operator.visitor;
      let asked = false;
      tab.on('dialog', (dialog) => {
        asked = true;
        void dialog.dismiss();
      });
      const { id } = await admin<{ id: string }>(demo, 'POST', '/organizations', { slug: 'img-onerror', name: HOSTILE });
      await admin(demo, 'POST', '/clients', { client_id: 'hostile', client_name: HOSTILE, redirect_uris: ['https://app.example.com/'] });
      await admin(demo, 'POST', '/roles', { name: 'hostile', description: HOSTILE });
      await admin(demo, 'POST', `/organizations/${id}/groups`, { display_name: HOSTILE });
      await admin(demo, 'POST', `/organizations/${id}/users`, { user_name: 'eve', display_name: HOSTILE });
      await operator.open('/organizations', 'Organizations');
      await tab.getByRole('link', { name: HOSTILE }).click();
      await tab.getByRole('heading', { level: 1, name: HOSTILE }).waitFor();
      await operator.look_at(`/organizations/${id}/users`, 'People', 'hostile_people');
      await operator.look_at(`/organizations/${id}/groups`, /Groups/, 'hostile_groups');
      await operator.open(`/organizations/${id}/branding`, 'Branding');
      await operator.open('/apps/hostile', HOSTILE);
      await operator.open(`/organizations/${id}/settings`, 'Settings');
      await tab.getByRole('button', { name: 'Suspend' }).click();
      await tab.getByRole('dialog').getByText(HOSTILE).first().waitFor();
      assert.equal(asked, false);
      assert.equal(await tab.locator('img[src=x]').count(), 0);
    }));
});
