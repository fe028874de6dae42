import { useQuery } from '@tanstack/react-query';
import { useSession } from '../session/session.ts';
import { questionOf } from './question.ts';

/** The organisation's zone, in which every time is shown; undefined until it is known. */
export function useZone(): string | undefined {
  const ofSession = useSession()?.organisation?.zone;
  // Whoever holds the access token has no session, and may read the overview.
  const ofOverview = useQuery({
    ...questionOf('GET /api/v1/overview', { query: {} }),
    select: ({ zone }) => zone,
    enabled: ofSession === undefined,
  });
  return ofSession ?? ofOverview.data;
}
