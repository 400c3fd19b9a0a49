import { start_mock_oidc } from '../../src/mock/index.ts';
import type { Person } from '../../src/mock/people.ts';
import { Browser, type Page } from './browser.ts';
import type { Installation } from './installation.ts';
import { add_connection, add_organization, oidc_settings, type Tenant } from './tenant.ts';

/** From the page without a link to wherever that leads: says the e-mail address, signs in at the partner. */
export async function at_the_door(issuer: string, who: Person, browser = new Browser()): Promise<{ browser: Browser; page: Page }> {
  const door = await browser.open(`${issuer}/setup`);
  let page = await browser.submit(door, { login_hint: who.email ?? '' }, ({ action }) => action === '/setup/enter');
  // at the partner, unless it knows the browser still; what is in the portal is for the test to press
  if (page.status < 299 && !page.url.startsWith(`${issuer}/setup/`))
    page = await browser.submit(page, { username: who.username, password: who.password });
  return { browser, page };
}

/** Gives the role by hand to somebody who has signed in before; answers the user's id. */
export async function name_administrator({ broker, login }: Installation, who: Person, organization = 'acme'): Promise<string> {
  const { user_id } = await login({ organization }, { who });
  await broker.api('PATCH', `/organizations/${organization}/users/${user_id}`, { roles: ['org_admin'] });
  return user_id;
}

/** A second organization with a partner and people of its own. */
export async function second_organization(
  { broker }: Installation,
  people: readonly Person[],
): Promise<Tenant & { readonly close: () => Promise<void> }> {
  const mock = await start_mock_oidc({ people: [...people] });
  const tenant = await add_organization(broker, 'globex', 'Globex');
  await add_connection(broker, tenant, oidc_settings(mock));
  return { ...tenant, close: () => mock.close() };
}
