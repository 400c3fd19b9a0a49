import { createRoute } from '@tanstack/react-router';
import { screen, shell_route } from '../../app/root_route.ts';

const getParentRoute = () => shell_route;
const later = screen(() => import('./later.tsx'), 'Later');

/** What is seen of the whole installation: its figures, its logs, its hooks and keys. */
export const operation_routes = [
  createRoute({ getParentRoute, path: '/', component: later, staticData: { crumb: 'Dashboard' } }),
  createRoute({ getParentRoute, path: '/sign-ins', component: later, staticData: { crumb: 'Sign-in log' } }),
  createRoute({ getParentRoute, path: '/audit', component: later, staticData: { crumb: 'Audit' } }),
  createRoute({ getParentRoute, path: '/hooks', component: later, staticData: { crumb: 'Event hooks' } }),
  createRoute({ getParentRoute, path: '/keys', component: later, staticData: { crumb: 'Keys' } }),
  createRoute({ getParentRoute, path: '/system', component: later, staticData: { crumb: 'System' } }),
] as const;
