import type { PersonGroup } from '../person-days/group-by-person.ts';
import { personColumns, personSourceColumns } from '../person-days/person-columns.ts';
import { peopleFilterNames, type ReportColumn, type ReportShape } from '../shape/report-shape.ts';

/** Sums over the days of a person; null where no day has the value. */
export type PersonHours = PersonGroup & {
  days_worked: number;
  days_absent: number;
  gross_minutes: number | null;
  effective_minutes: number | null;
  break_minutes: number | null;
  overtime_minutes: number | null;
  /** Of days that are over and on which the person worked or was absent. */
  expected_minutes: number | null;
  /** The same without days whose effective time is not known. */
  comparable_minutes: number | null;
  days_without_hours: number;
};

type Column = ReportColumn<PersonHours>;
const minutes = (
  id: string,
  name: string,
  shortName: string,
  cell: (row: PersonHours) => number | null,
): Column => ({ id, name, shortName, kind: 'minutes', isBrief: true, cell });
const count = (id: string, name: string, cell: (row: PersonHours) => number): Column => ({
  id,
  name,
  kind: 'count',
  isBrief: true,
  cell,
});

export const hoursShape: ReportShape<PersonHours> = {
  id: 'hours',
  title: 'Hours',
  about: 'Each person over a range: hours worked against hours expected, breaks and overtime.',
  needs: 'read attendance',
  filters: peopleFilterNames,
  mostDays: 400,
  usualWindow: 'month',
  whenEmpty: 'Nobody is employed on these dates, and Keka has no record of them.',
  columns: () => [
    ...personColumns,
    count('daysWorked', 'Days worked', (row) => row.days_worked),
    count('daysAbsent', 'Days absent', (row) => row.days_absent),
    minutes('expectedMinutes', 'Expected minutes', 'Expected', (row) => row.expected_minutes),
    minutes('grossMinutes', 'Gross minutes', 'Gross', (row) => row.gross_minutes),
    minutes('effectiveMinutes', 'Effective minutes', 'Effective', (row) => row.effective_minutes),
    minutes('breakMinutes', 'Break minutes', 'Break', (row) => row.break_minutes),
    minutes('overtimeMinutes', 'Overtime minutes', 'Overtime', (row) => row.overtime_minutes),
    minutes('differenceMinutes', 'Difference minutes', 'Difference', differenceOf),
    count('daysWithoutHours', 'Days without hours', (row) => row.days_without_hours),
    ...personSourceColumns,
  ],
};

/** More than expected, or less: over the days of which both are known, days off and absences included. */
function differenceOf({
  effective_minutes: effective,
  comparable_minutes: expected,
}: PersonHours): number | null {
  return expected === null ? null : (effective ?? 0) - expected;
}
