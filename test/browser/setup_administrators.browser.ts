import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { name_administrator } from '../support/administrators.ts';
import { type Chromium, open_chromium, type Visitor } from '../support/chromium.ts';
import { HEAVIEST_SCREEN, Operator } from '../support/console_walk.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { person } from '../support/people.ts';

const HEAVIEST = 90_000;
const ada = person('ada');

describe('an administrator of an organization at the portal, in a browser', () => {
  let it_is: Installation;
  let chromium: Chromium;
  before(async () => {
    it_is = await start_installation({ env: { POSTERN_RATE_LIMITS: 'off' }, people: [ada] });
    await it_is.broker.call('POST', '/roles', { name: 'org_admin' });
    await name_administrator(it_is, ada);
    chromium = await open_chromium();
  });
  after(async () => {
    await chromium?.close();
    await it_is?.stop();
  });

  const walk = async (work: (visitor: Visitor) => Promise<void>): Promise<void> =>
    (await chromium.person()).walk([it_is.broker.issuer, it_is.mock.issuer], work);
  async function signs_in({ tab }: Visitor, who: typeof ada): Promise<void> {
    await tab.getByLabel('Work e-mail address').fill(who.email ?? '');
    await tab.keyboard.press('Enter');
    await tab.locator('[autocomplete=current-password]').waitFor();
    await tab.locator('[autocomplete=username]').fill(who.username);
    await tab.locator('[autocomplete=current-password]').fill(who.password);
    await tab.locator('[autocomplete=current-password]').press('Enter');
    await tab.waitForURL(`${it_is.broker.issuer}/setup/**`);
  }

  it('signs in through the own connection, rotates the SCIM token, and signs out', () =>
    walk(async (visitor) => {
      const { tab } = visitor;
      await tab.goto(`${it_is.broker.issuer}/setup`);
      await visitor.look_at('setup_door', { heaviest: HEAVIEST });
      await signs_in(visitor, ada);
      assert.equal(await visitor.heading(), 'Look after it');
      await visitor.look_at('setup_signed_in', { heaviest: HEAVIEST });
      await tab.getByRole('button', { name: 'Make a new token' }).click();
      await tab.locator('#scim-token').waitFor();
      await tab.getByRole('button', { name: 'Sign out' }).click();
      await tab.getByRole('heading', { name: 'Look after your connection' }).waitFor();
    }));

  it('who was not named reads why, and can sign in as somebody else', () =>
    walk(async (visitor) => {
      await visitor.tab.goto(`${it_is.broker.issuer}/setup`);
      await signs_in(visitor, it_is.ann);
      assert.equal(await visitor.heading(), 'You do not look after your company here');
      await visitor.look_at('setup_not_administrator', { heaviest: HEAVIEST });
      await visitor.tab.getByRole('link', { name: 'Sign in as somebody else' }).click();
      await visitor.tab.locator('[autocomplete=username]').first().waitFor();
    }));

  it('an operator names somebody in the console, who is in with the next sign-in', async () => {
    const { user_id } = await it_is.login({}, { who: it_is.ann });
    await walk(async (visitor) => {
      const operator = new Operator(visitor, it_is.broker.issuer);
      await operator.enter(it_is.broker.admin_key);
      await operator.open(`/organizations/${it_is.acme.org_id}/users/${user_id}`, 'ann Tester');
      await operator.type('Roles given by hand', 'org_admin');
      await visitor.tab.keyboard.press('Enter');
      await operator.press('Save the roles');
      await visitor.tab.getByText('Saved. It counts from the next request on.').waitFor();
      await visitor.look_at('console_roles_by_hand', { heaviest: HEAVIEST_SCREEN });
    });
    await walk(async (visitor) => {
      await visitor.tab.goto(`${it_is.broker.issuer}/setup`);
      await signs_in(visitor, it_is.ann);
      assert.equal(await visitor.heading(), 'Look after it');
    });
  });
});
