import { useTranslation } from 'react-i18next';
import type { DailyReport } from '../../../../src/contract/daily-report.ts';
import { LinkButton } from '../../parts/link-button.tsx';
import { Notice } from '../../parts/notice.tsx';

/** What has to be known before the rows are believed: a day that was not read, one without anybody, a faulty zone. */
export function DailyNotices({ report: { rows, dataAsOf, warnings } }: { readonly report: DailyReport }) {
  const { t } = useTranslation('daily');
  const look = (
    <LinkButton to="/runs" variant="default">
      {t(rows.length === 0 ? 'emptyAction' : 'notReadAction')}
    </LinkButton>
  );
  return (
    <>
      {warnings.map((warning) => (
        <Notice key={warning} tone="warning" text={warning} />
      ))}
      {rows.length === 0 ? (
        <Notice title={t('emptyTitle')} text={t('emptyText')} action={look} />
      ) : dataAsOf === null ? (
        <Notice tone="info" title={t('notReadTitle')} text={t('notReadText')} action={look} />
      ) : null}
    </>
  );
}
