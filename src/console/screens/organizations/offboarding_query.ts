import { queryOptions } from '@tanstack/react-query';
import { api, take } from '../../api/client.ts';

/** The end of an organization that was begun, looked at again until it is done; null: none was. */
export const offboarding_query = (organization_id: string) =>
  queryOptions({
    queryKey: ['offboardings', organization_id],
    queryFn: async () => (await take(api.GET('/offboardings', { params: { query: { organization_id } } }))).data[0] ?? null,
    refetchInterval: ({ state }) => (state.data?.status === 'erasing' ? 1000 : false),
  });
