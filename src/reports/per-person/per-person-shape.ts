import { ratesOfDay } from '../../attendance/attendance-rates.ts';
import { toLocalTime } from '../../attendance/local-time.ts';
import type { PersonGroup } from '../person-days/group-by-person.ts';
import { personColumns, personSourceColumns } from '../person-days/person-columns.ts';
import { type Cell, percentOf } from '../shape/cells.ts';
import { peopleFilterNames, type ReportColumn, type ReportShape } from '../shape/report-shape.ts';

/** What the days of a person come to. */
export type PersonTotals = PersonGroup & {
  working_days: number;
  present: number;
  half_day: number;
  in_progress: number;
  absent: number;
  on_leave: number;
  worked_on_day_off: number;
  late: number;
  late_minutes: number | null;
  early_out: number;
  early_out_minutes: number | null;
  effective_minutes: number | null;
  break_minutes: number | null;
  /** Punches of days that are over and have both, with their dates. */
  dates: readonly Temporal.PlainDate[] | null;
  first_ins: readonly Temporal.Instant[] | null;
  last_outs: readonly Temporal.Instant[] | null;
};

type Column = ReportColumn<PersonTotals>;
type Value = (row: PersonTotals) => number | null;

const number =
  (kind: 'count' | 'minutes', isBrief: boolean) =>
  (id: string, name: string, cell: Value): Column => ({
    id,
    name,
    shortName: name.replace(' minutes', ''),
    kind,
    isBrief,
    cell,
  });
const count = number('count', true);
const minutes = number('minutes', false);

export const perPersonShape: ReportShape<PersonTotals> = {
  id: 'per-person',
  title: 'Totals per person',
  about: 'Each person over a range: days present, absent and late, usual times of coming and going, hours.',
  needs: 'read attendance',
  filters: peopleFilterNames,
  mostDays: 400,
  usualWindow: 'month',
  whenEmpty: 'Nobody is employed on these dates, and Keka has no record of them.',
  columns: ({ zone }) => [
    ...personColumns,
    count('workingDays', 'Working days', (row) => row.working_days),
    count('present', 'Present', (row) => row.present),
    count('halfDay', 'Half day', (row) => row.half_day),
    count('absent', 'Absent', (row) => row.absent),
    count('onLeave', 'On leave', (row) => row.on_leave),
    count('workedOnDayOff', 'Worked on a day off', (row) => row.worked_on_day_off),
    count('late', 'Late', (row) => row.late),
    minutes('averageLateMinutes', 'Average late minutes', (row) => mean(row.late_minutes, row.late)),
    count('earlyOut', 'Early out', (row) => row.early_out),
    minutes('averageEarlyOutMinutes', 'Average early out minutes', (row) =>
      mean(row.early_out_minutes, row.early_out),
    ),
    {
      id: 'averageFirstIn',
      name: `Average first in (${zone})`,
      shortName: 'Average in',
      kind: 'text',
      isBrief: true,
      cell: (row) => meanTime(row.dates, row.first_ins, zone),
    },
    {
      id: 'averageLastOut',
      name: `Average last out (${zone})`,
      shortName: 'Average out',
      kind: 'text',
      isBrief: true,
      cell: (row) => meanTime(row.dates, row.last_outs, zone),
    },
    { ...minutes('effectiveMinutes', 'Effective minutes', (row) => row.effective_minutes), isBrief: true },
    minutes('breakMinutes', 'Break minutes', (row) => row.break_minutes),
    {
      id: 'attendancePercent',
      name: 'Attendance %',
      shortName: '%',
      kind: 'percent',
      isBrief: true,
      cell: attendanceOf,
    },
    ...personSourceColumns,
  ],
};

function attendanceOf(row: PersonTotals): number | null {
  const { present, half_day: halfDay, in_progress: inProgress, absent, late } = row;
  const { attendance } = ratesOfDay({ present, halfDay, inProgress, absent, late });
  return attendance === null ? null : percentOf(attendance, 1);
}

function mean(sum: number | null, days: number): number | null {
  return sum === null || days === 0 ? null : Math.round(sum / days);
}

/** The mean of times by the clock at the company, each counted from the midnight with which its date begins. */
function meanTime(
  dates: readonly Temporal.PlainDate[] | null,
  instants: readonly Temporal.Instant[] | null,
  zone: string,
): Cell {
  if (dates === null || instants === null || dates.length === 0) return null;
  const sum = dates.reduce((total, date, index) => {
    const instant = instants[index];
    if (instant === undefined) return total;
    const { time, dayOffset } = toLocalTime(instant, zone, date);
    const [hours = 0, rest = 0] = time.split(':').map(Number);
    return total + (dayOffset * 24 + hours) * 60 + rest;
  }, 0);
  const average = Math.round(sum / dates.length);
  const dayOffset = Math.floor(average / 1440);
  const ofDay = average - dayOffset * 1440;
  const time = `${String(Math.floor(ofDay / 60)).padStart(2, '0')}:${String(ofDay % 60).padStart(2, '0')}`;
  return dayOffset === 0 ? time : `${time} (${dayOffset > 0 ? '+' : ''}${dayOffset})`;
}
