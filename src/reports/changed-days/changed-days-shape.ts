import { formatLocalTime, toLocalTime } from '../../attendance/local-time.ts';
import type { DailyRow } from '../daily/daily-row.ts';
import { dayTypeText } from '../daily/words.ts';
import { sourceColumns, stateColumns, whoColumns } from '../person-days/day-columns.ts';
import { type ReportShape, reportFilterNames } from '../shape/report-shape.ts';

/** One value of a day that Keka changed after it was first stored, as it was kept. */
export type ChangedValue = DailyRow & {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly changedAt: string;
  readonly run: string;
};

export const changedFieldNames: Readonly<Record<string, string>> = {
  firstIn: 'First in',
  firstInPremise: 'First in premise',
  lastOut: 'Last out',
  lastOutPremise: 'Last out premise',
  dayType: 'Day type',
  shiftStart: 'Shift start',
  shiftEnd: 'Shift end',
  grossMinutes: 'Gross minutes',
  effectiveMinutes: 'Effective minutes',
  breakMinutes: 'Break minutes',
  overtimeMinutes: 'Overtime minutes (Keka)',
  employeeNumber: 'Keka employee number',
};
const times = new Set(['firstIn', 'lastOut', 'shiftStart', 'shiftEnd']);

/** A kept value as a person reads it: a time as the clock at the company showed it. */
export function valueText(
  { field, date }: Pick<ChangedValue, 'field' | 'date'>,
  value: string | null,
  zone: string,
): string | null {
  if (value === null || value === 'unreadable') return value;
  if (times.has(field)) {
    const day = Temporal.PlainDate.from(date);
    return formatLocalTime(toLocalTime(Temporal.Instant.from(value), zone, day));
  }
  return field === 'dayType' ? dayTypeText(Number(value)) : value;
}

export const changedDaysShape: ReportShape<ChangedValue> = {
  id: 'changed-days',
  title: 'Changed days',
  about:
    'What Keka changed of a day after it was first read: the old value, the new one, and when it was noticed.',
  needs: 'read attendance',
  filters: reportFilterNames,
  mostDays: 400,
  usualWindow: 'month',
  whenEmpty: 'Keka has changed nothing on these dates since they were first read.',
  columns: ({ zone }) => [
    ...whoColumns,
    {
      id: 'field',
      name: 'What',
      kind: 'worded',
      isBrief: true,
      cell: ({ field }) => ({ code: field, text: changedFieldNames[field] ?? field }),
    },
    {
      id: 'before',
      name: `Before (times in ${zone})`,
      shortName: 'Before',
      kind: 'text',
      isBrief: true,
      cell: (row) => valueText(row, row.before, zone),
    },
    {
      id: 'after',
      name: `After (times in ${zone})`,
      shortName: 'After',
      kind: 'text',
      isBrief: true,
      cell: (row) => valueText(row, row.after, zone),
    },
    { id: 'changedAt', name: 'Noticed (UTC)', kind: 'instant', isBrief: true, cell: (row) => row.changedAt },
    { id: 'run', name: 'Run', kind: 'text', cell: (row) => row.run },
    ...stateColumns,
    ...sourceColumns,
  ],
};
