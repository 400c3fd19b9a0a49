import { createRootRoute, createRoute, lazyRouteComponent, redirect, type RouteComponent } from '@tanstack/react-router';
import { query_client } from '../api/query_client.ts';
import { session_query } from '../api/session.ts';
import { RouteFailed } from './route_failed.tsx';
import { NotFound } from './not_found.tsx';
import { Shell } from './shell.tsx';

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** What the screen is called in the path at the top and in the title of the window. */
    crumb?: string;
    /** It is called by the name of what its address names by id. */
    crumb_of?: 'organization' | 'connection' | 'user' | 'client';
    /** The list that it stands in: one step up in the address. */
    parent?: string;
  }
}

export const root_route = createRootRoute({ notFoundComponent: NotFound, errorComponent: RouteFailed });

/** Whatever is seen only by somebody who is signed in. */
export const shell_route = createRoute({
  getParentRoute: () => root_route,
  id: 'shell',
  component: Shell,
  notFoundComponent: NotFound,
  errorComponent: RouteFailed,
  async beforeLoad({ location }) {
    const session = await query_client.query({ ...session_query, staleTime: 'static' });
    if (session.state !== 'signed_in') throw redirect({ to: '/sign-in', search: { to: location.href } });
  },
});

/** A screen that is fetched when somebody opens it. Its type is not looked at: it asks for the types of these routes itself. */
export const screen = (load: () => Promise<object>, name: string): RouteComponent =>
  lazyRouteComponent(load as () => Promise<Record<string, RouteComponent>>, name); // files of screens export components
