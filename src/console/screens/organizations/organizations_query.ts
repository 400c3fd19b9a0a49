import { queryOptions } from '@tanstack/react-query';
import { api, take } from '../../api/client.ts';
import { search_query } from '../../api/find.ts';
import { organization_query } from '../../api/queries.ts';
import { query_client } from '../../api/query_client.ts';
import type { OrganizationsSearch } from './organizations_search.ts';

/** A page of organizations; with letters, those whose name or slug begins with them. Either is one look into an index, however many there are. */
export const organizations_query = (search: OrganizationsSearch) =>
  queryOptions({
    queryKey: ['organizations', 'list', search],
    queryFn: async () => {
      const { q, status, after } = search;
      if (q === undefined) return take(api.GET('/organizations', { params: { query: { limit: 50, status, after } } }));
      const { organizations } = await query_client.query(search_query(q));
      const whole = await Promise.all(organizations.map(({ id }) => query_client.query({ ...organization_query(id), staleTime: 30_000 })));
      const data = whole.map(({ item }) => item).filter((item) => status === undefined || item.status === status);
      return { data, next: null };
    },
  });
