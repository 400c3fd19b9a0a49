import assert from 'node:assert/strict';
import type { Visitor } from '../test/support/chromium.ts';
import { admin } from '../test/support/demo_walk.ts';
import type { Demo } from './start_demo.ts';

type Keep = (name: string) => Promise<void>;

/** A partner of the demo's vendor sets itself up, makes the usual mistake, mends it and switches it on: every screen of the portal. */
export async function walk_setup(demo: Demo, visitor: Visitor, keep: Keep): Promise<void> {
  const { tab } = visitor;
  const { saml } = demo.partners;
  assert.ok(saml !== undefined);
  const slug = `hooli-${Date.now().toString(36)}`;
  const { id } = await admin<{ id: string }>(demo, 'POST', '/organizations', { slug, name: 'Hooli' });
  await admin(demo, 'POST', `/organizations/${id}/domains`, { domain: `${slug}.example`, verified: true });
  const link = async (): Promise<string> => (await admin<{ url: string }>(demo, 'POST', `/organizations/${id}/setup-links`, {})).url;
  const to = (path: string): Promise<unknown> => tab.goto(`${demo.issuer}/setup${path}`);

  await tab.goto(await link());
  await keep('setup-welcome');
  await to('/domain');
  await tab.getByLabel('Domain').fill(`mail.${slug}.example`);
  await tab.getByRole('button', { name: 'Add' }).click();
  await tab.getByRole('button', { name: 'Check now' }).waitFor();
  await keep('setup-domain');
  await to('/provider');
  await keep('setup-provider');
  await tab.getByRole('button', { name: 'Microsoft Entra ID: SAML' }).click();
  await keep('setup-vendor');
  await tab.getByRole('button', { name: 'Done: give us your side' }).click();
  await tab.getByLabel('App Federation Metadata Url').fill(saml.metadata_url);
  await tab.getByRole('button', { name: 'Check and save' }).click();
  await tab.getByRole('heading', { name: 'What we understood' }).waitFor();
  await keep('setup-connection');
  for (const fault of ['wrong_audience', undefined]) {
    await to('/test');
    if (fault !== undefined) saml.switches.set(fault, true);
    await try_it(demo, visitor);
    saml.switches.reset();
    await to('/test');
    await keep(fault === undefined ? 'setup-test-passed' : 'setup-test-failed');
  }
  await to('/attributes');
  await keep('setup-attributes');
  await to('/scim');
  await tab.getByRole('button', { name: 'Make the token' }).click();
  await tab.locator('#scim-token').waitFor();
  await keep('setup-scim');
  await to('/review');
  await keep('setup-review');
  await tab.getByRole('button', { name: 'Switch it on' }).click();
  await tab.getByRole('heading', { name: 'Hooli is connected' }).waitFor();
  await keep('setup-done');
  await tab.goto(await link());
  await to('/manage');
  await keep('setup-manage');
  await tab.goto(`${demo.issuer}/setup/postern_setup_of-another-time`);
  await keep('setup-over');
  await admin(demo, 'DELETE', `/organizations/${id}`);
}

async function try_it(demo: Demo, { tab, context }: Visitor): Promise<void> {
  const opened = context.waitForEvent('page');
  await tab.getByRole('button', { name: /^Try/ }).click();
  const other = await opened;
  const name = other.locator('[autocomplete=username]');
  await name.or(other.getByRole('heading', { name: 'Try it' })).waitFor();
  if (await name.isVisible()) {
    await name.fill('ann');
    await other.locator('[autocomplete=current-password]').fill('ann-password');
    await other.locator('[autocomplete=current-password]').press('Enter');
  }
  await other.waitForURL(`${demo.issuer}/setup/test`);
  await other.close();
}
