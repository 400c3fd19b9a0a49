import type { Operator } from '../test/support/console_walk.ts';

/** The screens of the console that the documentation shows: where each is, its heading, and the name of its picture. */
export async function walk_console(
  operator: Operator,
  of: { readonly organization: string; readonly connection: string; readonly person: string },
  keep: (name: string) => Promise<void>,
): Promise<void> {
  const organization = `/organizations/${of.organization}`;
  const connection = `${organization}/connections/${of.connection}`;
  const screens: readonly (readonly [path: string, heading: string | RegExp, name: string])[] = [
    ['/', 'Dashboard', 'dashboard'],
    ['/organizations', 'Organizations', 'organizations'],
    [organization, 'Acme', 'organization'],
    [connection, /Acme SAML/, 'connection'],
    [`${connection}?tab=mapping`, /Acme SAML/, 'connection-mapping'],
    [`${connection}?tab=certificates`, /Acme SAML/, 'connection-certificates'],
    [`${organization}/domains`, 'Domains', 'domains'],
    [`${organization}/users/${of.person}`, /Ann/, 'person'],
    [`${organization}/setup-links`, 'Set-up links', 'setup-links'],
    [`${organization}/branding`, 'Branding', 'branding'],
    [`${organization}/policies`, 'Policies', 'policies'],
    [`${organization}/groups?tab=mappings`, 'Groups and roles', 'role-mappings'],
    ['/apps/new?kind=web', 'New app', 'app-new'],
    ['/apps/sample-app', 'Sample app', 'app'],
    ['/apps/sample-app?tab=look', 'Sample app', 'app-look'],
    ['/apps/sample-app?tab=words', 'Sample app', 'app-words'],
    [`/off-board/${of.organization}`, /Off-board/, 'off-board'],
    ['/sign-ins', 'Sign-in log', 'sign-ins'],
    ['/audit', 'Audit', 'audit'],
    ['/system', 'System', 'system'],
    ['/system?tab=checks', 'Findings', 'findings'],
    ['/system?tab=tasks', 'Background tasks', 'tasks'],
    ['/configuration', 'Configuration', 'configuration'],
    ['/mock-partners', 'Mock partners', 'mock-partners'],
    ['/scim-targets', 'SCIM targets', 'scim-targets'],
    [`${organization}/imports`, 'Imports', 'imports'],
    [`${organization}/receipts`, 'Receipts', 'receipts'],
  ];
  for (const [path, heading, name] of screens) {
    await operator.open(path, heading);
    await keep(`console-${name}`);
  }
}
