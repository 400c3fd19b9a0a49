import { createRoute } from '@tanstack/react-router';
import { screen, shell_route } from '../../app/root_route.ts';
import { compact, one_of, paged, text_of } from '../../app/search.ts';
import type { OrganizationsSearch } from './organizations_search.ts';

export const organizations_routes = [
  createRoute({
    getParentRoute: () => shell_route,
    path: '/organizations',
    validateSearch: (given: Record<string, unknown>): OrganizationsSearch => ({
      ...paged(given),
      ...compact({ q: text_of(given, 'q'), status: one_of(given, 'status', ['active', 'suspended']) }),
    }),
    component: screen(() => import('./list.tsx'), 'OrganizationList'),
    staticData: { crumb: 'Organizations' },
  }),
  createRoute({
    getParentRoute: () => shell_route,
    path: '/organizations/new',
    component: screen(() => import('./create.tsx'), 'CreateOrganization'),
    staticData: { crumb: 'New organization' },
  }),
  // not below the organization: it is still here when that is gone
  createRoute({
    getParentRoute: () => shell_route,
    path: '/off-board/$organization_id',
    component: screen(() => import('./off_board.tsx'), 'OffBoard'),
    staticData: { crumb: 'Off-board' },
  }),
] as const;
