import type { DailyRow } from '../daily/daily-row.ts';
import {
  hoursColumns,
  punchColumns,
  shiftColumns,
  sourceColumns,
  stateColumns,
  whoColumns,
} from '../person-days/day-columns.ts';
import { type ReportShape, reportFilterNames } from '../shape/report-shape.ts';

export const detailedShape: ReportShape<DailyRow> = {
  id: 'detailed',
  title: 'Detailed attendance',
  about: 'Every person on every date of a range: first in, last out, hours, status.',
  needs: 'read attendance',
  filters: reportFilterNames,
  mostDays: 400,
  usualWindow: 'week',
  whenEmpty: 'Nobody is employed on these dates, and Keka has no record of them.',
  columns: (place) => [
    ...whoColumns,
    ...shiftColumns(place),
    ...punchColumns(place),
    ...hoursColumns,
    ...stateColumns,
    ...sourceColumns,
  ],
};
