import '../../../words/rule-words.ts';
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { questionOf } from '../../../api/question.ts';
import { Failure } from '../../../parts/failure.tsx';
import { SettingsFrame } from '../settings-frame.tsx';
import { ClosedMonths } from './closed-months.tsx';
import { PolicyList } from './policy-list.tsx';

/** What is asked of a day, and which months are closed. */
export function AttendanceRulesPage() {
  const { t } = useTranslation('rules');
  const policies = useQuery(questionOf('GET /api/v1/attendance-policies', { query: {} }));
  const locks = useQuery(questionOf('GET /api/v1/month-locks', { query: {} }));
  const error = policies.error ?? locks.error;
  const isMissing = policies.data === undefined || locks.data === undefined;
  return (
    <SettingsFrame title={t('title')} summary={t('summary')}>
      {error !== null && isMissing ? (
        <Failure
          error={error}
          title={t('failedTitle')}
          onRetry={() => {
            void policies.refetch();
            void locks.refetch();
          }}
        />
      ) : policies.data === undefined || locks.data === undefined ? (
        <div role="status" aria-label={t('title')}>
          <Skeleton height={300} />
        </div>
      ) : (
        <>
          <PolicyList policies={policies.data} />
          <ClosedMonths locks={locks.data} />
        </>
      )}
    </SettingsFrame>
  );
}
