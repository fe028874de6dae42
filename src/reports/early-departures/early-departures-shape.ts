import type { CountedDay } from '../late-arrivals/late-arrivals-shape.ts';
import { punchColumns, shiftColumns, stateColumns, whoColumns } from '../person-days/day-columns.ts';
import { type ReportShape, reportFilterNames } from '../shape/report-shape.ts';

export const earlyDeparturesShape: ReportShape<CountedDay> = {
  id: 'early-departures',
  title: 'Early departures',
  about: 'Days on which the last out came before the end of the shift and its grace.',
  needs: 'read attendance',
  filters: reportFilterNames,
  mostDays: 400,
  usualWindow: 'week',
  whenEmpty: 'Nobody left early on these dates.',
  columns: (place) => {
    const [, shiftEnd] = shiftColumns(place);
    const [, , , lastOut, lastOutUtc, premise] = punchColumns(place);
    return [
      ...whoColumns,
      ...[shiftEnd, lastOut, lastOutUtc, premise].filter((column) => column !== undefined),
      {
        id: 'earlyOutMinutes',
        name: 'Early out minutes',
        kind: 'minutes',
        isBrief: true,
        cell: (row) => row.earlyOutMinutes,
      },
      {
        id: 'earlyInRange',
        name: 'Early days in the range',
        shortName: 'In range',
        kind: 'count',
        isBrief: true,
        cell: (row) => row.inRange,
      },
      ...stateColumns,
    ];
  },
};
