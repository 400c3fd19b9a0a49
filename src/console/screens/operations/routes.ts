import { createRoute } from '@tanstack/react-router';
import { screen, shell_route } from '../../app/root_route.ts';
import { delivery_states, outcomes, system_tabs, windows } from './choices.ts';
import { compact, one_of, type Paged, paged, text_of } from '../../app/search.ts';

const getParentRoute = () => shell_route;
type Given = Record<string, unknown>;

export interface SignInFilters extends Paged {
  organization_id?: string;
  connection_id?: string;
  client_id?: string;
  user_id?: string;
  outcome?: (typeof outcomes)[number];
  code?: string;
  since?: string;
}

export interface AuditFilters extends Paged {
  organization_id?: string;
  type?: string;
  actor?: string;
  target?: string;
  since?: string;
}

const texts = <Name extends string>(given: Given, names: readonly Name[]): Partial<Record<Name, string>> =>
  compact(Object.fromEntries(names.map((name) => [name, text_of(given, name)])) as Record<Name, string | undefined>) as Partial<
    Record<Name, string>
  >; // only those that are set

/** What is seen of the whole installation: its figures, its logs, its hooks and keys. */
export const operation_routes = [
  createRoute({
    ...{ getParentRoute, path: '/' },
    validateSearch: (given: Given): { window?: (typeof windows)[number] } => compact({ window: one_of(given, 'window', windows) }),
    component: screen(() => import('./dashboard/dashboard.tsx'), 'Dashboard'),
    staticData: { crumb: 'Dashboard' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/sign-ins' },
    validateSearch: (given: Given): SignInFilters => ({
      ...paged(given),
      ...texts(given, ['organization_id', 'connection_id', 'client_id', 'user_id', 'code', 'since']),
      ...compact({ outcome: one_of(given, 'outcome', outcomes) }),
    }),
    component: screen(() => import('./sign_ins/list.tsx'), 'SignInLog'),
    staticData: { crumb: 'Sign-in log' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/sign-ins/$reference' },
    component: screen(() => import('./sign_ins/trace.tsx'), 'SignInTrace'),
    staticData: { crumb: 'Sign-in' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/audit' },
    validateSearch: (given: Given): AuditFilters => ({
      ...paged(given),
      ...texts(given, ['organization_id', 'type', 'actor', 'target', 'since']),
    }),
    component: screen(() => import('./audit/audit.tsx'), 'Audit'),
    staticData: { crumb: 'Audit' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/hooks' },
    validateSearch: (given: Given): Paged & { tab?: 'events' | 'inline' } => ({
      ...paged(given),
      ...compact({ tab: one_of(given, 'tab', ['events', 'inline']) }),
    }),
    component: screen(() => import('./hooks/hooks.tsx'), 'Hooks'),
    staticData: { crumb: 'Hooks' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/hooks/$hook_id' },
    validateSearch: (given: Given): Paged & { status?: (typeof delivery_states)[number] } => ({
      ...paged(given),
      ...compact({ status: one_of(given, 'status', delivery_states) }),
    }),
    component: screen(() => import('./hooks/event_hook.tsx'), 'EventHookScreen'),
    staticData: { crumb: 'Event hook' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/keys' },
    validateSearch: (given: Given): Paged & { tab?: 'admin' | 'signing' } => ({
      ...paged(given),
      ...compact({ tab: one_of(given, 'tab', ['admin', 'signing']) }),
    }),
    component: screen(() => import('./keys/keys.tsx'), 'Keys'),
    staticData: { crumb: 'Keys' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/security' },
    component: screen(() => import('./keys/security.tsx'), 'Security'),
    staticData: { crumb: 'Your second factor' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/inline-hooks/$hook_id' },
    component: screen(() => import('./hooks/inline_hook.tsx'), 'InlineHookScreen'),
    staticData: { crumb: 'Inline hook' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/scim-targets', validateSearch: paged },
    component: screen(() => import('./scim_targets/list.tsx'), 'ScimTargets'),
    staticData: { crumb: 'SCIM targets' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/scim-targets/$target_id' },
    component: screen(() => import('./scim_targets/target.tsx'), 'ScimTargetScreen'),
    staticData: { crumb: 'Target', parent: 'SCIM targets' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/mock-partners' },
    validateSearch: (given: Given): { partner?: string } => compact({ partner: text_of(given, 'partner') }),
    component: screen(() => import('./mocks/mock_partners.tsx'), 'MockPartners'),
    staticData: { crumb: 'Mock partners' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/configuration' },
    component: screen(() => import('./configuration/configuration.tsx'), 'Configuration'),
    staticData: { crumb: 'Configuration' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/system' },
    validateSearch: (given: Given): { tab?: (typeof system_tabs)[number] } => compact({ tab: one_of(given, 'tab', system_tabs) }),
    component: screen(() => import('./system/system.tsx'), 'System'),
    staticData: { crumb: 'System' },
  }),
] as const;
