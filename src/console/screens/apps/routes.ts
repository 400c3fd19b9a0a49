import { createRoute } from '@tanstack/react-router';
import { screen, shell_route } from '../../app/root_route.ts';
import { compact, one_of, type Paged, paged, text_of } from '../../app/search.ts';

type Given = Record<string, unknown>;
const getParentRoute = () => shell_route;

export const app_kinds = ['web', 'spa', 'native', 'machine'] as const;
export const app_tabs = ['use', 'settings', 'look', 'words', 'organizations', 'claims', 'people', 'signals'] as const;

/** The vendor's own products: what people sign in to. */
export const app_routes = [
  createRoute({
    ...{ getParentRoute, path: '/apps', validateSearch: paged },
    component: screen(() => import('./list.tsx'), 'Apps'),
    staticData: { crumb: 'Apps' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/apps/new' },
    validateSearch: (given: Given): { kind?: (typeof app_kinds)[number] } => compact({ kind: one_of(given, 'kind', app_kinds) }),
    component: screen(() => import('./create.tsx'), 'CreateApp'),
    staticData: { crumb: 'New app', parent: 'Apps' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/apps/$client_id' },
    validateSearch: (given: Given): Paged & { tab?: (typeof app_tabs)[number]; organization?: string; user?: string } => ({
      ...paged(given),
      ...compact({ tab: one_of(given, 'tab', app_tabs), organization: text_of(given, 'organization'), user: text_of(given, 'user') }),
    }),
    component: screen(() => import('./app.tsx'), 'AppScreen'),
    staticData: { crumb_of: 'client', parent: 'Apps' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/registration-tokens', validateSearch: paged },
    component: screen(() => import('./registration_tokens.tsx'), 'RegistrationTokens'),
    staticData: { crumb: 'Registration tokens' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/resources', validateSearch: paged },
    component: screen(() => import('./resources.tsx'), 'Resources'),
    staticData: { crumb: 'API resources' },
  }),
  createRoute({
    ...{ getParentRoute, path: '/roles' },
    validateSearch: (given: Given): Paged => paged(given),
    component: screen(() => import('./roles.tsx'), 'Roles'),
    staticData: { crumb: 'Roles' },
  }),
] as const;
