import { formatLocalTime } from '../../attendance/local-time.ts';
import {
  flagsCell,
  hoursColumns,
  noteColumns,
  punchColumns,
  sourceColumns,
  stateColumns,
  whoColumns,
} from '../person-days/day-columns.ts';
import { type Column, renderCsv } from '../render-csv.ts';
import { renderTable } from '../render-table.ts';
import { cellText } from '../shape/cells.ts';
import type { ReportColumn, ReportPlace } from '../shape/report-shape.ts';
import type { DailyReport, DailyRow, ReportPunch } from './daily-row.ts';
import { durationText, statusText } from './words.ts';

/** Every column of the report, in the order of the CSV file. */
export const dailyColumns = (place: ReportPlace): readonly ReportColumn<DailyRow>[] => [
  ...whoColumns,
  ...punchColumns(place),
  ...hoursColumns,
  ...stateColumns,
  ...noteColumns,
  ...sourceColumns,
];

/** What fits on a terminal. */
const tableColumns: readonly Column<DailyRow>[] = [
  {
    name: 'Employee ID',
    cell: (row) => row.employeeId ?? (row.employeeNumber === null ? '—' : `(${row.employeeNumber})`),
  },
  { name: 'Name', cell: (row) => row.name ?? '—' },
  { name: 'Team', cell: (row) => row.team },
  { name: 'In', cell: (row) => timeOf(row.firstIn) },
  { name: 'Out', cell: (row) => timeOf(row.lastOut) },
  { name: 'Premise', cell: (row) => premiseText(row) },
  { name: 'Gross', cell: (row) => hoursText(row.grossMinutes) },
  { name: 'Effective', cell: (row) => hoursText(row.effectiveMinutes) },
  { name: 'Status', cell: (row) => statusText(row.status, row.dayType) },
  { name: 'Flags', cell: (row) => flagsCell(row).text },
];

export function renderDailyCsv(report: DailyReport): string {
  const columns = dailyColumns(placeOf(report)).map(({ name, cell }) => ({
    name,
    cell: (row: DailyRow) => cellText(cell(row)),
  }));
  return renderCsv(columns, report.rows);
}

export function renderDailyTable(report: DailyReport): string {
  const counted = Map.groupBy(report.rows, (row) => statusText(row.status, row.dayType));
  const summary = [...counted].map(([status, rows]) => `${status} ${rows.length}`).join(' · ');
  const asOf = report.dataAsOf === null ? 'not read completely yet' : `data as of ${report.dataAsOf}`;
  return [
    ...report.warnings.map((warning) => `! ${warning}`),
    `Daily Attendance ${report.date} · times in ${report.zone} · ${asOf}`,
    `${report.rows.length} people${summary === '' ? '' : ` · ${summary}`}`,
    '',
    report.rows.length === 0
      ? 'Nobody is employed on this date, and Keka has no record of it.'
      : renderTable(tableColumns, report.rows),
  ].join('\n');
}

export function placeOf({ date, zone }: DailyReport): ReportPlace {
  const day = Temporal.PlainDate.from(date);
  return { zone, window: { from: day, to: day } };
}

function timeOf(punch: ReportPunch | null): string | null {
  return punch === null ? null : formatLocalTime(punch);
}

function premiseText({ firstIn, lastOut }: DailyRow): string {
  const premises = [firstIn, lastOut].flatMap((punch) => punch?.premise ?? []);
  return [...new Set(premises)].join(' → ');
}

function hoursText(minutes: number | null): string {
  return minutes === null ? '' : durationText(minutes);
}
