import { useTranslation } from 'react-i18next';
import type { ReportStatus } from '../../../../src/contract/daily-report.ts';
import type { RangeReport, RangeReportCell } from '../../../../src/contract/range-reports.ts';
import { PunchTime } from '../../attendance/punch-time.tsx';
import { StatusChip } from '../../attendance/status-chip.tsx';
import { statusMarks } from '../../attendance/status-marks.ts';
import { useFormats } from '../../time/use-formats.ts';
import { weeksOf } from './month-of-days.ts';
import classes from './my-days.module.css';

type ReportRow = RangeReport['rows'][number];
type MonthCalendarProps = {
  readonly month: string;
  readonly rows: readonly ReportRow[];
  readonly today: string;
};

/** A month with a cell for each date: status, first in and last out, hours. */
export function MonthCalendar({ month, rows, today }: MonthCalendarProps) {
  const formats = useFormats();
  const byDate = new Map(rows.map((row) => [row['date'], row]));
  const weeks = weeksOf(month);
  // Any whole week tells the names of its days.
  const named = weeks.find((week) => !week.includes(null)) ?? [];
  return (
    <table className={classes.calendar} aria-label={formats.monthAndYear(`${month}-01`)}>
      <thead>
        <tr>
          {named.map((date) => (
            <th key={date} scope="col">
              {date === null ? null : formats.weekday(date)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week.find((date) => date !== null)}>
            {week.map((date, place) =>
              date === null ? (
                // Places of other months differ by nothing but where they are.
                // oxlint-disable-next-line react/no-array-index-key
                <td key={place} aria-hidden="true" className={classes.outside} />
              ) : (
                <Day key={date} date={date} row={byDate.get(date)} isToday={date === today} />
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type DayProps = {
  readonly date: string;
  readonly row: ReportRow | undefined;
  readonly isToday: boolean;
};

function Day({ date, row, isToday }: DayProps) {
  const formats = useFormats();
  const { t } = useTranslation('attendance');
  const status = row?.['status'];
  const minutes = row?.['effectiveMinutes'];
  const isLate = Array.isArray(row?.['flags']) && row['flags'].includes('late');
  return (
    <td
      className={classes.day}
      data-today={isToday ? '' : undefined}
      aria-current={isToday ? 'date' : undefined}
    >
      <span className={classes.date}>
        <time dateTime={date}>{formats.dayOfMonth(date)}</time>
        {isLate ? <span className={classes.late}>{t('flag.late')}</span> : null}
      </span>
      {isStatus(status) ? (
        <span className={classes.status}>
          <StatusChip status={status} />
        </span>
      ) : null}
      <Times first={row?.['firstIn']} last={row?.['lastOut']} />
      {typeof minutes === 'number' ? (
        <span className={classes.hours}>{formats.duration(minutes)}</span>
      ) : null}
    </td>
  );
}

type TimesProps = {
  readonly first: RangeReportCell | undefined;
  readonly last: RangeReportCell | undefined;
};

function Times({ first, last }: TimesProps) {
  const [from, to] = [toPunch(first), toPunch(last)];
  if (from === null && to === null) return null;
  return (
    <span className={classes.times}>
      <PunchTime punch={from} /> – <PunchTime punch={to} />
    </span>
  );
}

function toPunch(cell: RangeReportCell | undefined) {
  return typeof cell === 'object' && cell !== null && 'instant' in cell ? cell : null;
}

function isStatus(cell: RangeReportCell | undefined): cell is ReportStatus {
  return typeof cell === 'string' && Object.hasOwn(statusMarks, cell);
}
