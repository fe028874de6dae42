import { useQuery } from '@tanstack/react-query';
import { questionOf } from './question.ts';

/** The organisation's zone, in which every time is shown; undefined until it is known. */
export function useZone(): string | undefined {
  return useQuery({ ...questionOf('GET /api/v1/overview', { query: {} }), select: ({ zone }) => zone }).data;
}
