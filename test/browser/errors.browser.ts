import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Demo, start_demo } from '../../scripts/start_demo.ts';
import { type Chromium, open_chromium, type Visitor } from '../support/chromium.ts';
import { addresses_of, admin, begin, employees, give_password } from '../support/demo_walk.ts';

interface Trace {
  readonly outcome: string;
  readonly steps: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
}

describe('what goes wrong, in a browser', () => {
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

  const [ann, bob, carol] = employees;
  const visit = async (walk: (visitor: Visitor) => Promise<void>): Promise<void> => {
    const visitor = await chromium.person();
    await visitor.walk(addresses_of(demo), walk);
  };
  /** Turns switches of a mock partner over its control API; `{}` sets all back. */
  const misbehave = async (url: string | undefined, switches: Readonly<Record<string, boolean>>): Promise<void> => {
    const answer = await fetch(`${url ?? ''}/__control`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ reset: true, switches }),
    });
    assert.equal(answer.status, 200);
  };
  /** Our error page: its reference, under which an operator finds what happened. */
  const reference_on = async ({ tab }: Visitor): Promise<string> => {
    const reference = tab.locator('#reference');
    await reference.waitFor();
    assert.ok(tab.url().startsWith(demo.issuer), tab.url());
    return reference.innerText();
  };

  it('a partner that answers for somebody else: a page with a reference, and the reference opens the trace', () =>
    visit(async (visitor) => {
      const { tab } = visitor;
      await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: demo.issuer });
      await misbehave(demo.partners.saml?.url, { wrong_audience: true });
      await begin(demo, visitor, ann.email);
      await give_password(visitor, ann.username);
      const reference = await reference_on(visitor);
      await visitor.look_at('error');
      const trace = await admin<Trace>(demo, 'GET', `/login-traces/${reference}`);
      assert.ok(
        trace.steps.some(({ name, ok }) => !ok && /audience/.test(name)),
        JSON.stringify(trace),
      );
      await tab.getByRole('button', { name: 'Copy' }).click();
      await tab.getByText('Copied').waitFor();
      assert.equal(await tab.evaluate('navigator.clipboard.readText()'), reference);
      // mended at the partner: the same person tries again from this very page
      await misbehave(demo.partners.saml?.url, {});
      await tab.getByRole('link', { name: 'Try again' }).click();
      assert.equal(await tab.getByLabel('Work e-mail').inputValue(), ann.email);
      await tab.getByRole('button', { name: 'Continue' }).click();
      await tab.waitForURL(`${demo.app_url}/`);
    }));

  it('cancelled at the partner: says so, and offers another try', () =>
    visit(async (visitor) => {
      const { tab } = visitor;
      for (const { email } of [ann, bob]) {
        await begin(demo, visitor, email);
        await tab.getByRole('button', { name: 'Cancel' }).click();
        await reference_on(visitor);
        assert.equal(await visitor.heading(), 'Sign-in cancelled');
      }
      await visitor.look_at('error_cancelled');
      await tab.getByRole('link', { name: 'Try again' }).waitFor();
    }));

  it('a partner that is down: says whose fault it is', () =>
    visit(async (visitor) => {
      await misbehave(demo.partners.ldap?.control_url, { dead: true });
      await begin(demo, visitor, carol.email);
      await give_password(visitor, carol.username);
      await reference_on(visitor);
      await visitor.look_at('error_partner_down');
      await misbehave(demo.partners.ldap?.control_url, {});
    }));

  it('an expired password: says where it is changed', () =>
    visit(async (visitor) => {
      await misbehave(demo.partners.ldap?.control_url, { password_expired: true });
      await begin(demo, visitor, carol.email);
      await give_password(visitor, carol.username);
      await visitor.tab.getByText('Your password has expired').first().waitFor();
      await visitor.look_at('password_expired');
      await misbehave(demo.partners.ldap?.control_url, {});
    }));

  it('the back button after the sign-in: the old step is over, the session stays', () =>
    visit(async (visitor) => {
      const { tab } = visitor;
      await begin(demo, visitor, carol.email);
      const step = tab.url();
      await give_password(visitor, carol.username);
      await tab.waitForURL(`${demo.app_url}/`);
      await tab.goBack();
      // whatever of it the browser kept, the form is not taken twice
      const password = tab.locator('[autocomplete=current-password]');
      if (await password.isVisible()) await give_password(visitor, carol.username);
      else await tab.goto(step);
      await reference_on(visitor);
      assert.equal(await visitor.heading(), 'This sign-in has expired');
      await visitor.look_at('error_expired');
      await tab.goto(demo.app_url);
      assert.equal(await visitor.heading(), `Hello, ${carol.name}`);
    }));

  it('two tabs at once: each ends where it began, the last one counts', () =>
    visit(async (visitor) => {
      const other = await visitor.another_tab();
      await begin(demo, visitor, carol.email);
      await begin(demo, other, bob.email);
      await give_password(visitor, carol.username);
      await visitor.tab.waitForURL(`${demo.app_url}/`);
      assert.equal(await visitor.heading(), `Hello, ${carol.name}`);
      await give_password(other, bob.username);
      await other.tab.waitForURL(`${demo.app_url}/`);
      assert.equal(await other.heading(), `Hello, ${bob.name}`);
    }));

  it('cookies that are gone half-way: says that, with no blame', () =>
    visit(async (visitor) => {
      const { tab } = visitor;
      await tab.goto(`${demo.app_url}/sign-in`);
      await visitor.context.clearCookies();
      await tab.getByLabel('Work e-mail').fill(ann.email);
      await tab.getByRole('button', { name: 'Continue' }).click();
      await reference_on(visitor);
      await visitor.look_at('error_cookies');
    }));

  it('an organization that the app asks for and that does not exist: the app says it', () =>
    visit(async (visitor) => {
      await visitor.tab.goto(`${demo.app_url}/sign-in?organization=nobody`);
      await visitor.tab.locator('h1').waitFor();
      await visitor.look_at('error_organization');
    }));
});
