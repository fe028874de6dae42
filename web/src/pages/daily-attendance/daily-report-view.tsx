import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DailyReport } from '../../../../src/contract/daily-report.ts';
import { scaleOf } from '../../attendance/day-scale.ts';
import { DataTable } from '../../parts/data-table/data-table.tsx';
import { nextSort } from '../../parts/data-table/sort-text.ts';
import { Notice } from '../../parts/notice.tsx';
import { useFormats } from '../../time/use-formats.ts';
import { dailyColumns, narrowColumns } from './daily-columns.tsx';
import { DailyFilters } from './daily-filters.tsx';
import { DailyNotices } from './daily-notices.tsx';
import { DayDrawer } from './day-drawer.tsx';
import { filterRows, isFiltered } from './filter-rows.ts';
import { rowKey } from './row-key.ts';
import { StatusCounts } from './status-counts.tsx';

const route = getRouteApi('/daily-attendance');
const nothing: ReadonlySet<string> = new Set();

type DailyReportViewProps = { readonly report: DailyReport; readonly hidden: ReadonlySet<string> };

export function DailyReportView({ report, hidden }: DailyReportViewProps) {
  const { t } = useTranslation('daily');
  const formats = useFormats();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const isNarrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  const { rows, zone } = report;
  const { q, status, team, location, flag } = search;
  const shown = useMemo(
    () => filterRows(rows, { q, status, team, location, flag }),
    [rows, q, status, team, location, flag],
  );
  const scale = useMemo(() => scaleOf(rows), [rows]);
  const columns = useMemo(() => {
    const context = { t, formats, scale, zone };
    return isNarrow ? narrowColumns(context) : dailyColumns(context);
  }, [t, formats, scale, zone, isNarrow]);
  const open = useCallback(
    (person: string | undefined) => void navigate({ search: (now) => ({ ...now, person }), replace: true }),
    [navigate],
  );
  const sortBy = useCallback(
    (column: string) =>
      void navigate({ search: (now) => ({ ...now, sort: nextSort(now.sort, column) }), replace: true }),
    [navigate],
  );
  const clear = () => void navigate({ search: ({ date, sort }) => ({ date, sort }), replace: true });

  if (rows.length === 0) return <DailyNotices report={report} />;
  return (
    <>
      <DailyNotices report={report} />
      <StatusCounts rows={rows} search={search} />
      <DailyFilters rows={rows} search={search} shown={shown.length} onClear={clear} />
      {shown.length === 0 && isFiltered(search) ? (
        <Notice
          title={t('filteredTitle')}
          text={t('filteredText', { all: formats.number(rows.length) })}
          action={<Button onClick={clear}>{t('clear')}</Button>}
        />
      ) : (
        <DataTable
          label={t('table', { date: formats.longDate(report.date) })}
          columns={columns}
          items={shown}
          keyOf={rowKey}
          sort={search.sort}
          onSort={sortBy}
          hidden={isNarrow ? nothing : hidden}
          openKey={search.person}
          onOpen={open}
          rowHeight={isNarrow ? 52 : 36}
          scrolls={isNarrow ? 'with the page' : 'itself'}
        />
      )}
      <DayDrawer report={report} rows={shown} person={search.person} scale={scale} onGo={open} />
    </>
  );
}
