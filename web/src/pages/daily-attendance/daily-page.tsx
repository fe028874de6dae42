import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { questionOf } from '../../api/question.ts';
import { Failure } from '../../parts/failure.tsx';
import { Moment } from '../../parts/moment.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { useFormats } from '../../time/use-formats.ts';
import { DailyActions } from './daily-actions.tsx';
import { DailyLoading } from './daily-loading.tsx';
import { DailyReportView } from './daily-report-view.tsx';
import { DayStrip } from './day-strip.tsx';
import { useColumnChoice } from './use-column-choice.ts';

const route = getRouteApi('/daily-attendance');

/** Who was there on one day: the first page of most mornings. */
export function DailyPage() {
  const { t } = useTranslation('daily');
  const formats = useFormats();
  const search = route.useSearch();
  const { date } = search;
  const choice = useColumnChoice();
  const {
    data: report,
    error,
    refetch,
  } = useQuery(questionOf('GET /api/v1/reports/daily', { query: { date } }));
  const shownDate = report?.date ?? date;
  return (
    <PageFrame
      title={t('title')}
      width="wide"
      summaryLines={2}
      summary={
        shownDate === undefined ? (
          ' '
        ) : (
          <>
            {formats.longDate(shownDate)}
            {report === undefined ? null : (
              <>
                {' · '}
                {t('timesIn', { zone: report.zone })}
                {' · '}
                {report.dataAsOf === null ? (
                  t('notRead')
                ) : (
                  <>
                    {t('dataAsOf')} <Moment instant={report.dataAsOf} zone={report.zone} />
                  </>
                )}
              </>
            )}
          </>
        )
      }
      actions={<DailyActions date={report?.date} search={search} choice={choice} />}
    >
      <DayStrip date={shownDate} zone={report?.zone} />
      {error !== null && report === undefined ? (
        <Failure error={error} title={t('failedTitle')} onRetry={() => void refetch()} />
      ) : report === undefined ? (
        <DailyLoading />
      ) : (
        <DailyReportView report={report} hidden={choice.hidden} />
      )}
    </PageFrame>
  );
}
