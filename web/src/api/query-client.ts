import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { hasCode } from './api-problem.ts';

/** Under this name the session is known: src/session/session.ts. */
const sessionName = 'GET /api/v1/session';

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => {
      if (query.queryKey[0] !== sessionName) doubtSession(error);
    },
  }),
  mutationCache: new MutationCache({ onError: doubtSession }),
  defaultOptions: {
    queries: { staleTime: 30_000, retry: false, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
});

/** Whatever finds out that nobody is signed in any more: the session is asked about, and the shell sees it end. */
function doubtSession(error: Error): void {
  if (hasCode(error, 'session_ended', 'unauthenticated')) {
    void queryClient.invalidateQueries({ queryKey: [sessionName] });
  }
}
