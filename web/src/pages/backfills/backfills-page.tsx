import '../../words/connection-words.ts';
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { questionOf } from '../../api/question.ts';
import { useZone } from '../../api/use-zone.ts';
import { Failure } from '../../parts/failure.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { useMay } from '../../session/session.ts';
import { BackfillList } from './backfill-list.tsx';
import { NewBackfill } from './new-backfill.tsx';

const route = getRouteApi('/connections/$connection/backfills');
const refreshMilliseconds = 3000;

/** Older dates of one connection: what they take, and how far they are. */
export function BackfillsPage() {
  const { connection: id } = route.useParams();
  const { t } = useTranslation('backfills');
  const may = useMay();
  const zone = useZone();
  const connection = useQuery(questionOf('GET /api/v1/connections/:id', { params: { id }, query: {} }));
  const { data, error, refetch } = useQuery({
    ...questionOf('GET /api/v1/backfills', { query: {} }),
    refetchInterval: ({ state }) =>
      state.data?.some((one) => one.state === 'running') === true ? refreshMilliseconds : false,
  });
  const own = data?.filter(({ connectionId }) => connectionId === id);
  const failure = error ?? connection.error;
  const isOpen = own?.some(({ state }) => state === 'running' || state === 'paused') === true;
  return (
    <PageFrame
      title={t('title', { name: connection.data?.name ?? '…' })}
      summary={t('summary')}
      actions={
        <LinkButton to="/connections/$connection" params={{ connection: id }} variant="default">
          {t('toConnection')}
        </LinkButton>
      }
    >
      {failure !== null && (own === undefined || connection.data === undefined) ? (
        <Failure
          error={failure}
          title={t('failedTitle')}
          onRetry={() => void Promise.all([refetch(), connection.refetch()])}
        />
      ) : own === undefined || zone === undefined ? (
        <Skeleton height={320} />
      ) : (
        <>
          {may('start runs') && !isOpen ? <NewBackfill connection={id} zone={zone} /> : null}
          {own.length === 0 ? (
            <Notice title={t('emptyTitle')} text={t('emptyText')} />
          ) : (
            <BackfillList backfills={own} zone={zone} maySteer={may('start runs')} />
          )}
        </>
      )}
    </PageFrame>
  );
}
