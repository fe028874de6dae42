import '../../words/connection-words.ts';
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { questionOf } from '../../api/question.ts';
import { DirectoryFrame } from '../../directory/directory-frame.tsx';
import { Failure } from '../../parts/failure.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { LinksOfConnection } from './links-of-connection.tsx';

const route = getRouteApi('/employees/links');

/** Who the people in Keka are in the directory, and the mending of it. */
export function LinksPage() {
  const { t } = useTranslation('links');
  const { connection } = route.useSearch();
  const { data, error, refetch } = useQuery(questionOf('GET /api/v1/connections', { query: {} }));
  const chosen = data?.find(({ id }) => id === connection) ?? data?.[0];
  if (data !== undefined && chosen !== undefined) {
    return <LinksOfConnection key={chosen.id} connection={chosen} connections={data} />;
  }
  return (
    <DirectoryFrame title={t('title')} summary={t('summary')} width="wide">
      {error !== null && data === undefined ? (
        <Failure error={error} title={t('failedTitle')} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton height={420} />
      ) : (
        <Notice
          title={t('noConnectionTitle')}
          text={t('noConnectionText')}
          action={<LinkButton to="/connections/new">{t('connect')}</LinkButton>}
        />
      )}
    </DirectoryFrame>
  );
}
