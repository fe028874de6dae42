import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { questionOf } from '../../api/question.ts';
import { useZone } from '../../api/use-zone.ts';
import { Failure } from '../../parts/failure.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { ConnectionCard } from './connection-card.tsx';

/** Every link to Keka: what it is set to, how it stands, and what can be done with it. */
export function ConnectionsPage() {
  const { t } = useTranslation('connections');
  const connections = useQuery(questionOf('GET /api/v1/connections', { query: {} }));
  const zone = useZone();
  const { data, error, refetch } = connections;
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
      {error !== null && data === undefined ? (
        <Failure error={error} title={t('failedTitle')} onRetry={() => void refetch()} />
      ) : data === undefined || zone === undefined ? (
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
        data.map((connection) => <ConnectionCard key={connection.id} connection={connection} zone={zone} />)
      )}
    </PageFrame>
  );
}
