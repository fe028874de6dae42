import type { DailyRow, ReportPunch } from '../daily/daily-row.ts';
import { hoursColumns, punchColumns, stateColumns, whoColumns } from '../person-days/day-columns.ts';
import type { Cell, Worded } from '../shape/cells.ts';
import { type ReportColumn, type ReportShape, reportFilterNames } from '../shape/report-shape.ts';

type Column = ReportColumn<DailyRow>;

/** Besides these, Keka's numbers are shown as they are: nobody has explained them. */
export const punchSources: Readonly<Record<number, string>> = { 0: 'Device', 1: 'Web', 3: 'API' };

function sourceCell(punch: ReportPunch | null): Worded | null {
  if (punch?.logSource === null || punch === null) return null;
  return { code: punch.logSource, text: punchSources[punch.logSource] ?? `Source ${punch.logSource}` };
}

function missingCell({ firstIn, lastOut }: DailyRow): Cell {
  if (firstIn !== null && lastOut !== null) return null;
  return firstIn === null ? 'in' : 'out';
}

const sourceOf = (punch: 'firstIn' | 'lastOut', name: string): Column => ({
  id: `${punch}Source`,
  name: `${name} source`,
  kind: 'worded',
  isBrief: true,
  cell: (row) => sourceCell(row[punch]),
});

export const inOutShape: ReportShape<DailyRow> = {
  id: 'in-out',
  title: 'In-out register',
  about: 'Every day with a punch: in and out, where and how they were made, and which of them is missing.',
  needs: 'read attendance',
  filters: reportFilterNames,
  mostDays: 400,
  usualWindow: 'week',
  whenEmpty: 'There is no punch on these dates.',
  columns: (place) => {
    const [firstIn, firstInUtc, inPremise, lastOut, lastOutUtc, outPremise] = punchColumns(place);
    return [
      ...whoColumns,
      ...[firstIn, firstInUtc, inPremise].filter((column) => column !== undefined),
      sourceOf('firstIn', 'First in'),
      ...[lastOut, lastOutUtc, outPremise].filter((column) => column !== undefined),
      sourceOf('lastOut', 'Last out'),
      ...hoursColumns.slice(0, 3),
      { id: 'missing', name: 'Missing', kind: 'text', isBrief: true, cell: missingCell },
      ...stateColumns,
    ];
  },
};
