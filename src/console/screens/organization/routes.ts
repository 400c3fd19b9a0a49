import { createRoute } from '@tanstack/react-router';
import { screen, shell_route } from '../../app/root_route.ts';

const layout = createRoute({
  getParentRoute: () => shell_route,
  path: '/organizations/$organization_id',
  component: screen(() => import('./layout.tsx'), 'OrganizationLayout'),
  staticData: { crumb_of: 'organization' },
});
const getParentRoute = () => layout;

const matters = [createRoute({ getParentRoute, path: '/', component: screen(() => import('./overview.tsx'), 'Overview') })] as const;

/** One organization: an address for each of its matters. */
export const organization_route = layout.addChildren([...matters]);
