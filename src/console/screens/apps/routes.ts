import { createRoute } from '@tanstack/react-router';
import { screen, shell_route } from '../../app/root_route.ts';

const getParentRoute = () => shell_route;
const later = screen(() => import('../operations/later.tsx'), 'Later');

/** The vendor's own products: what people sign in to. */
export const app_routes = [
  createRoute({ getParentRoute, path: '/apps', component: later, staticData: { crumb: 'Apps' } }),
  createRoute({ getParentRoute, path: '/resources', component: later, staticData: { crumb: 'API resources' } }),
  createRoute({ getParentRoute, path: '/roles', component: later, staticData: { crumb: 'Roles' } }),
] as const;
