import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { hasCode } from '../api/api-problem.ts';
import { questionOf } from '../api/question.ts';
import { Failure } from '../parts/failure.tsx';
import { PageFrame } from '../parts/page-frame.tsx';
import { isSignedOut, sessionQuestion } from '../session/session.ts';
import { NoCompany } from './no-company.tsx';
import { ToSignIn } from './to-sign-in.tsx';

/**
 * The page, for whoever is signed in. As long as nobody is an owner the pages are open to whoever holds the access token,
 * and say themselves what to do where it is missing. Everybody else is led to the sign-in, and back from there.
 */
export function Guarded() {
  const { t } = useTranslation('failures');
  const { data: session, error, refetch } = useQuery(sessionQuestion);
  const isNobody = session === undefined && isSignedOut(error);
  const { data: options } = useQuery({
    ...questionOf('GET /api/v1/sign-in-options', {}),
    enabled: isNobody,
  });
  if (session !== undefined) return session.organisation === null ? <NoCompany /> : <Outlet />;
  if (error !== null && !isNobody) {
    return (
      <PageFrame title="Hajiri">
        <Failure error={error} title={t('notLoaded')} onRetry={() => void refetch()} />
      </PageFrame>
    );
  }
  if (options?.hasOwner === false) return <Outlet />;
  if (options?.hasOwner === true) return <ToSignIn isEnded={hasCode(error, 'session_ended')} />;
  return (
    <PageFrame title="Hajiri">
      <div role="status" aria-label={t('loading')}>
        <Skeleton height={66} mb={16} />
        <Skeleton height={320} />
      </div>
    </PageFrame>
  );
}
