import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DriftDay } from '../../../../../src/contract/month-locks.ts';
import { ask } from '../../../api/ask.ts';
import { questionOf } from '../../../api/question.ts';
import { Failure } from '../../../parts/failure.tsx';
import { SimpleTable } from '../../../parts/simple-table.tsx';
import { useFormats } from '../../../time/use-formats.ts';

type DriftListProps = { readonly month: string; readonly mayAccept: boolean };

/** What Keka has otherwise since the month was closed, to be taken over one by one or all together. */
export function DriftList({ month, mayAccept }: DriftListProps) {
  const { t } = useTranslation('rules', { keyPrefix: 'drift' });
  const formats = useFormats();
  const queries = useQueryClient();
  const { data } = useQuery(questionOf('GET /api/v1/drift', { query: { month } }));
  const accept = useMutation({
    mutationFn: (day: DriftDay | null) =>
      ask('POST /api/v1/drift/accept', {
        query: {},
        body: {
          month,
          ...(day === null
            ? {}
            : { days: [{ connectionId: day.connectionId, sourceGuid: day.sourceGuid, date: day.date }] }),
        },
      }),
    onSuccess: () => queries.invalidateQueries(),
  });
  if (data === undefined || data.total === 0) return null;
  return (
    <>
      <SimpleTable
        title={t('title', { month })}
        head={[
          t('date'),
          t('person'),
          t('what'),
          t('stored'),
          t('keka'),
          ...(mayAccept ? [t('accept')] : []),
        ]}
        rows={data.days.map((day) => ({
          key: `${day.date} ${day.sourceGuid}`,
          cells: [
            formats.date(day.date),
            day.name ?? day.employeeNumber ?? t('nobody'),
            t(day.kind),
            valuesOf(day, day.stored),
            valuesOf(day, day.keka),
            ...(mayAccept
              ? [
                  <Button
                    key="accept"
                    variant="default"
                    size="compact-xs"
                    loading={accept.isPending}
                    onClick={() => accept.mutate(day)}
                  >
                    {t('accept')}
                  </Button>,
                ]
              : []),
          ],
        }))}
      />
      {accept.error === null ? null : <Failure error={accept.error} title={t('failed')} />}
      {mayAccept ? (
        <div>
          <Button variant="default" loading={accept.isPending} onClick={() => accept.mutate(null)}>
            {t('all', { count: data.total })}
          </Button>
        </div>
      ) : null}
    </>
  );
}

/** Of the values that differ, as they are stored or as Keka has them. */
function valuesOf({ changed }: DriftDay, values: DriftDay['stored']): string {
  if (values === null) return '–';
  const named = new Map<string, string | number | null>(Object.entries(values));
  return changed.map((name) => String(named.get(name) ?? '–')).join(', ');
}
