import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { questionOf } from '../../api/question.ts';
import { Failure } from '../../parts/failure.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { useSession } from '../../session/session.ts';
import { OverviewView } from './overview-view.tsx';

const refreshMilliseconds = { running: 3000, quiet: 60_000 };

/** The first page. To an employee the state of the fetches says nothing: theirs is their own month. */
export function OverviewPage() {
  return useSession()?.role === 'employee' ? <Navigate to="/my-days" replace /> : <CompanyOverview />;
}

/** Is everything there, and does anything need a person? */
function CompanyOverview() {
  const { t } = useTranslation('overview');
  const { data, error, refetch } = useQuery({
    ...questionOf('GET /api/v1/overview', { query: {} }),
    refetchInterval: ({ state }) =>
      state.data?.connections.some(({ running }) => running !== null) === true
        ? refreshMilliseconds.running
        : refreshMilliseconds.quiet,
  });
  return (
    <PageFrame
      title={t('title')}
      summary={data === undefined ? ' ' : `${data.organisation} · ${t('timesIn', { zone: data.zone })}`}
      width="wide"
    >
      {error !== null && data === undefined ? (
        <Failure error={error} title={t('failedTitle')} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <div role="status" aria-label={t('title')}>
          <Skeleton height={66} mb={16} />
          <Skeleton height={110} mb={16} />
          <Skeleton height={320} />
        </div>
      ) : (
        <OverviewView overview={data} />
      )}
    </PageFrame>
  );
}
