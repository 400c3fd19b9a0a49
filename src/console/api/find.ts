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

/** What a few letters may mean. */
export const find_query = (typed: string) =>
  queryOptions({
    queryKey: ['find', typed],
    staleTime: 30_000,
    async queryFn(): Promise<Found[]> {
      const { data } = await take(api.GET('/organizations', { params: { query: { slug: typed, limit: 5 } } }));
      return data.map(({ id, name, slug }) => ({ key: id, label: name, detail: slug, icon: 'building', href: `/organizations/${id}` }));
    },
  });
