import type { Demo } from '../../scripts/start_demo.ts';
import type { Visitor } from './chromium.ts';

/** One person of each partner of the demo. */
export const employees = [
  { partner: 'SAML', username: 'ann', email: 'ann@acme.example', name: 'Ann Archer', organization: 'Acme' },
  { partner: 'OIDC', username: 'bob', email: 'bob@globex.example', name: 'Bob Baker', organization: 'Globex' },
  { partner: 'LDAP', username: 'carol', email: 'carol@initech.example', name: 'Carol Clark', organization: 'Initech' },
] as const;
export type Employee = (typeof employees)[number];

/** Everywhere that a browser has business with the demo. */
export const addresses_of = ({ issuer, app_url, partners }: Demo): string[] => [
  issuer,
  app_url,
  ...[partners.saml?.url, partners.oidc?.url, partners.ldap?.control_url].filter((url) => url !== undefined),
];

/** Opens the app, presses its button, and says who this is on our page. */
export async function begin(demo: Demo, { tab }: Visitor, email: string): Promise<void> {
  await tab.goto(demo.app_url);
  await tab.getByRole('link', { name: 'Sign in' }).click();
  await tab.locator('[autocomplete=username]').fill(email);
  await tab.locator('main form button:not(.silent)').last().click();
}

/** At the partner, or on our password page of an organization. */
export async function give_password({ tab }: Visitor, username: string, password = `${username}-password`): Promise<void> {
  await tab.locator('[autocomplete=username]').fill(username);
  await tab.locator('[autocomplete=current-password]').fill(password);
  await tab.locator('[autocomplete=current-password]').press('Enter');
}

/** The whole way in. */
export async function sign_in_at(demo: Demo, visitor: Visitor, { email, username }: Employee): Promise<void> {
  await begin(demo, visitor, email);
  await give_password(visitor, username);
  await visitor.tab.waitForURL(`${demo.app_url}/`);
}

/** A request to the admin API. @throws Error with the problem when the status is not 2xx */
export async function admin<Answer>(demo: Demo, method: string, path: string, body?: unknown): Promise<Answer> {
  const answer = await fetch(`${demo.issuer}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${demo.admin_key}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as Answer; // the caller names the shape
}
