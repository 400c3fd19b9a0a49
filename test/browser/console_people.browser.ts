import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { make_signing_key } from '../../src/mock/saml/keys.ts';
import { type Demo, start_demo } from '../../scripts/start_demo.ts';
import { type Chromium, open_chromium } from '../support/chromium.ts';
import { HEAVIEST_SCREEN, Operator } from '../support/console_walk.ts';
import { add_extras, authorization_url } from '../support/demo_extras.ts';
import { addresses_of, admin, employees, sign_in_at } from '../support/demo_walk.ts';

const [ann, bob] = employees;
const LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><circle cx="20" cy="20" r="18" fill="#7a1fa2"/></svg>';

describe('the console, in a browser: people, their groups, and an organization from its policy to its end', () => {
  let demo: Demo;
  let chromium: Chromium;
  let acme: string;
  let person: string;
  before(async () => {
    demo = await start_demo({ env: { POSTERN_LOG_LEVEL: 'silent', POSTERN_RATE_LIMITS: 'off' }, port: 0 });
    chromium = await open_chromium();
    await add_extras(demo);
    acme = `/organizations/${await first('/organizations?slug=acme')}`;
    const employee = await chromium.person();
    await sign_in_at(demo, employee, ann);
    await employee.tab.goto(authorization_url(demo, 'planner', { scope: 'openid profile email groups' }));
    await employee.tab.getByRole('button', { name: 'Allow', exact: true }).click();
    await employee.tab.waitForURL(/code=/);
    await employee.context.close();
    person = await first(`${acme}/users`);
  });
  after(async () => {
    await chromium.close();
    await demo.stop();
  });

  const first = async (path: string): Promise<string> => {
    const { data } = await admin<{ data: { id: string }[] }>(demo, 'GET', path);
    return data[0]?.id ?? assert.fail(`nothing at ${path}`);
  };
  const operate = async (walk: (operator: Operator) => Promise<void>): Promise<void> => {
    const visitor = await chromium.person();
    await visitor.walk(addresses_of(demo), async () => {
      const operator = new Operator(visitor, demo.issuer);
      await operator.enter(demo.admin_key);
      await walk(operator);
    });
  };
  const look = ({ visitor }: Operator, name: string): Promise<void> => visitor.look_at(`console_${name}`, { heaviest: HEAVIEST_SCREEN });

  it('by keyboard alone: an organization, and a set-up link for its partner; a reference is found where one types it', () =>
    operate(async ({ visitor }) => {
      const { tab } = visitor;
      const { keyboard } = tab;
      /** Whoever comes to a screen is at its content, which has no outline of its own. */
      const arrive = async (heading: string): Promise<void> => {
        await tab.getByRole('heading', { name: heading }).first().waitFor();
        await tab.waitForLoadState('networkidle');
        await keyboard.press('Tab');
      };
      await keyboard.press('g');
      await keyboard.press('o');
      await arrive('Organizations');
      await visitor.tab_to('New organization');
      await keyboard.press('Enter');
      await arrive('New organization');
      await visitor.tab_to(/^Name/);
      await keyboard.type('By keyboard');
      await keyboard.press('Enter');
      await arrive('By keyboard');
      await visitor.tab_to('Set-up links');
      await keyboard.press('Enter');
      await arrive('Set-up links');
      await visitor.tab_to('New set-up link');
      await keyboard.press('Enter');
      const dialog = tab.getByRole('dialog');
      await dialog.getByLabel('Name').waitFor();
      await visitor.tab_to('Make the link');
      await keyboard.press('Enter');
      await dialog.getByText(`${demo.issuer}/setup/`).waitFor();
      await visitor.tab_to('I have kept it');
      await keyboard.press('Enter');
      await dialog.waitFor({ state: 'hidden' });

      const { data } = await admin<{ data: { reference: string }[] }>(demo, 'GET', '/login-traces?limit=1');
      const reference = data[0]?.reference ?? '';
      await keyboard.press('Control+k');
      await tab.locator('input:focus[placeholder*=reference]').waitFor();
      await keyboard.type(reference.toLowerCase());
      await tab.getByRole('button', { name: new RegExp(reference) }).waitFor();
      await keyboard.press('ArrowDown');
      await keyboard.press('Enter');
      await tab.getByRole('heading', { level: 1, name: new RegExp(reference) }).waitFor();
    }));

  it('of a person: who wrote what, under which ids apps know them, and what they allowed, which is taken back', () =>
    operate(async (operator) => {
      const { tab } = operator.visitor;
      const { id } = await admin<{ id: string }>(demo, 'POST', `${acme}/users`, { user_name: 'ann-before' });
      await admin(demo, 'POST', `${acme}/users/${id}/merge`, { into: person });
      await operator.open(`${acme}/users/${person}`, /Ann/);
      await tab.getByText(id, { exact: true }).waitFor();
      await tab.getByRole('region', { name: 'Attributes and who wrote them' }).getByText('sign-ins').first().waitFor();
      await look(operator, 'person');
      await tab.getByRole('tab', { name: 'Consents' }).click();
      await tab.getByRole('link', { name: 'planner' }).waitFor();
      await look(operator, 'consents');
      await operator.press('Take back the consent for planner');
      await tab.getByText('Nothing allowed').waitFor();
      const [download] = await Promise.all([
        tab.waitForEvent('download'),
        operator.press('More').then(() => tab.getByRole('menuitem', { name: 'Export everything that is kept' }).click()),
      ]);
      assert.match(download.suggestedFilename(), /\.json$/);
    }));

  it('a policy is made: who may come in, whose word counts, attribute by attribute, in an order that the keyboard changes', () =>
    operate(async (operator) => {
      const { visitor } = operator;
      const { tab } = visitor;
      await admin(demo, 'POST', `${acme}/groups`, { display_name: 'App users', members: [person] });
      await operator.open(`${acme}/policies`, 'Policies');
      const entrance = tab.getByRole('region', { name: 'Who may come in' });
      await entrance.getByLabel('Only people of these groups').fill('App users');
      await tab.keyboard.press('Enter');
      await tab.getByText('This holds at once, for everybody').waitFor();
      await entrance.getByText('1 person is in these groups').waitFor();
      await entrance.getByLabel(/^Days after which/).fill('90');
      await entrance.getByRole('button', { name: 'Save' }).click();
      await tab.getByText('Saved.').waitFor();

      const words = tab.getByRole('region', { name: 'Whose word counts' });
      await words.getByRole('button', { name: 'sign-ins', exact: true }).click();
      await words.getByRole('button', { name: 'SCIM', exact: true }).click();
      await words.getByRole('button', { name: 'SCIM: up' }).press('Enter');
      await words.getByRole('button', { name: 'Save' }).click();
      await words.getByRole('button', { name: 'Save' }).and(tab.locator(':disabled')).waitFor();
      const single = tab.getByRole('region', { name: 'Attributes with an order of their own' });
      await single.getByLabel('Attribute').fill('cost_center');
      await single.getByLabel('Attribute').press('Enter');
      await single.getByRole('group', { name: 'attributes.cost_center' }).getByRole('button', { name: 'administrators' }).click();
      await single.getByRole('button', { name: 'Save' }).click();
      await single.getByRole('button', { name: 'Save' }).and(tab.locator(':disabled')).waitFor();
      await look(operator, 'policies_made');
      const { people_policy } = await admin<{ people_policy: unknown }>(demo, 'GET', acme);
      assert.deepEqual(people_policy, {
        allowed_groups: ['App users'],
        erase_inactive_days: 90,
        attribute_owners: { default: ['scim', 'sign_in'], attributes: { 'attributes.cost_center': ['admin'] } },
      });
    }));

  it('whoever leaves the last group that lets people in: it is said what ends, the name is asked for, and it ends', () =>
    operate(async (operator) => {
      const { tab } = operator.visitor;
      const { id } = await admin<{ id: string }>(demo, 'POST', `${acme}/users`, { user_name: 'zoe', display_name: 'Zoe Zimmer' });
      await operator.open(`${acme}/groups`, /Groups/);
      await tab.getByRole('link', { name: 'App users' }).click();
      await tab.getByText('lets people in', { exact: true }).waitFor();
      await tab.getByPlaceholder('Beginning of a name or address').fill('Zoe');
      await tab.getByRole('option', { name: /Zoe Zimmer/ }).click();
      await operator.press('Add');
      await tab.getByRole('link', { name: 'Zoe Zimmer' }).waitFor();
      await look(operator, 'group');
      await operator.press('Take out Ann Archer');
      const dialog = tab.getByRole('dialog', { name: 'Take Ann Archer out of App users?' });
      await dialog.getByText('1 session', { exact: true }).waitFor();
      await dialog.getByLabel(/^Type/).fill(ann.email);
      await dialog.getByRole('button', { name: 'Take out' }).click();
      await tab.getByRole('heading', { name: 'People (1)' }).waitFor();
      const { data } = await admin<{ data: unknown[] }>(demo, 'GET', `${acme}/users/${person}/sessions`);
      assert.deepEqual(data, []);
      const { members } = await admin<{ members: string[] }>(
        demo,
        'GET',
        `${acme}/groups/${await first(`${acme}/groups?filter=${encodeURIComponent('display_name eq "App users"')}`)}`,
      );
      assert.deepEqual(members, [id]);
      await operator.press('Delete');
      await tab
        .getByRole('dialog')
        .getByText(/in no other allowed group/)
        .waitFor();
    }));

  it('an expression gives a role, after it was tried on the people who signed in', () =>
    operate(async (operator) => {
      const { tab } = operator.visitor;
      await admin(demo, 'POST', '/roles', { name: 'auditor' });
      await operator.open(`${acme}/groups?tab=mappings`, /Groups/);
      await tab.getByText('Expression', { exact: true }).click();
      await operator.type(/^Whoever this holds for/, 'email ew "@acme.example" and');
      await operator.type(/^has the role/, 'auditor');
      await operator.press('See whom it touches');
      await tab.getByRole('alert').waitFor();
      await operator.type(/^Whoever this holds for/, 'email ew "@acme.example" and not (groups eq "Trainees")');
      await operator.press('See whom it touches');
      await tab.getByText(/^1 of \d+ people who have signed in would get the role/).waitFor();
      await look(operator, 'role_expression');
      await operator.press('Make the mapping');
      await tab.getByRole('cell', { name: /not \(groups eq "Trainees"\)/ }).waitFor();
    }));

  it('a connection has a transmitter of the partner, and a key that was brought along', () =>
    operate(async (operator) => {
      const { tab } = operator.visitor;
      const connection = `${acme}/connections/${await first(`${acme}/connections`)}`;
      await operator.open(`${connection}?tab=signals`, /Acme SAML/);
      await operator.type(/^Issuer of the transmitter/, 'https://idp.acme.example');
      await operator.press(/^More settings/);
      await operator.type(/^Address of its keys/, 'https://idp.acme.example/jwks');
      await operator.press('Add the transmitter');
      await tab.getByText('Shown once').waitFor();
      await operator.press('I have kept it');
      await tab.getByText('nothing yet').waitFor();

      await tab.getByRole('tab', { name: 'Certificates and metadata' }).click();
      await operator.press('Bring a key along');
      const dialog = tab.getByRole('dialog', { name: 'Bring a key along' });
      const { private_key_pem, certificate_pem } = await make_signing_key('of an authority', Date.now());
      await dialog.getByLabel(/^Certificate/).fill('no certificate');
      await dialog.getByLabel(/^Private key/).fill(private_key_pem);
      await dialog.getByRole('button', { name: 'Bring it along' }).click();
      await dialog.getByText('must be one X.509 certificate in PEM').first().waitFor();
      await dialog.getByLabel(/^Certificate/).fill(certificate_pem);
      await dialog.getByRole('button', { name: 'Bring it along' }).click();
      await tab.getByText('Signing: CN=of an authority').waitFor();
      await look(operator, 'our_keys');
      await operator.press('Use it now');
      await tab.getByText('We sign with this key from now on.').waitFor();
    }));

  it('an app has a look and words of its own, and says which secrets count', () =>
    operate(async (operator) => {
      const { visitor } = operator;
      const { tab } = visitor;
      await operator.open('/apps/sample-app?tab=look', 'Sample app');
      await tab.getByLabel('Logo', { exact: true }).waitFor({ state: 'attached' });
      await tab
        .locator('input[type=file]')
        .first()
        .setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(LOGO) });
      await operator.type(/^Accent colour/, '#f2c200');
      await tab
        .getByText(/shown as #/)
        .first()
        .waitFor();
      await look(operator, 'app_look');
      await operator.press('Save');
      await tab.getByText(/^Saved\./).waitFor();
      await tab.getByRole('tab', { name: 'Words' }).click();
      await tab.getByRole('combobox', { name: 'Language' }).click();
      await tab.getByRole('option', { name: 'German' }).click();
      await operator.type('Find a text', 'identifier.title_app');
      await operator.type(/identifier\.title_app/, 'Herein zu {appp}');
      await operator.press('Save');
      await tab
        .getByRole('alert')
        .getByText(/\{appp\} is not known here/)
        .waitFor();
      await operator.type(/identifier\.title_app/, 'Herein zu {app}');
      await operator.press('Save');
      await tab.getByRole('combobox', { name: 'Language' }).and(tab.locator('[value*="1 of your own"]')).waitFor();
      await look(operator, 'app_words');
      await tab.getByRole('tab', { name: 'Shared signals' }).click();
      await tab.getByText('The app has no stream').waitFor();
      await tab.getByRole('tab', { name: 'Put it to use' }).click();
      await operator.press('New secret');
      await operator.press('Make a new secret');
      await operator.press('I have kept it');
      await tab.getByText(/^The secret before works until/).waitFor();

      const guest = await chromium.person({ locale: 'de' });
      await guest.tab.goto(`${demo.app_url}/sign-in`);
      assert.equal(await guest.heading(), 'Herein zu Sample app');
      assert.match((await guest.tab.locator('img').first().getAttribute('src')) ?? '', /^\/logos\//);
      await guest.context.close();
    }));

  it('a partner leaves: downloaded first, then by its name, with a receipt', () =>
    operate(async (operator) => {
      const { tab } = operator.visitor;
      const employee = await chromium.person();
      await sign_in_at(demo, employee, bob);
      await employee.context.close();
      const globex = await first('/organizations?slug=globex');
      await operator.open(`/organizations/${globex}/settings`, 'Settings');
      await tab.getByRole('link', { name: 'Off-board' }).click();
      await tab.getByRole('heading', { level: 1, name: 'Off-board Globex' }).waitFor();
      assert.ok(await tab.getByRole('button', { name: 'Off-board' }).isDisabled(), 'nothing is downloaded yet');
      const [kept] = await Promise.all([tab.waitForEvent('download'), operator.press('Download')]);
      assert.equal(kept.suggestedFilename(), 'globex.ndjson');
      await tab.getByText(/^Downloaded/).waitFor();
      await tab.getByText('1 session', { exact: true }).waitFor();
      await look(operator, 'off_board');
      await operator.type(/^Type/, 'Globex');
      const [whole] = await Promise.all([tab.waitForEvent('download'), operator.press('Off-board')]);
      assert.equal(whole.suggestedFilename(), 'globex-off-boarded.ndjson');
      await tab.getByRole('heading', { level: 1, name: 'Globex is off-boarded' }).waitFor();
      await assert.rejects(admin(demo, 'GET', `/organizations/${globex}`), /404/);
      // whoever left the page finds it again
      await tab.reload();
      await tab.getByRole('heading', { level: 1, name: 'Globex is off-boarded' }).waitFor();
      await tab.getByText('People erased').waitFor();
    }));
});
