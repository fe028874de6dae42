import { useTranslation } from 'react-i18next';
import type { ConnectionBrief } from '../../../../src/contract/overview.ts';
import { LinkButton } from '../../parts/link-button.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Notice } from '../../parts/notice.tsx';

type FailedNoticeProps = { readonly connection: ConnectionBrief; readonly zone: string };

/** The last attempt failed: why, how old the data is that remains, and where to read what to do. */
export function FailedNotice({ connection: { name, lastAttempt, lastSuccess }, zone }: FailedNoticeProps) {
  const { t } = useTranslation('overview');
  return (
    <Notice
      tone="danger"
      title={t('attemptFailedTitle', { connection: name })}
      text={
        <>
          <p>{lastAttempt?.errorMessage}</p>
          <p>
            {lastSuccess === null ? (
              t('noSuccess')
            ) : (
              <>
                {t('dataAsOf')} <Moment instant={lastSuccess.endedAt ?? lastSuccess.startedAt} zone={zone} />
              </>
            )}
          </p>
        </>
      }
      action={
        lastAttempt === null ? undefined : (
          <LinkButton to="/runs/$run" params={{ run: lastAttempt.run }}>
            {t('seeWhy')}
          </LinkButton>
        )
      }
    />
  );
}
