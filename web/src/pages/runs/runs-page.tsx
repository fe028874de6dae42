import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { questionOf } from '../../api/question.ts';
import { useZone } from '../../api/use-zone.ts';
import { Failure } from '../../parts/failure.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { RunsView } from './runs-view.tsx';

const mostRuns = 500;
/** How often the list is read again while a run is going on, and while none is. */
const refreshMilliseconds = { running: 2000, quiet: 60_000 };

/** The Integration report: every fetch, what it brought, and whether somebody has to look. */
export function RunsPage() {
  const { t } = useTranslation('runs');
  const {
    data: runs,
    error,
    refetch,
  } = useQuery({
    ...questionOf('GET /api/v1/runs', { query: { limit: mostRuns } }),
    refetchInterval: ({ state }) =>
      state.data?.some((run) => run.state === 'running') === true
        ? refreshMilliseconds.running
        : refreshMilliseconds.quiet,
  });
  const zone = useZone();
  return (
    <PageFrame title={t('title')} summary={t('summary')} width="wide">
      {error !== null && runs === undefined ? (
        <Failure error={error} title={t('failedTitle')} onRetry={() => void refetch()} />
      ) : runs === undefined || zone === undefined ? (
        <div role="status" aria-label={t('title')}>
          <Skeleton height={36} width="50%" mb={16} />
          <Skeleton height={420} />
        </div>
      ) : (
        <RunsView runs={runs} zone={zone} />
      )}
    </PageFrame>
  );
}
