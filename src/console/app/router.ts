import { createRouter } from '@tanstack/react-router';
import { app_routes } from '../screens/apps/routes.ts';
import { operation_routes } from '../screens/operations/routes.ts';
import { organization_route } from '../screens/organization/routes.ts';
import { organizations_routes } from '../screens/organizations/routes.ts';
import { sign_in_route } from '../screens/sign_in/routes.ts';
import { root_route, shell_route } from './root_route.ts';

/** Every screen. Another area is another line here. */
const tree = root_route.addChildren([
  sign_in_route,
  shell_route.addChildren([...operation_routes, ...organizations_routes, organization_route, ...app_routes]),
]);

export const router = createRouter({
  routeTree: tree,
  basepath: '/console',
  defaultPreload: 'intent',
  // the API's answers are kept by TanStack Query
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
