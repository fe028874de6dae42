import { ratesOfDay } from '../../attendance/attendance-rates.ts';
import type { PersonGroup } from '../person-days/group-by-person.ts';
import { personColumns, personSourceColumns } from '../person-days/person-columns.ts';
import { percentOf } from '../shape/cells.ts';
import {
  peopleFilterNames,
  type ReportColumn,
  type ReportPlace,
  type ReportShape,
} from '../shape/report-shape.ts';
import { type MusterCode, type MusterDay, musterCode } from './muster-codes.ts';

/** A person with the codes of the dates; a date outside of the employment has none. */
export type MusterRow = PersonGroup & { days: Readonly<Record<string, MusterDay>> };

type Column = ReportColumn<MusterRow>;

export const musterShape: ReportShape<MusterRow> = {
  id: 'muster',
  title: 'Muster roll',
  about: 'Each person with a code for every date of a month, and totals.',
  needs: 'read attendance',
  filters: peopleFilterNames,
  mostDays: 31,
  usualWindow: 'month',
  whenEmpty: 'Nobody is employed on these dates, and Keka has no record of them.',
  columns: (place) => [
    ...personColumns,
    ...dayColumns(place),
    total('present', 'Present', 'P', ['P', 'MP', 'PR'], hasCome),
    total('halfDay', 'Half day', 'HD', ['HD']),
    total('absent', 'Absent', 'A', ['A']),
    total('onLeave', 'On leave', 'L', ['L']),
    total('weeklyOff', 'Weekly off', 'WO', ['WO', 'WOP', 'HWO']),
    total('holiday', 'Holiday', 'H', ['H', 'HP']),
    total('workedOnDayOff', 'Worked on a day off', 'WOP+HP', ['WOP', 'HP']),
    total('missingPunch', 'Missing punch', 'MP', ['MP']),
    total('late', 'Late', 'Late', null, ({ flags }) => flags.includes('late')),
    total('earlyOut', 'Early out', 'Early', null, ({ flags }) => flags.includes('early_out')),
    total('notKnown', 'Not known', '?', ['PR', 'NR', 'NY', 'NL', 'U'], (day) => !hasCome(day)),
    {
      id: 'attendancePercent',
      name: 'Attendance %',
      shortName: '%',
      kind: 'percent',
      isBrief: true,
      cell: (row) => attendanceOf(Object.values(row.days)),
    },
    ...personSourceColumns,
  ],
};

function dayColumns({ window: { from, to } }: ReportPlace): readonly Column[] {
  const length = from.until(to, { largestUnit: 'days' }).days + 1;
  return Array.from({ length }, (_none, index) => {
    const date = from.add({ days: index });
    const id = date.toString();
    return {
      id,
      name: id,
      shortName: String(date.day),
      kind: 'text',
      isBrief: true,
      cell: ({ days }) => {
        const day = days[id];
        return day === undefined ? null : musterCode(day);
      },
    };
  });
}

function hasCome({ status }: MusterDay): boolean {
  return status === 'present' || status === 'in_progress';
}

/** How many days have one of these codes, and meet the condition if there is one. */
function total(
  id: string,
  name: string,
  shortName: string,
  codes: readonly MusterCode[] | null,
  isCounted: (day: MusterDay) => boolean = () => true,
): Column {
  return {
    id,
    name,
    shortName,
    kind: 'count',
    isBrief: true,
    cell: ({ days }) =>
      Object.values(days).filter((day) => (codes?.includes(musterCode(day)) ?? true) && isCounted(day))
        .length,
  };
}

function attendanceOf(days: readonly MusterDay[]): number | null {
  const count = (status: MusterDay['status']) => days.filter((day) => day.status === status).length;
  const { attendance } = ratesOfDay({
    present: count('present'),
    halfDay: count('half_day'),
    inProgress: count('in_progress'),
    absent: count('absent'),
    late: 0,
  });
  return attendance === null ? null : percentOf(attendance, 1);
}
