import type { DailyRow } from '../daily/daily-row.ts';
import { punchColumns, shiftColumns, stateColumns, whoColumns } from '../person-days/day-columns.ts';
import { type ReportShape, reportFilterNames } from '../shape/report-shape.ts';

/** A day with the number of such days that the person has in the range. */
export type CountedDay = DailyRow & { readonly inRange: number };

export const lateArrivalsShape: ReportShape<CountedDay> = {
  id: 'late-arrivals',
  title: 'Late arrivals',
  about: 'Days on which the first in came after the start of the shift and its grace.',
  needs: 'read attendance',
  filters: reportFilterNames,
  mostDays: 400,
  usualWindow: 'week',
  whenEmpty: 'Nobody was late on these dates.',
  columns: (place) => {
    const [shiftStart] = shiftColumns(place);
    const [firstIn, firstInUtc, premise] = punchColumns(place);
    return [
      ...whoColumns,
      ...[shiftStart, firstIn, firstInUtc, premise].filter((column) => column !== undefined),
      {
        id: 'lateMinutes',
        name: 'Late minutes',
        kind: 'minutes',
        isBrief: true,
        cell: (row) => row.lateMinutes,
      },
      {
        id: 'lateInRange',
        name: 'Late days in the range',
        shortName: 'In range',
        kind: 'count',
        isBrief: true,
        cell: (row) => row.inRange,
      },
      ...stateColumns,
    ];
  },
};
