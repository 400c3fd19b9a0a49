import { queryOptions } from '@tanstack/react-query';
import type { IconName } from '../components/icon.tsx';
import { api, take } from './client.ts';

export interface Found {
  readonly key: string;
  readonly label: string;
  readonly detail: string;
  readonly icon: IconName;
  /** Within the console. */
  readonly href: string;
}

export const search_query = (typed: string) =>
  queryOptions({
    queryKey: ['search', typed],
    staleTime: 30_000,
    queryFn: () => take(api.GET('/search', { params: { query: { q: typed } } })),
  });

/** What a few letters may mean, as places to go to. */
export const find_query = (typed: string) =>
  queryOptions({
    ...search_query(typed),
    select: ({ organizations, users, clients, login_traces }): Found[] => [
      ...organizations.map(({ id, name, slug }) => place(id, name, slug, 'building', `/organizations/${id}`)),
      ...users.map(({ id, organization_id, display_name, user_name, email }) =>
        place(id, display_name ?? user_name, email ?? user_name, 'person', `/organizations/${organization_id}/users/${id}`),
      ),
      ...clients.map(({ id, name }) => place(id, name ?? id, `App ${id}`, 'apps', `/apps/${encodeURIComponent(id)}`)),
      ...login_traces.map(({ reference, outcome }) => place(reference, reference, `Sign-in, ${outcome}`, 'log', `/sign-ins/${reference}`)),
    ],
  });

const place = (key: string, label: string, detail: string, icon: IconName, href: string): Found => ({ key, label, detail, icon, href });
