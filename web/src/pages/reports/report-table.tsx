import { IconColumns } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RangeReport } from '../../../../src/contract/range-reports.ts';
import { ColumnMenu } from '../../parts/data-table/column-menu.tsx';
import { DataTable } from '../../parts/data-table/data-table.tsx';
import { useFormats } from '../../time/use-formats.ts';
import { MusterLegend } from './muster-legend.tsx';
import { toTableColumns } from './report-columns.tsx';
import type { ReportEntry } from './report-list.ts';
import classes from './report-table.module.css';

export type ReportRow = RangeReport['rows'][number];

type ReportTableProps = {
  readonly report: ReportEntry;
  readonly head: RangeReport;
  readonly rows: readonly ReportRow[];
};

/** The rows so far. A row leads to what it sums up: a day of a person, a day, or the days of a person. */
export function ReportTable({ report, head, rows }: ReportTableProps) {
  const { t } = useTranslation('reports');
  const { t: tAttendance } = useTranslation('attendance');
  const formats = useFormats();
  const open = useOpenRow(report, head);
  const columns = useMemo(
    () => toTableColumns(head, { t, tAttendance, formats }),
    [head, t, tAttendance, formats],
  );
  const atFirst = new Set(columns.filter(({ isExtra }) => isExtra === true).map(({ id }) => id));
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const hidden = chosen ?? atFirst;
  return (
    <>
      <div className={classes.above}>
        <p className={classes.hint}>{t(report.leadsTo === 'days of person' ? 'openDays' : 'openDay')}</p>
        <output className={classes.count}>
          {head.next === null ? t('rows', { count: rows.length }) : t('firstRows', { count: rows.length })}
        </output>
        <ColumnMenu
          columns={columns}
          hidden={hidden}
          onToggle={(id) => setChosen(new Set([id]).symmetricDifference(hidden))}
          onReset={() => setChosen(null)}
          icon={<IconColumns size={16} aria-hidden="true" />}
        />
      </div>
      <DataTable
        label={t(`report.${report.id}.title`)}
        columns={columns}
        items={rows}
        keyOf={(_row, index) => String(index)}
        sort={undefined}
        isSorted
        onSort={() => {}}
        hidden={hidden}
        onOpen={(key) => open(rows[Number(key)])}
        rowHeight={36}
        scrolls="itself"
      />
      {report.id === 'muster' ? <MusterLegend /> : null}
    </>
  );
}

function useOpenRow(report: ReportEntry, { from, to }: RangeReport) {
  const navigate = useNavigate();
  return (row: ReportRow | undefined) => {
    const text = (id: string) => {
      const cell = row?.[id];
      return typeof cell === 'string' ? cell : undefined;
    };
    const person = text('employeeId') ?? text('name') ?? text('employeeNumber');
    if (report.leadsTo === 'days of person') {
      void navigate({
        to: '/reports/$report',
        params: { report: 'detailed' },
        search: { from, to, q: person },
      });
    } else {
      const q = report.leadsTo === 'day' ? undefined : person;
      void navigate({ to: '/daily-attendance', search: { date: text('date'), q } });
    }
  };
}
