/** `npm run screenshots`: pictures of the demo's screens for the documentation, light and dark, in docs/screens. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { open_chromium, type Visitor } from '../test/support/chromium.ts';
import { Operator } from '../test/support/console_walk.ts';
import { add_extras, authorization_url } from '../test/support/demo_extras.ts';
import { admin, begin, employees, give_password, sign_in_at } from '../test/support/demo_walk.ts';
import { walk_console } from './console_screens.ts';
import { ensure_packages } from './debian_packages.ts';
import { walk_setup } from './setup_screens.ts';
import { type Demo, start_demo } from './start_demo.ts';

const folder = join(import.meta.dirname, '../docs/screens');
const [ann, bob, carol] = employees;
type Keep = (name: string) => Promise<void>;

async function walk(demo: Demo, visitor: Visitor, keep: Keep): Promise<void> {
  const { tab } = visitor;
  await tab.goto(demo.app_url);
  await keep('app');
  await tab.goto(`${demo.app_url}/sign-in`);
  await keep('identifier');
  await begin(demo, visitor, carol.email);
  await keep('password');
  await give_password(visitor, carol.username, 'wrong');
  await tab.getByRole('alert').waitFor();
  await keep('password-wrong');
  await begin(demo, visitor, 'carol@umbrella.example');
  await keep('chooser');
  demo.partners.saml?.switches.set('wrong_audience', true);
  await begin(demo, visitor, ann.email);
  await tab.locator('[autocomplete=current-password]').waitFor();
  await keep('partner');
  await give_password(visitor, ann.username);
  await tab.locator('#reference').waitFor();
  await keep('error');
  demo.partners.saml?.switches.reset();
  await sign_in_at(demo, visitor, bob);
  await keep('app-signed-in');
  await tab.goto(authorization_url(demo, 'planner', { scope: 'openid profile email groups' }));
  await keep('consent');
  await tab.goto(`${demo.issuer}/logout`);
  await tab.getByRole('button', { name: 'Sign out' }).click();
  await tab.getByRole('heading', { name: 'You are signed out' }).waitFor();
  await keep('signed-out');
  await tab.goto(`${demo.app_url}/sign-in`);
  await keep('identifier-remembered');
}

/** What has happened by then stands in the console. */
async function walk_as_operator(demo: Demo, visitor: Visitor, keep: Keep): Promise<void> {
  const organization = await first(demo, '/organizations?slug=acme');
  const acme = `/organizations/${organization}`;
  const [connection, person] = await Promise.all([first(demo, `${acme}/connections`), first(demo, `${acme}/users`)]);
  await visitor.tab.goto(`${demo.issuer}/console/`);
  await visitor.tab.locator('[autocomplete=current-password]').waitFor();
  await keep('console-sign-in');
  const operator = new Operator(visitor, demo.issuer);
  await operator.enter(demo.admin_key);
  await walk_console(operator, { organization, connection, person }, keep);
}

async function first(demo: Demo, path: string): Promise<string> {
  const { data } = await admin<{ data: { id: string }[] }>(demo, 'GET', path);
  if (data[0] === undefined) throw new Error(`nothing at ${path}`);
  return data[0].id;
}

const shoot = (tab: Page, file: string): Promise<unknown> => tab.screenshot({ path: join(folder, file), animations: 'disabled' });

ensure_packages({ chromium: '/usr/bin/chromium' });
mkdirSync(folder, { recursive: true });
const chromium = await open_chromium();
const demo = await start_demo({ env: { POSTERN_LOG_LEVEL: 'silent' }, port: 0 });
try {
  await add_extras(demo);
  // somebody of each partner has been here
  for (const who of employees) {
    const employee = await chromium.person();
    await sign_in_at(demo, employee, who);
    await employee.context.close();
  }
  await admin(demo, 'POST', `/organizations/${await first(demo, '/organizations?slug=acme')}/setup-links`, { name: 'For Acme IT' });
  for (const look of ['light', 'dark'] as const) {
    const visitor = await chromium.person({ colorScheme: look, viewport: { width: 960, height: 720 } });
    await walk(demo, visitor, async (name) => {
      await shoot(visitor.tab, `${name}-${look}.png`);
    });
    await visitor.context.close();
    const operator = await chromium.person({ colorScheme: look, viewport: { width: 1280, height: 860 } });
    await walk_as_operator(demo, operator, async (name) => {
      await shoot(operator.tab, `${name}-${look}.png`);
    });
    await operator.context.close();
    const partner = await chromium.person({ colorScheme: look, viewport: { width: 1280, height: 860 } });
    await walk_setup(demo, partner, async (name) => {
      await shoot(partner.tab, `${name}-${look}.png`);
    });
    await partner.context.close();
  }
} finally {
  await chromium.close();
  await demo.stop();
}
