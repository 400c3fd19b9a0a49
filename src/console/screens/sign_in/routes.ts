import { createRoute } from '@tanstack/react-router';
import { root_route, screen } from '../../app/root_route.ts';
import { compact, text_of } from '../../app/search.ts';

export const sign_in_route = createRoute({
  getParentRoute: () => root_route,
  path: '/sign-in',
  validateSearch: (given: Record<string, unknown>): { to?: string } => compact({ to: text_of(given, 'to') }),
  component: screen(() => import('./sign_in.tsx'), 'SignIn'),
  staticData: { crumb: 'Sign in' },
});
