import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Demo, start_demo } from '../../scripts/start_demo.ts';
import { type Chromium, open_chromium, type Visitor } from '../support/chromium.ts';
import { add_extras, authorization_url } from '../support/demo_extras.ts';
import { addresses_of, admin, begin, employees, give_password, sign_in_at } from '../support/demo_walk.ts';

describe('every page in a browser: axe, both colour schemes, a phone, zoom, large letters, weight', () => {
  let demo: Demo;
  let chromium: Chromium;
  before(async () => {
    demo = await start_demo({ env: { POSTERN_LOG_LEVEL: 'silent', POSTERN_RATE_LIMITS: 'off' }, port: 0 });
    await add_extras(demo);
    chromium = await open_chromium();
  });
  after(async () => {
    await chromium.close();
    await demo.stop();
  });

  const [ann, bob, carol] = employees;
  /** A person does this; nothing may be noticed on the way. */
  const visit = async (walk: (visitor: Visitor) => Promise<void>, options: Parameters<Chromium['person']>[0] = {}): Promise<void> => {
    const visitor = await chromium.person(options);
    await visitor.walk(addresses_of(demo), walk);
  };

  it('the app: its first page, and its page for what went wrong', () =>
    visit(async (visitor) => {
      await visitor.tab.goto(demo.app_url);
      await visitor.tab.getByText('Sign in to one organization').click();
      await visitor.look_at('app_home');
      await visitor.tab.goto(`${demo.app_url}/callback?code=x&state=y`);
      await visitor.look_at('app_problem');
      await visitor.tab.goto(`${demo.app_url}/signed-out`);
      await visitor.look_at('app_signed_out');
    }));

  it('the identifier page, and what it says of a domain that leads nowhere', () =>
    visit(async (visitor) => {
      const { tab } = visitor;
      await tab.goto(`${demo.app_url}/sign-in`);
      assert.equal(await visitor.heading(), 'Sign in to Sample app');
      await visitor.look_at('identifier');
      await tab.getByLabel('Work e-mail').fill('eve@nowhere.example');
      await tab.getByRole('button', { name: 'Continue' }).click();
      await tab.getByRole('alert').waitFor();
      // read first, and nothing to type twice
      assert.equal(await tab.evaluate('document.activeElement.getAttribute("role")'), 'alert');
      assert.equal(await tab.getByLabel('Work e-mail').inputValue(), 'eve@nowhere.example');
      await visitor.look_at('identifier_unknown');
    }));

  it('the remembered organization: one button leads there, another forgets it', () =>
    visit(async (visitor) => {
      const { tab } = visitor;
      await sign_in_at(demo, visitor, bob);
      await tab.getByRole('button', { name: 'Sign out' }).click();
      await tab.goto(`${demo.app_url}/sign-in`);
      await visitor.look_at('identifier_remembered');
      await tab.getByRole('button', { name: 'Continue to Globex' }).click();
      // the provider knows the browser still, or asks: either way it is Globex's
      await tab.waitForURL((url) => url.href.startsWith(demo.partners.oidc?.url ?? '') || url.href.startsWith(demo.app_url));
      await tab.goto(demo.app_url);
      const out = tab.getByRole('button', { name: 'Sign out' });
      if (await out.isVisible()) await out.click();
      await tab.goto(`${demo.app_url}/sign-in`);
      await tab.getByRole('button', { name: 'Not you?' }).click();
      await tab.getByLabel('Work e-mail').waitFor();
      assert.equal(await tab.getByRole('button', { name: 'Continue to Globex' }).count(), 0);
    }));

  it('the partners’ own pages: sign-in, a wrong password, control', () =>
    visit(async (visitor) => {
      const { tab } = visitor;
      for (const { partner, email } of [ann, bob]) {
        await begin(demo, visitor, email);
        await tab.locator('[autocomplete=current-password]').waitFor();
        await visitor.look_at(`partner_${partner.toLowerCase()}`);
        await give_password(visitor, 'ann', 'wrong');
        await tab.getByRole('alert').waitFor();
        await visitor.picture(`partner_${partner.toLowerCase()}_wrong`);
      }
      const { saml, oidc, ldap } = demo.partners;
      for (const [name, url] of Object.entries({ saml: saml?.url, oidc: oidc?.url, ldap: ldap?.control_url })) {
        await tab.goto(url ?? '');
        // one page, three lists of switches
        if (name === 'ldap') await visitor.look_at(`control_${name}`);
        else await visitor.picture(`control_${name}`);
      }
    }));

  it('the password page in the name of the organization, and again after a wrong password', () =>
    visit(async (visitor) => {
      const { tab } = visitor;
      await begin(demo, visitor, carol.email);
      assert.equal(await visitor.heading(), 'Sign in to Initech');
      await visitor.look_at('password');
      await tab.getByRole('button', { name: 'Show password' }).click();
      assert.equal(await tab.getByLabel('Password', { exact: true }).getAttribute('type'), 'text');
      await give_password(visitor, carol.username, 'wrong');
      await tab.getByRole('alert').waitFor();
      await visitor.look_at('password_wrong');
      await give_password(visitor, carol.username);
      await tab.waitForURL(`${demo.app_url}/`);
    }));

  it('the chooser of an organization with several ways in, and its password page in its own colour', () =>
    visit(async (visitor) => {
      const { tab } = visitor;
      await begin(demo, visitor, 'carol@umbrella.example');
      await tab.getByRole('button', { name: 'Laboratory' }).waitFor();
      await visitor.look_at('chooser');
      await tab.getByRole('button', { name: 'Laboratory' }).click();
      await tab.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
      // yellow, with letters that can be read on it
      const colours = await tab.evaluate(
        '(({ backgroundColor, color }) => [backgroundColor, color])(getComputedStyle(document.querySelector("form > button")))',
      );
      assert.deepEqual(colours, ['rgb(169, 136, 0)', 'rgb(0, 0, 0)']);
      await tab.getByRole('link', { name: 'Privacy' }).waitFor();
      await visitor.look_at('password_branded');
    }));

  it('the departure by POST: by itself, and by its button where no script runs', async () => {
    const to_umbrella = async (visitor: Visitor): Promise<void> => {
      await begin(demo, visitor, 'ann@umbrella.example');
      await visitor.tab.getByRole('button', { name: 'Head office' }).click();
    };
    await visit(async (visitor) => {
      await to_umbrella(visitor);
      await give_password(visitor, ann.username);
      await visitor.tab.waitForURL(`${demo.app_url}/`);
    });
    await visit(
      async (visitor) => {
        const { tab } = visitor;
        await to_umbrella(visitor);
        await tab.getByRole('button', { name: 'Continue' }).click();
        await give_password(visitor, ann.username);
        await tab.getByRole('button', { name: 'Continue' }).click();
        await tab.waitForURL(`${demo.app_url}/`);
      },
      { javaScriptEnabled: false },
    );
    // how it looks while the partner takes its time
    await visit(async (visitor) => {
      await visitor.tab.route('**/sso', (route) => route.fulfill({ status: 204 }));
      await to_umbrella(visitor);
      await visitor.tab.getByRole('button', { name: 'Continue' }).waitFor();
      await visitor.look_at('departure');
    });
    await visit(async (visitor) => {
      await visitor.tab.route('**/acs', (route) => route.fulfill({ status: 204 }));
      await begin(demo, visitor, ann.email);
      await give_password(visitor, ann.username);
      await visitor.tab.getByRole('button', { name: 'Continue' }).waitFor();
      await visitor.look_at('partner_saml_answer');
    });
  });

  it('consent for somebody else’s app, with what it may do', () =>
    visit(async (visitor) => {
      const { tab } = visitor;
      await sign_in_at(demo, visitor, bob);
      await tab.goto(authorization_url(demo, 'planner', { scope: 'openid profile email groups' }));
      assert.equal(await visitor.heading(), 'Planner by Somebody Else wants to use your account');
      await visitor.look_at('consent');
      await tab.getByRole('button', { name: 'Do not allow' }).click();
      await tab.waitForURL(/error=access_denied/);
    }));

  it('a device: the code, the question, the end', () =>
    visit(async (visitor) => {
      const { tab } = visitor;
      await sign_in_at(demo, visitor, bob);
      const answer = await fetch(`${demo.issuer}/device/authorization`, {
        method: 'POST',
        body: new URLSearchParams({ client_id: 'screen', scope: 'openid' }),
      });
      const device = (await answer.json()) as { user_code: string; verification_uri: string };
      await tab.goto(device.verification_uri);
      await visitor.look_at('device');
      await tab.getByLabel('Code on the device').fill('WRNG-CODE');
      await tab.getByRole('button', { name: 'Continue' }).click();
      await tab.getByRole('alert').waitFor();
      await visitor.look_at('device_wrong');
      await tab.getByLabel('Code on the device').fill(device.user_code);
      await tab.getByRole('button', { name: 'Continue' }).click();
      await tab.getByRole('button', { name: 'Yes, connect it' }).waitFor();
      await visitor.look_at('device_confirm');
      await tab.getByRole('button', { name: 'Yes, connect it' }).click();
      await tab.getByText('Go back to your device').waitFor();
      await visitor.look_at('device_done');
    }));

  it('signing out at the issuer: the question, and that it is done', () =>
    visit(async (visitor) => {
      const { tab } = visitor;
      await sign_in_at(demo, visitor, bob);
      await tab.goto(`${demo.issuer}/logout`);
      await visitor.look_at('logout');
      await tab.getByRole('button', { name: 'Sign out' }).click();
      await tab.getByText('You are signed out').waitFor();
      await visitor.look_at('signed_out');
    }));

  it('an address of nothing', () =>
    visit(async (visitor) => {
      const answer = await visitor.tab.goto(`${demo.issuer}/nothing/here`);
      assert.equal(answer?.status(), 404);
      await visitor.look_at('not_found');
    }));

  it('my sessions: of nobody, of somebody, and the end of them all', () =>
    visit(async (visitor) => {
      const { tab } = visitor;
      await tab.goto(`${demo.issuer}/sessions`);
      await visitor.look_at('sessions_nobody');
      await sign_in_at(demo, visitor, bob);
      await tab.goto(`${demo.issuer}/sessions`);
      assert.equal(await visitor.heading(), 'My sessions');
      await tab.getByText('This browser').waitFor();
      await visitor.look_at('sessions');
      await visitor.tab_to('Sign out everywhere');
      await tab.keyboard.press('Enter');
      await tab.waitForURL(/\/end-all$/);
      await visitor.look_at('sessions_ended');
      await tab.goto(`${demo.issuer}/sessions`);
      assert.equal(await visitor.heading(), 'You are not signed in here');
    }));

  it('the question whether an account is theirs', () =>
    visit(async (visitor) => {
      const { tab } = visitor;
      const { data } = await admin<{ data: { id: string }[] }>(demo, 'GET', '/organizations?slug=umbrella');
      const own = `/organizations/${data[0]?.id ?? ''}`;
      const connections = await admin<{ data: { id: string; name: string }[] }>(demo, 'GET', `${own}/connections`);
      const laboratory = connections.data.find(({ name }) => name === 'Laboratory')?.id ?? '';
      await admin(demo, 'PATCH', own, { people_policy: { on_conflict: 'ask' } });
      await admin(demo, 'POST', `${own}/domains`, { domain: 'umbrella-hr.example', verified: true });
      await admin(demo, 'PATCH', `${own}/connections/${laboratory}`, {
        provisioning: { link_by: 'verified_email' },
        attribute_mapping: { email: { from: 'mail', match: '([^@]+)@.*', value: '$1@umbrella-hr.example' } },
      });
      await admin(demo, 'POST', `${own}/users`, { user_name: 'carol of personnel', email: 'carol@umbrella-hr.example' });
      await begin(demo, visitor, 'carol@umbrella.example');
      await tab.locator('.choice').last().click();
      await give_password(visitor, carol.username);
      await tab.waitForURL(/\/link$/);
      await visitor.look_at('link_confirm');
      await visitor.tab_to('Yes, link my account');
      await tab.keyboard.press('Enter');
      await tab.waitForURL(`${demo.app_url}/`);
    }));

  it('the reference of the admin API', () =>
    visit(async (visitor) => {
      await visitor.tab.goto(`${demo.issuer}/api/docs`);
      await visitor.tab
        .getByRole('heading', { name: /Postern/ })
        .first()
        .waitFor();
      await visitor.tab.getByText('/organizations').first().waitFor();
      await visitor.picture('api_docs', { whole: false });
    }));

  for (const [locale, direction, title] of [
    ['ar', 'rtl', 'تسجيل الدخول إلى Sample app'],
    ['de-DE', 'ltr', 'Bei Sample app anmelden'],
  ] as const) {
    it(`a person whose browser speaks ${locale}`, () =>
      visit(
        async (visitor) => {
          const { tab } = visitor;
          await tab.goto(`${demo.app_url}/sign-in`);
          assert.equal(await visitor.heading(), title);
          assert.equal(await tab.locator('html').getAttribute('dir'), direction);
          await visitor.look_at(`identifier_${locale}`);
          await begin(demo, visitor, 'carol@umbrella.example');
          await visitor.look_at(`chooser_${locale}`);
          await tab.locator('.choice').last().click();
          await give_password(visitor, carol.username, 'wrong');
          await tab.getByRole('alert').waitFor();
          await visitor.look_at(`password_wrong_${locale}`);
          await tab.goto(`${demo.issuer}/login/unknown`);
          await visitor.look_at(`expired_${locale}`);
        },
        { locale },
      ));
  }

  it('an employee signs in in Arabic, by keyboard alone', () =>
    visit(
      async (visitor) => {
        const { tab } = visitor;
        await tab.goto(`${demo.app_url}/sign-in`);
        assert.equal(await tab.locator('html').getAttribute('dir'), 'rtl');
        await visitor.tab_to(/^بريد العمل الإلكتروني/);
        await tab.keyboard.type(carol.email);
        await visitor.tab_to('متابعة');
        await tab.keyboard.press('Enter');
        await tab.locator('[autocomplete=current-password]').waitFor();
        await visitor.tab_to('كلمة المرور');
        await tab.keyboard.type(`${carol.username}-password`);
        await visitor.tab_to('تسجيل الدخول');
        await tab.keyboard.press('Enter');
        await tab.waitForURL(`${demo.app_url}/`);
        assert.equal(await visitor.heading(), `Hello, ${carol.name}`);
      },
      { locale: 'ar' },
    ));
});
