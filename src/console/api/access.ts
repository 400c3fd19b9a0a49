import { queryOptions } from '@tanstack/react-query';
import { api, type Schemas, take } from './client.ts';

/** What would end with an organization, one of its people or one of its connections. */
export const access_query = (organization_id: string, of: { readonly user_id?: string; readonly connection_id?: string }) =>
  queryOptions({
    queryKey: ['organizations', organization_id, 'access', of],
    queryFn: () => take(api.GET('/organizations/{organization_id}/access', { params: { path: { organization_id }, query: of } })),
  });

/** What would end with an app. */
export const client_access_query = (id: string) =>
  queryOptions({
    queryKey: ['clients', id, 'access'],
    queryFn: () => take(api.GET('/clients/{id}/access', { params: { path: { id } } })),
  });

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;

/** In words: "12 sessions", "3 apps: Planner, Files and Wiki". */
export function ends_of(access: Schemas['Access'] | undefined): string[] {
  if (access === undefined) return [];
  const { people, sessions, app_count, apps } = access;
  const names = apps.slice(0, 5).map(({ client_id, name }) => name ?? client_id);
  return [
    ...(people > 1 ? [`access of ${count(people, 'person', 'people')}`] : []),
    count(sessions, 'session', 'sessions'),
    `${count(app_count, 'app', 'apps')}${names.length > 0 ? `: ${names.join(', ')}${app_count > names.length ? ' …' : ''}` : ''}`,
  ];
}
