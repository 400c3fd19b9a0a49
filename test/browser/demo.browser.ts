import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Demo, start_demo } from '../../scripts/start_demo.ts';
import { type Chromium, open_chromium } from '../support/chromium.ts';
import { addresses_of, begin, employees, give_password, sign_in_at } from '../support/demo_walk.ts';

describe('the demo in a browser', () => {
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

  for (const employee of employees) {
    it(`${employee.email} signs in through ${employee.partner}, once, and signs out`, async () => {
      const visitor = await chromium.person();
      const { tab } = visitor;
      await sign_in_at(demo, visitor, employee);
      const shown = await tab.locator('main').innerText();
      for (const words of [
        employee.name,
        employee.email,
        employee.organization,
        'Engineers',
        'engineer',
        'ID token',
        'Access token',
        'signed (JWT)',
      ])
        assert.ok(shown.includes(words), `${words} in ${shown}`);
      if (employee.partner === 'SAML') await visitor.look_at('app_profile');
      else await visitor.picture(`app_profile_${employee.username}`);

      // single sign-on: no page on the way
      await tab.getByRole('link', { name: 'Sign in again' }).click();
      await tab.waitForURL(`${demo.app_url}/`);
      assert.equal(await visitor.heading(), `Hello, ${employee.name}`);

      await tab.getByRole('button', { name: 'Sign out' }).click();
      await tab.waitForURL(`${demo.app_url}/signed-out*`);
      assert.equal(await visitor.heading(), 'Signed out');
      await tab.goto(demo.app_url);
      assert.equal(await visitor.heading(), 'Welcome');
      await tab.getByRole('link', { name: 'Sign in' }).click();
      // a person is asked again, and the organization is remembered
      await tab.getByText(`Continue to ${employee.organization}`).waitFor();
      visitor.assert_nothing_noticed(addresses_of(demo));
      await visitor.context.close();
    });

    it(`${employee.email} signs in through ${employee.partner} by keyboard alone`, async () => {
      const visitor = await chromium.person();
      const { tab } = visitor;
      const { keyboard } = tab;
      await tab.goto(demo.app_url);
      await visitor.tab_to('Sign in');
      await keyboard.press('Enter');
      await tab.waitForURL(`${demo.issuer}/login/**`);
      await visitor.tab_to(/^Work e-mail/);
      await keyboard.type(employee.email);
      await visitor.tab_to('Continue');
      await keyboard.press('Enter');
      await tab.locator('[autocomplete=current-password]').waitFor();
      await visitor.tab_to('User name');
      await keyboard.press('ControlOrMeta+A');
      await keyboard.type(employee.username);
      await visitor.tab_to('Password');
      await keyboard.type(`${employee.username}-password`);
      await visitor.tab_to('Sign in');
      await keyboard.press('Enter');
      await tab.waitForURL(`${demo.app_url}/`);
      assert.equal(await visitor.heading(), `Hello, ${employee.name}`);
      await visitor.tab_to('Sign out');
      await keyboard.press('Enter');
      await tab.waitForURL(`${demo.app_url}/signed-out*`);
      visitor.assert_nothing_noticed(addresses_of(demo));
      await visitor.context.close();
    });

    it(`${employee.email} signs in through ${employee.partner} without any script`, async () => {
      const visitor = await chromium.person({ javaScriptEnabled: false });
      const { tab } = visitor;
      await begin(demo, visitor, employee.email);
      await give_password(visitor, employee.username);
      // what a partner answers by POST is sent on by hand
      if (employee.partner === 'SAML') {
        await visitor.picture('saml_answer_without_script');
        await tab.getByRole('button', { name: 'Continue' }).click();
      }
      await tab.waitForURL(`${demo.app_url}/`);
      assert.equal(await visitor.heading(), `Hello, ${employee.name}`);
      await tab.getByRole('button', { name: 'Sign out' }).click();
      await tab.waitForURL(`${demo.app_url}/signed-out*`);
      visitor.assert_nothing_noticed(addresses_of(demo));
      await visitor.context.close();
    });
  }
});
