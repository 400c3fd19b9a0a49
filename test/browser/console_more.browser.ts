import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Demo, start_demo } from '../../scripts/start_demo.ts';
import { type Chromium, open_chromium } from '../support/chromium.ts';
import { HEAVIEST_SCREEN, Operator } from '../support/console_walk.ts';
import { addresses_of, admin } from '../support/demo_walk.ts';
import { type WebhookReceiver, webhook_receiver } from '../support/webhook_receiver.ts';

describe('the console, in a browser: the system, mock partners, configuration, imports, and apps that are told', () => {
  let demo: Demo;
  let chromium: Chromium;
  let endpoint: WebhookReceiver;
  let folder: string;
  let acme: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'postern-console-'));
    endpoint = await webhook_receiver();
    demo = await start_demo({ env: { POSTERN_LOG_LEVEL: 'silent', POSTERN_RATE_LIMITS: 'off' }, port: 0 });
    chromium = await open_chromium();
    const { data } = await admin<{ data: { id: string }[] }>(demo, 'GET', '/organizations?slug=acme');
    acme = `/organizations/${data[0]?.id ?? ''}`;
  });
  after(async () => {
    await chromium.close();
    await demo.stop();
    await endpoint.close();
    await rm(folder, { recursive: true });
  });

  const operate = async (walk: (operator: Operator) => Promise<void>): Promise<void> => {
    const visitor = await chromium.person();
    await visitor.walk(addresses_of(demo), async () => {
      const operator = new Operator(visitor, demo.issuer);
      await operator.enter(demo.admin_key);
      await walk(operator);
    });
  };
  const choose = async ({ visitor: { tab } }: Operator, label: string, path: string): Promise<void> => {
    const [chooser] = await Promise.all([tab.waitForEvent('filechooser'), tab.getByRole('button', { name: label, exact: true }).click()]);
    await chooser.setFiles(path);
  };
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  it('a mock partner is made to misbehave and to behave again, and its people are replaced', () =>
    operate(async (operator) => {
      const { tab } = operator.visitor;
      await operator.open('/mock-partners', 'Mock partners');
      const toggle = tab.getByRole('switch', { name: 'wrong audience' }).first();
      await toggle.focus();
      await tab.keyboard.press('Space');
      await tab.getByText('1 switch on', { exact: true }).waitFor();
      assert.equal(demo.partners.saml?.switches.is_on('wrong_audience'), true);
      await operator.visitor.look_at('console_mock_partners', { heaviest: HEAVIEST_SCREEN });
      await operator.press('Behave again');
      await tab.getByText('1 switch on', { exact: true }).waitFor({ state: 'detached' });
      assert.equal(demo.partners.saml?.switches.is_on('wrong_audience'), false);
      await operator.press('Change the people');
      const dialog = tab.getByRole('dialog');
      await dialog.getByLabel('People, as JSON').fill('[{"email": "nobody@example.com"}]');
      await dialog.getByRole('button', { name: 'Replace' }).click();
      await dialog
        .getByRole('alert')
        .getByText(/username/)
        .waitFor();
      await tab.keyboard.press('Escape');
    }));

  it('the doctor’s findings stand worst first with what to do, and each background task with its last turn', () =>
    operate(async (operator) => {
      const { tab } = operator.visitor;
      await operator.open('/system?tab=checks', 'Findings');
      const findings = tab.getByRole('list', { name: 'Findings' });
      await findings.getByText(/nobody is told before a certificate ends/).waitFor();
      await findings.getByText(/Set POSTERN_SMTP_URL/).waitFor();
      assert.equal(await findings.getByRole('listitem').first().getByRole('img', { name: 'In order' }).count(), 0);
      await operator.visitor.look_at('console_findings', { heaviest: HEAVIEST_SCREEN });
      await tab.getByRole('tab', { name: 'Background tasks' }).click();
      await tab.getByRole('rowheader', { name: 'audit chain' }).waitFor();
    }));

  it('the configuration is downloaded, and a file is applied after a look at what it changes', () =>
    operate(async (operator) => {
      const { tab } = operator.visitor;
      await operator.open('/configuration', 'Configuration');
      const [download] = await Promise.all([tab.waitForEvent('download'), operator.press('Download tenants.yaml')]);
      assert.equal(download.suggestedFilename(), 'tenants.yaml');
      const yaml =
        'organizations:\n  - slug: hooli\n    name: Hooli\nclients:\n  - client_id: by-file\n    redirect_uris: ["https://app.example.com/"]\n';
      await choose(operator, 'Tenants file', file('tenants.yaml', yaml));
      await operator.press('Show what it changes');
      await tab.getByText('It would be: 2 new, 0 changed, 0 removed').waitFor();
      assert.equal((await admin<{ data: unknown[] }>(demo, 'GET', '/organizations?slug=hooli')).data.length, 0);
      await operator.visitor.look_at('console_configuration', { heaviest: HEAVIEST_SCREEN });
      await operator.press('Apply');
      await tab.getByText('Shown once').waitFor();
      await operator.press('I have kept it');
      await tab.getByText('Done: 2 new').waitFor();
      assert.equal((await admin<{ data: unknown[] }>(demo, 'GET', '/organizations?slug=hooli')).data.length, 1);
    }));

  it('a file of people is tried, mended and imported; the report says what became of each row', () =>
    operate(async (operator) => {
      const { tab } = operator.visitor;
      await operator.open(`${acme}/imports`, 'Imports');
      await choose(operator, 'File', file('people.csv', 'Login;email\nzoe;zoe@acme.example\nyan;not an address\n'));
      await tab.getByLabel('Parted by').selectOption(';');
      await tab.getByText('Columns that are called otherwise').click();
      await operator.type(/Column = field/, 'Login = user_name');
      await operator.press('Try it');
      await tab.getByRole('heading', { name: 'Import, tried only' }).waitFor();
      await tab.getByText('Nothing was kept but this report').waitFor();
      await tab.getByRole('region', { name: 'Refused rows' }).getByText('email').waitFor();
      await operator.visitor.look_at('console_import', { heaviest: HEAVIEST_SCREEN });
      const [download] = await Promise.all([tab.waitForEvent('download'), operator.press('Download the report')]);
      assert.match(download.suggestedFilename(), /\.csv$/);
      await tab.getByRole('link', { name: 'Choose the file again to import it' }).click();
      await choose(operator, 'File', file('people.csv', 'user_name,email\nzoe,zoe@acme.example\n'));
      await operator.press('Import');
      await tab.getByRole('heading', { name: 'Import', exact: true }).waitFor();
      await tab.getByText('done', { exact: true }).waitFor();
      assert.equal(
        (await admin<{ data: unknown[] }>(demo, 'GET', `${acme}/users?filter=${encodeURIComponent('user_name eq "zoe"')}`)).data.length,
        1,
      );
    }));

  it('an inline hook is asked now, and what is wrong with its answer is told', () =>
    operate(async (operator) => {
      const { tab } = operator.visitor;
      const { id } = await admin<{ id: string }>(demo, 'POST', '/inline-hooks', {
        url: endpoint.url,
        point: 'after_login',
        enabled: false,
      });
      endpoint.behave = () => ({ status: 200, body: { action: 'deny', message: 'Your licence has expired.' } });
      await operator.open(`/inline-hooks/${id}`, endpoint.url);
      await operator.press('Ask');
      await tab.getByText('It refuses the person.').waitFor();
      endpoint.behave = () => 500;
      await operator.press('Ask');
      await tab.getByText('It counts as not answered').waitFor();
      await operator.visitor.look_at('console_inline_hook', { heaviest: HEAVIEST_SCREEN });
    }));

  it('keeps its promises on the other new screens, with and without anything in them', () =>
    operate(async (operator) => {
      await operator.open('/scim-targets', 'SCIM targets');
      const target = await admin<{ id: string }>(demo, 'POST', '/scim-targets', {
        ...{ client_id: 'sample-app', base_url: 'http://127.0.0.1:9/scim', token: 'x'.repeat(32) },
      });
      await admin(demo, 'POST', '/registration-tokens', { name: 'Pipeline', uses: 3 });
      const { tab } = operator.visitor;
      await operator.open(`/scim-targets/${target.id}`, /sample-app/);
      await operator.press('What would be sent?');
      await tab.getByText('What would be sent', { exact: true }).waitFor();
      const screens: readonly (readonly [path: string, heading: string | RegExp, name: string])[] = [
        [`/scim-targets/${target.id}`, /sample-app/, 'scim_target'],
        [`${acme}/receipts`, 'Receipts', 'receipts'],
        ['/system?tab=retention', 'What is kept, and how long', 'retention'],
      ];
      for (const [path, heading, name] of screens) await operator.look_at(path, heading, name);
    }));
});
