import { type DayCounts, ratesOfDay } from '../../attendance/attendance-rates.ts';
import { percentOf } from '../shape/cells.ts';
import { peopleFilterNames, type ReportColumn, type ReportShape } from '../shape/report-shape.ts';

/** How many people of each kind one date had; every person counts once. */
export type DateCounts = {
  date: Temporal.PlainDate;
  people: number;
  present: number;
  half_day: number;
  in_progress: number;
  absent: number;
  on_leave: number;
  weekly_off: number;
  half_weekly_off: number;
  holiday: number;
  pending: number;
  no_record: number;
  not_read_yet: number;
  not_linked: number;
  unknown_day_type: number;
  worked_on_day_off: number;
  late: number;
  early_out: number;
  effective_minutes: number | null;
  break_minutes: number | null;
};

type Column = ReportColumn<DateCounts>;

const count = (id: string, name: string, cell: (row: DateCounts) => number, isBrief = false): Column => ({
  id,
  name,
  kind: 'count',
  isBrief,
  cell,
});

export const dayCountsOf = (row: DateCounts): DayCounts => ({
  present: row.present,
  halfDay: row.half_day,
  inProgress: row.in_progress,
  absent: row.absent,
  late: row.late,
});
const ratesOf = (row: DateCounts) => ratesOfDay(dayCountsOf(row));

export const inPercent = (share: number | null) => (share === null ? null : percentOf(share, 1));

export const dateWiseShape: ReportShape<DateCounts> = {
  id: 'date-wise',
  title: 'Date-wise attendance',
  about: 'Each date of a range: how many people of each status, attendance and lateness in percent.',
  needs: 'read attendance',
  filters: peopleFilterNames,
  mostDays: 400,
  usualWindow: 'week',
  whenEmpty: 'There is no date.',
  columns: () => [
    { id: 'date', name: 'Date', kind: 'date', isBrief: true, cell: (row) => row.date.toString() },
    count('people', 'People', (row) => row.people, true),
    count('present', 'Present', (row) => row.present, true),
    count('halfDay', 'Half day', (row) => row.half_day, true),
    count('inProgress', 'In progress', (row) => row.in_progress),
    count('absent', 'Absent', (row) => row.absent, true),
    count('onLeave', 'On leave', (row) => row.on_leave, true),
    count('weeklyOff', 'Weekly off', (row) => row.weekly_off, true),
    count('halfWeeklyOff', 'Half weekly off', (row) => row.half_weekly_off),
    count('holiday', 'Holiday', (row) => row.holiday, true),
    count('pending', 'Pending', (row) => row.pending),
    count('noRecord', 'No record', (row) => row.no_record, true),
    count('notReadYet', 'Not read yet', (row) => row.not_read_yet, true),
    count('notLinked', 'Not linked', (row) => row.not_linked, true),
    count('unknownDayType', 'Unknown', (row) => row.unknown_day_type),
    count('workedOnDayOff', 'Worked on a day off', (row) => row.worked_on_day_off),
    count('late', 'Late', (row) => row.late, true),
    count('earlyOut', 'Early out', (row) => row.early_out),
    {
      id: 'attendancePercent',
      name: 'Attendance %',
      kind: 'percent',
      isBrief: true,
      cell: (row) => inPercent(ratesOf(row).attendance),
    },
    {
      id: 'latePercent',
      name: 'Late %',
      kind: 'percent',
      isBrief: true,
      cell: (row) => inPercent(ratesOf(row).late),
    },
    {
      id: 'effectiveMinutes',
      name: 'Effective minutes',
      kind: 'minutes',
      cell: (row) => row.effective_minutes,
    },
    { id: 'breakMinutes', name: 'Break minutes', kind: 'minutes', cell: (row) => row.break_minutes },
  ],
};
