import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { hasCode } from '../../api/api-problem.ts';
import { ask } from '../../api/ask.ts';
import { Failure } from '../../parts/failure.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { sessionQuestion } from '../../session/session.ts';
import { EntranceFrame } from '../../shell/entrance-frame.tsx';
import { FirstSteps } from './first-steps.tsx';
import { OwnerForm } from './owner-form.tsx';

/**
 * Where the link leads that `hajiri serve` prints. What it holds stays behind the #, where no server sees it, until it is
 * used up: then the page can be loaded again.
 */
export function OwnerLinkPage() {
  const { t } = useTranslation('entrance');
  const token = useLocation({ select: ({ hash }) => hash });
  const { data, error, refetch } = useQuery({
    queryKey: ['owner link', token],
    queryFn: ({ signal }) => ask('POST /api/v1/owner-link', { body: { token } }, signal),
    enabled: token !== '',
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const session = useQuery(sessionQuestion);
  const isFirst = data?.organisations.length === 0;
  const toSignIn = <LinkButton to="/sign-in">{t('toSignIn')}</LinkButton>;
  return (
    <EntranceFrame
      title={t('owner.title')}
      width="form"
      before={isFirst ? <FirstSteps current="owner" /> : undefined}
    >
      {token === '' ? (
        <Notice tone="warning" title={t('owner.cutTitle')} text={t('owner.cutText')} action={toSignIn} />
      ) : hasCode(error, 'link_expired', 'invalid_input') ? (
        <Notice
          tone="warning"
          title={t('owner.expiredTitle')}
          text={t('owner.expiredText')}
          action={toSignIn}
        />
      ) : error !== null ? (
        <Failure error={error} title={t('owner.failed')} onRetry={() => void refetch()} />
      ) : data === undefined || session.isPending ? (
        <Skeleton height={360} />
      ) : (
        <OwnerForm token={token} organisations={data.organisations} session={session.data ?? null} />
      )}
    </EntranceFrame>
  );
}
