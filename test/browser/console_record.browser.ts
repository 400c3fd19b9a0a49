import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Demo, start_demo } from '../../scripts/start_demo.ts';
import { type Chromium, open_chromium, type Visitor } from '../support/chromium.ts';
import { code_at } from '../support/console.ts';
import { addresses_of, admin, begin, employees, give_password } from '../support/demo_walk.ts';

/** Of the console all told, uncompressed: what its heaviest screen may fetch. */
const HEAVIEST = 3 * 1024 * 1024;
const STEP_MS = 30_000;
const HOSTILE = '<img src=x onerror="document.title=1">{{7*7}}<script>alert(1)</script>';

describe('the console, in a browser: the record', () => {
  let demo: Demo;
  let chromium: Chromium;
  before(async () => {
    demo = await start_demo({ env: { POSTERN_LOG_LEVEL: 'silent', POSTERN_RATE_LIMITS: 'off' }, port: 0 });
    chromium = await open_chromium();
  });
  after(async () => {
    await chromium.close();
    await demo.stop();
  });

  const [ann] = employees;
  const visit = async (walk: (visitor: Visitor) => Promise<void>): Promise<void> => {
    const visitor = await chromium.person({ permissions: ['clipboard-read', 'clipboard-write'] });
    await visitor.walk(addresses_of(demo), walk);
  };
  const enter_key = async ({ tab }: Visitor, key: string): Promise<void> => {
    await tab.locator('[autocomplete=current-password]').fill(key);
    await tab.getByRole('button', { name: 'Sign in' }).click();
  };
  const open = async (visitor: Visitor, path: string, heading: RegExp | string): Promise<void> => {
    await visitor.tab.goto(`${demo.issuer}/console${path}`);
    await visitor.tab.getByRole('heading', { level: 1, name: heading }).waitFor();
    await visitor.tab.waitForLoadState('networkidle');
  };
  const screen = async (visitor: Visitor, path: string, heading: RegExp | string, name: string): Promise<void> => {
    await open(visitor, path, heading);
    await visitor.look_at(`console_${name}`, { heaviest: HEAVIEST });
  };
  const leave = async ({ tab }: Visitor): Promise<void> => {
    await tab.getByRole('button', { name: /^Signed in as/ }).click();
    await tab.getByRole('menuitem', { name: 'Sign out' }).click();
    await tab.locator('[autocomplete=current-password]').waitFor();
  };
  const made = (name: string, role: string): Promise<{ key: string }> => admin(demo, 'POST', '/admin-keys', { name, role });
  /** Ann cannot come in: her partner answers for somebody else. Answers the reference that she sees. */
  const failed_sign_in = async (): Promise<string> => {
    const url = demo.partners.saml?.url ?? '';
    const misbehave = (switches: Readonly<Record<string, boolean>>) =>
      fetch(`${url}/__control`, {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ reset: true, switches }) },
      });
    const employee = await chromium.person();
    await misbehave({ wrong_audience: true });
    await begin(demo, employee, ann.email);
    await give_password(employee, ann.username);
    const reference = await employee.tab.locator('#reference').innerText();
    await misbehave({});
    await employee.context.close();
    return reference;
  };

  it('an operator comes in by key, finds the failed sign-in by its reference, reads the checks and hands it on without personal data', () =>
    visit(async (visitor) => {
      const { tab } = visitor;
      const reference = await failed_sign_in();
      await tab.goto(`${demo.issuer}/console/sign-ins`);
      await tab.locator('[autocomplete=current-password]').waitFor();
      await visitor.look_at('console_sign_in', { heaviest: HEAVIEST });
      await enter_key(visitor, 'no-key-of-anybody-0123456789-0123456789');
      await tab.getByText('This key is unknown or expired.').waitFor();
      await enter_key(visitor, demo.admin_key);
      await tab.getByRole('heading', { level: 1, name: 'Sign-in log' }).waitFor();
      await tab.getByLabel('Reference').fill(reference.toLowerCase());
      await tab.getByRole('button', { name: 'Open' }).click();
      await tab.getByRole('heading', { level: 1, name: new RegExp(reference) }).waitFor();
      await tab.locator('.checks .bad').first().waitFor();
      assert.match(await tab.locator('.checks').innerText(), /audience/i);
      await tab.getByRole('button', { name: 'Copy without personal data' }).click();
      await tab.getByText(/^Copied\./).waitFor();
      const copied = await tab.evaluate<string>('navigator.clipboard.readText()');
      assert.match(copied, new RegExp(reference));
      assert.match(copied, /NOT OK/);
      assert.ok(!copied.toLowerCase().includes(ann.email), copied);
      await screen(visitor, `/sign-ins/${reference}`, new RegExp(reference), 'sign_in_detail');
      await screen(visitor, '/sign-ins', 'Sign-in log', 'sign_ins');
      await tab.getByRole('link', { name: reference }).waitFor();
      // the figure on the dashboard leads to the list behind it
      await screen(visitor, '/', 'Dashboard', 'dashboard');
      await tab.getByRole('link', { name: /wrong audience|answer invalid/ }).click();
      await tab.getByRole('link', { name: reference }).waitFor();
      assert.match(tab.url(), /code=/);
      await open(visitor, '/sign-ins/AAAA-BBBB-CCCC', /./).catch(() => undefined);
      await tab.getByText('No sign-in has this reference').waitFor();
    }));

  it('sets up an authenticator app, needs it at the next sign-in, adds a passkey and comes in by that; a recovery code works once', () =>
    visit(async (visitor) => {
      const { tab } = visitor;
      const devtools = await visitor.context.newCDPSession(tab);
      await devtools.send('WebAuthn.enable');
      await devtools.send('WebAuthn.addVirtualAuthenticator', {
        options: {
          ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
          ...{ isUserVerified: true, automaticPresenceSimulation: true },
        },
      });
      const { key } = await made('Olga', 'owner');
      await tab.goto(`${demo.issuer}/console/security`);
      await enter_key(visitor, key);
      await tab.getByRole('heading', { level: 1, name: 'Your second factor' }).waitFor();
      await tab.getByText('The key alone opens the console').waitFor();
      await tab.getByRole('button', { name: 'Add a factor' }).click();
      await tab.getByLabel('Name').fill('Phone <b>');
      await tab.getByRole('button', { name: 'Show the code to scan' }).click();
      await tab.getByAltText(/picture to scan/).waitFor();
      await visitor.picture('console_enrol');
      const secret = await tab.locator('code', { hasText: /^[A-Z2-7]{32}$/ }).innerText();
      const at = Date.now();
      await tab.getByLabel('The code that the app shows now').fill(await code_at(secret, at));
      await tab.getByRole('button', { name: 'Set up' }).click();
      const codes = (await tab.getByRole('region', { name: 'Recovery codes' }).innerText()).split('\n');
      assert.equal(codes.length, 10);
      await tab.getByRole('button', { name: 'I have kept them' }).click();
      await tab.getByRole('cell', { name: 'Phone <b>', exact: true }).waitFor();
      await screen(visitor, '/security', 'Your second factor', 'security');

      await leave(visitor);
      await enter_key(visitor, key);
      await tab.getByRole('heading', { level: 1, name: 'Second factor' }).waitFor();
      await visitor.look_at('console_second_factor', { heaviest: HEAVIEST });
      await tab.getByLabel('Code of your authenticator app').fill('000000');
      await tab.getByRole('button', { name: 'Go on' }).click();
      await tab.getByText(/This is not right/).waitFor();
      await tab.getByLabel('Code of your authenticator app').fill(await code_at(secret, at + STEP_MS));
      await tab.getByRole('button', { name: 'Go on' }).click();
      await tab.getByRole('heading', { level: 1, name: 'Dashboard' }).waitFor();

      await open(visitor, '/security', 'Your second factor');
      await tab.getByRole('button', { name: 'Add a factor' }).click();
      await tab.getByText('Passkey', { exact: true }).click();
      await tab.getByRole('button', { name: 'Make a passkey' }).click();
      await tab.getByRole('button', { name: 'Remove Passkey' }).waitFor();
      await leave(visitor);
      await enter_key(visitor, key);
      await tab.getByRole('button', { name: 'Use your passkey' }).click();
      await tab.getByRole('heading', { level: 1, name: 'Dashboard' }).waitFor();

      await leave(visitor);
      await enter_key(visitor, key);
      await tab.getByRole('button', { name: /use a recovery code/ }).click();
      await tab.getByLabel('Recovery code').fill(codes[0] ?? '');
      await tab.getByRole('button', { name: 'Go on' }).click();
      await tab.getByRole('heading', { level: 1, name: 'Dashboard' }).waitFor();
      await open(visitor, '/security', 'Your second factor');
      await tab.getByText('9 left.').waitFor();
    }));

  it('shows hostile names as text, in the audit and wherever they stand', () =>
    visit(async (visitor) => {
      const { tab } = visitor;
      let asked = false;
      tab.on('dialog', (dialog) => {
        asked = true;
        void dialog.dismiss();
      });
      await admin(demo, 'POST', '/organizations', { slug: 'hostile', name: HOSTILE });
      await admin(demo, 'POST', '/event-hooks', { url: 'https://hooks.example/a?b=%3Cscript%3E', description: HOSTILE });
      await made(HOSTILE, 'support');
      await tab.goto(`${demo.issuer}/console/audit?type=organization.created`);
      await enter_key(visitor, demo.admin_key);
      await tab.getByRole('cell', { name: HOSTILE }).waitFor();
      await tab.getByRole('button', { name: 'organization.created' }).first().click();
      await tab.getByRole('dialog').getByText(HOSTILE).first().waitFor();
      await tab.keyboard.press('Escape');
      await screen(visitor, '/audit', 'Audit', 'audit');
      await screen(visitor, '/hooks', 'Hooks', 'hooks');
      await tab.getByRole('link', { name: /hooks\.example/ }).click();
      await tab.getByText(HOSTILE).first().waitFor();
      await tab.waitForLoadState('networkidle');
      await visitor.look_at('console_event_hook', { heaviest: HEAVIEST });
      await screen(visitor, '/hooks?tab=inline', 'Hooks', 'inline_hooks');
      await screen(visitor, '/keys', 'Keys', 'keys');
      await tab.getByRole('cell', { name: HOSTILE }).first().waitFor();
      await screen(visitor, '/keys?tab=signing', 'Keys', 'signing_keys');
      await screen(visitor, '/system', 'System', 'system');
      assert.equal(asked, false);
      assert.equal(await tab.locator('img[src=x]').count(), 0);
    }));

  it('an export is fetched with the session, and is what the filters say', () =>
    visit(async (visitor) => {
      const { tab } = visitor;
      await tab.goto(`${demo.issuer}/console/audit?type=console.signed_in`);
      await enter_key(visitor, demo.admin_key);
      await tab.getByRole('button', { name: 'Export' }).click();
      const [download] = await Promise.all([tab.waitForEvent('download'), tab.getByRole('menuitem', { name: 'JSON lines' }).click()]);
      const stream = await download.createReadStream();
      let text = '';
      for await (const part of stream) text += String(part);
      const lines = text.trim().split('\n');
      assert.ok(lines.length > 0 && lines.every((line) => (JSON.parse(line) as { type: string }).type === 'console.signed_in'));
    }));
});
