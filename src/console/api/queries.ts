import { queryOptions } from '@tanstack/react-query';
import { api, type Schemas, take, take_versioned } from './client.ts';

/** What more than one screen asks for. The first words of a key are its path, so that a change can name all that it touches. */
export const organization_query = (organization_id: string) =>
  queryOptions({
    queryKey: ['organizations', organization_id],
    queryFn: () => take_versioned(api.GET('/organizations/{organization_id}', { params: { path: { organization_id } } })),
  });

export const connection_query = (organization_id: string, id: string) =>
  queryOptions({
    queryKey: ['organizations', organization_id, 'connections', id],
    queryFn: () =>
      take_versioned(api.GET('/organizations/{organization_id}/connections/{id}', { params: { path: { organization_id, id } } })),
  });

export const user_query = (organization_id: string, id: string) =>
  queryOptions({
    queryKey: ['organizations', organization_id, 'users', id],
    queryFn: () => take_versioned(api.GET('/organizations/{organization_id}/users/{id}', { params: { path: { organization_id, id } } })),
  });

export const group_query = (organization_id: string, id: string) =>
  queryOptions({
    queryKey: ['organizations', organization_id, 'groups', id],
    queryFn: () => take_versioned(api.GET('/organizations/{organization_id}/groups/{id}', { params: { path: { organization_id, id } } })),
  });

/** At most as many people as a filter may have conditions, in the order of their ids. */
export async function take_people(organization_id: string, ids: readonly string[]): Promise<Schemas['User'][]> {
  if (ids.length === 0) return [];
  const filter = ids.map((id) => `id eq "${id}"`).join(' or ');
  const query = { limit: ids.length, filter };
  return (await take(api.GET('/organizations/{organization_id}/users', { params: { path: { organization_id }, query } }))).data;
}

export const client_query = (id: string) =>
  queryOptions({
    queryKey: ['clients', id],
    queryFn: () => take_versioned(api.GET('/clients/{id}', { params: { path: { id } } })),
  });
