import { Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { questionOf } from '../../api/question.ts';
import { Failure } from '../../parts/failure.tsx';
import { Notice } from '../../parts/notice.tsx';
import { nextPage } from '../../session/next-page.ts';
import { enter, sessionQuestion } from '../../session/session.ts';
import { SignInForm } from '../../session/sign-in-form.tsx';
import { EntranceFrame } from '../../shell/entrance-frame.tsx';
import { OtherWays } from './other-ways.tsx';
import { SignInNotice } from './sign-in-notice.tsx';

const route = getRouteApi('/sign-in');

/** E-mail address and password, or the company's own provider. Whoever is signed in already goes on at once. */
export function SignInPage() {
  const { t } = useTranslation('entrance');
  const search = route.useSearch();
  const router = useRouter();
  const queries = useQueryClient();
  const options = useQuery(questionOf('GET /api/v1/sign-in-options', {}));
  const session = useQuery({ ...sessionQuestion, refetchOnMount: 'always' });
  const isIn = session.isSuccess && !session.isFetching;
  const next = nextPage(search.next);
  useEffect(() => {
    if (isIn) router.history.replace(next);
  }, [isIn, next, router]);
  const { data, error, refetch } = options;
  return (
    <EntranceFrame title={t('signIn.title')}>
      <SignInNotice search={search} />
      {error !== null && data === undefined ? (
        <Failure error={error} title={t('signIn.unknownFailed')} onRetry={() => void refetch()} />
      ) : data === undefined || isIn || session.isPending ? (
        <Skeleton height={190} />
      ) : data.hasOwner ? (
        <SignInForm onDone={() => enter(queries)}>
          <OtherWays options={data} />
        </SignInForm>
      ) : (
        <Notice tone="info" title={t('signIn.noOwnerTitle')} text={t('signIn.noOwnerText')} />
      )}
    </EntranceFrame>
  );
}
