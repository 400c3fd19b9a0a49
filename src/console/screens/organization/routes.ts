import { createRoute } from '@tanstack/react-router';
import { screen, shell_route } from '../../app/root_route.ts';
import { compact, one_of, type Paged, paged, text_of } from '../../app/search.ts';

type Given = Record<string, unknown>;

const layout = createRoute({
  getParentRoute: () => shell_route,
  path: '/organizations/$organization_id',
  component: screen(() => import('./layout.tsx'), 'OrganizationLayout'),
  staticData: { crumb_of: 'organization', parent: 'Organizations' },
});
const getParentRoute = () => layout;

export const connection_tabs = ['configuration', 'mapping', 'certificates', 'test', 'sync', 'signals', 'log'] as const;
export const user_tabs = ['profile', 'access', 'sign-ins', 'consents', 'receipts'] as const;

const matters = [
  createRoute({ getParentRoute, path: '/', component: screen(() => import('./overview.tsx'), 'Overview') }),
  createRoute({
    ...{ getParentRoute, path: '/connections', validateSearch: paged },
    component: screen(() => import('./connections/list.tsx'), 'Connections'),
    staticData: { crumb: 'Connections' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/connections/new' },
    validateSearch: (given: Given): { protocol?: 'saml' | 'oidc' | 'ldap' } =>
      compact({ protocol: one_of(given, 'protocol', ['saml', 'oidc', 'ldap']) }),
    component: screen(() => import('./connections/create.tsx'), 'CreateConnection'),
    staticData: { crumb: 'New connection', parent: 'Connections' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/connections/$connection_id' },
    validateSearch: (given: Given): Paged & { tab?: (typeof connection_tabs)[number] } => ({
      ...paged(given),
      ...compact({ tab: one_of(given, 'tab', connection_tabs) }),
    }),
    component: screen(() => import('./connections/connection.tsx'), 'ConnectionScreen'),
    staticData: { crumb_of: 'connection', parent: 'Connections' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/domains', validateSearch: paged },
    component: screen(() => import('./domains.tsx'), 'Domains'),
    staticData: { crumb: 'Domains' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/users' },
    validateSearch: (given: Given): Paged & { q?: string; active?: 'yes' | 'no' } => ({
      ...paged(given),
      ...compact({ q: text_of(given, 'q'), active: one_of(given, 'active', ['yes', 'no']) }),
    }),
    component: screen(() => import('./users/list.tsx'), 'Users'),
    staticData: { crumb: 'People' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/users/$user_id' },
    validateSearch: (given: Given): Paged & { tab?: (typeof user_tabs)[number] } => ({
      ...paged(given),
      ...compact({ tab: one_of(given, 'tab', user_tabs) }),
    }),
    component: screen(() => import('./users/user.tsx'), 'UserScreen'),
    staticData: { crumb_of: 'user', parent: 'People' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/receipts', validateSearch: paged },
    component: screen(() => import('./users/all_receipts.tsx'), 'AllReceipts'),
    staticData: { crumb: 'Receipts' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/receipts/$receipt_id' },
    component: screen(() => import('./users/receipt.tsx'), 'ReceiptScreen'),
    staticData: { crumb: 'Receipt', parent: 'Receipts' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/imports', validateSearch: paged },
    component: screen(() => import('./imports/imports.tsx'), 'Imports'),
    staticData: { crumb: 'Imports' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/imports/$import_id' },
    component: screen(() => import('./imports/import.tsx'), 'ImportScreen'),
    staticData: { crumb: 'Import', parent: 'Imports' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/groups' },
    validateSearch: (given: Given): Paged & { tab?: 'groups' | 'mappings' } => ({
      ...paged(given),
      ...compact({ tab: one_of(given, 'tab', ['groups', 'mappings']) }),
    }),
    component: screen(() => import('./groups/groups.tsx'), 'Groups'),
    staticData: { crumb: 'Groups' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/groups/$group_id', validateSearch: paged },
    component: screen(() => import('./groups/group.tsx'), 'GroupScreen'),
    staticData: { crumb: 'Group', parent: 'Groups' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/scim' },
    validateSearch: (given: Given): Paged & { tab?: 'tokens' | 'requests'; status?: '2xx' | '4xx' | '5xx'; resource?: string } => ({
      ...paged(given),
      ...compact({
        tab: one_of(given, 'tab', ['tokens', 'requests']),
        status: one_of(given, 'status', ['2xx', '4xx', '5xx']),
        resource: text_of(given, 'resource'),
      }),
    }),
    component: screen(() => import('./scim/scim.tsx'), 'Scim'),
    staticData: { crumb: 'SCIM' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/scim/$request_id' },
    component: screen(() => import('./scim/request.tsx'), 'ScimRequestScreen'),
    staticData: { crumb: 'Request', parent: 'SCIM' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/setup-links', validateSearch: paged },
    component: screen(() => import('./setup_links/setup_links.tsx'), 'SetupLinks'),
    staticData: { crumb: 'Set-up links' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/branding' },
    component: screen(() => import('./branding.tsx'), 'Branding'),
    staticData: { crumb: 'Branding' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/policies' },
    component: screen(() => import('./people_policy/policies.tsx'), 'Policies'),
    staticData: { crumb: 'Policies' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/contacts', validateSearch: paged },
    component: screen(() => import('./contacts.tsx'), 'Contacts'),
    staticData: { crumb: 'Contacts' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/settings' },
    component: screen(() => import('./settings.tsx'), 'OrganizationSettings'),
    staticData: { crumb: 'Settings' },
  }),
] as const;

/** One organization: an address for each of its matters. */
export const organization_route = layout.addChildren([...matters]);
