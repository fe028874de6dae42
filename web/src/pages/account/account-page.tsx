import '../../words/account-words.ts';
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { questionOf } from '../../api/question.ts';
import { useZone } from '../../api/use-zone.ts';
import { Failure } from '../../parts/failure.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import classes from './account.module.css';
import { AppearanceSection } from './appearance-section.tsx';
import { NameSection } from './name-section.tsx';
import { PasswordSection } from './password-section.tsx';
import { SecondFactorSection } from './second-factor-section.tsx';
import { SessionsSection } from './sessions-section.tsx';

/** What belongs to a person and not to a company: name, ways in, sessions, and how the pages look. */
export function AccountPage() {
  const { t } = useTranslation('account');
  const zone = useZone();
  const { data, error, refetch } = useQuery(questionOf('GET /api/v1/account', {}));
  return (
    <PageFrame title={t('title')} summary={data?.email ?? ' '}>
      {error !== null && data === undefined ? (
        <Failure error={error} title={t('failedTitle')} onRetry={() => void refetch()} />
      ) : data === undefined || zone === undefined ? (
        <div role="status" aria-label={t('title')}>
          <Skeleton height={480} />
        </div>
      ) : (
        <div className={classes.sections}>
          <NameSection account={data} />
          <PasswordSection account={data} />
          <SecondFactorSection account={data} />
          <SessionsSection zone={zone} />
          <AppearanceSection />
        </div>
      )}
    </PageFrame>
  );
}
