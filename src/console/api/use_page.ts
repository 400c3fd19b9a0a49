import { keepPreviousData, type QueryKey, useQuery, type UseQueryResult } from '@tanstack/react-query';

/** A page of a list; the one before stays in sight until it is there. */
export const use_page = <Page>(key: QueryKey, read: () => Promise<Page>, enabled = true): UseQueryResult<Page> =>
  useQuery({ queryKey: key, queryFn: read, placeholderData: keepPreviousData, enabled });
