import { Button, Skeleton } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RangeReport } from '../../../../src/contract/range-reports.ts';
import { ask } from '../../api/ask.ts';
import { Failure } from '../../parts/failure.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { useFormats } from '../../time/use-formats.ts';
import { ReportActions } from './report-actions.tsx';
import { ReportFilters } from './report-filters.tsx';
import type { ReportEntry } from './report-list.ts';
import { isFiltered, queryOf } from './report-search.ts';
import { ReportTable } from './report-table.tsx';
import classes from './report-view.module.css';

const route = getRouteApi('/reports/$report');
const rowsAtATime = 200;

export function ReportView({ report }: { readonly report: ReportEntry }) {
  const { t } = useTranslation('reports');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = queryOf(search);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['report', report.id, query],
    queryFn: ({ pageParam, signal }) =>
      ask(
        `GET /api/v1/reports/${report.id}`,
        { query: { ...query, limit: rowsAtATime, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: null as string | null, // the type of what follows
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
  const first = data?.pages[0];
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  const clear = () => void navigate({ search: ({ from, to }) => ({ from, to }), replace: true });
  return (
    <PageFrame
      title={t(`report.${report.id}.title`)}
      summary={first === undefined ? ' ' : <Summary report={first} />}
      summaryLines={2}
      width="wide"
      actions={<ReportActions report={report} search={search} />}
    >
      <ReportFilters report={report} range={first} />
      {error !== null ? (
        <Failure error={error} title={t('failedTitle')} onRetry={() => void refetch()} />
      ) : first === undefined ? (
        <div role="status" aria-label={t(`report.${report.id}.title`)}>
          <Skeleton height={420} />
        </div>
      ) : (
        <>
          <ReportNotices report={first} />
          {rows.length > 0 ? (
            <ReportTable report={report} head={first} rows={rows} />
          ) : isFiltered(search) ? (
            <Notice title={t('filteredTitle')} action={<Button onClick={clear}>{t('clear')}</Button>} />
          ) : (
            <Notice title={t('emptyTitle')} text={t(`report.${report.id}.empty`)} />
          )}
        </>
      )}
      {error === null && hasNextPage ? (
        <div className={classes.more}>
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('more')}
          </Button>
          <span>{t('allInFile')}</span>
        </div>
      ) : null}
    </PageFrame>
  );
}

/** Which dates, in which zone, and how fresh. */
function Summary({ report: { from, to, zone, dataAsOf } }: { readonly report: RangeReport }) {
  const { t } = useTranslation('reports');
  const formats = useFormats();
  const dates =
    from === to
      ? formats.date(from)
      : t('dates', { from: formats.dateOfYear(from), to: formats.dateOfYear(to) });
  const asOf = dataAsOf === null ? null : t('asOf', { moment: formats.moment(dataAsOf, zone) });
  return <>{[dates, t('timesIn', { zone }), asOf].filter((part) => part !== null).join(' · ')}</>;
}

function ReportNotices({ report: { warnings, datesNotRead } }: { readonly report: RangeReport }) {
  const { t } = useTranslation('reports');
  return (
    <>
      {warnings.map((warning) => (
        <Notice key={warning} tone="warning" text={warning} />
      ))}
      {datesNotRead === 0 ? null : (
        <Notice
          tone="info"
          title={t('notReadTitle', { count: datesNotRead })}
          text={t('notReadText')}
          action={
            <LinkButton to="/runs" variant="default">
              {t('notReadAction')}
            </LinkButton>
          }
        />
      )}
    </>
  );
}
