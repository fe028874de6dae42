import '../../words/connection-words.ts';
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ScheduleStatus } from '../../../../src/contract/schedules.ts';
import { questionOf } from '../../api/question.ts';
import { useZone } from '../../api/use-zone.ts';
import { Failure } from '../../parts/failure.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { now } from '../../time/now.ts';
import { ConnectionCard } from './connection-card.tsx';

const refreshMilliseconds = { running: 3000, quiet: 60_000 };

/** Whether something is going on, or about to. */
function isLively({ activeRun, plannedRetry }: ScheduleStatus): boolean {
  if (activeRun !== null) return true;
  if (plannedRetry === null) return false;
  return Temporal.Instant.compare(Temporal.Instant.from(plannedRetry.at), now().add({ minutes: 1 })) <= 0;
}

/** Every link to Keka: what it is set to, how it stands, and what can be done with it. */
export function ConnectionsPage() {
  const { t } = useTranslation('connections');
  const connections = useQuery(questionOf('GET /api/v1/connections', { query: {} }));
  const schedules = useQuery({
    ...questionOf('GET /api/v1/schedules', { query: {} }),
    refetchInterval: ({ state }) =>
      state.data?.some(isLively) === true ? refreshMilliseconds.running : refreshMilliseconds.quiet,
  });
  const zone = useZone();
  const { data } = connections;
  const error = connections.error ?? schedules.error;
  const refetch = () => Promise.all([connections.refetch(), schedules.refetch()]);
  const scheduleOf = (id: string) => schedules.data?.find(({ connectionId }) => connectionId === id);
  return (
    <PageFrame
      title={t('title')}
      summary={t('summary')}
      actions={
        data === undefined || data.length === 0 ? undefined : (
          <LinkButton to="/connections/new" variant="default">
            {t('addAnother')}
          </LinkButton>
        )
      }
    >
      {error !== null && (data === undefined || schedules.data === undefined) ? (
        <Failure error={error} title={t('failedTitle')} onRetry={() => void refetch()} />
      ) : data === undefined || zone === undefined || schedules.data === undefined ? (
        <div role="status" aria-label={t('title')}>
          <Skeleton height={180} />
        </div>
      ) : data.length === 0 ? (
        <Notice
          title={t('emptyTitle')}
          text={t('emptyText')}
          action={<LinkButton to="/connections/new">{t('add')}</LinkButton>}
        />
      ) : (
        data.map((connection) => {
          const schedule = scheduleOf(connection.id);
          return schedule === undefined ? null : (
            <ConnectionCard key={connection.id} connection={connection} schedule={schedule} zone={zone} />
          );
        })
      )}
    </PageFrame>
  );
}
