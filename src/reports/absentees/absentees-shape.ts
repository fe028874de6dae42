import type { DailyRow } from '../daily/daily-row.ts';
import { shiftColumns, sourceColumns, whoColumns } from '../person-days/day-columns.ts';
import { type ReportShape, reportFilterNames } from '../shape/report-shape.ts';

/** How many days before the range are looked at for the beginning of an absence. */
export const lookBackDays = 31;

export type AbsentDay = DailyRow & {
  /** Working days of absence in a row up to this one; days off between them neither count nor end it. */
  readonly consecutive: number;
  readonly since: string;
};

export const absenteesShape: ReportShape<AbsentDay> = {
  id: 'absentees',
  title: 'Absentees',
  about: 'Everybody who was absent, each day of it, with the days in a row so far.',
  needs: 'read attendance',
  filters: reportFilterNames.filter((name) => name !== 'status'),
  mostDays: 400,
  usualWindow: 'week',
  whenEmpty: 'Nobody was absent on these dates.',
  columns: (place) => [
    ...whoColumns,
    ...shiftColumns(place),
    {
      id: 'consecutiveDays',
      name: 'Consecutive days',
      shortName: 'Days in a row',
      kind: 'count',
      isBrief: true,
      cell: (row) => row.consecutive,
    },
    { id: 'absentSince', name: 'Absent since', kind: 'date', isBrief: true, cell: (row) => row.since },
    ...sourceColumns,
  ],
};
