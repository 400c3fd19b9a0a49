/** `npm run screenshots`: pictures of the demo's screens for the documentation, light and dark, in docs/screens. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { open_chromium, type Visitor } from '../test/support/chromium.ts';
import { add_extras, authorization_url } from '../test/support/demo_extras.ts';
import { begin, employees, give_password, sign_in_at } from '../test/support/demo_walk.ts';
import { ensure_packages } from './debian_packages.ts';
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

const shoot = (tab: Page, file: string): Promise<unknown> => tab.screenshot({ path: join(folder, file), animations: 'disabled' });

ensure_packages({ chromium: '/usr/bin/chromium' });
mkdirSync(folder, { recursive: true });
const chromium = await open_chromium();
const demo = await start_demo({ env: { POSTERN_LOG_LEVEL: 'silent' }, port: 0 });
try {
  await add_extras(demo);
  for (const look of ['light', 'dark'] as const) {
    const visitor = await chromium.person({ colorScheme: look, viewport: { width: 960, height: 720 } });
    await walk(demo, visitor, async (name) => {
      await shoot(visitor.tab, `${name}-${look}.png`);
    });
    await visitor.context.close();
  }
} finally {
  await chromium.close();
  await demo.stop();
}
