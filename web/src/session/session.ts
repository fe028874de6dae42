import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Session } from '../../../src/contract/session.ts';
import { hasCode } from '../api/api-problem.ts';
import { ask } from '../api/ask.ts';
import { questionOf } from '../api/question.ts';

export const sessionQuestion = {
  ...questionOf('GET /api/v1/session', {}),
  // The first answer counts: it takes the cookie of a session that is over, and the second could not tell any more.
  retryOnMount: false,
};

/** Whether the server says that nobody is signed in (any more). */
export function isSignedOut(error: unknown): boolean {
  return hasCode(error, 'unauthenticated', 'session_ended');
}

/** Who is signed in; undefined until that is known, and where the pages are open to whoever holds the access token. */
export function useSession(): Session | undefined {
  return useQuery(sessionQuestion).data;
}

/**
 * Whether something is offered; the server decides again when it is asked. Whoever holds the access token may do
 * everything, as long as nobody is an owner.
 */
export function useMay(): (permission: string) => boolean {
  const session = useSession();
  return (permission) => session === undefined || session.permissions.includes(permission);
}

/** After somebody came in: forgets what was known for somebody else, and asks anew. */
export async function enter(queries: QueryClient): Promise<Session> {
  const before = queries.getQueryData(sessionQuestion.queryKey);
  const session = await queries.fetchQuery({ ...sessionQuestion, staleTime: 0 });
  const isSame =
    before?.person.id === session.person.id && before.organisation?.id === session.organisation?.id;
  if (isSame) await queries.invalidateQueries({ refetchType: 'active' });
  else forgetAllBut(queries, session);
  return session;
}

/** Nothing of one organisation or person is shown in another: what stands on the page is asked anew. */
export function forgetAllBut(queries: QueryClient, session: Session): void {
  queries.setQueryData(sessionQuestion.queryKey, session);
  void queries.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuestion.queryKey[0] });
}

/** Ends the session, on this side even where the server does not answer. What is known is forgotten by the second call. */
export function useSignOut(): { readonly end: () => Promise<void>; readonly forget: () => void } {
  const queries = useQueryClient();
  return {
    end: () =>
      ask('DELETE /api/v1/session', {}).then(
        () => {},
        () => {},
      ),
    forget: () => void queries.resetQueries(),
  };
}
