import { QueryClient } from '@tanstack/react-query';
import { Problem } from './problem.ts';

/** One memory of what the API said, for the life of the page. */
export const query_client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // what was refused once is refused again
      retry: (count, error) => count < 2 && (!(error instanceof Problem) || error.status === 0 || error.status >= 500),
      throwOnError: false,
    },
  },
});
