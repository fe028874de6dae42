import { formatLocalTime } from '../../attendance/local-time.ts';
import { type Column, renderCsv } from '../render-csv.ts';
import { renderTable } from '../render-table.ts';
import type { DailyReport, DailyRow, ReportFlag, ReportPunch } from './daily-row.ts';
import { flagText, statusText } from './words.ts';

/** Every column of the report, in the order of the CSV file. */
const allColumns = (zone: string): readonly Column<DailyRow>[] => [
  { name: 'Date', cell: (row) => row.date },
  { name: 'Employee ID', cell: (row) => row.employeeId },
  { name: 'Name', cell: (row) => row.name },
  { name: 'E-mail', cell: (row) => row.email },
  { name: 'Team', cell: (row) => row.team },
  { name: 'Designation', cell: (row) => row.designation },
  { name: 'Location', cell: (row) => row.location },
  { name: `First in (${zone})`, cell: (row) => timeOf(row.firstIn) },
  { name: 'First in (UTC)', cell: (row) => row.firstIn?.instant ?? null },
  { name: 'First in premise', cell: (row) => row.firstIn?.premise ?? null },
  { name: `Last out (${zone})`, cell: (row) => timeOf(row.lastOut) },
  { name: 'Last out (UTC)', cell: (row) => row.lastOut?.instant ?? null },
  { name: 'Last out premise', cell: (row) => row.lastOut?.premise ?? null },
  { name: 'Gross minutes', cell: (row) => row.grossMinutes },
  { name: 'Effective minutes', cell: (row) => row.effectiveMinutes },
  { name: 'Break minutes', cell: (row) => row.breakMinutes },
  { name: 'Expected minutes', cell: (row) => row.expectedMinutes },
  { name: 'Late minutes', cell: (row) => row.lateMinutes },
  { name: 'Early out minutes', cell: (row) => row.earlyOutMinutes },
  { name: 'Overtime minutes', cell: (row) => row.overtimeMinutes },
  { name: 'Day type', cell: (row) => dayTypeText(row.dayType) },
  { name: 'Status', cell: (row) => statusText(row.status, row.dayType) },
  { name: 'Flags', cell: (row) => flagsText(row) },
  { name: 'Link', cell: (row) => row.link },
  { name: 'Keka employee number', cell: (row) => row.employeeNumber },
  { name: 'Connection', cell: (row) => row.connection },
  { name: 'Last fetched (UTC)', cell: (row) => row.lastFetchedAt },
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
  { name: 'Gross', cell: (row) => durationText(row.grossMinutes) },
  { name: 'Effective', cell: (row) => durationText(row.effectiveMinutes) },
  { name: 'Status', cell: (row) => statusText(row.status, row.dayType) },
  { name: 'Flags', cell: (row) => flagsText(row) },
];

export function renderDailyCsv(report: DailyReport): string {
  return renderCsv(allColumns(report.zone), report.rows);
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

function timeOf(punch: ReportPunch | null): string | null {
  return punch === null ? null : formatLocalTime(punch);
}

function premiseText({ firstIn, lastOut }: DailyRow): string {
  const premises = [firstIn, lastOut].flatMap((punch) => punch?.premise ?? []);
  return [...new Set(premises)].join(' → ');
}

function durationText(minutes: number | null): string {
  if (minutes === null) return '';
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
}

function flagsText(row: DailyRow): string {
  return row.flags
    .filter((flag) => flag !== row.status)
    .map((flag) => flagOf(row, flag))
    .join(', ');
}

/** A flag with its figure, where it has one. */
function flagOf(row: DailyRow, flag: ReportFlag): string {
  if (flag === 'leaver' && row.leavingDate !== null) return `leaves ${row.leavingDate}`;
  const minutes = minutesOfFlag(row, flag);
  return minutes === null ? flagText(flag) : `${flagText(flag)} ${durationText(minutes)}`;
}

function minutesOfFlag(row: DailyRow, flag: ReportFlag): number | null {
  if (flag === 'late') return row.lateMinutes;
  if (flag === 'early_out') return row.earlyOutMinutes;
  return flag === 'overtime' ? row.overtimeMinutes : null;
}

function dayTypeText(dayType: number | null): string | null {
  if (dayType === null) return null;
  return (
    ['Working day', 'Holiday', 'Weekly off', 'First half off', 'Second half off'][dayType] ??
    `Unknown (${dayType})`
  );
}
