import { Button, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Exclusion } from '../../../../src/contract/employees.ts';
import { ask } from '../../api/ask.ts';
import { questionOf } from '../../api/question.ts';
import { DirectoryFrame } from '../../directory/directory-frame.tsx';
import { Failure } from '../../parts/failure.tsx';
import { ItemList } from '../../parts/item-list.tsx';
import { Notice } from '../../parts/notice.tsx';
import { NewExclusion } from './new-exclusion.tsx';

/** The rules that leave people out, each with whom it catches now. */
export function ExclusionsPage() {
  const { t } = useTranslation('exclusions');
  const { data, error, refetch } = useQuery(questionOf('GET /api/v1/exclusions', { query: {} }));
  return (
    <DirectoryFrame title={t('title')} summary={t('summary')}>
      {error !== null && data === undefined ? (
        <Failure error={error} title={t('failedTitle')} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <div role="status" aria-label={t('list')}>
          <Skeleton height={240} />
        </div>
      ) : (
        <>
          <Rules rules={data} />
          <NewExclusion />
        </>
      )}
    </DirectoryFrame>
  );
}

function Rules({ rules }: { readonly rules: readonly Exclusion[] }) {
  const { t } = useTranslation('exclusions');
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: (id: string) => ask('DELETE /api/v1/exclusions/:id', { params: { id }, query: {} }),
    onSuccess: () => queries.invalidateQueries(),
  });
  return (
    <>
      {remove.error === null ? null : <Failure error={remove.error} title={t('removeFailed')} />}
      {remove.isSuccess ? <Notice tone="success" text={t('removed')} isLive /> : null}
      {rules.length === 0 ? (
        <Notice title={t('emptyTitle')} text={t('emptyText')} />
      ) : (
        <ItemList
          label={t('list')}
          items={rules.map(({ id, kind, value, caught, madeBy }) => ({
            key: id,
            title: t(`rule.${kind}`, { value }),
            details: [
              t('employees', { count: caught.employees }),
              t('inKeka', { count: caught.people }),
              caught.examples.length === 0 ? null : t('examples', { names: caught.examples.join(', ') }),
              t('madeBy', { name: madeBy }),
            ],
            actions: (
              <Button
                variant="default"
                size="xs"
                aria-label={t('removeOf', { rule: t(`rule.${kind}`, { value }) })}
                loading={remove.isPending && remove.variables === id}
                onClick={() => remove.mutate(id)}
              >
                {t('remove')}
              </Button>
            ),
          }))}
        />
      )}
    </>
  );
}
