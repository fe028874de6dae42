import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ask, type Question } from '../api/ask.ts';

type Wanted = {
  readonly connection: string;
  /** Yesterday, where the company is, without one. */
  readonly body?: Question<'POST /api/v1/connections/:id/runs'>['body'];
};

/** Has a connection fetched, and goes to the page that follows it. */
export function useStartRun() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: ({ connection, body }: Wanted) =>
      ask('POST /api/v1/connections/:id/runs', { params: { id: connection }, query: {}, body: body ?? {} }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries();
      await navigate({ to: '/runs/$run', params: { run: id } });
    },
  });
}
