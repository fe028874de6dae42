import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { LinkDecision } from '../../../../src/contract/links.ts';
import { ApiProblem } from '../../api/api-problem.ts';
import { ask } from '../../api/ask.ts';

type MadeKind = 'link' | 'unlink' | 'ignore' | 'restore';

export type Made = {
  readonly batch: string | null;
  readonly kind: MadeKind;
  readonly count: number;
  /** Stored days that follow. */
  readonly days: number;
};

/** Makes decisions about the links of one connection, and takes the last back. */
export function useDecisions(connection: string) {
  const queries = useQueryClient();
  const undo = useMutation({
    mutationFn: (batch: string) =>
      ask('POST /api/v1/link-decisions/:batch/undo', { params: { batch }, query: {} }),
    onSuccess: () => queries.invalidateQueries(),
  });
  const add = useMutation({
    mutationFn: (people: readonly string[]) =>
      ask('POST /api/v1/connections/:id/people', {
        params: { id: connection },
        query: {},
        body: { people: [...people] },
      }),
    onSuccess: () => queries.invalidateQueries(),
  });
  const decide = useMutation({
    async mutationFn(decisions: readonly LinkDecision[]): Promise<Made> {
      const { batch, effects } = await ask('POST /api/v1/connections/:id/links', {
        params: { id: connection },
        query: {},
        body: { decisions: [...decisions] },
      });
      const days = effects.reduce((sum, effect) => sum + effect.days, 0);
      return { batch, kind: kindOf(decisions[0]), count: effects.length, days };
    },
    onMutate: () => {
      undo.reset();
      add.reset();
    },
    onSuccess: () => queries.invalidateQueries(),
  });
  return { decide, undo, add };
}

export type Decisions = ReturnType<typeof useDecisions>;

function kindOf(decision: LinkDecision | undefined): MadeKind {
  const kind = decision?.kind ?? 'link';
  return kind === 'ignore_person' || kind === 'ignore_employee' ? 'ignore' : kind;
}

/** What the server says against decisions, in words; empty when it was about something else. */
export function useDecisionFaults(): (error: unknown) => readonly string[] {
  const { t, i18n } = useTranslation('links');
  return (error) => {
    if (!(error instanceof ApiProblem)) return [];
    return error.faults.map(({ reason }) => {
      const found: unknown = i18n.getResource(i18n.language, 'links', 'fault');
      const known = typeof found === 'object' && found !== null ? found : {};
      const text = new Map<string, unknown>(Object.entries(known)).get(reason);
      return typeof text === 'string' ? text : `${t('decideFailed')}: ${reason}`;
    });
  };
}
