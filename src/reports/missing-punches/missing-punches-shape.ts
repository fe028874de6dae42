import type { DailyRow, ReportFlag } from '../daily/daily-row.ts';
import {
  punchColumns,
  shiftColumns,
  sourceColumns,
  stateColumns,
  whoColumns,
} from '../person-days/day-columns.ts';
import type { Worded } from '../shape/cells.ts';
import { type ReportShape, reportFilterNames } from '../shape/report-shape.ts';

/** The flags of a day of which a punch is missing or cannot be right, with what to do about it in Keka. */
export const punchMends = {
  missing_in: 'Add the in in Keka',
  missing_out: 'Add the out in Keka',
  single_punch: 'Add the other punch in Keka: in and out are one',
  bad_timestamp: 'Correct the punch in Keka: its time cannot be read',
  implausible_punch: 'Correct the punches in Keka: they do not fit together',
} as const satisfies Partial<Record<ReportFlag, string>>;

export const faultyFlags = Object.keys(punchMends) as readonly (keyof typeof punchMends)[]; // keys of a closed object

function mendCell({ flags }: DailyRow): Worded {
  const own = faultyFlags.filter((flag) => flags.includes(flag));
  return { code: own, text: own.map((flag) => punchMends[flag]).join('; ') };
}

export const missingPunchesShape: ReportShape<DailyRow> = {
  id: 'missing-punches',
  title: 'Missing punches',
  about: 'Days on which an in or an out is missing or cannot be right, and what to do about it.',
  needs: 'read attendance',
  filters: reportFilterNames,
  mostDays: 400,
  usualWindow: 'week',
  whenEmpty: 'No punch is missing on these dates.',
  columns: (place) => [
    ...whoColumns,
    ...shiftColumns(place),
    ...punchColumns(place),
    { id: 'toDo', name: 'What to do', kind: 'worded', isBrief: true, cell: mendCell },
    ...stateColumns,
    ...sourceColumns,
  ],
};
